"""Who speaks when on one line, as far as their voices tell; nobody is named by it."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from pipeline.models.base import Model
from pipeline.models.speech import HeardSegment
from pipeline.models.transcript import Word

ENOUGH = 0.25
"""Part of a segment in which a voice must be heard for the segment to be anybody's."""
CLEAR = 0.5
"""Seconds of its own that a voice needs inside a segment before that is parted for it."""


class VoiceTurn(Model):
    """One voice from when to when, in seconds from the start of the recording."""

    start: float
    end: float
    voice: int
    """Number of the voice within its window, or within the recording; from 0."""


class VoiceWindow(Model):
    """Some minutes of a recording: its voices are numbered for themselves."""

    index: int
    """0-based."""
    turns: tuple[VoiceTurn, ...] = ()
    prints: tuple[tuple[float, ...], ...] = ()
    """What each voice sounds like, by its number; empty where too little was heard to tell."""


class Voices(Model):
    """All voices of a recording."""

    turns: tuple[VoiceTurn, ...] = ()
    fault: str = ""
    """Why they could not be told apart, in words, with the way out."""


class Spoken(NamedTuple):
    """A segment and whose it is; None where no voice can be told."""

    segment: HeardSegment
    voice: int | None


class Roll:
    """Turns of a recording, looked up by time."""

    def __init__(self, turns: Sequence[VoiceTurn]) -> None:
        self._turns = sorted(turns, key=lambda one: one.start)
        self._starts = [one.start for one in self._turns]
        self._longest = max((one.end - one.start for one in turns), default=0.0)

    def attributed(self, segment: HeardSegment) -> Iterator[Spoken]:
        """The segment, parted where the voice changes between its words."""
        heard = self._shares(segment.start, segment.end)
        clear = [voice for voice, seconds in heard.items() if seconds >= CLEAR]
        if len(clear) > 1 and _timed(segment):
            yield from self._parted(segment, clear)
            return
        yield Spoken(segment, self._voice(segment.start, segment.end))

    def _voice(self, start: float, end: float) -> int | None:
        """Whoever is heard most, if anybody is heard in enough of it."""
        heard = self._shares(start, end)
        if sum(heard.values()) < ENOUGH * (end - start) or not heard:
            return None
        return max(sorted(heard), key=lambda voice: heard[voice])

    def _shares(self, start: float, end: float) -> dict[int, float]:
        """Seconds of each voice between two times."""
        heard: dict[int, float] = {}
        first = bisect_left(self._starts, start - self._longest)
        for one in self._turns[first : bisect_right(self._starts, end)]:
            both = min(one.end, end) - max(one.start, start)
            if both > 0:
                heard[one.voice] = heard.get(one.voice, 0.0) + both
        return heard

    def _parted(self, segment: HeardSegment, clear: Sequence[int]) -> Iterator[Spoken]:
        """Runs of words of one voice; a word between two turns goes on with the one before."""
        owners: list[int] = []
        for word in segment.words:
            heard = self._shares(word.start, max(word.end, word.start + 0.02))
            known = {voice: heard[voice] for voice in clear if voice in heard}
            before = owners[-1] if owners else clear[0]
            owners.append(max(sorted(known), key=lambda one: known[one]) if known else before)
        owners = _without_slips(owners, segment.words)
        at = 0
        for voice, run in groupby(owners):
            words = segment.words[at : at + len(list(run))]
            at += len(words)
            yield Spoken(_part(segment, words), voice)


def _timed(segment: HeardSegment) -> bool:
    """Whether its words are all of its text, so that nothing is lost where it is parted."""
    said = "".join(one.text for one in segment.words)
    return bool(segment.words) and "".join(said.split()) == "".join(segment.text.split())


def _without_slips(owners: Sequence[int], words: Sequence[Word]) -> list[int]:
    """A run shorter than what is clear belongs to the words around it: times of words are rough."""
    mended: list[int] = []
    at = 0
    for voice, run in groupby(owners):
        count = len(list(run))
        lasts = words[at + count - 1].end - words[at].start
        at += count
        slip = lasts < CLEAR and (mended or at < len(owners))
        mended += [(mended[-1] if mended else owners[at]) if slip else voice] * count
    return mended


def _part(segment: HeardSegment, words: Sequence[Word]) -> HeardSegment:
    """Some of its words, without the blanks around them."""
    first, last = words[0] is segment.words[0], words[-1] is segment.words[-1]
    start = segment.start if first else words[0].start
    own = _stripped(words)
    return segment.with_(
        start=start,
        end=max(start, segment.end if last else words[-1].end),
        text="".join(one.text for one in own),
        words=own,
    )


def _stripped(words: Sequence[Word]) -> tuple[Word, ...]:
    """The same without space at either end, so that they are the text of their part."""
    own = list(words)
    own[0] = own[0].with_(text=own[0].text.lstrip())
    own[-1] = own[-1].with_(text=own[-1].text.rstrip())
    return tuple(own)
