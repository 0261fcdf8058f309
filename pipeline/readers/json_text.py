"""JSON of somebody else's -> a value in which nothing can harm: no half characters, no giant numbers."""

import json
import re
from typing import Any

_OPENING = re.compile(r"\s*(?:\{|\[\s*(?:[\[{\"\]]|-?\d+(?:\.\d+)?\s*[,\]]|true|false|null|\Z))")
"""How JSON begins; "[00:00:01] Name: text" is none."""
_SURROGATE = re.compile(r"(?i)\\ud[89a-f]")
_MOST_DIGITS = 15
"""Digits of an integer beyond which it is only compared, never counted with."""


def looks_json(text: str) -> bool:
    """Whether the text opens like a JSON value."""
    return _OPENING.match(text) is not None


def loaded(text: str) -> Any:  # noqa: ANN401 - somebody else's JSON
    """The value, in which no half of a character is left: nothing could store it.

    Raises:
        JSONDecodeError: it is cut or no JSON.
        RecursionError: it is nested deeper than anything that people say.
    """
    data = json.loads(text, parse_int=_integer)
    if _SURROGATE.search(text):
        whole = json.dumps(data, ensure_ascii=False).encode("utf-16", "surrogatepass")
        data = json.loads(whole.decode("utf-16", "replace"), parse_int=_integer)
    return data


def _integer(digits: str) -> int | float:
    return int(digits) if len(digits) <= _MOST_DIGITS else float(digits)
