"""Turns are given to a person by turn, by speaker or by range: each gift one act and one undo."""

import time

import pytest

from pipeline.errors import ConflictError, InputError, NotFoundError
from pipeline.models.correcting import corrected
from pipeline.models.meeting import Meeting
from pipeline.models.project import Participant, Project
from pipeline.models.review import Edit, verify
from pipeline.models.stretch import Stretch, within
from pipeline.models.transcript import EngineName, Segment, Transcript
from pipeline.service import naming, projects, review, transcripts
from pipeline.service.naming import Gift, Person, Turn, people

PEOPLE = (Participant(name="陈立", side="us"), Participant(name="王敏", side="client"))


def mono(count: int, speaker: str | None = None) -> Transcript:
    """What is heard on one channel: two-second turns of nobody."""
    segments = tuple(
        Segment(
            id=f"s{at}", index=at, start=2.0 * at, end=2.0 * at + 1.8, speaker=speaker, text="原话"
        )
        for at in range(count)
    )
    return Transcript(engine=EngineName(name="faster_whisper"), segments=segments)


@pytest.fixture
def call(house, meeting, chen):
    project = projects.of(chen, house, house.tools.store.meeting(meeting).project)
    projects.change(chen, house, project, project.with_(participants=PEOPLE))
    return house.tools.store.save_transcript(meeting, mono(12))


@pytest.fixture
def now(house, meeting, call):
    return lambda: house.tools.store.transcript(meeting)


@pytest.fixture
def given(house, meeting, chen, now):
    """Give the turns of a stretch to somebody, as they are seen now."""

    def give(name: str | None, *, by=chen, side=None, **stretch):
        return naming.give(
            by, house, meeting, [gift(name, within(now(), Stretch(**stretch)), side)]
        )

    return give


def gift(name: str | None, turns, side=None, command: str | None = None) -> Gift:
    seen = tuple(Turn(id=one.id, speaker=one.speaker, side=one.side) for one in turns)
    return Gift(turns=seen, person=Person(name=name, side=side), command=command)


def who(transcript: Transcript) -> str:
    return "".join(one.speaker[0] if one.speaker else "-" for one in transcript.segments)


def test_a_range_is_given_in_one_act_and_taken_back_in_one(house, meeting, chen, given, now, call):
    done = given("王敏", first=3, last=5)
    assert (who(now()), done.turns, len(done.events)) == ("--王王王-------", 3, 1)
    assert {one.side for one in now().segments[2:5]} == {"client"}
    assert now().version == call.version + 1
    assert verify(review.history(chen, house, meeting)) == ()
    review.undo(chen, house, meeting, done.events[0][0].uid)
    assert now().segments == call.segments


def test_what_nobody_has_is_given_and_what_somebody_has_stays(given, now):
    given("王敏", first=4, last=4)
    given("陈立", unnamed=True)
    assert who(now()) == "陈陈陈王陈陈陈陈陈陈陈陈"


def test_a_stretch_is_by_number_by_time_and_by_speaker(call):
    def numbers(transcript: Transcript = call, **stretch: object) -> list[int]:
        return [one.index + 1 for one in within(transcript, Stretch(**stretch))]

    assert numbers(first=11) == [11, 12]
    assert numbers(first=40) == []
    assert numbers(begin=4.0, end=8.0) == [3, 4]
    assert numbers(end=2.0) == [1]
    assert numbers(first=2, begin=0.0, end=6.0) == [2, 3]
    turns = [
        one.with_(speaker="说话人 2") if at % 2 else one for at, one in enumerate(call.segments)
    ]
    mixed = call.with_(segments=tuple(turns))
    assert numbers(mixed, of="说话人 2", first=3, last=7) == [4, 6]
    assert numbers(mixed, unnamed=True, last=4) == [1, 3]
    untimed = call.with_(segments=tuple(one.with_(start=None, end=None) for one in turns))
    with pytest.raises(InputError, match="turns_untimed"):
        within(untimed, Stretch(begin=1.0))


