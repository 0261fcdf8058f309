"""Labels: words before a colon or over a list that say what follows, and name no person."""

import re
import tomllib
from functools import cache
from importlib.resources import files

_AROUND = re.compile(r"^[\s\[\]【】《》*_#-]+|[\s\[\]【】《》*_:：-]+$")
_HEAD = re.compile(r"\W*(?P<name>[^:：\s][^:：]{0,30}?)\s*[:：]\s*\S")


@cache
def _words(name: str) -> frozenset[str]:
    text = files("pipeline.language").joinpath("labels.toml").read_text(encoding="utf-8")
    tables: dict[str, dict[str, list[str]]] = tomllib.loads(text)
    return frozenset(word for table in tables.values() for word in table[name])


def is_label(text: str) -> bool:
    """Whether a text is a label and nothing else, such as 需求： or "Next steps"."""
    word = _AROUND.sub("", text).lower()
    return word in _words("topics") or word in _words("of_meeting")


def label_of(line: str) -> str | None:
    """The word before the first colon of a line that goes on after it, in small letters."""
    found = _HEAD.match(line)
    return found["name"].lower() if found else None


def of_meeting(line: str) -> bool:
    """Whether a line only says when and where a meeting was, or who came."""
    return (label_of(line) or "") in _words("of_meeting")
