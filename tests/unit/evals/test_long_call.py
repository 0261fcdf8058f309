"""A long call is made of whole labelled calls, spoken by the people of the first."""

import pytest

from evals.bench.rules import long_call, strung
from evals.datasets.call_file import CallFile

PEOPLE = ({"name": "Ann", "side": "us"}, {"name": "Bo", "side": "client"})
OTHERS = (
    {"name": "Cy", "side": "client", "label": "Speaker 1"},
    {"name": "Di", "side": "client"},
    {"name": "Ed", "side": "us"},
)


def call(name: str, people, *speakers: str) -> CallFile:
    turns = [
        {"id": at, "speaker": speaker, "text": f"{name} {at}"}
        for at, speaker in enumerate(speakers)
    ]
    return CallFile.model_validate(
        {
            "id": name,
            "lang": "en",
            "project": {"client": "C", "system": "S"},
            "participants": people,
            "turns": turns,
            "gold": {},
        }
    )


def test_calls_follow_one_another_and_come_again():
    calls = [call("a", PEOPLE, "Ann", "Bo"), call("b", OTHERS, "Speaker 1", "Di", "Ed")]
    made = strung(calls, 7, "en")
    said = [(one.speaker, one.text) for one in made.transcript.segments]
    assert said == [
        ("Ann", "a 0"),
        ("Bo", "a 1"),
        ("Bo", "b 0"),
        ("Bo", "b 1"),
        ("Ann", "b 2"),
        ("Ann", "a 0"),
        ("Bo", "a 1"),
    ]
    assert made.different == 5
    assert [one.name for one in made.project.participants] == ["Ann", "Bo"]
    assert len({one.id for one in made.transcript.segments}) == 7


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_calls_that_come_with_the_program_make_a_long_one(lang):
    made = long_call(600, lang)
    assert (len(made.transcript.segments), made.different > 300) == (600, True)
