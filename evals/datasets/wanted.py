"""A labelled call -> its live asks and what the specs of them should hold, ready to score."""

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from evals.datasets.call_file import CallFile, GoldAsk, GoldSpec, Spoken
from pipeline.models.item import AskKind
from pipeline.models.slots import SlotKey
from pipeline.models.spec import Fit


class WantedField(NamedTuple):
    """A data field that a spec needs."""

    label: str
    name: str | None
    origin: str
    """stated | dictionary | unknown."""


class WantedAsk(NamedTuple):
    """A live ask and what its spec should hold."""

    id: str
    call: str
    language: Spoken
    """That of the call."""
    kind: AskKind
    text: str
    raw_quote: str
    speaker: str | None
    turns: frozenset[int]
    pain: str | None
    fields: tuple[WantedField, ...]
    details: tuple[str, ...]
    """Rules, permissions, limits and the format."""
    facts: tuple[str, ...]
    must_ask: tuple[str, ...]
    slots: tuple[SlotKey, ...]
    """One for each of `must_ask`; none where nobody gave them."""
    must_not_invent: tuple[str, ...]
    fit: Fit | None


def wanted_asks(call: CallFile) -> tuple[WantedAsk, ...]:
    """The live asks of a call that have a labelled spec."""
    keys = labels().get(call.id, {})
    return tuple(
        _wanted(ask, ask.spec, call, keys.get(ask.id, ()))
        for ask in call.gold.asks or ()
        if ask.status == "live" and ask.spec is not None
    )


@cache
def labels() -> Mapping[str, Mapping[str, Sequence[SlotKey]]]:
    """Slot keys by call and ask, for calls that hold none themselves.

    Those of another number than the questions belong to other questions, and serve none.
    """
    text = files("evals.datasets").joinpath("must_ask.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def _wanted(ask: GoldAsk, spec: GoldSpec, call: CallFile, keys: Sequence[SlotKey]) -> WantedAsk:
    kept = tuple(keys) if len(keys) == len(spec.must_ask) else ()
    details = (*spec.rules, *spec.permissions, *spec.limits)
    return WantedAsk(
        id=ask.id,
        call=call.id,
        language=call.lang,
        kind=ask.type,
        text=ask.summary,
        raw_quote=ask.raw_quote,
        speaker=ask.speaker,
        turns=frozenset(ask.evidence),
        pain=ask.pain,
        fields=tuple(WantedField(one.label, one.name, one.origin) for one in spec.fields),
        details=(*details, spec.format) if spec.format else details,
        facts=spec.stated_facts,
        must_ask=spec.must_ask,
        slots=spec.must_ask_slots or kept,
        must_not_invent=spec.must_not_invent,
        fit=spec.fit,
    )
