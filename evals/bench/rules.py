"""How long the built-in rules take with a long call, and how that grows with its length.

`python -m evals.bench.rules` strings bundled calls together until a call has 500, 2,000 and 8,000
turns, in Chinese and in English, and reads each with the built-in engine: extract, thread, relate
and summarise; grounding and coverage stand beside it. Where the bundled calls are not enough the
practice calls follow, and where those are not, all come again from the beginning. The people are
those of the first call, so that a promise has as many others of the same person as in one call.

The mark: 2,000 turns, two hours of talk, in 3 s of processor time on one core. Every length is
read once in a process of its own, after one short call that loads the word lists, so that nothing
is remembered of it; the best of three such processes counts. The last column is the time for each
turn, against that of the shortest call: 1 where time grows as the call does. Memory is the most
that the whole process ever held.
"""

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import cycle, islice
from typing import Any, Literal, NamedTuple

from evals.datasets.call_file import CallFile
from evals.datasets.loading import BUNDLED, load, place_of
from pipeline.cover import cover
from pipeline.engines.rules.extract import RulesExtractor
from pipeline.ground import ground
from pipeline.models.draft import Draft
from pipeline.models.project import Participant, Project
from pipeline.models.transcript import EngineName, Segment, Transcript

Lang = Literal["zh", "en"]
PRACTICE = str(place_of(BUNDLED).parent / "practice")
LENGTHS = (500, 2_000, 8_000)
TWO_HOURS = 2_000
MARK_S = 3.0
ROUNDS = 3
_SECONDS = 3.6
"""Of talk, for each turn: 2,000 of them are two hours."""
_WARM = 40
_MB = 1024 if sys.platform != "darwin" else 1024 * 1024
"""Units of the memory that the system tells, in a megabyte."""
EXTRACTING = ("extract", "thread", "relate", "summarise")
BESIDE = ("ground", "cover")


class Long(NamedTuple):
    """A long call."""

    transcript: Transcript
    project: Project
    different: int
    """Turns after which the same ones come again."""


class Went(NamedTuple):
    """What became of one length, as it comes back from its process."""

    turns: int
    different: int
    items: int
    seconds: dict[str, float]
    """Processor time by step."""
    peak_mb: float

    @property
    def extracting(self) -> float:
        """Seconds of the engine's own steps."""
        return sum(self.seconds[step] for step in EXTRACTING)


def long_call(turns: int, lang: Lang) -> Long:
    """Bundled and practice calls of one language, one after the other.

    Raises:
        EvalsError: there is none.
    """
    return strung([*_calls(BUNDLED, lang), *_calls(PRACTICE, lang)], turns, lang)


def strung(calls: Sequence[CallFile], turns: int, lang: Lang) -> Long:
    """Some calls, at least one, one after the other and from the beginning again."""
    first = calls[0]
    people = tuple(
        Participant(name=one.name, side=one.side, title=one.title) for one in first.participants
    )
    said = [turn for call in calls for turn in _said(call, first)]
    segments = tuple(
        Segment(
            id=f"s{index}",
            index=index,
            start=index * _SECONDS,
            end=(index + 1) * _SECONDS,
            speaker=speaker,
            text=text,
        )
        for index, (speaker, text) in enumerate(islice(cycle(said), turns))
    )
    transcript = Transcript(
        meeting="m", date=first.date, engine=EngineName(name="import"), segments=segments
    )
    project = Project(client="Bench", system="Bench", language=lang, participants=people)
    return Long(transcript, project, min(len(said), turns))


def measured(turns: int, lang: Lang) -> Went:
    """Every step of one length, in this process."""
    _read(long_call(_WARM, lang))
    call = long_call(turns, lang)
    items, seconds = _read(call)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _MB
    return Went(turns, call.different, items, seconds, peak)


def main(argv: Sequence[str] | None = None) -> int:
    """Measure and print; 1 when the mark is missed."""
    parser = argparse.ArgumentParser(prog="evals.bench.rules", description=__doc__)
    parser.add_argument("--turns", type=int, nargs="+", default=list(LENGTHS))
    parser.add_argument("--language", choices=("zh", "en"), nargs="+", default=["zh", "en"])
    parser.add_argument("--alone", action="store_true", help="one length, as JSON")
    options = parser.parse_args(argv)
    if options.alone:
        sys.stdout.write(json.dumps(measured(options.turns[0], options.language[0])._asdict()))
        return 0
    met = [_report(lang, options.turns) for lang in options.language]
    return 0 if all(met) else 1


def _calls(dataset: str, lang: Lang) -> Sequence[CallFile]:
    return load(dataset, language=lang).calls if place_of(dataset).is_dir() else ()


def _said(call: CallFile, first: CallFile) -> Iterator[tuple[str, str]]:
    """Speaker and text of every turn, the nth person of a side called as the nth of the first."""
    names: dict[str, str] = {}
    for side in ("us", "client"):
        ours = [one.name for one in first.participants if one.side == side]
        theirs = [one for one in call.participants if one.side == side]
        for person, name in zip(theirs, cycle(ours), strict=False):
            names |= {person.name: name, person.label or person.name: name}
    for turn in call.turns:
        if turn.text.strip():
            yield names.get(turn.speaker, turn.speaker), turn.text


def _read(call: Long) -> tuple[int, dict[str, float]]:
    """How many items a call has, and the processor time of every step."""
    engine, (transcript, project, _) = RulesExtractor(), call
    seconds: dict[str, float] = {}

    def timed(step: str, do: Callable[[], Any]) -> Any:  # noqa: ANN401 - whatever a step makes
        started = time.process_time()
        made = do()
        seconds[step] = time.process_time() - started
        return made

    draft: Draft = timed("extract", lambda: engine.extract(transcript, project))
    for step in (engine.thread, engine.relate, engine.summarise):
        draft = timed(step.__name__, partial(step, draft, transcript, project))
    language = project.language
    minutes = timed("ground", lambda: ground(draft, transcript, language=language, engine="rules"))
    timed("cover", lambda: cover(minutes, transcript, project))
    return sum(1 for _ in minutes.items()), seconds


def _apart(turns: int, lang: str) -> Went:
    """One length in a process of its own: what another left in memory does not count."""
    words = ["--alone", "--turns", str(turns), "--language", lang]
    run = subprocess.run(
        [sys.executable, "-m", "evals.bench.rules", *words],
        check=True,
        capture_output=True,
        text=True,
    )
    return Went(**json.loads(run.stdout))


def _report(lang: str, lengths: Sequence[int]) -> bool:
    steps = (*EXTRACTING, *BESIDE)
    heads = "".join(f"{step:>11}" for step in steps)
    _say(
        f"\n{lang}\n{'turns':>6}{'different':>11}{'items':>7}{heads}{'engine s':>11}{'MB':>7}{'a turn':>8}"
    )
    met, shortest = True, 0.0
    for turns in lengths:
        went = min((_apart(turns, lang) for _ in range(ROUNDS)), key=lambda one: one.extracting)
        shortest = shortest or went.extracting / turns
        each = "".join(f"{went.seconds[step]:>11.2f}" for step in steps)
        _say(
            f"{turns:>6}{went.different:>11}{went.items:>7}{each}"
            f"{went.extracting:>11.2f}{went.peak_mb:>7.0f}{went.extracting / turns / shortest:>8.2f}"
        )
        met &= turns != TWO_HOURS or _mark(went)
    return met


def _mark(went: Went) -> bool:
    met = went.extracting <= MARK_S
    _say(f"{'met   ' if met else 'MISSED'}  the engine: {went.extracting:.2f} s, mark {MARK_S:g} s")
    return met


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
