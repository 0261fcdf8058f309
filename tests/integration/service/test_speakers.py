"""Speakers are suggested, confirmed in one act and taken back in one; nobody is renamed before."""

import time

import pytest

from pipeline.errors import ConflictError, InputError, NotFoundError
from pipeline.models.correcting import corrected
from pipeline.models.meeting import Meeting
from pipeline.models.project import Participant
from pipeline.models.review import verify
from pipeline.models.transcript import EngineName, Segment, Transcript
from pipeline.service import projects, review, speakers, transcripts
from pipeline.service.speakers import Choice

PEOPLE = (
    Participant(name="王建国", side="client", title="总经理"),
    Participant(name="陈立", side="us"),
)
SAID = (
    ("说话人 1", "好"),
    ("王总", "嗯"),
    ("王总", "我们想把筛选出来的订单一键导出，现在每天手抄两个小时"),
    ("陈立", "导出的范围和字段请您确认一下，格式先按表格来做"),
    ("说话人 1", "月底对账的时候数据量很大，服务器会不会扛不住"),
    (None, "（掌声）"),
)


def heard(said) -> Transcript:
    segments = tuple(
        Segment(
            id=f"s{at}", index=at, speaker=who, side="us" if who == "陈立" else "unknown", text=text
        )
        for at, (who, text) in enumerate(said)
    )
    return Transcript(engine=EngineName(name="import"), segments=segments)


@pytest.fixture
def call(house, meeting, chen):
    project = projects.of(chen, house, house.tools.store.meeting(meeting).project)
    projects.change(chen, house, project, project.with_(participants=PEOPLE))
    return house.tools.store.save_transcript(meeting, heard(SAID))


@pytest.fixture
def named(house, meeting, call):
    """Speaker and side of every turn, as they are now."""
    return lambda: [
        (one.speaker, one.side) for one in house.tools.store.transcript(meeting).segments
    ]


@pytest.fixture
def people(house, meeting, chen):
    store = house.tools.store
    return lambda: projects.of(chen, house, store.meeting(meeting).project).participants


def test_the_speakers_are_told_with_their_words_and_who_they_may_be(house, meeting, chen, call):
    told = speakers.of(chen, house, meeting)
    assert [(one.label, one.turns, one.known) for one in told.speakers] == [
        ("说话人 1", 2, False),
        ("王总", 2, False),
        ("陈立", 1, True),
    ]
    recorder, boss, ours = told.speakers
    assert boss.first.startswith("我们想把筛选")
    assert recorder.first.startswith("月底对账")
    assert round(sum(one.share for one in told.speakers), 2) == 0.97  # the rest is nobody's
    assert (boss.guess.person, boss.guess.side, boss.guess.reason) == (
        "王建国",
        "client",
        "surname",
    )
    assert recorder.guess.person is None
    assert (ours.person, ours.side) == ("陈立", "us")
    assert told.unnamed == 1
    assert [one.label for one in told.unknown] == ["说话人 1", "王总"]


def test_nothing_is_renamed_by_looking(house, meeting, chen, call, named):
    speakers.of(chen, house, meeting)
    assert house.tools.store.transcript(meeting) == call
    assert review.history(chen, house, meeting) == ()


def test_names_and_sides_are_confirmed_in_one_act_and_taken_back_in_one(
    house, meeting, chen, call, named
):
    done = speakers.confirm(
        chen,
        house,
        meeting,
        [Choice(label="王总", name="王建国"), Choice(label="说话人 1", name="陈立")],
        seen=call.version,
    )
    assert (done.transcript.version, done.turns, done.added) == (2, 4, ())
    assert named() == [
        ("陈立", "us"),
        ("王建国", "client"),
        ("王建国", "client"),
        ("陈立", "us"),
        ("陈立", "us"),
        (None, "unknown"),
    ]
    assert all(one.known for one in speakers.of(chen, house, meeting).speakers)
    assert verify(review.history(chen, house, meeting)) == ()
    review.undo(chen, house, meeting, done.events[0].uid)
    assert named() == [(one.speaker, one.side) for one in call.segments]
    assert verify(review.history(chen, house, meeting)) == ()


def test_the_record_names_who_and_what_for_every_turn(house, meeting, chen, call):
    done = speakers.confirm(chen, house, meeting, [Choice(label="王总", name="王建国")])
    bodies = [one.body for one in done.events]
    assert {one.entity_uid for one in done.events} == {"s1", "s2"}
    assert {(one.field, one.before, one.after) for one in bodies} == {
        ("speaker", "王总", "王建国"),
        ("side", "unknown", "client"),
    }
    assert len({one.together for one in bodies}) == 1


def test_only_the_side_leaves_the_name(house, meeting, chen, call, named):
    speakers.confirm(chen, house, meeting, [Choice(label="说话人 1", side="client")])
    assert named()[0] == named()[4] == ("说话人 1", "client")
    (first, *_) = speakers.of(chen, house, meeting).speakers
    assert (first.known, first.person) == (True, None)


