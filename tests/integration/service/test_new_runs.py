"""A meeting is processed again while people work on it: their words are on top afterwards."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pipeline import bootstrap
from pipeline import review as stage
from pipeline.models.draft import Draft
from pipeline.models.project import Participant, Project
from pipeline.models.review import verify
from pipeline.service import meetings, review
from pipeline.service.house import House
from pipeline.service.intake import Intake

PROJECT = Project(
    client="澄江茶饮",
    system="云仓",
    language="zh",
    participants=(Participant(name="陈立", side="us"), Participant(name="王敏", side="client")),
)
TURNS = (
    ("王敏", "能不能给我们来个一键导出？财务催得很。"),
    ("陈立", "导成Excel吗？"),
    ("王敏", "对，就要Excel，订单号和金额一定要有。"),
    ("王敏", "第三个，库存要和金蝶ERP每天同步一次。"),
    ("陈立", "没有文档我们没法估工期，这是一个风险。"),
    ("王敏", "我下周三之前给你答复。"),
)


class Rereading:
    """An engine of another version: it reads the same and then changes something."""

    def __init__(self, engine: Any, version: str, change: Callable[[Draft], Draft]) -> None:
        self.engine, self.prompt, self.change = engine, version, change

    def __getattr__(self, name: str) -> Any:
        return getattr(self.engine, name)

    def summarise(self, draft: Draft, *rest: Any) -> Draft:
        return self.change(self.engine.summarise(draft, *rest))


def quiet(_progress: object) -> None:
    pass


def reworded(draft: Draft) -> Draft:
    """Every ask and action in other words."""
    more: dict[str, Any] = {
        name: tuple(one.with_(text=f"{one.text}（重读）") for one in getattr(draft, name))
        for name in ("asks", "actions", "risks")
    }
    return draft.with_(**more)


def forgetful(draft: Draft) -> Draft:
    """No ask is found any more."""
    return draft.with_(asks=())


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{(tmp_path / 'home' / 'dragoman.db').as_posix()}"


@pytest.fixture
def house(tmp_path: Path) -> House:
    return bootstrap.house(bootstrap.settings(home=tmp_path / "home"))


@pytest.fixture
def meeting(house: House, tmp_path: Path, chen) -> str:
    file = tmp_path / "call.json"
    turns = [{"speaker": speaker, "text": text} for speaker, text in TURNS]
    file.write_text(json.dumps({"turns": turns}), encoding="utf-8")
    made = meetings.add(chen, house, file, Intake(project=PROJECT))
    meetings.process(chen, house, made.uid, quiet)
    return made.uid


@pytest.fixture
def again(house: House, meeting: str, chen):
    """Processes the meeting with an engine that changes something; what holds afterwards."""
    versions = iter(range(1, 100))

    def run(change: Callable[[Draft], Draft]) -> meetings.MeetingView:
        engine = Rereading(house.tools.extractor, f"v{next(versions)}", change)
        tools = house.tools._replace(extractor=engine)
        meetings.process(chen, replace(house, tools=tools), meeting, quiet)
        return meetings.view(chen, house, meeting)

    return run


def by_uid(view):
    return {item.uid: item for _, item in view.minutes.items()} | {
        one.uid: one for one in view.specs
    }


def test_an_edit_between_two_runs_is_on_top_of_the_new_draft(house, meeting, chen, again):
    before = meetings.view(chen, house, meeting)
    ask, spec = before.minutes.asks[0], before.specs[0]
    review.edit(chen, house, meeting, stage.propose(ask, "set", field="text", after="我的写法"))
    review.edit(chen, house, meeting, stage.propose(spec, "set", field="title", after="我的标题"))
    after = by_uid(again(reworded))
    assert (after[ask.uid].text, after[ask.uid].stale) == ("我的写法", ("draft_changed:text",))
    assert after[spec.uid].title == "我的标题"
    (now,) = review.undo(chen, house, meeting, review.history(chen, house, meeting)[0].uid)
    assert now.text == ask.text, "what its editor saw comes back, not what a run wrote since"


def test_edits_during_a_run_are_on_top_of_its_draft(house, meeting, chen, writers, again):
    """Another program edits, says yes and settles a turn while the engine reads."""
    before = meetings.view(chen, house, meeting)
    ask, risk, spec = before.minutes.asks[0], before.minutes.risks[0], before.specs[0]
    edits = [
        stage.propose(ask, "set", field="text", after="读着的时候改的"),
        stage.propose(spec, "set", field="title", after="读着的时候改的标题"),
        stage.reject(risk, reason="不是风险"),
    ]
    (writer,) = writers("王敏")

    def edited_meanwhile(draft: Draft) -> Draft:
        for one in edits:
            writer.order(at=0, meeting=meeting, edit=one.model_dump(mode="json"))
            assert "kept" in writer.told()
        return reworded(draft)

    after = by_uid(again(edited_meanwhile))
    assert (after[ask.uid].text, after[ask.uid].edited) == ("读着的时候改的", True)
    assert after[spec.uid].title == "读着的时候改的标题"
    assert (after[risk.uid].review, after[risk.uid].text) == ("rejected", f"{risk.text}（重读）")
    events = house.tools.store.edits(meeting)
    assert (len(events), verify(events)) == (3, ())


def test_an_edit_of_what_the_run_no_longer_finds_stays_and_says_so(
    house, meeting, chen, writers, again
):
    """One edit before the run, one while it reads."""
    asks = meetings.view(chen, house, meeting).minutes.asks
    first, second = asks[:2]
    review.edit(chen, house, meeting, stage.propose(first, "set", field="text", after="之前改的"))
    (writer,) = writers("王敏")

    def meanwhile(draft: Draft) -> Draft:
        edit = stage.propose(second, "set", field="text", after="读着的时候改的")
        writer.order(at=0, meeting=meeting, edit=edit.model_dump(mode="json"))
        assert "kept" in writer.told()
        return forgetful(draft)

    after = by_uid(again(meanwhile))
    for ask, text in ((first, "之前改的"), (second, "读着的时候改的")):
        assert (after[ask.uid].id, after[ask.uid].text) == (ask.id, text)
        assert after[ask.uid].stale == ("not_found_again:2",)


def test_an_edit_of_what_a_run_took_away_a_moment_before_is_not_lost(house, meeting, chen, again):
    """Somebody had the item open while the run ended: it is there again, with their words."""
    view = meetings.view(chen, house, meeting)
    ask, spec = view.minutes.asks[0], view.specs[0]
    assert again(forgetful).minutes.asks == ()
    late = stage.propose(ask, "set", field="text", after="晚了一步")
    now = review.edit(chen, house, meeting, late)
    assert (now.text, now.stale) == ("晚了一步", ("not_found_again:2",))
    late = stage.propose(spec, "set", field="title", after="也晚了一步")
    review.edit(chen, house, meeting, late)
    view = meetings.view(chen, house, meeting)
    assert view.minutes.asks == (now,)
    assert [(one.title, one.stale) for one in view.specs] == [
        ("也晚了一步", ("not_found_again:2",))
    ]


def test_an_edit_of_words_that_a_run_changed_meanwhile_is_refused_in_nobodys_name(
    house, meeting, chen, again
):
    ask = meetings.view(chen, house, meeting).minutes.asks[0]
    again(reworded)
    with pytest.raises(Exception, match="changed_since_seen_by_run") as refused:
        review.edit(chen, house, meeting, stage.propose(ask, "set", field="text", after="我的"))
    params = refused.value.params
    assert (params["yours"], params["theirs"]) == ("我的", f"{ask.text}（重读）")
    with pytest.raises(Exception, match="approval_outdated_by_run"):
        review.edit(chen, house, meeting, stage.approve(ask))


def test_a_yes_of_somebody_who_does_not_know_that_a_run_lost_the_item_is_refused(
    house, meeting, chen, again
):
    ask = meetings.view(chen, house, meeting).minutes.asks[0]
    now = review.edit(chen, house, meeting, stage.propose(ask, "set", field="text", after="我的"))
    yes = stage.approve(now)
    again(forgetful)
    with pytest.raises(Exception, match="stale_since_seen") as refused:
        review.edit(chen, house, meeting, yes)
    assert refused.value.params == {"text": "我的", "reasons": "not_found_again:2"}
    now = by_uid(meetings.view(chen, house, meeting))[ask.uid]
    assert review.edit(chen, house, meeting, stage.approve(now)).review == "approved"


def test_what_was_said_of_a_turn_holds_over_a_run(house, meeting, chen, again):
    after = again(forgetful)
    turn = after.minutes.coverage.uncited[0]
    review.edit(chen, house, meeting, stage.propose(turn, "cover", after={"state": "dismissed"}))
    after = again(lambda draft: forgetful(reworded(draft)))
    same = [one for one in after.minutes.coverage.uncited if one.segment == turn.segment]
    assert [one.state for one in same if one.cue == turn.cue] == ["dismissed"]
    review.undo(chen, house, meeting)
    same = meetings.view(chen, house, meeting).minutes.coverage.uncited
    assert [one.state for one in same if one == turn] == ["open"]


@pytest.mark.parametrize("rounds", [3])
def test_a_single_read_gives_what_the_whole_gives(house, meeting, chen, again, rounds):
    """Whatever runs and edits came before: one thing read alone is as in the whole meeting."""
    for number in range(rounds):
        view = meetings.view(chen, house, meeting)
        for on in (*view.minutes.asks, *view.specs):
            field = "title" if on in view.specs else "text"
            edit = stage.propose(on, "set", field=field, after=f"{number}")
            review.edit(chen, house, meeting, edit)
            if on in view.specs:
                continue
            now = by_uid(meetings.view(chen, house, meeting))[on.uid]
            review.edit(chen, house, meeting, stage.approve(now))
        whole = by_uid(again((reworded, forgetful, reworded)[number]))
        for on in whole.values():
            probe = stage.propose(on, "reopen")
            assert house.tools.store.subject(meeting, probe) == on
