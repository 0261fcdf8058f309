"""A project's corrections in a call: done by themselves, each to be seen and taken back."""

import datetime as dt

import pytest

from pipeline import bootstrap
from pipeline.errors import ConflictError, InputError, NotFoundError
from pipeline.models.actor import Actor
from pipeline.models.correction import LIST_ID, Correction
from pipeline.models.project import Participant, Project
from pipeline.service import meetings, mending, projects, review, transcripts

ME = Actor(id="u1", name="陈立", via="test")
SHE = Actor(id="u2", name="王敏", via="test")
TEXT = """王敏：能不能把定单一键导出成Excel？财务催得很。
陈立：定单号和K three的库存都要吗？
王敏：对，定单号和金额一定要有，定单状态也要。
陈立：那我们决定单独做一个页面。
王敏：行，下周三之前给我方案。
"""
PROJECT = Project(
    client="澄江茶饮",
    system="云仓",
    language="zh",
    participants=(Participant(name="陈立", side="us"), Participant(name="王敏", side="client")),
    corrections=(
        Correction(heard="定单", meant="订单", not_in=("决定单独",)),
        Correction(heard="k three", meant="K3"),
    ),
)


@pytest.fixture
def house(tmp_path):
    built = bootstrap.house(bootstrap.settings(home=tmp_path / "home"))
    yield built
    built.tools.store.close()


@pytest.fixture
def take(house, tmp_path):
    def taken(project=PROJECT, text=TEXT):
        file = tmp_path / "call.txt"
        file.write_text(text, encoding="utf-8")
        intake = meetings.Intake(project=project, date=dt.date(2026, 3, 18))
        return meetings.add(ME, house, file, intake).uid

    return taken


@pytest.fixture
def hear(house):
    return lambda meeting: meetings.transcribe(ME, house, meeting, lambda progress: None)


def texts(transcript):
    return [one.text for one in transcript.segments]


def heard():
    return [line.partition("：")[2] for line in TEXT.splitlines()]


def seen(house, meeting):
    return mending.told(meetings.view(ME, house, meeting), events(house, meeting))


def events(house, meeting):
    return review.history(ME, house, meeting, "segment")


def test_the_list_is_followed_and_what_was_heard_is_kept(house, take, hear):
    meeting = take()
    now = hear(meeting)
    assert now.version == 2
    assert texts(now) == [
        "能不能把订单一键导出成Excel？财务催得很。",
        "订单号和K3的库存都要吗？",
        "对，订单号和金额一定要有，订单状态也要。",
        "那我们决定单独做一个页面。",
        "行，下周三之前给我方案。",
    ]
    assert texts(meetings.transcript(ME, house, meeting, 1)) == heard()
    made = events(house, meeting)
    assert [(one.actor.id, one.actor.name) for one in made] == [(LIST_ID, "项目的更正表")] * 5
    assert [one.body.mended.rule for one in made if one.entity_uid == now.segments[1].id] == [
        ("定单", "订单"),
        ("k three", "K3"),
    ]
    assert review.check(ME, house, meeting) == ()
    told = seen(house, meeting)
    assert [(one.was, one.now) for one in told.changed].count(("定单", "订单")) == 4
    assert (told.changed[1].left, told.changed[1].right) == ("", "号和K3的库存都要吗？")
    assert told.waiting == told.taken_back == ()


def test_a_second_run_changes_nothing_and_adds_no_event(house, take, hear):
    meeting = take()
    first = hear(meeting)
    assert hear(meeting) == first
    assert len(events(house, meeting)) == 5


