"""A project's corrections in a recording: also where another model hears other words."""

import dataclasses

import pytest

from pipeline import bootstrap
from pipeline.models.actor import Actor
from pipeline.models.correction import Correction
from pipeline.models.project import Project
from pipeline.models.speech import AudioFacts, HeardBatch, HeardSegment
from pipeline.models.transcript import Word
from pipeline.service import meetings, review, transcripts

ME = Actor(id="t", name="Tester", via="test")
LIST = (Correction(heard="oder", meant="order"),)


class Ears:
    """Hears two turns, as its model does."""

    name = "fake"
    our_channel = 0

    def __init__(self, model: str, *texts: str) -> None:
        self.model, self.texts, self.settings = model, texts, {"texts": texts}

    def probe(self, path):
        return AudioFacts(duration=9.0, channels=1, codec="pcm", container="wav")

    def hear(self, path, *, languages, hotwords, done):
        for at, text in enumerate(self.texts):
            words = tuple(
                Word(start=at + n / 10, end=at + n / 10 + 0.1, text=f" {word}", probability=0.8)
                for n, word in enumerate(text.split())
            )
            told = {"start": at, "end": at + 1, "text": text, "channel": 0, "language": "en"}
            said = HeardSegment(**told, words=words, avg_logprob=-1.5)
            yield HeardBatch(key=f"0:{at}", channel=0, start=at, end=at + 1, segments=(said,))


@pytest.fixture
def house(tmp_path):
    built = bootstrap.house(bootstrap.settings(home=tmp_path / "home"))
    yield built
    built.tools.store.close()


def heard(house, meeting, *ears):
    tools = house.tools._replace(transcriber=lambda: Ears(*ears))
    there = dataclasses.replace(house, tools=tools)
    return meetings.transcribe(ME, there, meeting, lambda progress: None)


@pytest.fixture
def meeting(house, tmp_path):
    file = tmp_path / "call.wav"
    file.write_bytes(b"RIFF" + b"\0" * 2000)
    facts = AudioFacts(duration=9.0, channels=1, codec="pcm", container="wav")
    there = dataclasses.replace(house, tools=house.tools._replace(probe=lambda path: facts))
    project = Project(client="Harbour", language="en", corrections=LIST)
    return meetings.add(ME, there, file, meetings.Intake(project=project)).uid


def test_the_words_keep_their_times_and_the_doubts_of_the_recogniser(house, meeting):
    first, second = heard(house, meeting, "small", "Oder list please", "the border").segments
    assert (first.text, second.text) == ("Order list please", "the border")
    assert [one.text for one in first.words] == [" Order", " list", " please"]
    assert (first.words[0].end, first.avg_logprob) == (0.1, -1.5)
    assert meetings.transcript(ME, house, meeting, 1).segments[0].text == "Oder list please"


def test_other_words_of_another_model_are_put_right_as_well(house, meeting):
    heard(house, meeting, "small", "oder list please", "all of it")
    again = heard(house, meeting, "large", "the oder list, please", "all of the oder")
    assert [one.text for one in again.segments] == ["the order list, please", "all of the order"]
    events = review.history(ME, house, meeting, "segment")
    assert len(events) == 3
    assert heard(house, meeting, "large", "the oder list, please", "all of the oder") == again
    assert review.history(ME, house, meeting, "segment") == events


def test_what_a_person_wrote_outlives_another_hearing(house, meeting):
    turn = heard(house, meeting, "small", "oder list please", "all of it").segments[0]
    fields = {"field": "text", "before": turn.text, "after": "oder is German"}
    transcripts.correct(ME, house, meeting, turn.id, **fields)
    again = heard(house, meeting, "small", "oder list please", "all of that").segments
    assert [one.text for one in again] == ["oder is German", "all of that"]
