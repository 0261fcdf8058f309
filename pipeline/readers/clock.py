"""Places in a call as exports write them: "0:14", "01:02:03.500", in half or full width."""

import re

_COLON = r"[:：]"
_SIXTY = r"[0-5０-５]\d"
CLOCK = rf"\d{{1,3}}{_COLON}{_SIXTY}(?:{_COLON}{_SIXTY})?(?:[.,]\d{{1,3}})?(?!{_COLON}?\d)"
"""Minutes and seconds, or hours before them; nothing that a longer number begins with."""
FULL_CLOCK = rf"\d{{2}}{_COLON}{_SIXTY}{_COLON}{_SIXTY}"
"""Hours, minutes and seconds in two digits each: words may follow without a space."""
_LEADING = re.compile(rf"[\[(（【]?\s{{0,9}}{CLOCK}")
_PARTS = re.compile(r"\d+")
_FRACTION = re.compile(r"[.,]\d{1,3}\Z")


def span(tag: str = "") -> str:
    """A pattern of when a turn begins and perhaps ends, in the groups start and end with the tag."""
    return (
        rf"(?P<start{tag}>{CLOCK})(?:\s{{0,9}}(?:-->|[-–—~～至到])\s{{0,9}}(?P<end{tag}>{CLOCK}))?"
    )


def wrapped(tag: str = "") -> str:
    """The same in brackets."""
    return rf"[\[(（【]\s{{0,9}}{span(tag)}\s{{0,9}}[\])）】]"


def seconds(clock: str) -> float:
    """A clock as seconds; of two parts the first are minutes."""
    fraction = _FRACTION.search(clock)
    total = 0.0
    for part in _PARTS.findall(clock[: fraction.start()] if fraction else clock):
        total = total * 60 + int(part)
    if fraction:
        total += int(fraction[0][1:]) / 10 ** (len(fraction[0]) - 1)
    return round(total, 3)


def begins_with_clock(text: str) -> bool:
    """Whether a time stands first."""
    return _LEADING.match(text) is not None