def test_a_run_that_died_after_hearing_is_completed_by_the_next(house, take, hear, monkeypatch):
    meeting = take()
    with monkeypatch.context() as broken:
        broken.setattr("pipeline.run.mend", lambda *_, **__: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            hear(meeting)
    assert house.tools.store.transcript(meeting) is None
    house.tools.store.save_project(PROJECT.with_(corrections=()))
    assert hear(meeting).version == 1  # as kept by a version that knew no list
    house.tools.store.save_project(PROJECT)
    assert hear(meeting).version == 2
    assert len(events(house, meeting)) == 5


def test_what_may_be_part_of_a_longer_word_waits_for_a_person(house, take, hear):
    meeting = take(PROJECT.with_(corrections=(Correction(heard="定单", meant="订单"),)))
    assert texts(hear(meeting))[3] == heard()[3]
    told = seen(house, meeting)
    (one,) = told.doubtful
    assert (one.left, one.was, one.right, told.waiting) == (
        "那我们决",
        "定单",
        "独做一个页面。",
        (),
    )
    assert mending.apply(ME, house, meeting).events == ()
    made = mending.apply(ME, house, meeting, only=[one.key])
    assert texts(made.transcript)[3] == "那我们决订单独做一个页面。"


def test_one_place_of_a_turn_is_taken_back_and_the_others_stay(house, take, hear):
    meeting = take()
    turn = hear(meeting).segments[2].id
    first, second = (one for one in events(house, meeting) if one.entity_uid == turn)
    (now,) = review.undo(SHE, house, meeting, first.uid)
    assert now.segment(turn).text == "对，定单号和金额一定要有，订单状态也要。"
    assert hear(meeting) == now
    told = seen(house, meeting)
    assert [one.segment.id for one in told.changed].count(turn) == 1
    assert [(one.segment.id, one.was) for one in told.taken_back] == [(turn, "定单")]
    (left,) = (one for one in told.changed if one.segment.id == turn)
    assert left.right == "状态也要。"
    (now,) = review.undo(ME, house, meeting, left.key)
    assert now.segment(turn).text == heard()[2]
    assert hear(meeting) == now
    assert second.uid != left.key


def test_all_of_a_rule_is_taken_back_and_others_of_the_same_turns_stay(house, take, hear):
    meeting = take()
    hear(meeting)
    named = [one.key for one in seen(house, meeting).changed if one.now == "订单"]
    (now,) = review.undo(ME, house, meeting, *named)
    assert texts(now)[1] == "定单号和K3的库存都要吗？"
    assert (texts(now)[0], texts(now)[2]) == (heard()[0], heard()[2])
    assert hear(meeting) == now
    told = seen(house, meeting)
    assert [one.now for one in told.changed] == ["K3"]
    assert (len(told.taken_back), told.waiting) == (4, ())
    assert review.check(ME, house, meeting) == ()
    one = told.taken_back[0]
    again = mending.apply(ME, house, meeting, only=[one.key])
    assert texts(again.transcript)[0] == "能不能把订单一键导出成Excel？财务催得很。"
    assert len(seen(house, meeting).taken_back) == 3


def test_a_turn_that_a_person_wrote_is_theirs(house, take, hear):
    meeting = take(PROJECT.with_(corrections=()))
    turn = hear(meeting).segments[0]
    fields = {"field": "text", "before": turn.text, "after": "定单导出"}
    transcripts.correct(ME, house, meeting, turn.id, **fields)
    house.tools.store.save_project(PROJECT)
    now = hear(meeting)
    assert texts(now)[:2] == ["定单导出", "订单号和K3的库存都要吗？"]
    told = seen(house, meeting)
    assert [(one.segment.id, one.now) for one in told.waiting] == [(turn.id, "订单")]


def test_a_list_that_is_newer_than_the_words_is_applied_as_one_act(house, take, hear):
    meeting = take(PROJECT.with_(corrections=()))
    assert hear(meeting).version == 1
    house.tools.store.save_project(PROJECT)
    told = seen(house, meeting)
    assert (told.changed, len(told.waiting)) == ((), 5)
    (one,) = (spot for spot in told.waiting if spot.now == "K3")
    single = mending.apply(ME, house, meeting, only=[one.key])
    assert (len(single.events), single.transcript.version) == (1, 2)
    with pytest.raises(NotFoundError, match="correction_gone"):
        mending.apply(ME, house, meeting, only=[one.key])
    every = mending.apply(ME, house, meeting)
    assert (len(every.events), every.transcript.version) == (4, 3)
    assert seen(house, meeting).waiting == ()
    assert {one.actor.id for one in events(house, meeting)} == {ME.id}
    (now,) = review.undo(ME, house, meeting, *every.events)
    assert texts(now)[1] == "定单号和K3的库存都要吗？"
    assert mending.apply(ME, house, meeting).events == ()


def test_what_somebody_wrote_since_is_not_undone_blindly(house, take, hear):
    meeting = take()
    turn = hear(meeting).segments[0]
    made = events(house, meeting)[0]
    fields = {"field": "text", "before": turn.text, "after": "把订单导出"}
    transcripts.correct(SHE, house, meeting, turn.id, **fields)
    with pytest.raises(ConflictError) as caught:
        review.undo(ME, house, meeting, made.uid)
    assert caught.value.params["who"] == "王敏"
    assert turn.id not in {one.segment.id for one in seen(house, meeting).changed}
    fields = {"field": "text", "before": "把订单导出", "after": "把定单导出"}
    transcripts.correct(SHE, house, meeting, turn.id, **fields)
    told = seen(house, meeting)
    assert ([one.segment.id for one in told.taken_back], told.waiting) == ([turn.id], ())


def test_a_turn_that_was_split_remembers_what_was_taken_back(house, take, hear):
    meeting = take()
    turn = hear(meeting).segments[2]
    mine = [one.key for one in seen(house, meeting).changed if one.segment.id == turn.id]
    review.undo(ME, house, meeting, *mine)
    transcripts.split(ME, house, meeting, turn.id, at=13, before=heard()[2])
    now = hear(meeting)
    assert "".join(texts(now)[2:4]) == heard()[2]
    assert len(seen(house, meeting).taken_back) == 2


def test_what_the_minutes_cite_is_stale_when_it_is_taken_back(house, take):
    meeting = take()
    outcome = meetings.process(ME, house, meeting, lambda progress: None)
    ask = next(one for one in outcome.minutes.asks if "导出" in one.text)
    said = ask.evidence[0]
    assert (said.transcript_version, "订单" in said.quote) == (2, True)
    assert ask.stale == ()
    turn = said.segments[0]
    made = next(one for one in events(house, meeting) if one.entity_uid == turn)
    review.undo(ME, house, meeting, made.uid)
    now = meetings.minutes(ME, house, meeting)
    stale = next(one for one in now.asks if one.uid == ask.uid).stale
    assert stale == (f"segment_corrected:{turn}",)
    assert "定单" in house.tools.store.transcript(meeting).segment(turn).text


def test_a_longer_list_that_changes_no_word_asks_no_engine_again(house, take):
    meeting = take()
    told: list[tuple[str, str]] = []
    meetings.process(ME, house, meeting, lambda one: told.append((one.stage, one.state)))
    more = (*PROJECT.corrections, Correction(heard="不会说的词", meant="词"))
    house.tools.store.save_project(PROJECT.with_(corrections=more))
    told.clear()
    meetings.process(ME, house, meeting, lambda one: told.append((one.stage, one.state)))
    assert ("extract", "cached") in told
    assert ("extract", "started") not in told


def test_a_correction_is_learnt_once_and_told_how_far_it_reaches(house, take, hear):
    meeting = take(PROJECT.with_(corrections=()))
    turn = hear(meeting).segments[0]
    assert (
        mending.offered(ME, meetings.view(ME, house, meeting), events(house, meeting), since=None)
        is None
    )
    fields = {"field": "text", "before": turn.text, "after": turn.text.replace("定单", "订单")}
    transcripts.correct(ME, house, meeting, turn.id, **fields)
    assert (
        mending.offered(SHE, meetings.view(ME, house, meeting), events(house, meeting), since=None)
        is None
    )
    offer = mending.offered(
        ME, meetings.view(ME, house, meeting), events(house, meeting), since=None
    )
    assert (offer.slip, offer.turns) == (("定单", "订单"), 2)
    assert (
        mending.offered(
            ME, meetings.view(ME, house, meeting), events(house, meeting), since=offer.event
        )
        is None
    )
    rule = Correction(heard="定单", meant="订单", not_in=("决定单独",))
    assert mending.reach(meetings.view(ME, house, meeting), events(house, meeting), rule) == 2
    project = mending.learn(ME, house, meeting, rule)
    assert projects.of(ME, house, project.uid).corrections == (rule,)
    assert mending.learn(ME, house, meeting, rule) == project
    assert (
        mending.offered(ME, meetings.view(ME, house, meeting), events(house, meeting), since=None)
        is None
    )
    for bad, code in ((("定单", "工单"), "twice"), (("", "x"), "empty"), (("x", "x"), "same")):
        with pytest.raises(InputError, match=f"correction_no_{code}"):
            mending.learn(ME, house, meeting, Correction(heard=bad[0], meant=bad[1]))
