"""The minutes lane: one item at a time, the worst first; decided ones leave."""

from collections.abc import Container, Mapping
from functools import partial
from typing import Any

from pipeline.models.evidence import Evidence
from pipeline.models.item import KINDS, Kind
from pipeline.models.minutes import ITEM_TYPES, Ask, Conflict, Item
from pipeline.models.together import alone
from pipeline.models.transcript import Segment, Transcript
from ui.board import Drawn, Entry, basis
from ui.components.parts import part
from ui.doubt import doubt, place
from ui.inbox import Box

CHOICES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "decision": {"state": ("agreed", "tentative", "deferred", "rejected")},
    "ask": {
        "status": ("live", "withdrawn", "already_supported", "duplicate"),
        "priority": ("must", "should", "could", "wont", "unknown"),
        "scope.verdict": ("in", "out", "unclear"),
    },
    "action": {"side": ("us", "client", "unknown")},
    "risk": {
        "likelihood": ("low", "medium", "high", "unknown"),
        "impact": ("low", "medium", "high", "unknown"),
    },
    "question": {},
    "conflict": {},
    "concern": {},
}
"""Fields of each kind that are chosen from a list."""
LINES: Mapping[str, tuple[str, ...]] = {
    "ask": ("pain",),
    "action": ("owner", "due_date", "deliverable"),
    "question": ("who",),
    "concern": ("who",),
    "conflict": ("a.text", "b.text"),
}
"""Fields of each kind that are a line of text."""
AUDIENCE = ("client", "internal")


def lane(
    changes: Mapping[str, Any],
    words: Mapping[str, str],
    *,
    box: Box,
    meeting: str,
    me: str,
    dial: Mapping[str, str | None] | None = None,
    silent: bool = False,
    selected: str | None = None,
) -> None:
    """Draw the lane, given what the browser does not have. What people do arrives in its box."""
    part("lane", "shared", "outbox", "deciding")(
        key=box.key,
        data={
            "meeting": meeting,
            "me": me,
            "changes": dict(changes),
            "words": dict(words) if changes["since"] == 0 else None,
            "answers": box.answers(),
            "past": box.past("item") if changes["since"] == 0 else None,
            "dial": dial,
            "silent": silent,
            "selected": selected,
        },
        on_outbox_change=box.take,
    )


def entry(
    item: Item,
    segments: Mapping[str, Segment],
    words: Mapping[str, str],
    *,
    version: int,
    gone: Container[str] = (),
) -> Entry:
    """An item as the browser draws it; the worst has the first place.

    Args:
        item: As it holds now.
        segments: The turns of the call, by their id.
        words: Sentences.
        version: Which version of the call these turns are.
        gone: ids of the decisions that later ones replaced.
    """
    kind = next(name for name, of in ITEM_TYPES.items() if isinstance(item, of))
    by_itself = alone(item, gone)
    draw = partial(_drawn, item, kind, segments, words, by_itself=by_itself)
    return Entry(item.uid, basis(item, version, by_itself), draw)


def _drawn(
    item: Item,
    kind: Kind,
    segments: Mapping[str, Segment],
    words: Mapping[str, str],
    *,
    by_itself: bool,
) -> Drawn:
    first = (*place(item, segments), KINDS.index(kind), int("0" + item.id[1:]))
    return Drawn(first, _row(item, kind, segments, words, by_itself=by_itself))


def by_id(transcript: Transcript | None) -> dict[str, Segment]:
    """The segments of a call by their id."""
    return {one.id: one for one in transcript.segments} if transcript else {}


def _row(
    item: Item,
    kind: str,
    segments: Mapping[str, Segment],
    words: Mapping[str, str],
    *,
    by_itself: bool,
) -> dict[str, Any]:
    why = doubt(item, segments)
    return {
        "uid": item.uid,
        "id": item.id,
        "kind": kind,
        "text": item.text,
        "review": item.review,
        "hash": item.content_hash,
        "edited": item.edited,
        "stale": list(item.stale),
        "stale_words": list(dict.fromkeys(stale_words(reason, words) for reason in item.stale)),
        "doubt": why.reason,
        "good": why.good and not by_itself,
        "fields": [*_choices(item, kind), *_lines(item, kind), _audience(item)],
        "evidence": [quote(one) for one in _evidence(item)],
        "facts": _facts(item),
        "spec": getattr(item, "spec", None),
    }


def stale_words(reason: str, words: Mapping[str, str]) -> str:
    """Why an item has to be looked at again, in words."""
    code, _, what = reason.partition(":")
    return words.get(f"stale.{code}", code).format_map({"what": what})


def quote(one: Evidence) -> dict[str, Any]:
    """A piece of evidence as the browser draws it."""
    return {
        "segments": list(one.segments),
        "start": one.start,
        "end": one.end,
        "speaker": one.speaker,
        "side": one.side,
        "quote": one.quote,
        "match": one.match,
    }


def _evidence(item: Item) -> tuple[Evidence, ...]:
    if isinstance(item, Conflict):
        return tuple(dict.fromkeys((*item.evidence, *item.a.evidence, *item.b.evidence)))
    return item.evidence


def _value(item: Item, path: str) -> Any:  # noqa: ANN401 - any JSON value
    value: Any = item
    for name in path.split("."):
        value = getattr(value, name)
    return value


def _choices(item: Item, kind: str) -> list[dict[str, Any]]:
    return [
        {"name": name, "kind": "choice", "value": _value(item, name), "options": list(options)}
        for name, options in CHOICES[kind].items()
    ]


def _lines(item: Item, kind: str) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "kind": "date" if name == "due_date" else "line",
            "value": _value(item, name),
        }
        for name in LINES.get(kind, ())
    ]


def _audience(item: Item) -> dict[str, Any]:
    return {
        "name": "visibility",
        "kind": "choice",
        "value": item.visibility,
        "options": list(AUDIENCE),
    }


def _facts(item: Item) -> dict[str, Any]:
    """What is shown beside the text and not edited here."""
    names = ("raw_quote", "due_verbatim", "weak", "supersedes", "duplicate_of", "by")
    found = {name: value for name in names if (value := getattr(item, name, None))}
    return {_named(name, item): value for name, value in found.items()}


def _named(name: str, item: Item) -> str:
    """Words of a call are the client's only where the client is known to have said them."""
    if name != "raw_quote" or not isinstance(item, Ask):
        return name
    said = [one for one in item.evidence if item.raw_quote in one.quote]
    return name if any(one.side == "client" for one in said) else "raw_quote_open"
