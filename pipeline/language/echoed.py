"""Segments of two lines -> those in which the one line only repeats the other.

Where an echo could not be told by its sound, it is told by its words: the same ones, at the same
time, fainter. Short answers are never taken for one: two people may well say "OK" at once. Nor is
another number, date or "no": somebody puts that right, softly, while the other still speaks.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from rapidfuzz import fuzz

from pipeline.language.facts import facts
from pipeline.models.alike import bare
from pipeline.models.speech import HeardSegment

FAINTER = -6.0
"""Decibels against the other line from which on it may be an echo."""
LATER = 1.5
"""Seconds by which an echo may begin and end later."""
TOGETHER = 1 / 3
"""Part of the shorter of two texts that they last at once, where one is of the other. Whoever reads
words back begins when they were said."""
EARLIER = 0.5
"""The same for earlier: times of what is heard are not exact."""
LETTERS = 12
"""Letters a text must have; Chinese characters count double."""
MORE = 2
"""Letters by which an echo may be longer than what it is of: more would be words of its own."""
SAME = 85.0
"""How much alike two texts are, of 100, when they are the same words heard twice."""
NEARLY_ALL = 0.7
"""Part of what was said from which on an echo holds its "no" as well."""


def echoed(heard: Sequence[HeardSegment]) -> list[HeardSegment]:
    """The echoes among segments of two lines."""
    loud = sorted(
        (one for one in heard if one.louder is not None and one.louder > 0),
        key=lambda one: one.start,
    )
    starts = [one.start for one in loud]
    longest = max((one.end - one.start for one in loud), default=0.0)
    found: list[HeardSegment] = []
    for one in heard:
        if one.louder is None or one.louder > FAINTER or _letters(one.text) < LETTERS:
            continue
        first = bisect_left(starts, one.start - longest)
        said = loud[first : bisect_right(starts, one.end)]
        if _repeats(one, [other for other in said if other.channel != one.channel]):
            found.append(one)
    return found


def _repeats(one: HeardSegment, said: Sequence[HeardSegment]) -> bool:
    """Whether it says nothing but what was said on the other line just then."""
    near = [other for other in said if _at_once(one, other)]
    if not near:
        return False
    last = max(other.end for other in near)
    inside = near[0].start - EARLIER <= one.start and one.end <= last + LATER
    words = " ".join(other.text for other in near)
    text, echo = bare(words), bare(one.text)
    alike = len(echo) <= len(text) + MORE and fuzz.partial_ratio(echo, text) >= SAME
    return inside and alike and not _put_right(one.text, words, len(echo) / len(text))


def _put_right(echo: str, said: str, part: float) -> bool:
    """Whether it says another number, date or "no" than what was said."""
    own, others = facts(echo), facts(said)
    denied = part >= NEARLY_ALL and others.only("negation").missing_in(own)
    return bool(denied or own.missing_in(others))


def _at_once(one: HeardSegment, other: HeardSegment) -> bool:
    both = min(one.end, other.end) - max(one.start, other.start)
    return both > 0 and both >= TOGETHER * min(one.end - one.start, other.end - other.start)


def _letters(text: str) -> int:
    return sum(2 if "\u3400" <= letter <= "\u9fff" else 1 for letter in bare(text))
