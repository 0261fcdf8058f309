"""The words of turns one by one, each with its place in its turn and, where it has one, its time."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from pipeline.language.normalise import folded
from pipeline.language.script import CJK, has_cjk
from pipeline.models.transcript import Segment

_WORD = re.compile(rf"[{CJK}]|[^\W_{CJK}]+(?:['’][^\W_{CJK}]+)*")
_WEIGHT = 2
"""Chinese characters that a word of another script counts for."""


class Token(NamedTuple):
    """One Chinese character, or one word or number of another script."""

    word: str
    """Folded."""
    turn: int
    """Place of its turn."""
    start: int
    end: int
    """Where it stands in the text of the turn."""

    @property
    def weight(self) -> int:
        """What it counts for, in Chinese characters."""
        return 1 if has_cjk(self.word) else _WEIGHT


class Time(NamedTuple):
    """Seconds from the beginning of the source."""

    start: float
    end: float


def tokens(turns: Sequence[Segment]) -> list[Token]:
    """All words of all turns, in their order; marks are none."""
    return list(_tokens(turns))


def _tokens(turns: Sequence[Segment]) -> Iterator[Token]:
    for place, turn in enumerate(turns):
        for match in _WORD.finditer(turn.text):
            if word := folded(match.group()):
                yield Token(word, place, *match.span())


def run_on(texts: Iterable[str]) -> str:
    """Some stretches of text as one; between Chinese characters stands no blank."""
    whole = ""
    for text in texts:
        close = not whole or not text or (has_cjk(whole[-1]) and has_cjk(text[0]))
        whole += text if close else f" {text}"
    return whole


def times(turns: Sequence[Segment], words: Sequence[Token]) -> list[Time | None]:
    """When each word was said: by the recogniser's words, else by its share of its turn.

    Null where the turn has no beginning and end.
    """
    clocks = [_clock(turn) for turn in turns]
    return [_at(turns[one.turn], clocks[one.turn], one) for one in words]


_Clock = list[tuple[int, int, float, float]]
"""Stretches of a text with their seconds."""


def _clock(turn: Segment) -> _Clock:
    """Where the recogniser's words stand in the text: they are its pieces, in their order."""
    found: _Clock = []
    at = 0
    for word in turn.words:
        piece = word.text.strip()
        start = turn.text.find(piece, at) if piece else -1
        if start < 0:
            continue
        at = start + len(piece)
        found.append((start, at, word.start, word.end))
    return found


def _at(turn: Segment, clock: _Clock, token: Token) -> Time | None:
    for start, end, begins, ends in clock:
        if start <= token.start < end:
            return _share(token, start, end, begins, ends)
    if turn.start is None or turn.end is None or not turn.text:
        return None
    return _share(token, 0, len(turn.text), turn.start, turn.end)


def _share(token: Token, start: int, end: int, begins: float, ends: float) -> Time:
    pace = (ends - begins) / (end - start)
    first = begins + (token.start - start) * pace
    last = begins + (min(token.end, end) - start) * pace
    return Time(first, max(first, last))
