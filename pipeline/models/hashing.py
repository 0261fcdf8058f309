"""content_hash: what a person approved, independent of who approved it and when."""

import hashlib
import json
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
BESIDE_THE_WORDS = frozenset({"transcript_version", "answered_side", "noted_by", "ask_now"})
"""Keys outside the hash wherever they stand: the words count, not the version they were found in,
who wrote them down, nor whether something is asked now or later. Else correcting one segment
would void every approval, not those that cite it."""
ADDED_LATER = frozenset({"fit_line"})
"""Keys that came after approvals were given: outside the hash where they are null, so that what
was approved before they existed still is."""
_WHOLE = 2**53 - 1
_SMALL, _LARGE = 1e-4, 1e15
"""Between them Python and JavaScript write a fraction with the same digits and no exponent."""


def spec_hash(spec: Model) -> str:
    """SHA-256 over the canonical JSON (RFC 8785) of a spec's content, in hex."""
    return _content_hash(spec, NOT_CONTENT)


def item_hash(item: Model) -> str:
    """The same for an item of the minutes.

    An ask's status is part of what it says; the spec made from it is not.
    """
    return _content_hash(item, NOT_CONTENT - {"status"} | {"spec"})


def _content_hash(model: Model, outside: frozenset[str]) -> str:
    dump = model.model_dump(mode="json")
    content = {
        key: value
        for key, value in dump.items()
        if key not in outside and (value is not None or key not in ADDED_LATER)
    }
    return hashlib.sha256(canonical(content, without=BESIDE_THE_WORDS)).hexdigest()


def digest(value: object) -> str:
    """SHA-256 over the canonical JSON of any JSON value, in hex."""
    return hashlib.sha256(canonical(value)).hexdigest()


def canonical(value: object, *, without: frozenset[str] = frozenset()) -> bytes:
    """Canonical JSON (RFC 8785) of any JSON value, leaving out keys wherever they stand.

    The library that knows the standard is written in Python and took most of the time of
    reading long minutes. The encoder of the standard library, five times as quick, writes the
    same for all but rare numbers and keys; those are left to the library.
    """
    try:
        plain = _plain(value, without)
        text = json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return text.encode("utf-8")
    except (_RareError, UnicodeEncodeError):
        return rfc8785.dumps(cast(Any, _pruned(value, without)))


def _pruned(value: object, without: frozenset[str]) -> object:
    if isinstance(value, dict):
        return {key: _pruned(inner, without) for key, inner in value.items() if key not in without}
    return [_pruned(one, without) for one in value] if isinstance(value, list) else value


class _RareError(Exception):
    """A value that both may not write alike."""


def _plain(value: object, without: frozenset[str]) -> object:
    """The same value, with floats as both write them."""
    if isinstance(value, str) or value is None:
        return value
    if isinstance(value, dict):
        return {_key(key): _plain(one, without) for key, one in value.items() if key not in without}
    if isinstance(value, list | tuple):
        return [_plain(one, without) for one in value]
    if isinstance(value, int) and abs(value) <= _WHOLE:
        return value
    if isinstance(value, float):
        return _number(value)
    raise _RareError


def _key(key: object) -> str:
    if isinstance(key, str) and key.isascii():
        return key
    raise _RareError


def _number(value: float) -> int | float:
    if value.is_integer() and abs(value) <= _WHOLE:
        return int(value)
    if _SMALL <= abs(value) < _LARGE:
        return value
    raise _RareError


def sealed(minutes: Minutes) -> Minutes:
    """The same minutes with the content hash of every item set."""
    arrays = {
        name: tuple(item.with_(content_hash=item_hash(item)) for item in getattr(minutes, name))
        for name in ARRAYS.values()
    }
    return minutes.with_(**arrays)
