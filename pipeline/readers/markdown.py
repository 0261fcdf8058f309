"""Markdown -> the lines as they read, so that `### **张工** [00:00:05]` is a name and a time."""

import re

_LEADING = re.compile(r"\s*(?:(?:#{1,6}|>|[-*+•]|\d{1,3}[.)])\s+)*")
_STRONG = re.compile(r"(\*\*|__|`)(?=\S)(.{1,100}?)(?<=\S)\1")
_SLANTED = re.compile(r"([*_])(?=\S)([^*_]{1,100}?)(?<=\S)\1")
_PARTS = 2
"""Marked parts of an opening: the time and the name. What is marked behind them was said so."""


def unmarked(line: str) -> str:
    """A line without the marks that it opens with."""
    rest = line[_matched(line) :]
    if rest[:2] in ("**", "__") or rest[:1] == "`" or _STRONG.match(rest[:140], 0):
        return _STRONG.sub(r"\2", rest, count=_PARTS)
    if rest[:1] in ("*", "_"):
        return _SLANTED.sub(r"\2", rest, count=1)
    return _STRONG.sub(r"\2", rest, count=1) if _STRONG.search(rest[:20]) else rest


def is_marked(line: str) -> bool:
    """Whether taking the marks off changes how the line reads."""
    return unmarked(line) != line.lstrip()


def _matched(line: str) -> int:
    found = _LEADING.match(line)
    return found.end() if found else 0
