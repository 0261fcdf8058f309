"""What comes from a browser: done once, in order, checked, and answered in the reader's language."""

from pipeline.models.actor import Actor
from pipeline.service import review
from ui.outbox import obey

CHEN = Actor(id="local:chen", name="陈立", via="desk")
WANG = Actor(id="local:wang", name="王敏", via="desk")


def first(house, meeting):
    return house.tools.store.minutes(meeting).asks[0]


def together(minutes, *, but=(), name="c1"):
    """A yes to all of them as they are here."""
    items = [
        {
            "uid": item.uid,
            "hash": item.content_hash,
            "review": item.review,
            "stale": list(item.stale),
        }
        for _, item in minutes.items()
        if item.id not in but
    ]
    return {"id": name, "op": "approve_many", "items": items}


def sent(uid, name="c1", **more):
    return {"id": name, "op": "edit", "entity": "item", "uid": uid, **more}


def test_an_edit_and_the_yes_to_it_in_one_motion(house, meeting):
    ask = first(house, meeting)
    commands = [
        sent(ask.uid, operation="set", field="text", before=ask.text, after="批量导出"),
        sent(ask.uid, "c2", operation="approve", before=ask.content_hash, follows="c1"),
    ]
    answers = obey(CHEN, house, meeting, commands, "zh")
    assert [one.ok for one in answers.values()] == [True, True]
    now = first(house, meeting)
    assert (now.text, now.review, now.stale) == ("批量导出", "approved", ())


def test_what_was_kept_and_is_sent_again_is_no_conflict(house, meeting):
    ask = first(house, meeting)
    command = sent(ask.uid, operation="set", field="text", before=ask.text, after="批量导出")
    assert obey(CHEN, house, meeting, [command], "zh")["c1"].ok
    assert obey(CHEN, house, meeting, [command], "zh")["c1"].ok
    assert len(house.tools.store.edits(meeting)) == 1


def test_whoever_comes_second_gets_both_texts_in_their_language(house, meeting):
    ask = first(house, meeting)
    edits = [
        sent(ask.uid, operation="set", field="text", before=ask.text, after=text)
        for text in ("第一个", "第二个")
    ]
    assert obey(CHEN, house, meeting, edits[:1], "zh")["c1"].ok
    refused = obey(WANG, house, meeting, edits[1:], "en")["c1"]
    assert (refused.ok, refused.yours, refused.theirs) == (False, "第二个", "第一个")
    assert "陈立" in refused.message
    assert first(house, meeting).text == "第一个"


def test_the_events_of_a_command_are_what_its_undo_takes_back(house, meeting):
    ask = first(house, meeting)
    command = sent(ask.uid, operation="reject", before="draft", reason="没说过")
    answer = obey(CHEN, house, meeting, [command], "zh")["c1"]
    assert first(house, meeting).review == "rejected"
    undo = {"id": "c2", "op": "undo", "events": list(answer.events)}
    assert obey(CHEN, house, meeting, [undo], "zh")["c2"].ok
    assert first(house, meeting).review == "draft"


def test_what_no_words_prove_is_not_approved_with_others(house, meeting):
    minutes = house.tools.store.minutes(meeting)
    answer = obey(CHEN, house, meeting, [together(minutes)], "zh")["c1"]
    assert (answer.ok, "D1" in answer.message) == (False, True)
    assert review.history(CHEN, house, meeting) == ()


def test_what_nobody_made_with_our_buttons_changes_nothing(house, meeting):
    ask = first(house, meeting)
    junk = [
        None,
        "text",
        {"id": "", "op": "edit"},
        {"id": "x", "op": "drop"},
        sent(ask.uid, operation="set", field="uid", before=ask.uid, after="x"),
        sent("nobody", "c2", operation="approve", before="x"),
        sent(ask.uid, "c3", entity="project", operation="set", field="client", after="x"),
        {"op": "edit"},
        {"id": 7, "op": "edit"},
    ]
    answers = obey(CHEN, house, meeting, junk, "zh")
    assert answers.keys() == {"x", "c1", "c2", "c3"}
    assert not any(one.ok for one in answers.values())
    assert all(one.message for one in answers.values())
    assert obey(CHEN, house, meeting, {"not": "a list"}, "zh") == {}
    assert first(house, meeting) == ask


def test_a_yes_may_follow_an_edit_whose_answer_is_still_on_its_way(house, meeting):
    ask = first(house, meeting)
    edit = sent(ask.uid, operation="set", field="text", before=ask.text, after="批量导出")
    earlier = obey(CHEN, house, meeting, [edit], "zh")
    yes = sent(ask.uid, "c2", operation="approve", before=ask.content_hash, follows="c1")
    assert obey(CHEN, house, meeting, [yes], "zh", earlier=earlier)["c2"].ok
    assert (first(house, meeting).text, first(house, meeting).review) == ("批量导出", "approved")


