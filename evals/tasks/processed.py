"""A labelled call -> what the stages make of it, in a data folder of its own."""

import json
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Literal, NamedTuple

from evals.datasets.call_file import CallFile, Turn
from pipeline import bootstrap, run
from pipeline.language.normalise import visible
from pipeline.models.actor import Actor
from pipeline.models.job import Progress
from pipeline.models.minutes import Minutes
from pipeline.models.recording import RecordTo
from pipeline.models.transcript import Transcript
from pipeline.service import meetings
from pipeline.service.house import House
from pipeline.service.intake import Intake
from pipeline.service.meetings import MeetingView

ME = Actor(id="local:evals", name="Evals", via="test")
EngineName = Literal["rules", "llm", "recorded"]
_SHOWN = {"id", "lang", "title", "date", "project", "participants"}
"""What an engine gets of a call besides its turns: never its gold."""


class Engine(NamedTuple):
    """What drafts, and where its answers come from or go to."""

    name: EngineName = "rules"
    answers: Path | None = None
    """Folder of recorded answers, for `recorded`; one for each call, by its id, or one for all."""
    record: Path | None = None
    """Folder to write the answers of a model into, one for each call."""


class Processed(NamedTuple):
    """One call with what was made of it."""

    call: CallFile
    view: MeetingView
    turn_of: Mapping[str, int]
    """Id of the turn by that of its segment."""
    seconds: Mapping[str, float]
    """By stage."""
    tokens: int

    @property
    def transcript(self) -> Transcript:
        """What was said."""
        assert self.view.transcript is not None
        return self.view.transcript

    @property
    def minutes(self) -> Minutes:
        """What was found."""
        assert self.view.minutes is not None
        return self.view.minutes


@contextmanager
def processed(
    call: CallFile, home: Path, engine: Engine, *, specs: bool
) -> Iterator[tuple[Processed, House]]:
    """Process a call as `dragoman process` does, with or without its specs.

    Args:
        call: the call; its gold is shown to nobody.
        home: an empty folder; a run of a model that broke off goes on in the one it had.
        engine: what drafts.
        specs: whether specs are made of its asks.

    Raises:
        DragomanError: a stage cannot go on.
    """
    house = _house(call, home, engine)
    try:
        home.mkdir(parents=True, exist_ok=True)
        file = home / f"{call.id}.json"
        shown = call.model_dump(mode="json", include=_SHOWN)
        shown["turns"] = [one.model_dump(mode="json") for one in _worded(call)]
        file.write_text(json.dumps(shown, ensure_ascii=False), encoding="utf-8")
        clock = _Clock()
        uid = meetings.add(ME, house, file, Intake(title=call.title or call.id)).uid
        run.hear(uid, house.tools, clock)
        if specs:
            minutes = run.understand(uid, house.tools, clock).minutes
        else:
            minutes = run.minute(uid, house.tools, clock)
        view = meetings.view(ME, house, uid, specs=specs).with_(minutes=minutes)
        used = sum(
            one.usage.tokens_in + one.usage.tokens_out for one in house.tools.store.model_use(uid)
        )
        yield Processed(call, view, _turns(call, view), clock.seconds, used), house
    finally:
        house.tools.store.close()


def _house(call: CallFile, home: Path, engine: Engine) -> House:
    answers = engine.answers
    if answers is not None and (answers / call.id).is_dir():
        answers = answers / call.id
    chosen = bootstrap.settings(
        home=home, database_url="", engine=engine.name, model_answers=answers
    )
    record = RecordTo(engine.record / call.id) if engine.record else None
    return bootstrap.house(chosen, record)


def _turns(call: CallFile, view: MeetingView) -> Mapping[str, int]:
    ids = [turn.id for turn in _worded(call)]
    segments = view.transcript.segments if view.transcript else ()
    return {one.id: ids[one.index] for one in segments}


def _worded(call: CallFile) -> tuple[Turn, ...]:
    """The turns with words: no engine gets others, and segments are numbered without them."""
    return tuple(turn for turn in call.turns if visible(turn.text).strip())


class _Clock:
    """Adds up how long each stage took."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._last = time.perf_counter()

    def __call__(self, progress: Progress) -> None:
        now = time.perf_counter()
        took = self.seconds.get(progress.stage, 0.0)
        self.seconds[progress.stage] = took + now - self._last
        self._last = now
