"""Structure: what a turn shows besides its words, the same in every language.

Who speaks before and after, where in the call it stands, how long it is, whether it asks, counts
or names somebody, which cues of the playbook it holds, what of it is new in the call.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from pipeline.engines.rules.sense.spoken import NAME, Spoken
from pipeline.language import cues
from pipeline.language.cues_content import terms
from pipeline.language.script import size_in_words

_DIGIT = re.compile(r"\d|[一二三四五六七八九十百千万]{2}")
_BUCKETS = (1, 2, 3, 5, 8, 12, 18, 26, 40, 70)
_FAR = 99
_NEAR = (1, 2, 3, 5, 9, 20)
_UNUSED = ("filler.", "due.", "scope.", "kind.")
"""Cues that tell what a thing is about or how it is put, not what the turn does."""


class _Seen(NamedTuple):
    """What is known of one turn by itself."""

    side: str
    speaker: str
    size: int
    cues: tuple[str, ...]
    terms: frozenset[str]
    marks: tuple[str, ...]


@cache
def cue_names() -> tuple[str, ...]:
    """The cues that are looked for, in their order."""
    return tuple(name for name in sorted(cues.names("zh")) if not name.startswith(_UNUSED))


def structure(turns: Sequence[Spoken], plain: Sequence[str]) -> list[list[str]]:
    """Names of what holds of each turn; `plain` are the turns' masked texts in plain form."""
    seen = [_seen(turn, text) for turn, text in zip(turns, plain, strict=True)]
    places = _Places(seen)
    new = list(_novelty(seen))
    return [
        [*_own(seen, index), *_around(seen, index), *places.of(index), *new[index]]
        for index in range(len(seen))
    ]


def _seen(turn: Spoken, text: str) -> _Seen:
    chinese, latin = size_in_words(text)
    side = {"us": "u", "client": "c"}.get(turn.side, "x")
    found = cues.held(text, cue_names())
    return _Seen(
        side, turn.speaker or "", chinese // 2 + latin, found, terms(text), tuple(_marks(text))
    )


def _marks(text: str) -> Iterator[str]:
    ending = text.rstrip().rstrip("\"'”’)）")
    if ending.endswith(("?", "？")):
        yield "asks"
    elif "?" in text or "？" in text:
        yield "asks inside"
    if ending.endswith(("...", "…", "—", "-", "——")):
        yield "breaks off"
    if not any(mark in text for mark in ",.?!，。？！"):
        yield "bare"
    counts = min(len(_DIGIT.findall(text)), 3)
    if counts:
        yield f"numbers {counts}"
    if NAME in text:
        yield "names"
    if text.startswith(NAME):
        yield "calls"


def _own(seen: Sequence[_Seen], index: int) -> Iterator[str]:
    turn = seen[index]
    size = bisect_left(_BUCKETS, turn.size)
    yield f"side {turn.side}"
    yield f"size {size}"
    yield f"size {size} {turn.side}"
    for mark in turn.marks:
        yield f"mark {mark}"
        yield f"mark {mark} {turn.side}"
    for cue in turn.cues:
        yield f"cue {cue}"
        yield f"cue {cue} {turn.side}"
    yield f"cues {min(len(turn.cues), 12)}"


def _around(seen: Sequence[_Seen], index: int) -> Iterator[str]:
    turn = seen[index]
    sides = [_at(seen, index + step).side for step in (-2, -1, 0, 1, 2)]
    yield "sides " + "".join(sides)
    yield "sides near " + "".join(sides[1:4])
    for step, word in ((-1, "before"), (1, "after")):
        other = _at(seen, index + step)
        same = "same" if other.speaker == turn.speaker else "other"
        yield f"{word} {same}"
        yield f"{word} size {bisect_left(_BUCKETS, other.size)}"
        for mark in other.marks:
            yield f"{word} mark {mark} {other.side}{turn.side}"
        for cue in other.cues:
            yield f"{word} cue {cue}"
            yield f"{word} cue {cue} {other.side}{turn.side}"


_NOBODY = _Seen("-", "", 0, (), frozenset(), ())


def _at(seen: Sequence[_Seen], index: int) -> _Seen:
    return seen[index] if 0 <= index < len(seen) else _NOBODY


class _Places:
    """Where in the call a turn stands, and how far the other side is."""

    def __init__(self, seen: Sequence[_Seen]) -> None:
        self.seen = seen
        self.since = self._distances(range(len(seen)))
        self.until = self._distances(range(len(seen) - 1, -1, -1))
        self.first: dict[str, int] = {}
        for index, turn in enumerate(seen):
            self.first.setdefault(turn.speaker, index)

    def _distances(self, order: range) -> list[int]:
        """Turns since the client last spoke, seen in an order; _FAR where they have not."""
        found = [_FAR] * len(self.seen)
        distance = _FAR
        for index in order:
            distance = 0 if self.seen[index].side == "c" else min(distance + 1, _FAR)
            found[index] = distance
        return found

    def of(self, index: int) -> Iterator[str]:
        """Names of the places of one turn."""
        left = len(self.seen) - 1 - index
        yield f"tenth {10 * index // len(self.seen)}"
        yield f"begun {bisect_left(_NEAR, index)}"
        yield f"left {bisect_left(_NEAR, left)}"
        gone = self.until[index] == _FAR
        yield f"client after {bisect_left(_NEAR, self.until[index])}"
        yield f"client before {bisect_left(_NEAR, self.since[index])}"
        if gone and self.since[index] < _FAR:
            yield f"client gone {bisect_left(_NEAR, self.since[index])}"
        if self.first[self.seen[index].speaker] == index:
            yield "first word"


def _novelty(seen: Sequence[_Seen]) -> Iterator[list[str]]:
    """How much of a turn is new in the call, taken up from right before, or comes again."""
    times: dict[str, list[int]] = {}
    for index, turn in enumerate(seen):
        for term in turn.terms:
            times.setdefault(term, []).append(index)
    for index, turn in enumerate(seen):
        yield list(_shares(turn, index, times))


def _shares(turn: _Seen, index: int, times: dict[str, list[int]]) -> Iterator[str]:
    count = len(turn.terms)
    yield f"terms {bisect_left(_BUCKETS, count)}"
    if not count:
        return
    new = near = again = back = 0
    for term in turn.terms:
        at = times[term]
        place = bisect_left(at, index)
        new += place == 0
        near += place > 0 and index - at[place - 1] <= 3
        back += place > 0 and index - at[place - 1] > 10
        again += place + 1 < len(at)
    for word, part in (("new", new), ("near", near), ("again", again), ("back", back)):
        yield f"{word} {4 * part // count}"
        yield f"{word} count {bisect_left(_BUCKETS, part)}"
