"""Meetings to look at: the bundled calls, with or without sound, and made-up ones of any length."""

import contextlib
import dataclasses
import datetime as dt
import json
import random
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

from evals.bench.talk import call
from pipeline import bootstrap
from pipeline.demo.calls import demo_folder
from pipeline.models.actor import Actor
from pipeline.models.job import Progress
from pipeline.models.project import Participant, Project
from pipeline.models.speech import AudioFacts, HeardBatch, HeardSegment
from pipeline.service import meetings
from pipeline.service.house import House
from pipeline.service.intake import Intake

ME = Actor(id="local:bench", name="Bench", via="test")
_TURN = 1.8
"""Seconds of a made-up turn."""


class Script:
    """Ears that know a bundled call by heart."""

    name, model, our_channel = "script", "none", 0

    def __init__(self, language: Literal["zh", "en"]) -> None:
        self.settings: Mapping[str, Any] = {}
        self._language = language
        self._turns = bundled_turns(language)

    def probe(self, path: Path) -> AudioFacts:
        """What is known of the recording."""
        del path
        return AudioFacts(
            duration=float(self._turns[-1]["end"]), channels=2, codec="opus", container="ogg"
        )

    def hear(
        self,
        path: Path,
        *,
        languages: Sequence[str],
        hotwords: Sequence[str],
        done: Mapping[str, HeardBatch],
    ) -> Iterator[HeardBatch]:
        """Everything at once, word for word."""
        del path, languages, hotwords, done
        for channel, speaker in enumerate(dict.fromkeys(turn["speaker"] for turn in self._turns)):
            mine = [turn for turn in self._turns if turn["speaker"] == speaker]
            yield HeardBatch(
                key=f"{channel}:0",
                channel=channel,
                start=0.0,
                end=float(self._turns[-1]["end"]),
                segments=tuple(self._heard(turn, channel) for turn in mine),
            )

    def _heard(self, turn: Mapping[str, Any], channel: int) -> HeardSegment:
        return HeardSegment(
            start=turn["start"],
            end=turn["end"],
            text=turn["text"],
            channel=channel,
            language=self._language,
        )


def house(home: Path) -> House:
    """The house in a data folder."""
    return bootstrap.house(bootstrap.settings(home=home, database_url=""))


def bundled_turns(language: Literal["zh", "en"]) -> list[dict[str, Any]]:
    """What is said in a bundled call."""
    path = demo_folder() / language / "call.json"
    turns: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["turns"]
    return turns


def bundled(
    built: House,
    language: Literal["zh", "en"],
    *,
    system: str | None = None,
    sound: bool = False,
    recording: Path | None = None,
) -> str:
    """A bundled call, as a recording or as a transcript; uid of the meeting.

    Args:
        built: where to.
        language: of which call.
        system: name of its project's system.
        sound: whether it is a recording.
        recording: another recording of the same words.
    """
    demo = bootstrap.demo_call(language)
    project = demo.project.with_(system=system or demo.project.system)
    said = Intake(project=project, title=demo.title, date=demo.date, languages=(language,))
    if not sound and recording is None:
        return processed(built, demo_folder() / language / "call.json", said)
    script = Script(language)
    tools = built.tools._replace(transcriber=lambda: script)
    return processed(dataclasses.replace(built, tools=tools), recording or demo.recording, said)


def made_up(
    built: House,
    folder: Path,
    turns: int,
    language: Literal["zh", "en"] = "zh",
    *,
    specs: bool = False,
) -> str:
    """A call of so many turns, with minutes; without specs unless asked. uid of the meeting."""
    people = ("陈立", "王敏", "李强") if language == "zh" else ("Sarah", "Tom", "Priya")
    texts = call(turns, language, random.Random(turns))
    spoken = [
        {"speaker": people[at % 3], "start": 2.0 * at, "end": 2.0 * at + _TURN, "text": text}
        for at, text in enumerate(texts)
    ]
    project = Project(
        client=f"{turns}",
        system="desk",
        participants=tuple(
            Participant(name=name, side="us" if at == 0 else "client")
            for at, name in enumerate(people)
        ),
    )
    said = Intake(project=project, title=f"{turns} turns", date=dt.date(2026, 3, 18))
    file = folder / f"made-up-{turns}.json"
    file.write_text(json.dumps({"turns": spoken}, ensure_ascii=False), encoding="utf-8")
    uid = meetings.add(ME, built, file, said).uid
    with contextlib.suppress(_Enough):
        meetings.process(ME, built, uid, (lambda progress: None) if specs else _until_specs)
    return uid


class _Enough(Exception):
    """Raised by whoever watches; what was finished is kept."""


def _until_specs(progress: Progress) -> None:
    """Hundreds of specs take minutes to write, and the minutes lane shows none."""
    if progress.stage == "specify":
        raise _Enough


def from_turns(built: House, file: Path, turns: Sequence[Mapping[str, Any]], said: Intake) -> str:
    """A meeting of these turns; its uid."""
    file.write_text(json.dumps({"turns": turns}, ensure_ascii=False), encoding="utf-8")
    return processed(built, file, said)


def processed(built: House, file: Path, said: Intake) -> str:
    """A meeting of a file, with everything made of it; its uid."""
    made = meetings.add(ME, built, file, said).uid
    meetings.process(ME, built, made, lambda progress: None)
    return made
