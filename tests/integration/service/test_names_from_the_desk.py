"""Names that keys of the desk give to turns: kept together, answered and taken back one by one."""

import pytest

from pipeline.models.actor import Actor
from pipeline.models.transcript import EngineName, Segment, Transcript
from ui.outbox import obey

CHEN = Actor(id="local:chen", name="陈立", via="desk")
WANG = Actor(id="local:wang", name="王敏", via="desk")


@pytest.fixture
def heard(house, meeting):
    """Three turns of nobody; the version and the names as they are now."""
    turns = tuple(Segment(id=f"s{at}", index=at, text="原话") for at in range(3))
    words = Transcript(engine=EngineName(name="faster_whisper"), segments=turns)
    house.tools.store.save_transcript(meeting, words)

    def now():
        words = house.tools.store.transcript(meeting)
        return words.version, [one.speaker for one in words.segments]

    return now


def named(uid, turn, who, side="client", was=(None, "unknown")):
    seen = {"id": turn, "speaker": was[0], "side": was[1]}
    return {
        "id": uid,
        "op": "name",
        "entity": "segment",
        "gift": {"turns": [seen], "person": who and {"name": who, "side": side}},
    }


def test_presses_of_a_key_are_one_version_and_each_is_taken_back_by_itself(house, meeting, heard):
    commands = [
        named("c1", "s0", "王敏"),
        named("c2", "s1", "陈立", "us"),
        named("c3", "s2", "王敏"),
    ]
    answers = obey(CHEN, house, meeting, commands, "zh")
    assert [one.ok for one in answers.values()] == [True] * 3
    assert heard() == (2, ["王敏", "陈立", "王敏"])
    back = {"id": "c4", "op": "undo", "undoes": "c2"}
    assert obey(CHEN, house, meeting, [back], "zh", earlier=answers)["c4"].ok
    assert heard() == (3, ["王敏", None, "王敏"])


def test_a_name_that_is_refused_takes_none_of_the_others_along(house, meeting, heard):
    obey(WANG, house, meeting, [named("w1", "s1", "赵敏")], "zh")
    commands = [named("c1", "s0", "王敏"), named("c2", "s1", "王敏"), named("c3", "s2", "王敏")]
    answers = obey(CHEN, house, meeting, commands, "en")
    assert {uid: one.ok for uid, one in answers.items()} == {"c1": True, "c2": False, "c3": True}
    assert "王敏 gave 1" in answers["c2"].message
    assert heard()[1] == ["王敏", "赵敏", "王敏"]


def test_names_that_are_sent_again_after_a_restart_are_known_and_can_be_taken_back(
    house, meeting, heard
):
    sent = [named("c1", "s0", "王敏"), named("c2", "s1", None, was=(None, "unknown"))]
    first = obey(CHEN, house, meeting, sent, "zh")
    again = obey(CHEN, house, meeting, sent, "zh")
    assert (again, heard()[0]) == (first, 2)
    undo = {"id": "c9", "op": "undo", "events": list(again["c1"].events)}
    assert obey(CHEN, house, meeting, [undo], "zh")["c9"].ok
    assert heard()[1] == [None, None, None]


def test_what_no_key_of_ours_sent_names_nobody(house, meeting, heard):
    junk = [
        {"id": "j1", "op": "name", "gift": {"turns": "all", "person": None}},
        {"id": "j2", "op": "name", "gift": {"turns": [], "person": {"name": "x", "side": "both"}}},
        {"id": "j3", "op": "name"},
    ]
    answers = obey(CHEN, house, meeting, junk, "zh")
    assert [answers[one].lost for one in ("j1", "j2", "j3")] == [True, True, False]
    assert heard() == (1, [None, None, None])
