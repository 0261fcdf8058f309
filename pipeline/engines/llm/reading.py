"""The text of an answer -> a wire value: strict JSON, item by item, nothing repaired in silence.

A parser that completes cut JSON turns a lost item into a shorter list that looks whole. So what
does not parse is a fault, and what parses is checked entry by entry: good ones stay, the others
are told.
"""

import json
import re
from collections.abc import Mapping
from typing import Any, Generic, NamedTuple, TypeVar, cast

from pydantic import ValidationError

from pipeline.engines.llm.faults import Fault
from pipeline.engines.llm.masking import OPEN, Mask
from pipeline.engines.llm.wire import Wire

W = TypeVar("W", bound=Wire)
_THOUGHTS = re.compile(r"^\s*<think(?:ing)?>.*?</think(?:ing)?>", re.DOTALL | re.IGNORECASE)
_FENCE = re.compile(r"^```[A-Za-z]*[ \t]*\n(.*?)\n?```$", re.DOTALL)


class Bad(NamedTuple):
    """An entry of a list that does not hold."""

    list_name: str
    reason: str
    raw: object


class Read(NamedTuple, Generic[W]):
    """What an answer says."""

    value: W
    bad: tuple[Bad, ...] = ()


def read(text: str, schema: type[W], *, mask: Mask = OPEN) -> Read[W]:
    """The answer as `schema`, with words in place of signs, without entries that do not hold.

    Raises:
        Fault: empty, not JSON, or not of this shape.
    """
    plain = unwrapped(text)
    if not plain:
        raise Fault("empty", raw=text)
    try:
        # Control characters inside a string are what some servers let through: no loss.
        told = mask.show(json.loads(plain, strict=False))
    except ValueError as error:
        raise Fault("not_json", str(error), raw=text) from error
    if not isinstance(told, dict):
        raise Fault("invalid", "the answer is no object", raw=text)
    kept, bad = _entries(cast(dict[str, Any], told), schema)
    try:
        return Read(schema.model_validate(kept), bad)
    except ValidationError as error:
        raise Fault("invalid", short(error), raw=text) from error


def unwrapped(text: str) -> str:
    """The answer itself, without thoughts before it and the fence around it."""
    plain = _THOUGHTS.sub("", text).strip()
    fenced = _FENCE.match(plain)
    return (fenced.group(1) if fenced else plain).strip()


def short(error: ValidationError, most: int = 5) -> str:
    """The first few things that are wrong, each in a line, without the input that was wrong."""
    lines = (
        f"{'.'.join(str(part) for part in one['loc'])}: {one['msg']}"
        for one in error.errors(include_input=False, include_url=False)[:most]
    )
    return "\n".join(lines)


def _entries(told: Mapping[str, Any], schema: type[Wire]) -> tuple[dict[str, Any], tuple[Bad, ...]]:
    """The answer with only those entries of its lists that hold, and the others."""
    kept, bad = dict(told), list[Bad]()
    for name, kind in _lists(schema).items():
        entries = told.get(name)
        if not isinstance(entries, list):
            continue
        good: list[object] = []
        for one in entries:
            try:
                kind.model_validate(one)
                good.append(one)
            except ValidationError as error:
                bad.append(Bad(name, short(error, 2), one))
        kept[name] = good
    return kept, tuple(bad)


def _lists(schema: type[Wire]) -> dict[str, type[Wire]]:
    """The fields that hold lists of wire values, and of which."""
    found: dict[str, type[Wire]] = {}
    for name, field in schema.model_fields.items():
        inner = getattr(field.annotation, "__args__", ())
        for one in inner:
            if isinstance(one, type) and issubclass(one, Wire):
                found[name] = one
    return found
