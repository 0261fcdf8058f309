"""content_hash: what a person approved, independent of who approved it and when."""

import hashlib
from typing import Any, cast

import rfc8785

from pipeline.models.base import Model
from pipeline.models.minutes import ARRAYS, Minutes

NOT_CONTENT = frozenset(
    {
        "schema",
        "uid",
        "version",
        "content_hash",
        "review",
        "edited",
        "status",
        "progress",
        "findings",
        "approvals",
        "links",
        "stale",
        "origin_engine",
    }
)
"""Keys outside the hash. An ask's own `status` (live, withdrawn) is content: see `item_hash`."""
BESIDE_THE_WORDS = frozenset({"transcript_version", "answered_side", "noted_by"})
"""Keys outside the hash wherever they stand: the words count, not the version they were found in
nor who wrote them down. Else correcting one segment would void every approval, not those that
cite it."""


def spec_hash(spec: Model) -> str:
    """SHA-256 over the canonical JSON (RFC 8785) of a spec's content, in hex."""
    return digest(_content(spec, NOT_CONTENT))


def item_hash(item: Model) -> str:
    """The same for an item of the minutes.

    An ask's status is part of what it says; the spec made from it is not.
    """
    return digest(_content(item, NOT_CONTENT - {"status"} | {"spec"}))


def _content(model: Model, outside: frozenset[str]) -> object:
    dump = model.model_dump(mode="json")
    return _pruned({key: value for key, value in dump.items() if key not in outside})


def _pruned(value: object) -> object:
    if isinstance(value, dict):
        return {key: _pruned(inner) for key, inner in value.items() if key not in BESIDE_THE_WORDS}
    return [_pruned(inner) for inner in value] if isinstance(value, list) else value


def digest(value: object) -> str:
    """SHA-256 over the canonical JSON of any JSON value, in hex."""
    return hashlib.sha256(rfc8785.dumps(cast(Any, value))).hexdigest()


def sealed(minutes: Minutes) -> Minutes:
    """The same minutes with the content hash of every item set."""
    arrays = {
        name: tuple(item.with_(content_hash=item_hash(item)) for item in getattr(minutes, name))
        for name in ARRAYS.values()
    }
    return minutes.with_(**arrays)
