"""Ask -> DraftSpec by a model, with the call, the dictionary, the capabilities and the contract."""

import json
from collections.abc import Sequence
from typing import get_args

from pipeline.engines.llm.asking import Question
from pipeline.engines.llm.fence import visible
from pipeline.engines.llm.reading_call import Reading
from pipeline.engines.llm.sites.spec import WireSpec, spec
from pipeline.models.draft import DraftSpec
from pipeline.models.minutes import Ask, Item, Minutes
from pipeline.models.slots import SlotKey
from pipeline.models.transcript import Segment

BESIDE = 6
"""Turns shown around each of an ask's own, where the whole call does not fit."""


def specified(ask: Ask, minutes: Minutes, reading: Reading) -> DraftSpec:
    """The draft of one spec.

    Raises:
        Fault: there was no answer of use.
    """
    found = reading.asker.ask(_question(ask, minutes, reading))
    return spec(found.value, ask.id, ask.kind, reading.turns, scope=ask.scope)


def _question(ask: Ask, minutes: Minutes, reading: Reading) -> Question[WireSpec]:
    cited = [segment for one in ask.evidence for segment in one.segments]
    inward = ask.visibility == "internal"
    shown = [one for one in _shown(cited, reading) if inward or one.id not in reading.private]
    return reading.asking(
        "specify",
        WireSpec,
        shown,
        thread=reading.turns.fenced(shown),
        items=_items(minutes, inward=inward),
        ask=_told(ask, cited, reading),
        keys=" ".join(get_args(SlotKey)),
    )


def _shown(cited: Sequence[str], reading: Reading) -> Sequence[Segment]:
    """The whole call; where it is long, what stands near the turns of the ask."""
    if len(reading.pieces()) <= 1:
        return reading.segments
    places = {one.id: place for place, one in enumerate(reading.segments)}
    near = {
        place
        for one in cited
        if one in places
        for place in range(places[one] - BESIDE, places[one] + BESIDE + 1)
    }
    return [one for place, one in enumerate(reading.segments) if place in near]


def _items(minutes: Minutes, *, inward: bool) -> str:
    """The minutes, a line each: so that nothing of another ask is taken for this.

    The same for every ask, so that an endpoint keeps what all questions begin with.
    What the client may not read is not shown where something for them is written.
    """
    others = [
        _line(item)
        for _, item in minutes.items()
        if item.review != "rejected"
        and (inward or (item.visibility == "client" and not item.not_for))
    ]
    return "\n".join(others) or "-"


def _line(item: Item) -> str:
    told = {"id": item.id, "text": item.text, "status": getattr(item, "status", None)}
    return visible(json.dumps({k: v for k, v in told.items() if v}, ensure_ascii=False))


def _told(ask: Ask, cited: Sequence[str], reading: Reading) -> str:
    known = {one.id for one in reading.segments}
    told = {
        "id": ask.id,
        "text": ask.text,
        "raw_quote": ask.raw_quote,
        "kind": ask.kind,
        "priority": ask.priority,
        "pain": ask.pain,
        "turns": [reading.turns.name(one) for one in dict.fromkeys(cited) if one in known],
    }
    return visible(json.dumps(told, ensure_ascii=False))
