"""How fast and how exactly two accounts of one call are joined.

`python -m evals.bench.join` makes calls, has a recogniser mishear them (other borders of turns, a
share of the words lost or replaced, exact times) and joins them with the export of a meeting tool
whose clock begins elsewhere and which lacks a stretch. It prints how long that takes, how much
agrees, how far the turns stand from where they were said, and what two calls that have nothing to
do with each other agree. Times are processor time.
"""

import argparse
import random
import time
from collections.abc import Sequence
from statistics import median, quantiles
from typing import NamedTuple

from evals.bench.talk import Lang, call, noisy
from pipeline.join import join
from pipeline.models.joining import Joined
from pipeline.models.project import Project
from pipeline.models.transcript import EngineName, Segment, Transcript

_PACE = {"zh": 0.2, "en": 0.06}
"""Seconds a letter."""
_NOISE = {"zh": 1.0, "en": 0.2}
"""Share of the letters that are wrong where one of all words is: a Chinese one is a letter."""
_LATE = 192.0
"""Seconds after the recording at which the export begins."""


class Said(NamedTuple):
    """One turn as it really was."""

    text: str
    start: float
    end: float


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="evals.bench.join", description=__doc__)
    parser.add_argument("--turns", type=int, default=6000)
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args(arguments)
    print("| call | turns | letters | misheard | seconds | agree | begins | off: median, p95, most | no time |")  # fmt: skip
    print("|---|---|---|---|---|---|---|---|---|")
    languages: tuple[Lang, Lang] = ("zh", "en")
    for lang in languages:
        for turns in (given.turns // 10, given.turns):
            for misheard in (0.1, 0.25, 0.4):
                print(_line(lang, turns, misheard, random.Random(given.seed)))
    for lang in languages:
        print(f"two calls, {lang}: {_strangers(lang, given.turns // 10, given.seed):.3f} agree")
    return 0


def _line(lang: Lang, turns: int, misheard: float, dice: random.Random) -> str:
    said = spoken(call(turns, lang, dice), lang, dice)
    heard, told = heard_of(said, lang, misheard, dice), told_of(said)
    began = time.process_time()
    joined = join(heard, told, text="theirs", project=Project())
    seconds = time.process_time() - began
    off = sorted(_off(joined, said))
    letters = sum(len(one.text) for one in said)
    agreement = joined.agreement
    spread = "-"
    if len(off) > 1:
        spread = f"{median(off):.1f}, {quantiles(off, n=20)[-1]:.1f}, {off[-1]:.1f} s"
    return (
        f"| {lang} | {turns} | {letters} | {misheard:.0%} | {seconds:.1f} | {agreement.common:.0%} "
        f"| {agreement.begins or 0:.1f} s | {spread} | {joined.untimed} |"
    )


def spoken(texts: Sequence[str], lang: Lang, dice: random.Random) -> list[Said]:
    """Turns one after the other, with pauses."""
    found, at = [], 0.0
    for text in texts:
        end = at + len(text) * _PACE[lang]
        found.append(Said(text, at, end))
        at = end + dice.choice((0.1, 0.4, 0.8, 1.5))
    return found


def heard_of(said: Sequence[Said], lang: Lang, misheard: float, dice: random.Random) -> Transcript:
    """What a recogniser makes of it: one to three turns in a segment, nobody named."""
    segments: list[Segment] = []
    at = 0
    while at < len(said):
        some = said[at : at + dice.choice((1, 1, 2, 3))]
        at += len(some)
        text = (" " if lang == "en" else "").join(
            noisy(one.text, misheard * _NOISE[lang], lang, dice) for one in some
        )
        segments.append(
            Segment(
                id=f"s{len(segments):05d}",
                index=len(segments),
                start=some[0].start,
                end=some[-1].end,
                text=text,
                avg_logprob=-0.4,
            )
        )
    return Transcript(engine=EngineName(name="bench"), segments=tuple(segments))


def told_of(said: Sequence[Said]) -> Transcript:
    """The export: names, whole seconds, another beginning; it lacks what came before that."""
    segments = [
        Segment(
            id=f"j1-{place:05d}",
            index=place,
            start=float(int(one.start - _LATE)),
            speaker="王敏" if place % 2 else "陈立",
            text=one.text,
        )
        for place, one in enumerate(said)
        if one.start >= _LATE
    ]
    return Transcript(engine=EngineName(name="import"), segments=tuple(segments))


def _off(joined: Joined, said: Sequence[Said]) -> list[float]:
    """Seconds by which the turns of the export stand beside where they were said."""
    return [
        abs(one.start - said[int(one.id.removeprefix("j1-"))].start)
        for one in joined.transcript.segments
        if one.id.startswith("j1-") and one.start is not None
    ]


def _strangers(lang: Lang, turns: int, seed: int) -> float:
    """The larger share of two calls that agrees."""
    calls = []
    for place in (seed, seed + 1):
        dice = random.Random(place)
        calls.append(spoken(call(turns, lang, dice), lang, dice))
    heard = heard_of(calls[0], lang, 0.1, random.Random(seed))
    found = join(heard, told_of(calls[1]), project=Project()).agreement
    return max(found.ours, found.theirs)


if __name__ == "__main__":
    raise SystemExit(main())
