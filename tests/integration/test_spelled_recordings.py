"""The characters of a project may change: nothing is heard again, and what people wrote stays."""

import dataclasses

import pytest

from pipeline import bootstrap
from pipeline.models.actor import Actor
from pipeline.models.project import Project
from pipeline.models.speech import AudioFacts, HeardBatch, HeardSegment
from pipeline.service import meetings, projects, transcripts

ME = Actor(id="t", name="Tester", via="test")
FACTS = AudioFacts(duration=9.0, channels=1, codec="pcm", container="wav")
SAID = ("以后的頭发", "皇后说臺积电", "OK, 8,500 Excel")


class Ears:
    """Hears three turns, each but once, and notes which and for which languages."""

    name = model = "fake"
    our_channel = 0

    def __init__(self):
        self.settings = {}
        self.heard = []
        self.languages = ()

    def probe(self, path):
        return FACTS

    def hear(self, path, *, languages, hotwords, done):
        self.languages = languages
        for at, text in enumerate(SAID):
            told = {"start": at, "end": at + 1, "text": text, "channel": 0}
            said = HeardSegment(**told, language="en" if text.isascii() else "zh")
            if f"0:{at}" not in done:
                self.heard.append(at)
            yield HeardBatch(key=f"0:{at}", channel=0, start=at, end=at + 1, segments=(said,))


@pytest.fixture
def ears():
    return Ears()


@pytest.fixture
def house(tmp_path, ears):
    built = bootstrap.house(bootstrap.settings(home=tmp_path / "home"))
    tools = built.tools._replace(transcriber=lambda: ears, probe=lambda path: FACTS)
    yield dataclasses.replace(built, tools=tools)
    built.tools.store.close()


@pytest.fixture
def meeting(house, tmp_path):
    file = tmp_path / "call.wav"
    file.write_bytes(b"RIFF" + b"\0" * 2000)
    project = Project(client="澄江", language="zh", glossary={"臺積電": "", "单号": "", "账号": ""})
    return meetings.add(ME, house, file, meetings.Intake(project=project))


def texts(house, meeting):
    made = meetings.transcribe(ME, house, meeting.uid, lambda progress: None)
    return [one.text for one in made.segments]


def changed(house, meeting, **changes):
    seen = projects.of(ME, house, meeting.project)
    projects.change(ME, house, seen, seen.with_(**changes))


def test_other_characters_need_no_other_hearing(house, meeting, ears):
    assert texts(house, meeting) == ["以后的头发", "皇后说臺積電", "OK, 8,500 Excel"]
    for characters, wanted in [
        ("taiwan", ["以後的頭髮", "皇后說臺積電", "OK, 8,500 Excel"]),
        ("as_heard", list(SAID)),
        ("auto", ["以后的头发", "皇后说臺積電", "OK, 8,500 Excel"]),
    ]:
        changed(house, meeting, characters=characters)
        assert texts(house, meeting) == wanted
    assert ears.heard == [0, 1, 2]


def test_a_new_name_is_spelled_as_the_project_does(house, meeting, ears):
    texts(house, meeting)
    changed(house, meeting, glossary={"頭發": ""}, characters="simplified")
    assert texts(house, meeting)[:2] == ["以后的頭發", "皇后说台积电"]
    assert ears.heard == [0, 1, 2]


def test_what_a_person_wrote_stays(house, meeting):
    turn = meetings.transcribe(ME, house, meeting.uid, lambda progress: None).segments[0]
    fields = {"field": "text", "before": turn.text, "after": "以后的头花"}
    transcripts.correct(ME, house, meeting.uid, turn.id, **fields)
    changed(house, meeting, characters="taiwan")
    assert texts(house, meeting)[:2] == ["以后的头花", "皇后說臺積電"]


def test_a_name_stands_whatever_language_the_project_has_and_whichever_release_joins_it(
    house, meeting, ears
):
    ears.probe = lambda path: FACTS.with_(channels=2)
    turn = meetings.transcribe(ME, house, meeting.uid, lambda progress: None).segments[0]
    fields = {"field": "speaker", "before": turn.speaker, "after": "王敏"}
    transcripts.correct(ME, house, meeting.uid, turn.id, **fields)
    changed(house, meeting, language="en")
    newer = dataclasses.replace(house, tools=house.tools._replace(code="newer"))
    made = meetings.transcribe(ME, newer, meeting.uid, lambda progress: None)
    assert made.segments[0].speaker == "王敏"
    assert made.segments[1].speaker == turn.speaker


def test_other_languages_are_heard_anew(house, meeting, ears):
    texts(house, meeting)
    assert ears.languages == ()
    changed(house, meeting, spoken=("zh", "en"))
    texts(house, meeting)
    assert ears.languages == ("zh", "en")
    assert ears.heard == [0, 1, 2] * 2
