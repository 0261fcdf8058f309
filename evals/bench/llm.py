"""How long a two-hour call takes with a model, and how much of that is not the model's time.

`python -m evals.bench.llm` makes a Chinese call of 2,000 turns and takes it the whole way: a file
becomes minutes and specs in an SQLite file. The model is an endpoint on loopback, in a process of
its own, that answers every question 0.2 s after it came, eight at a time. It prints what was asked
and what that took in tokens, once for a model that reads the call whole and once for one that
reads it in pieces.

The mark: 1.2 times what the endpoint alone would take. The steps of the way wait for each other
and the questions of one step do not, so that is ceil(questions / 8) times 0.2 s for each step. A
small call goes before, so that no library is loaded within the time.
"""

import argparse
import datetime as dt
import json
import math
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from evals.bench.llm_answers import PEOPLE, STEPS, spoken
from evals.bench.llm_server import Far, Seen, apart
from pipeline import bootstrap
from pipeline.models.actor import Actor
from pipeline.models.job import Progress
from pipeline.models.project import DictionaryField, Entity, Participant, Project
from pipeline.service import meetings
from pipeline.service.house import House
from pipeline.service.intake import Intake

ME = Actor(id="local:bench", name="Bench", via="test")
TIMES = 1.2
"""Of the endpoint's own time, what all of it may take."""
AT_ONCE = 8
HOURS = 2.0
BIG, SMALL = 200_000, 16_000
"""Tokens that a model reads at once."""


class Went(NamedTuple):
    """One call, the whole way."""

    wall: float
    processor: float
    """Seconds of our own process; the endpoint has another one."""
    seen: Seen
    items: int
    specs: int
    missing: tuple[str, ...]
    stages: dict[str, float]
    """Seconds until a stage said that it was done, from the one before."""


def main(argv: Sequence[str] | None = None) -> int:
    """Measure and print; 1 when a mark is missed."""
    parser = argparse.ArgumentParser(prog="evals.bench.llm", description=__doc__)
    parser.add_argument("--turns", type=int, default=2_000)
    parser.add_argument("--delay", type=float, default=0.2, help="seconds of one answer")
    parser.add_argument("--context", type=int, nargs="+", default=[BIG, SMALL])
    options = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as name, apart(options.delay) as far:
        met = []
        for context in options.context:
            folder = Path(name) / str(context)
            house = _house(folder, far, context)
            _whole_way(house, folder, far, 24)
            went = _whole_way(house, folder, far, options.turns)
            met.append(_report(went, context, options.turns, options.delay))
    return 0 if all(met) else 1


def _house(folder: Path, far: Far, context: int) -> House:
    return bootstrap.house(
        bootstrap.settings(
            home=folder / "home",
            database_url="",
            engine="llm",
            model_url=far.url,
            model_name="scripted",
            model_at_once=AT_ONCE,
            model_context=context,
            model_price_in=0.0,
            model_price_out=0.0,
        )
    )


def _whole_way(house: House, folder: Path, far: Far, turns: int) -> Went:
    file = folder / f"call-{turns}.json"
    file.write_text(json.dumps({"turns": spoken(turns, HOURS)}, ensure_ascii=False), "utf-8")
    said = Intake(project=_project(turns), title="two hours", date=dt.date(2026, 3, 18))
    stages: dict[str, float] = {}
    far.look()
    began, used = time.monotonic(), time.process_time()
    at = began

    def watch(progress: Progress) -> None:
        nonlocal at
        if progress.state in ("done", "cached"):
            now = time.monotonic()
            stages[progress.stage] = stages.get(progress.stage, 0.0) + now - at
            at = now

    uid = meetings.add(ME, house, file, said).uid
    meetings.process(ME, house, uid, watch)
    wall, processor = time.monotonic() - began, time.process_time() - used
    view = meetings.view(ME, house, uid)
    items = len(tuple(view.minutes.items())) if view.minutes else 0
    missing = view.minutes.missing if view.minutes else ()
    return Went(wall, processor, far.look(), items, len(view.specs), missing, stages)


def _project(turns: int) -> Project:
    """A project of ordinary size; each call has its own, as nothing is to be known already."""
    labels = {"order_no": "订单号", "amount": "金额", "status": "状态"}
    fields = tuple(
        DictionaryField(name=name, label=label, type="text") for name, label in labels.items()
    )
    return Project(
        client=f"澄江茶饮 {turns}",
        system="订单系统",
        language="zh",
        participants=tuple(Participant(name=name, side=side) for name, side in PEOPLE.items()),
        data_dictionary=(Entity(entity="订单", table="so_order", fields=fields),),
        capabilities=("订单查询",),
        scope=("3.1 订单查询和导出", "5.2 不含短信"),
        glossary={"炉号": "一炉产品的批号"},
    )


def _report(went: Went, context: int, turns: int, delay: float) -> bool:
    seen, ideal = went.seen, 0.0
    _say(f"\n{turns} turns, {HOURS:g} hours, {context} tokens of context, {AT_ONCE} at once")
    _say(f"{'step':14}{'questions':>11}{'tokens in':>12}{'tokens out':>12}{'endpoint s':>12}")
    for name in STEPS:
        calls = seen.calls[name]
        least = math.ceil(calls / AT_ONCE) * delay
        ideal += least
        tokens = f"{seen.tokens_in[name]:>12,}{seen.tokens_out[name]:>12,}"
        _say(f"{name:14}{calls:>11}{tokens}{least:>12.1f}")
    for stage, seconds in went.stages.items():
        _say(f"  {stage}: {seconds:.2f} s")
    each = [sum(one.values()) / HOURS for one in (seen.calls, seen.tokens_in, seen.tokens_out)]
    _say(f"an hour of sound: {each[0]:.0f} questions, {each[1]:,.0f} tokens in, {each[2]:,.0f} out")
    _say(f"{went.items} items, {went.specs} specs, longest question {seen.largest:,} tokens")
    _say(f"most requests under way: {seen.at_once}; none was for {went.wall - seen.busy:.2f} s")
    _say(f"answers came late by {seen.late:.2f} s, all added up")
    rest = f"the rest {went.wall - ideal:.2f} s; our own processor time {went.processor:.2f} s"
    _say(f"all of it {went.wall:.2f} s, the endpoint {ideal:.2f} s, {rest}")
    if went.missing:
        _say("MISSED  without an answer: " + "; ".join(went.missing))
    within = went.wall <= TIMES * ideal
    _say(
        f"{'met   ' if within else 'MISSED'}  all of it / the endpoint: "
        f"{went.wall / ideal:.2f}, mark at most {TIMES:g}"
    )
    return within and not went.missing


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    sys.exit(main())