def test_a_label_of_two_people_is_parted_and_two_labels_of_one_are_joined(
    house, meeting, given, now, call
):
    labels = ["说话人 1", "说话人 2", "说话人 3"]
    turns = [one.with_(speaker=labels[at % 3]) for at, one in enumerate(call.segments)]
    house.tools.store.save_transcript(meeting, call.with_(segments=tuple(turns)))
    given("陈立", of="说话人 1")
    given("陈立", of="说话人 3")
    given("王敏", of="说话人 2", last=6)
    given("李强", of="说话人 2", side="client")
    assert who(now()) == "陈王陈陈王陈陈李陈陈李陈"


def test_somebody_new_is_added_on_the_way_and_needs_a_side(house, meeting, chen, given, now, call):
    with pytest.raises(InputError, match="speaker_no_participant"):
        given("李强", first=1, last=1)
    with pytest.raises(ConflictError, match="speaker_is_client"):
        given("王敏", first=1, last=1, side="us")
    with pytest.raises(InputError, match="turns_to_nobody"):
        given("  ", first=1, last=1)
    assert now() == call
    done = given(" 李  强 ", first=1, last=2, side="client")
    project = projects.of(chen, house, house.tools.store.meeting(meeting).project)
    assert (done.added, project.participants[-1].name) == (("李 强",), "李 强")
    assert [one.speaker for one in now().segments[:3]] == ["李 强", "李 强", None]


def test_a_call_without_a_project_keeps_its_people_to_itself(house, chen):
    project = projects.save(chen, house, None)
    store, created = house.tools.store, "2026-03-18T06:00:00.000Z"
    store.add_meeting(Meeting(uid="m9", project=project.uid, title="x", created_at=created))
    words = store.save_transcript("m9", mono(3))
    naming.give(chen, house, "m9", [gift("李强", words.segments[:2], "client")])
    named = store.transcript("m9")
    assert projects.of(chen, house, project.uid).participants == ()
    assert people(project, named, ()) == [Participant(name="李强", side="client")]


def test_a_side_alone_and_nobody_at_all_can_be_said(house, meeting, chen, given, now):
    given(None, first=1, last=2, side="client")
    assert [(one.speaker, one.side) for one in now().segments[:2]] == [(None, "client")] * 2
    given("陈立", first=1, last=1)
    seen = (Turn(id="s0", speaker="陈立", side="us"),)
    naming.give(chen, house, meeting, [Gift(turns=seen)])
    assert (now().segments[0].speaker, now().segments[0].side) == (None, "unknown")


def test_whoever_was_slower_is_told_and_nothing_is_changed(
    house, meeting, chen, wang, given, now, call
):
    given("王敏", by=wang, first=2, last=3)
    named = now()
    with pytest.raises(ConflictError, match="turns_given_since") as told:
        naming.give(chen, house, meeting, [gift("陈立", call.segments[:5])])
    assert {key: told.value.params[key] for key in ("who", "count", "theirs", "yours")} == {
        "who": "王敏",
        "count": 2,
        "theirs": "王敏",
        "yours": "陈立",
    }
    assert now() == named
    naming.give(chen, house, meeting, [gift("王敏", call.segments[:5])])  # both say the same
    assert who(now()) == "王王王王王-------"


def test_a_turn_that_was_split_meanwhile_is_no_longer_given(house, meeting, chen, wang, call, now):
    transcripts.split(wang, house, meeting, "s1", at=1, before="原话")
    with pytest.raises(NotFoundError, match="turn_gone"):
        naming.give(chen, house, meeting, [gift("王敏", call.segments[:3])])
    assert len(now().segments) == 13


def test_several_gifts_are_one_version_and_each_is_taken_back_by_itself(
    house, meeting, chen, call, now
):
    one, other, again = call.segments[0], call.segments[1], call.segments[0]
    named = again.with_(speaker="王敏", side="client")
    done = naming.give(
        chen, house, meeting, [gift("王敏", [one]), gift("陈立", [other]), gift("陈立", [named])]
    )
    assert (who(now())[:3], now().version, len(done.events)) == ("陈陈-", call.version + 1, 3)
    review.undo(chen, house, meeting, done.events[2][0].uid)
    assert who(now())[:3] == "王陈-"
    review.undo(chen, house, meeting, done.events[0][0].uid)
    assert who(now())[:3] == "-陈-"
    assert verify(review.history(chen, house, meeting)) == ()


