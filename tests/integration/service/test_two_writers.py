"""Two people on one item, in two programs: nobody's words are lost, and nobody is overruled."""

import time
from itertools import pairwise

import pytest

from pipeline import review as stage
from pipeline.models.review import verify
from pipeline.service import meetings, review

HAMMER = """
dice = random.Random(name)
made = 0
while made < int(rest[0]):
    items = [item for _, item in store.minutes("m1").items()]
    on = dice.choice(items)
    text = f"{name} {made} 导出订单和金额"
    edit = stage.propose(on, "set", field="text", after=text)
    made += 1
    try:
        now = review.edit(me, house, "m1", edit)
        say(kept=text, uid=on.uid, now=now.text)
    except ConflictError as error:
        say(refused=text, code=error.code, **error.params)
say(over=True)
"""
"""Edits what it sees, as fast as it can; says of each text whether it was kept."""


def ask(house):
    return house.tools.store.minutes("m1").asks[0]


def at_once(writers, *edits):
    """Each writer makes its edit at the same moment; what each was told."""
    moment = time.time() + 0.05
    for writer, edit in zip(writers, edits, strict=True):
        writer.order(at=moment, edit=edit.model_dump(mode="json"))
    return [writer.told() for writer in writers]


def test_of_two_who_edit_the_same_words_one_wins_and_the_other_has_both_texts(
    house, meeting, writers
):
    pair = writers("陈立", "王敏")
    for number in range(15):
        on = ask(house)
        long = "，".join(["一字不落"] * 400)
        texts = [f"{one.name} {number}：{long}" for one in pair]
        told = at_once(
            pair, *[stage.propose(on, "set", field="text", after=text) for text in texts]
        )
        (won,) = [place for place, one in enumerate(told) if "kept" in one]
        lost = told[1 - won]
        event = house.tools.store.edits("m1")[-1]
        assert lost == {
            "refused": "changed_since_seen",
            "field": "text",
            "yours": texts[1 - won],
            "theirs": texts[won],
            "who": pair[won].name,
            "when": event.at,
        }
        assert ask(house).text == texts[won]
    assert len(house.tools.store.edits("m1")) == 15


def test_edits_of_different_fields_never_meet(house, meeting, writers):
    pair = writers("陈立", "王敏")
    for number in range(10):
        on = ask(house)
        priority = ("must", "should")[number % 2]
        told = at_once(
            pair,
            stage.propose(on, "set", field="text", after=f"导出 {number}"),
            stage.propose(on, "set", field="priority", after=priority),
        )
        assert all("kept" in one for one in told)
        assert (ask(house).text, ask(house).priority) == (f"导出 {number}", priority)


def test_a_yes_is_never_to_words_that_somebody_edits_at_the_same_time(house, meeting, writers):
    pair = writers("陈立", "王敏")
    refused = 0
    for number in range(15):
        on = ask(house)
        edited, approved = at_once(
            pair,
            stage.propose(on, "set", field="text", after=f"导出 {number}"),
            stage.approve(on),
        )
        assert "kept" in edited, "an edit after a yes stands, and voids it"
        assert (ask(house).text, ask(house).review) == (f"导出 {number}", "draft")
        if "kept" in approved:
            assert "changed_since_approval" in ask(house).stale
        else:
            refused += 1
            assert approved["refused"] == "approval_outdated"
            assert (approved["theirs"], approved["who"]) == (f"导出 {number}", "陈立")
    assert len(house.tools.store.edits("m1")) == 30 - refused


@pytest.mark.parametrize("times", [8, pytest.param(40, marks=pytest.mark.slow)])
def test_four_programs_hammer_three_items_and_lose_nothing(house, meeting, writers, chen, times):
    names = ("陈立", "王敏", "吴总", "财务李")
    told = {}
    for one in writers(*names, script=HAMMER, rest=(str(times),)):
        told[one.name] = list(iter(one.told, {"over": True}))
    events = review.history(chen, house, meeting)
    kept = [one for name in names for one in told[name] if "kept" in one]
    refused = [one for name in names for one in told[name] if "refused" in one]
    assert len(kept) + len(refused) == 4 * times
    assert sorted(event.body.after for event in events) == sorted(one["kept"] for one in kept)
    assert all(one["now"] == one["kept"] for one in kept)
    assert verify(events) == review.check(chen, house, meeting) == ()
    assert refused or times < 40, "they did meet"
    texts = {event.body.after for event in events}
    for one in refused:
        assert one["yours"] == one["refused"], "every text came back to its writer"
        assert one["theirs"] in texts
        assert one["who"] in names
    for uid in {event.entity_uid for event in events}:
        steps = pairwise(event.body for event in events if event.entity_uid == uid)
        assert all(one.after == then.before for one, then in steps), "nobody wrote over another"
    last = {event.entity_uid: event.body.after for event in events}
    items = meetings.view(chen, house, meeting).minutes.items()
    assert {item.uid: item.text for _, item in items} == last