def test_what_is_not_understood_is_answered_so_and_what_only_asks_to_be_heard_is_not(
    house, meeting
):
    sent_again = [{"id": "old", "op": "amend", "text": "批量导出"}, {"id": "again-1"}]
    answers = obey(CHEN, house, meeting, sent_again, "zh")
    assert answers.keys() == {"old"}
    assert (answers["old"].ok, answers["old"].lost) == (False, True)
    assert "没看懂" in answers["old"].message
    assert "not understood" in obey(CHEN, house, meeting, sent_again, "en")["old"].message


def undo(name="u1", **more):
    return {"id": name, "op": "undo", **more}


def test_an_undo_takes_back_the_command_that_it_names_before_anybody_heard_of_it(house, meeting):
    one, other = (item for _, item in house.tools.store.minutes(meeting).items() if item.id != "D1")
    yes = [
        sent(item.uid, f"c{item.id}", operation="approve", before=item.content_hash)
        for item in (one, other)
    ]
    earlier = obey(CHEN, house, meeting, yes[:1], "zh")
    back = [yes[1], undo(undoes=yes[1]["id"])]
    answers = obey(CHEN, house, meeting, back, "zh", earlier=earlier)
    assert [one.ok for one in answers.values()] == [True, True]
    reviews = {item.id: item.review for _, item in house.tools.store.minutes(meeting).items()}
    assert (reviews[one.id], reviews[other.id]) == ("approved", "draft")


def test_what_is_sent_again_to_a_desk_that_forgot_everything_is_done_once(house, meeting):
    """A desk that is started anew knows only what is on record."""
    ask = first(house, meeting)
    edit = sent(ask.uid, operation="set", field="text", before=ask.text, after="批量导出")
    yes = sent(ask.uid, "c2", operation="approve", before=ask.content_hash, follows="c1")
    back = undo(undoes="c2")
    told = obey(CHEN, house, meeting, [edit, yes], "zh")
    again = obey(CHEN, house, meeting, [edit, yes], "zh")
    assert [one.events for one in again.values()] == [one.events for one in told.values()]
    for commands in (
        [edit, yes, back],
        [yes, back],
        [back],
        [undo("u2", events=told["c2"].events)],
    ):
        answers = obey(CHEN, house, meeting, commands, "zh")
        assert all(one.ok for one in answers.values())
        assert (first(house, meeting).text, first(house, meeting).review) == ("批量导出", "draft")
    assert len(review.history(CHEN, house, meeting)) == 3


def test_an_undo_of_what_was_not_kept_takes_nothing_else_back(house, meeting):
    ask = first(house, meeting)
    assert obey(CHEN, house, meeting, [sent(ask.uid, operation="reject", before="draft")], "zh")
    refused = sent(ask.uid, "c2", operation="set", field="text", before=ask.text, after=" ")
    commands = [
        refused,
        undo(undoes="c2"),
        undo("u2", undoes="never"),
        undo("u3"),
        undo("u4", events=[]),
    ]
    answers = obey(CHEN, house, meeting, commands, "zh")
    assert not any(one.ok for one in answers.values())
    assert all(one.message for one in answers.values())
    assert first(house, meeting).review == "rejected"


def test_what_somebody_else_took_back_is_not_mine_to_have_taken_back(house, meeting):
    ask = first(house, meeting)
    no = sent(ask.uid, operation="reject", before="draft")
    events = obey(CHEN, house, meeting, [no], "zh")["c1"].events
    assert obey(WANG, house, meeting, [undo(events=events)], "zh")["u1"].ok
    assert not obey(CHEN, house, meeting, [undo(events=events)], "zh")["u1"].ok


def test_what_one_did_lately_is_told_act_by_act_and_only_of_its_kind(
    house, meeting, chen, edit, spec, ask
):
    edit(spec(), "set", "title", "导出")
    edit(ask(), "needs_client")
    ask_now = first(house, meeting)
    two = [
        sent(ask_now.uid, operation="reopen", before="needs_client"),
        sent(ask_now.uid, "c2", operation="reject", before="draft"),
    ]
    obey(chen, house, meeting, [*two, undo(undoes="c2")], "zh")
    told = review.lately(chen, house, meeting, "item")
    assert [[one.operation for one in act] for act in told] == [["needs_client"], ["reopen"]]
    assert len(review.lately(chen, house, meeting, "item", most=1)) == 1
    assert len(review.lately(chen, house, meeting, "spec")) == 1
    assert review.lately(WANG, house, meeting, "item") == ()


def reviews(house, meeting):
    return {item.id: item.review for _, item in house.tools.store.minutes(meeting).items()}


