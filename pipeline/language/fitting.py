"""Fit: which line of the product's capabilities an ask comes under, and what we said about it.

The engines and the check after them read by the same words, so that none claims another line.
"""

import re
import tomllib
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Literal, NamedTuple

from pipeline.language.cues import plain
from pipeline.language.cues_content import terms
from pipeline.language.normalise import folded
from pipeline.models.spec import Fit

_NUMBER = re.compile(r"^\W*\d+(?:\.\d+)*\s*")
_PART = re.compile(r"[;；,，。、()（）]|(?<=\w)[:：]")
ENOUGH = 0.34
"""Share of a line's words that an ask must name for the line to be about it."""
_WHOLE, _WORDY = 0.7, 4
"""Share of one part of a line, of so many words, from which the product does just that."""
_SET = 0.3
"""Share of a part that speaks of parameters, those words aside, from which it is about the ask."""
_SHORT = 2
"""Words of a part up to which it only adds something to the parts before it."""
_LONGEST = 8
"""Words of a line that count: a long line need not be named whole."""
_BY_NAME = 0.3
"""What it counts that a line names the same action."""
_BESIDE = 0.6
"""What a word counts that is not in the ask itself but in the talk about it."""

Told = Literal["standard", "config", "custom"]
_TOLD: tuple[Told, ...] = ("standard", "config", "custom")


class Held(NamedTuple):
    """A line that is about an ask."""

    line: str
    share: float
    """How much of the line the ask names; from `ENOUGH` up."""
    settable: bool
    """Whether a part of it about the ask speaks of parameters, templates or rules."""
    lacks: bool
    """Whether it says that the product does just this not, or only by hand."""
    joins: bool
    """Whether a part of it about the ask speaks of joining another system."""
    whole: bool
    """Whether one part of it, which lacks nothing, is what was asked for."""


class Said(NamedTuple):
    """What one of us said about the fit."""

    fit: Told
    text: str


def deciding(
    asked: str, beside: Iterable[str], lines: Sequence[str], *, action: Sequence[str] = ()
) -> Held | None:
    """The line that is most about an ask; None where none is.

    Args:
        asked: The words of the ask.
        beside: What else the client said about it.
        lines: The product's capabilities.
        action: Expressions for what is to be done, such as "export|导出".
    """
    said = _weighed(asked, beside)
    acts = [re.compile(one, re.IGNORECASE) for one in action]
    best: Held | None = None
    for line in lines:
        named = _named(said, line)
        share = named + _BY_NAME * any(act.search(line) for act in acts) if named else 0.0
        if share >= ENOUGH and (best is None or share > best.share):
            best = _held(line, share, said)
    return best


def one_of(line: str | None, lines: Iterable[str]) -> str | None:
    """The very line of a list that a text is, however it is spaced or punctuated; else None."""
    wanted = folded(line or "")
    return next((one for one in lines if wanted and folded(one) == wanted), None)


def told(turns: Iterable[str]) -> Said | None:
    """What we said about the fit in these turns of ours; the later counts."""
    found: Said | None = None
    for text in turns:
        for fit in _TOLD:
            if _told(fit).search(text):
                found = Said(fit, text)
    return found


def contract(turns: Iterable[str]) -> Literal["in", "out"] | None:
    """What we said about the contract in these turns of ours; the later counts."""
    found: Literal["in", "out"] | None = None
    for text in turns:
        if _told("out").search(text):
            found = "out"
        elif _told("in").search(text):
            found = "in"
    return found


def blames_network(turns: Iterable[str]) -> bool:
    """Whether the talk looks for the cause in network or machines and not in the software."""
    return any(_any("network").search(text) for text in turns)


def usual(kind: Fit, said: Said | None) -> Fit | None:
    """The fit that what we said gives an ask whose kind suggests `kind`.

    Another system is connected, never just there: standard for such an ask means to set it up.
    """
    if said is None:
        return None
    return "config" if (said.fit, kind) == ("standard", "integration") else said.fit


def _held(line: str, share: float, said: dict[str, float]) -> Held:
    lacking = [part for part in _parts(line) if _any("lacks").search(part)]
    having = [part for part in _parts(line) if part not in lacking]
    return Held(
        line=line,
        share=share,
        settable=_set(line, said) >= _SET,
        lacks=any(said.keys() & _words(part) for part in lacking),
        joins=any(_share(said, part) > 0 for part in _parts(line) if _any("joins").search(part)),
        whole=any(len(_words(part)) >= _WORDY and _share(said, part) >= _WHOLE for part in having),
    )


def _named(said: dict[str, float], line: str) -> float:
    """Share of the line that was named; of one that can be set, of the part that tells so."""
    words = _words(_NUMBER.sub("", line))
    named = sum(said.get(word, 0.0) for word in words) / max(min(len(words), _LONGEST), 1)
    several = sum(said.get(word) == 1.0 for word in words) > 1
    return max(named, _set(line, said)) if several else named


def _set(line: str, said: dict[str, float]) -> float:
    """Most that was named of a part which speaks of parameters, those words aside.

    Such a part may only say so of the one before it: "refund approval; can be configured".
    """
    parts, most = _parts(line), 0.0
    for place, part in enumerate(parts):
        if _any("settable").search(part):
            text = _any("settable").sub(" ", part)
            most = max(most, _share(said, text))
            if len(_words(text)) <= _SHORT:
                most = max(most, _share(said, " ".join((*parts[max(place - 2, 0) : place], text))))
    return most


def _share(said: dict[str, float], part: str) -> float:
    words = _words(part)
    return sum(said.get(word) == 1.0 for word in words) / max(len(words), 1)


def _parts(line: str) -> list[str]:
    return [part for part in _PART.split(_NUMBER.sub("", line)) if part.strip()]


@lru_cache(maxsize=8192)
def _words(text: str) -> frozenset[str]:
    return terms(plain(text))


def _weighed(asked: str, beside: Iterable[str]) -> dict[str, float]:
    return dict.fromkeys(_words(" ".join(beside)), _BESIDE) | dict.fromkeys(_words(asked), 1.0)


@cache
def _told(name: str) -> re.Pattern[str]:
    return _compiled(_table()["told"][name])


@cache
def _any(name: str) -> re.Pattern[str]:
    return _compiled(_table()[name])


def _compiled(expressions: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{one})" for one in expressions), re.IGNORECASE)


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files("pipeline.language").joinpath("fitting.toml").read_text("utf-8"))