def test_a_gift_that_is_sent_again_is_known_to_be_done(house, meeting, chen, wang, call, now):
    sent = gift("王敏", call.segments[:2], command="c1")
    first = naming.give(chen, house, meeting, [sent])
    transcripts.correct(wang, house, meeting, "s0", field="speaker", before="王敏", after="陈立")
    again = naming.give(chen, house, meeting, [sent])
    assert again.events == first.events
    assert who(now())[:2] == "陈王"


def test_an_ask_whose_words_turn_out_to_be_ours_asks_for_another_look(
    house, meeting, chen, given, ask, spec
):
    done = given("王敏", first=2, last=2)
    assert ask().stale == ()  # the client said it, as everybody took it
    review.undo(chen, house, meeting, done.events[0][0].uid)
    done = given("陈立", first=2, last=2)
    assert ask().stale == spec().stale == ("segment_corrected:s1",)
    review.undo(chen, house, meeting, done.events[0][0].uid)
    assert ask().stale == spec().stale == ()


def test_an_approved_ask_holds_no_longer_once_its_words_are_ours(
    house, meeting, chen, given, ask, now
):
    given("王敏", first=1)
    approve = Edit(
        entity="item", entity_uid=ask().uid, operation="approve", before=ask().content_hash
    )
    review.edit(chen, house, meeting, approve)
    others = [item for _, item in house.tools.store.minutes(meeting).items() if item != ask()]
    given("陈立", of="王敏", first=2, last=2)
    assert (ask().review, ask().stale) == ("approved", ("segment_corrected:s1",))
    assert [i for _, i in house.tools.store.minutes(meeting).items() if i != ask()] == others


def test_a_name_stands_where_a_later_hearing_tells_voices_apart(house, meeting, chen, given, now):
    given("王敏", first=1, last=2)
    given("陈立", first=2, last=2)
    again = corrected(mono(12, "说话人 2"), review.history(chen, house, meeting))
    said = [(one.speaker, one.side) for one in again.segments[:3]]
    assert said == [("王敏", "client"), ("陈立", "us"), ("说话人 2", "unknown")]


def test_a_name_goes_to_no_other_words_where_another_ear_cuts_the_call_otherwise(
    house, meeting, chen, given, now, call
):
    given("王敏", first=1, last=2)
    turns = [one.with_(start=3.0 * one.index, end=3.0 * one.index + 2.8) for one in call.segments]
    events, versions = review.history(chen, house, meeting), house.tools.store.transcript

    def was(edit):
        return versions(meeting, edit.version).segment(edit.entity_uid)

    otherwise = corrected(call.with_(segments=tuple(turns)), events, was)
    assert [one.speaker for one in otherwise.segments[:3]] == ["王敏", None, None]
    assert [one.speaker for one in corrected(call, events, was).segments[:3]] == ["王敏"] * 2 + [
        None
    ]


def test_people_of_the_call_come_first_and_keep_their_places(call):
    project = Project(participants=(*PEOPLE, Participant(name="李强", side="client")))
    turns = [
        call.segments[0].with_(speaker="赵总", side="client"),
        call.segments[1].with_(speaker="说话人 2"),
        call.segments[2].with_(speaker="王敏", side="client"),
    ]
    found = people(project, call.with_(segments=tuple(turns)), ["李强", "没有"])
    assert [one.name for one in found] == ["李强", "陈立", "王敏", "赵总"]


@pytest.mark.slow
def test_two_thousand_turns_are_given_and_taken_back_in_no_time(house, meeting, chen, call):
    words = house.tools.store.save_transcript(meeting, mono(2000))
    began = time.process_time()
    done = naming.give(chen, house, meeting, [gift("王敏", words.segments)])
    named = time.process_time() - began
    began = time.process_time()
    review.undo(chen, house, meeting, done.events[0][0].uid)
    back = time.process_time() - began
    assert house.tools.store.transcript(meeting).segments == words.segments
    assert (named < 4, back < 8) == (True, True), (named, back)
