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
    }
)
"""Keys outside the hash. An ask's own `status` (live, withdrawn) is content: see `item_hash`."""


def spec_hash(spec: Model) -> str:
    """SHA-256 over the canonical JSON (RFC 8785) of a spec's content, in hex."""
    return digest({k: v for k, v in spec.model_dump(mode="json").items() if k not in NOT_CONTENT})


def item_hash(item: Model) -> str:
    """The same for an item of the minutes, where an ask's status is part of what it says."""
    outside = NOT_CONTENT - {"status"}
    return digest({k: v for k, v in item.model_dump(mode="json").items() if k not in outside})


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