def test_a_yes_to_many_does_not_overrule_a_no_that_came_since(house, meeting):
    """Nor a change since; all are told by name, and nothing is approved."""
    counted = together(house.tools.store.minutes(meeting), but=["D1"])
    ask, action = first(house, meeting), house.tools.store.minutes(meeting).actions[0]
    edit = sent(action.uid, "w2", operation="set", field="text", before=action.text, after="改")
    no = sent(ask.uid, operation="reject", before="draft")
    assert all(one.ok for one in obey(WANG, house, meeting, [no, edit], "zh").values())
    answer = obey(CHEN, house, meeting, [counted], "zh")["c1"]
    assert not answer.ok
    assert f"{ask.id} (王敏), {action.id} (王敏)" in answer.message
    assert reviews(house, meeting) == {ask.id: "rejected", action.id: "draft", "D1": "draft"}


def test_a_yes_to_many_takes_what_somebody_else_said_yes_to_already(house, meeting):
    counted = together(house.tools.store.minutes(meeting), but=["D1"])
    ask = first(house, meeting)
    yes = sent(ask.uid, operation="approve", before=ask.content_hash)
    assert obey(WANG, house, meeting, [yes], "zh")["c1"].ok
    assert obey(CHEN, house, meeting, [counted], "zh")["c1"].ok


def test_what_was_written_by_hand_is_not_approved_with_others(house, meeting):
    ask = first(house, meeting)
    edit = sent(ask.uid, operation="set", field="text", before=ask.text, after="我写的")
    assert obey(CHEN, house, meeting, [edit], "zh")["c1"].ok
    many = together(house.tools.store.minutes(meeting), but=["D1"], name="c2")
    answer = obey(CHEN, house, meeting, [many], "zh")["c2"]
    assert (answer.ok, ask.id in answer.message) == (False, True)
    assert set(reviews(house, meeting).values()) == {"draft"}


def test_what_was_replaced_or_softly_promised_is_not_approved_with_others(house, replacing):
    minutes = house.tools.store.minutes(replacing)
    for left, named in ((["T1"], "D1"), (["D1"], "T1")):
        answer = obey(CHEN, house, replacing, [together(minutes, but=left)], "zh")["c1"]
        assert (answer.ok, named in answer.message) == (False, True)
    no = sent(minutes.decisions[1].uid, operation="reject", before="draft")
    assert obey(CHEN, house, replacing, [no], "zh")["c1"].ok
    many = together(house.tools.store.minutes(replacing), but=["T1", "D2"], name="c2")
    assert obey(CHEN, house, replacing, [many], "zh")["c2"].ok


def test_a_yes_that_follows_a_refused_edit_is_none(house, meeting):
    ask = first(house, meeting)
    empty = sent(ask.uid, operation="set", field="text", before=ask.text, after="")
    yes = sent(ask.uid, "c2", operation="approve", before=ask.content_hash, follows="c1")
    earlier = obey(CHEN, house, meeting, [empty], "zh")
    for commands, known in (([empty, yes], {}), ([yes], earlier), ([yes], {})):
        answer = obey(CHEN, house, meeting, commands, "zh", earlier=known)["c2"]
        assert not answer.ok
        assert "没有保存" in answer.message
    assert first(house, meeting) == ask


def test_a_yes_that_follows_an_edit_does_not_overrule_a_no_in_between(house, meeting):
    ask = first(house, meeting)
    seen = {"review": "draft", "stale": []}
    edit = sent(ask.uid, operation="set", field="text", before=ask.text, after="批量导出")
    yes = sent(ask.uid, "c2", operation="approve", follows="c1", seen=seen)
    no = sent(ask.uid, "w1", operation="reject", before="draft")
    assert obey(WANG, house, meeting, [no], "zh")["w1"].ok
    answers = obey(CHEN, house, meeting, [edit, yes], "zh")
    assert (answers["c1"].ok, answers["c2"].ok) == (True, False)
    assert first(house, meeting).review == "rejected"


def test_an_approved_item_is_edited_and_approved_again_in_one_motion(house, meeting):
    ask = first(house, meeting)
    yes = sent(ask.uid, operation="approve", before=ask.content_hash)
    edit = sent(ask.uid, "c2", operation="set", field="text", before=ask.text, after="批量导出")
    seen = {"review": "draft", "stale": []}
    again = sent(ask.uid, "c3", operation="approve", follows="c2", seen=seen)
    assert all(one.ok for one in obey(CHEN, house, meeting, [yes, edit, again], "zh").values())
    assert (first(house, meeting).review, first(house, meeting).stale) == ("approved", ())


def test_a_yes_to_many_of_which_one_is_gone_says_so_and_approves_none(house, meeting):
    many = together(house.tools.store.minutes(meeting), but=["D1"])
    many["items"].append(many["items"][0] | {"uid": "gone"})
    answer = obey(CHEN, house, meeting, [many], "zh")["c1"]
    assert (answer.ok, "不在纪要里" in answer.message) == (False, True)
    assert set(reviews(house, meeting).values()) == {"draft"}
