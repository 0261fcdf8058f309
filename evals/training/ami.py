"""The reader's features and stages on AMI meetings, against TF-IDF: `python -m evals.training.ami`.

Reads ami_train.jsonl.gz where $SHARED_BENCH or ../shared/bench has it. Meetings of one series stay
together; penalty and thresholds are chosen inside the training part of each fold; every line is
pooled over the meetings that were left out. Turn level, the exact turns that the gold links.
"""

import gzip
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from evals.training.ami_baselines import Meeting, Said, tf_idf
from evals.training.fitting import (
    Part,
    Recipe,
    Stages,
    folds,
    part_of,
    stacked,
    unseen_first,
    unseen_second,
    without,
)
from evals.training.measuring import average_precision, f1_difference, found, threshold
from pipeline.engines.rules.sense.features import features
from pipeline.engines.rules.sense.spoken import Spoken

KINDS = ("decisions", "actions", "problems")
BESIDE = "abstract"
"""Turns that the summary rests on: learnt beside the three, as `any` is for client calls."""
FILE = "ami_train.jsonl.gz"
FOLDS = 5
RECIPES = (Recipe(first=0.1), Recipe(first=0.3))
_LEADS = "PM"
Bools = npt.NDArray[np.bool_]


class Line(NamedTuple):
    """How one kind was found by one way of finding."""

    kind: str
    way: str
    precision: float
    recall: float
    f1: float
    average_precision: float
    lead: str
    """By how much ours is ahead, with the 95 % interval; empty for ours."""


def main() -> int:
    """Compare and print; 2 where the meetings are not there."""
    path = bench_file()
    if not path.is_file():
        print(f"{FILE} is not here; name its folder in SHARED_BENCH", file=sys.stderr)
        return 2
    print(table(compare(meetings(path))))
    return 0


def bench_file() -> Path:
    """Where the meetings lie: $SHARED_BENCH, else beside the checkout."""
    beside = Path(__file__).parents[3] / "shared" / "bench"
    return Path(os.environ.get("SHARED_BENCH") or beside) / FILE


def meetings(path: Path) -> list[Meeting]:
    """The meetings in which all three kinds were looked for."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        read = [json.loads(line) for line in lines]
    return [_meeting(one) for one in read if all(one["gold"][kind] is not None for kind in KINDS)]


def compare(some: Sequence[Meeting]) -> list[Line]:
    """Ours and the baselines on the same folds."""
    left_out = folds([one.series for one in some], FOLDS)
    ours = _ours(some, left_out)
    ways = {
        "reader": ours,
        "TF-IDF, text": tf_idf(some, left_out, around=False),
        "TF-IDF, text + neighbours + position + role": tf_idf(some, left_out, around=True),
    }
    return [
        _line(kind, at, way, said, ours, some)
        for at, kind in enumerate(KINDS)
        for way, said in ways.items()
    ]


def table(lines: Sequence[Line]) -> str:
    """The comparison in Markdown."""
    head = (
        "| kind | way | P | R | F1 | AP | the reader's lead in F1 |\n|---|---|---|---|---|---|---|"
    )
    rows = [
        f"| {one.kind} | {one.way} | {one.precision:.3f} | {one.recall:.3f} | {one.f1:.3f} "
        f"| {one.average_precision:.3f} | {one.lead} |"
        for one in lines
    ]
    return "\n".join([head, *rows])


def _meeting(data: dict[str, Any]) -> Meeting:
    places = {turn["id"]: at for at, turn in enumerate(data["turns"])}
    targets = np.zeros((len(places), len(KINDS) + 1), np.bool_)
    for column, kind in enumerate((*KINDS, BESIDE)):
        for item in data["gold"][kind] or ():
            targets[[places[turn] for turn in item["evidence_turn_ids"]], column] = True
    texts = tuple(turn["text"] for turn in data["turns"])
    roles = tuple(turn["role"] or "" for turn in data["turns"])
    speakers = tuple(turn["speaker"] for turn in data["turns"])
    return Meeting(data["id"], data["id"][:-1], texts, speakers, roles, targets)


def _part(meeting: Meeting) -> Part:
    """Whoever leads the meeting stands where our side stands in a client call."""
    turns = [
        Spoken(speaker, "us" if role == _LEADS else "client", text)
        for speaker, role, text in zip(meeting.speakers, meeting.roles, meeting.texts, strict=True)
    ]
    weights = np.ones(meeting.targets.shape, np.float32)
    return part_of(features(turns, ()), meeting.targets, weights, meeting.series)


def _ours(some: Sequence[Meeting], left_out: Sequence[npt.NDArray[np.int64]]) -> list[Said]:
    parts = [_part(one) for one in some]
    said: list[Said | None] = [None] * len(parts)
    for fold in left_out:
        stages, cuts = _fitted(without(parts, fold))
        for at in fold:
            scores = stages.scores(parts[at])[:, : len(KINDS)]
            said[at] = Said(scores, scores >= cuts)
    return [one for one in said if one is not None]


def _fitted(parts: Sequence[Part]) -> tuple[Stages, npt.NDArray[np.float32]]:
    """Stages by the better recipe, and the threshold of each kind; all from these parts."""
    targets = np.concatenate([part.targets for part in parts])
    tried = [_tried(recipe, parts, targets) for recipe in RECIPES]
    best = max(tried, key=lambda one: one.worth)
    return stacked(best.first, parts, best.recipe), best.cuts


class _Tried(NamedTuple):
    """A recipe, tried on parts that were left out one fold after the other."""

    recipe: Recipe
    first: list[npt.NDArray[np.float32]]
    worth: float
    cuts: npt.NDArray[np.float32]


def _tried(recipe: Recipe, parts: Sequence[Part], targets: Bools) -> _Tried:
    first = unseen_first(parts, recipe)
    scores = np.concatenate(unseen_second(first, parts, recipe))
    columns = range(len(KINDS))
    worth = sum(average_precision(scores[:, at], targets[:, at]) for at in columns)
    cuts = [threshold(scores[:, at], targets[:, at]) for at in columns]
    return _Tried(recipe, first, worth, np.array(cuts, np.float32))


def _line(
    kind: str,
    at: int,
    way: str,
    said: Sequence[Said],
    ours: Sequence[Said],
    some: Sequence[Meeting],
) -> Line:
    targets = [one.targets[:, at] for one in some]
    chosen = [one.chosen[:, at] for one in said]
    gold = np.concatenate(targets)
    at_cut = found(np.concatenate(chosen), gold)
    ranked = average_precision(np.concatenate([one.scores[:, at] for one in said]), gold)
    lead = ""
    if said is not ours:
        ahead = f1_difference([one.chosen[:, at] for one in ours], chosen, targets)
        lead = f"{ahead.difference:+.3f} ({ahead.low:+.3f} to {ahead.high:+.3f})"
    return Line(kind, way, at_cut.precision, at_cut.recall, at_cut.f1, ranked, lead)


if __name__ == "__main__":
    sys.exit(main())