def test_somebody_new_is_added_to_the_project_and_said_so(
    house, meeting, chen, call, named, people
):
    new = Choice(label="说话人 1", name="  李  敏 ", side="client", title="财务")
    done = speakers.confirm(chen, house, meeting, [new])
    assert done.added == ("李 敏",)
    assert people()[-1] == Participant(name="李 敏", side="client", title="财务")
    assert named()[0] == ("李 敏", "client")
    review.undo(chen, house, meeting, done.events[0].uid)
    assert named()[0] == ("说话人 1", "unknown")
    assert people()[-1].name == "李 敏"  # another call may know them


def test_the_project_of_all_calls_without_one_takes_in_nobody(house, chen):
    project = projects.save(chen, house, None)
    store = house.tools.store
    store.add_meeting(
        Meeting(uid="m9", project=project.uid, title="x", created_at="2026-03-18T06:00:00.000Z")
    )
    store.save_transcript("m9", heard(SAID))
    done = speakers.confirm(chen, house, "m9", [Choice(label="王总", name="王建国", side="client")])
    assert (done.added, projects.of(chen, house, project.uid).participants) == ((), ())
    told = speakers.of(chen, house, "m9").speakers[1]
    assert (told.label, told.side, told.known) == ("王建国", "client", True)


def test_what_says_too_little_changes_nothing(house, meeting, chen, call, named, people):
    refused = [
        (
            "speaker_no_participant",
            [Choice(label="王总", name="王建国"), Choice(label="说话人 1", name="李敏")],
        ),
        ("speaker_not_chosen", [Choice(label="王总")]),
        ("speaker_not_chosen", [Choice(label="王总", name=" ", side="us")]),
        ("speaker_twice", [Choice(label="王总", side="us"), Choice(label="王总", side="client")]),
    ]
    for code, choices in refused:
        with pytest.raises(InputError, match=code):
            speakers.confirm(chen, house, meeting, choices)
    with pytest.raises(NotFoundError, match="speaker_gone"):
        speakers.confirm(chen, house, meeting, [Choice(label="赵总", name="王建国")])
    with pytest.raises(ConflictError, match="speaker_is_client"):
        speakers.confirm(chen, house, meeting, [Choice(label="王总", name="王建国", side="us")])
    assert named() == [(one.speaker, one.side) for one in call.segments]
    assert people() == PEOPLE
    assert review.history(chen, house, meeting) == ()


def test_who_was_slower_than_somebody_else_is_told(house, meeting, chen, wang, call, named):
    transcripts.correct(wang, house, meeting, "s1", field="side", before="unknown", after="us")
    with pytest.raises(ConflictError, match="speaker_changed"):
        speakers.confirm(chen, house, meeting, [Choice(label="王总", name="王建国")], seen=1)
    speakers.confirm(chen, house, meeting, [Choice(label="说话人 1", side="us")], seen=1)
    assert named()[1] == ("王总", "us")
    assert named()[0] == ("说话人 1", "us")


def test_an_undo_is_refused_where_somebody_corrected_it_since(house, meeting, chen, wang, call):
    done = speakers.confirm(chen, house, meeting, [Choice(label="王总", name="王建国")])
    transcripts.correct(wang, house, meeting, "s1", field="speaker", before="王建国", after="赵敏")
    with pytest.raises(ConflictError, match="changed_since_seen"):
        review.undo(chen, house, meeting, done.events[0].uid)


def test_what_is_heard_again_is_named_again(house, meeting, chen, call):
    done = speakers.confirm(chen, house, meeting, [Choice(label="王总", name="王建国")])
    again = corrected(heard(SAID), review.history(chen, house, meeting))
    assert [one.speaker for one in again.segments] == [
        one.speaker for one in done.transcript.segments
    ]


def test_names_leave_minutes_as_they_are_and_a_side_that_was_another_marks_them(
    house, meeting, chen, call, ask
):
    speakers.confirm(chen, house, meeting, [Choice(label="王总", name="王建国")])
    assert ask().stale == ()  # the ask rests on s1: other names, the same words
    now = house.tools.store.transcript(meeting)
    assert speakers.renamed(call, now) == 2
    speakers.confirm(chen, house, meeting, [Choice(label="王建国", name="陈立")])
    assert ask().stale == ("segment_corrected:s1",)


@pytest.mark.slow
def test_two_thousand_turns_are_renamed_and_taken_back_in_no_time(house, meeting, chen, call):
    said = [("王总", f"第{at}句：这个要按部门来分") for at in range(2000)]
    house.tools.store.save_transcript(meeting, heard(said))
    began = time.process_time()
    done = speakers.confirm(chen, house, meeting, [Choice(label="王总", name="王建国")])
    named = time.process_time() - began
    assert len(done.events) == 4000
    began = time.process_time()
    review.undo(chen, house, meeting, done.events[0].uid)
    back = time.process_time() - began
    assert house.tools.store.transcript(meeting).segments[1999].speaker == "王总"
    assert (named < 4, back < 8) == (True, True), (named, back)
