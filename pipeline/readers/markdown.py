"""Markdown -> the lines as they read, so that `### **张工** [00:00:05]` is a name and a time."""

import re

from pipeline.readers.clock import CLOCK

_LEADING = re.compile(r"\s*(?:(?:#{1,6}|>|[-*+•]|\d{1,3}[.)])\s+)*")
_STRONG = re.compile(r"(\*\*|__|`)(?=\S)(.{1,100}?)(?<=\S)\1")
_SLANTED = re.compile(r"([*_])(?=[^\s*_])([^*_]{1,100}?)(?<=\S)\1")
_SLANTED_TIME = re.compile(rf"([*_`])([\[(（]?{CLOCK}[\])）]?)\1")
_SIGNS = frozenset("#>-*+•0123456789")
_HEAD = 20
"""Characters in which a mark must stand that belongs to the opening."""
_FAR = 140
_APART = 3
"""Characters between a time and a name that are both marked. What is marked behind was said so."""


def unmarked(line: str) -> str:
    """A line without the marks that it opens with."""
    rest = line.lstrip()
    if rest[:1] in _SIGNS:
        rest = _LEADING.sub("", rest, count=1)
    if not any(mark in rest[:_HEAD] for mark in "*_`"):
        return rest
    if rest[0] in "*_" and _SLANTED.match(rest):
        rest = _SLANTED.sub(r"\2", rest, count=1)
    place = 0
    for reach in (_HEAD, _APART):
        strong = _STRONG.search(rest, place, place + _FAR)
        if strong is None or strong.start() - place > reach:
            break
        rest = f"{rest[: strong.start()]}{strong[2]}{rest[strong.end() :]}"
        place = strong.start() + len(strong[2])
    return _SLANTED_TIME.sub(r"\2", rest, count=1)


def is_marked(line: str) -> bool:
    """Whether taking the marks off changes how the line reads."""
    return unmarked(line) != line.lstrip()
