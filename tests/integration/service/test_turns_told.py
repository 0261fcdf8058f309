"""Turns on the command line: which are meant, what is shown first, and what it needs a yes for."""

import json

import pytest

from pipeline.errors import InputError, NotFoundError
from pipeline.models.project import Participant
from pipeline.models.transcript import EngineName, Segment, Transcript
from pipeline.service import projects
from ui.cli.clock import seconds
from ui.cli.turns import Asked, name


@pytest.fixture
def call(house, meeting, chen):
    """Twelve turns, two seconds each; every third is of a label, the others are nobody's."""
    project = projects.of(chen, house, house.tools.store.meeting(meeting).project)
    people = (Participant(name="王敏", side="client"),)
    projects.change(chen, house, project, project.with_(participants=people))
    turns = tuple(
        Segment(
            id=f"s{at}",
            index=at,
            start=2.0 * at,
            end=2.0 * at + 1.8,
            speaker=None if at % 3 else "说话人 1",
            text=f"第{at}句",
        )
        for at in range(12)
    )
    heard = Transcript(engine=EngineName(name="faster_whisper"), segments=turns)
    return house.tools.store.save_transcript(meeting, heard)


@pytest.fixture
def asked(house, meeting, call, capsys):
    """Run it; what it printed, and whose the turns are then, a letter each."""

    def run(*person, yes=True, as_json=False, **turns):
        named, sides = person[:1], person[1:]
        name(house, meeting, Asked(**turns), named, sides, yes=yes, as_json=as_json)
        now = house.tools.store.transcript(meeting).segments
        return capsys.readouterr(), "".join((one.speaker or "-")[0] for one in now)

    return run


def test_turns_are_listed_with_their_numbers_and_nothing_is_changed(asked):
    told, whose = asked(turns="2-4")
    lines = told.out.splitlines()
    assert [line.split()[:2] for line in lines] == [["2", "00:02"], ["3", "00:04"], ["4", "00:06"]]
    assert lines[2].endswith("说话人 1: 第3句")
    assert whose == "说--说--说--说--"


@pytest.mark.parametrize(
    ("turns", "whose"),
    [
        ({"turns": "2-4"}, "说王王王--说--说--"),
        ({"turns": "5"}, "说--说王-说--说--"),
        ({"begin": "00:00:04", "end": "0:10"}, "说-王王王-说--说--"),
        ({"turns": "2-8", "of": "说话人 1"}, "说--王--王--说--"),
        ({"of": "说话人 1"}, "王--王--王--王--"),
        ({"unnamed": True}, "说王王说王王说王王说王王"),
        ({"unnamed": True, "begin": "14"}, "说--说--说王王说王王"),
    ],
)
def test_turns_are_given_by_number_by_the_clock_by_speaker_and_where_nobody_has_them(
    asked, turns, whose
):
    told, now = asked("王敏", **turns)
    assert now == whose
    assert str(whose.count("王")) in told.err


def test_somebody_new_needs_only_the_side(asked, house, meeting, chen):
    _, now = asked("李强", "client", turns="1-3")
    assert now == "李李李说--说--说--"
    project = projects.of(chen, house, house.tools.store.meeting(meeting).project)
    assert project.participants[-1] == Participant(name="李强", side="client")


def test_with_nobody_to_say_yes_it_is_only_shown(asked, house, meeting, call, capsys):
    with pytest.raises(InputError, match="turns_need_yes"):
        asked("王敏", turns="2-9", yes=False)
    told = capsys.readouterr().err
    assert "8" in told
    assert told.count("第") >= 5
    told, whose = asked("王敏", turns="2-9", yes=False, as_json=True)
    seen = json.loads(told.out)
    assert (seen["would_change"], seen["changed"], len(seen["turns"])) == (8, None, 8)
    assert whose == "说--说--说--说--"
    told, whose = asked("王敏", turns="2-9", as_json=True)
    done = json.loads(told.out)
    assert (done["changed"], done["version"]) == ({"turns": 8, "added": []}, call.version + 1)
    assert {one["speaker"] for one in done["turns"]} == {"王敏"}


def test_what_is_so_already_needs_no_yes(asked):
    asked("王敏", turns="2-4")
    told, _ = asked("王敏", turns="2-4", yes=False)
    assert "0" in told.err


@pytest.mark.parametrize(
    ("code", "person", "turns"),
    [
        ("turns_range", ("王敏",), {"turns": "40-12"}),
        ("turns_range", ("王敏",), {"turns": "13"}),
        ("turns_range", ("王敏",), {"turns": "the last"}),
        ("turns_clock", ("王敏",), {"begin": "12:75"}),
        ("turns_clock", ("王敏",), {"end": "half past"}),
        ("turns_label", ("说话人 1=王敏",), {"turns": "1-3"}),
        ("speaker_side", ("李强", "them"), {"turns": "1-3"}),
        ("speaker_no_participant", ("李强",), {"turns": "1-3"}),
        ("turns_of_and_unnamed", ("王敏",), {"of": "说话人 1", "unnamed": True}),
        ("turns_to_nobody", (" ",), {"turns": "1-3"}),
    ],
)
def test_what_does_not_hold_is_named_and_changes_nothing(asked, house, call, code, person, turns):
    with pytest.raises(InputError, match=code):
        asked(*person, **turns)
    assert house.tools.store.transcript(call.meeting) == call


def test_turns_and_speakers_that_are_not_there_are_told(asked):
    with pytest.raises(NotFoundError, match="speaker_none"):
        asked("王敏", of="说话人 9")
    with pytest.raises(NotFoundError, match="turns_none"):
        asked("王敏", begin="1:00:00")


@pytest.mark.parametrize(
    ("text", "expected"),
    [("00:12:30", 750.0), ("12:30", 750.0), ("750", 750.0), ("1:00:00.5", 3600.5), (" 0 ", 0.0)],
)
def test_a_time_of_a_call_is_read_as_people_write_it(text, expected):
    assert seconds(text) == expected


@pytest.mark.parametrize("text", ["", "1:2:3:4", "-5", "nan", "inf", "1:-2", "12：30x"])
def test_what_is_no_time_is_not_guessed(text):
    with pytest.raises(InputError, match="turns_clock"):
        seconds(text)
