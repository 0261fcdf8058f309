"""Record anew what a model answers about a bundled call: `python -m evals.record_demo --help`.

The call is heard by the bundled speech model, read by a model at an endpoint, and written into the
folder that `dragoman demo` replays. What was answered stays in --work: a run that breaks off asks
only for the rest. In the end the recording is replayed, so that nobody ships one that does not fit.
A key comes from DRAGOMAN_MODEL_KEY.
"""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import cast

from pipeline import bootstrap, hearing
from pipeline.errors import DragomanError
from pipeline.models.actor import Actor
from pipeline.models.base import Language
from pipeline.models.job import Progress
from pipeline.models.minutes import Minutes
from pipeline.models.recording import RecordTo
from pipeline.service import meetings
from pipeline.service.house import House
from pipeline.service.intake import Intake
from pipeline.words.loader import say

WE = Actor(id="record", name="record", via="cli")
WORK = Path(tempfile.gettempdir()) / "dragoman-demo-recording"


def main(words: Sequence[str] | None = None) -> int:
    """Record and replay; 0 where both are whole, else 1."""
    wanted = _arguments(words)
    try:
        recorded = _recorded(wanted)
        replayed = _replayed(wanted)
    except DragomanError as error:
        print(say(f"error.{error.code}", "en", **error.params), file=sys.stderr)
        return 1
    for name, one in (("recorded", recorded), ("replayed", replayed)):
        print(
            f"{name}: {one.status}, {sum(1 for _ in one.items())} items", *one.missing, sep="\n  "
        )
    return 0 if recorded.status == replayed.status == "complete" else 1


def _recorded(wanted: argparse.Namespace) -> Minutes:
    chosen = bootstrap.settings(
        home=wanted.work,
        engine="llm",
        speech_model=hearing.DEMO_MODEL,
        model_url=wanted.url,
        model_name=wanted.model,
        model_mode=wanted.mode,
        model_timeout=wanted.timeout,
        model_at_once=wanted.at_once,
        model_context=wanted.context,
        model_answer_tokens=wanted.answer_tokens,
        model_hide=wanted.hide,
    )
    to = _folder(wanted)
    record = RecordTo(to, wanted.answered_by) if wanted.answered_by else RecordTo(to)
    return _run(bootstrap.house(chosen, record), wanted.lang)


def _replayed(wanted: argparse.Namespace) -> Minutes:
    chosen = bootstrap.settings(
        home=wanted.work,
        engine="recorded",
        model_answers=_folder(wanted),
        speech_model=hearing.DEMO_MODEL,
    )
    return _run(bootstrap.house(chosen), wanted.lang)


def _folder(wanted: argparse.Namespace) -> Path:
    return wanted.out or bootstrap.demo_call(wanted.lang).answers


def _run(house: House, language: str) -> Minutes:
    """The bundled call from the sound to the specs."""
    call = bootstrap.demo_call(cast(Language, language))
    intake = Intake(project=call.project, title=call.title, date=call.date)
    try:
        meeting = meetings.add(WE, house, call.recording, intake)
        return meetings.process(WE, house, meeting.uid, _told).minutes
    finally:
        house.tools.store.close()


def _told(progress: Progress) -> None:
    if progress.state in ("started", "done", "cached"):
        print(f"{progress.stage}: {progress.state} {progress.note or ''}", file=sys.stderr)


def _arguments(words: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m evals.record_demo", description=__doc__)
    parser.add_argument("--lang", choices=("zh", "en"), required=True)
    parser.add_argument("--url", required=True, help="base address of the endpoint, up to /v1")
    parser.add_argument("--model", required=True, help="name of the model, as it will be told")
    parser.add_argument("--answered-by", help="who or what answers, in words")
    parser.add_argument("--mode", default="auto", help="form of the answers; text asks for none")
    parser.add_argument("--timeout", type=float, default=180, help="seconds for one answer")
    parser.add_argument("--at-once", type=int, default=4, help="questions under way at a time")
    parser.add_argument("--context", type=int, help="tokens of question and answer together")
    parser.add_argument("--answer-tokens", type=int, help="tokens of an answer")
    parser.add_argument("--hide", choices=("nothing", "numbers", "names"))
    parser.add_argument("--out", type=Path, help="folder; that of the bundled call if not given")
    parser.add_argument("--work", type=Path, default=WORK, help="where answers wait")
    return parser.parse_args(words)


if __name__ == "__main__":
    sys.exit(main())
