"""Turns that are said again and again, over a whole call: hold music makes a recogniser do that."""

from collections.abc import Sequence

from pipeline.language.unsaid import bare, is_credit, is_polite, letters, runs
from pipeline.models.speech import HeardSegment
from pipeline.models.transcript import Dropped

_LONG_UNIT = 14
"""Letters from which a text counts as a sentence; a Chinese character counts as two."""
_ROUNDS = 5
"""Times in a row that a sentence must come, turn after turn, to be no talk."""
_LONGEST_ROUND = 3
"""Turns that may come again together, one after the other."""


def said_once(
    heard: Sequence[HeardSegment],
) -> tuple[list[HeardSegment], list[Dropped]]:
    """What was heard, and what a line only says again and again. Both keep their order.

    Piece after piece may be the same sentence: only the whole call shows that. What was heard is
    kept as it was, so a run that goes on where it was broken off comes to the same end.
    """
    again: set[int] = set()
    for channel in {one.channel for one in heard}:
        places = [at for at, one in enumerate(heard) if one.channel == channel]
        again.update(places[at] for at in over_and_over([heard[place].text for place in places]))
    repeated = [
        Dropped(start=one.start, end=one.end, text=one.text, reason="goes in circles")
        for at, one in enumerate(heard)
        if at in again
    ]
    return [one for at, one in enumerate(heard) if at not in again], repeated


def over_and_over(texts: Sequence[str]) -> set[int]:
    """Places of turns that only say again what was said, in rounds of up to three turns.

    The first round is none of them, nor are short words: people do say yes ten times in a row.
    """
    said = [bare(text) for text in texts]
    found: set[int] = set()
    for length in range(1, _LONGEST_ROUND + 1):
        for start, end in runs(said, length):
            if end - start >= length * (_ROUNDS - 1):
                found.update(at for at in range(start, end) if _counts(texts[at]))
    return found


def _counts(text: str) -> bool:
    return letters(text) >= _LONG_UNIT or is_polite(text) or is_credit(text)
