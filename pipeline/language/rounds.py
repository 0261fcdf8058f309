"""Turns that are said again and again, over a whole call: hold music makes a recogniser do that."""

from collections.abc import Collection, Sequence

from pipeline.language.unsaid import bare, is_credit, is_polite, letters, runs
from pipeline.models.speech import HeardSegment
from pipeline.models.transcript import Dropped

_LONG_UNIT = 14
"""Letters from which a text counts as a sentence; a Chinese character counts as two."""
_ROUNDS = 5
"""Times in a row that a sentence must come, turn after turn, to be no talk."""
_LONGEST_ROUND = 3
"""Turns that may come again together, one after the other."""
_SOON = 5.0
"""Seconds after the other line within which a turn is an answer to it."""


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
        texts = [heard[place].text for place in places]
        again.update(places[at] for at in over_and_over(texts, _answers(heard, places)))
    repeated = [
        Dropped(start=one.start, end=one.end, text=one.text, reason="goes in circles")
        for at, one in enumerate(heard)
        if at in again
    ]
    return [one for at, one in enumerate(heard) if at not in again], repeated


def over_and_over(texts: Sequence[str], answers: Collection[int] = ()) -> set[int]:
    """Places of turns that only say again what was said, in rounds of up to three turns.

    The first round is none of them, nor are short words: people do say yes ten times in a row. Nor
    is what answers somebody most of the times: six questions may well have one answer.

    Args:
        texts: What one line says, turn after turn.
        answers: Places of turns that follow the words of another line.
    """
    said = [bare(text) for text in texts]
    found: set[int] = set()
    for length in range(1, _LONGEST_ROUND + 1):
        for start, end in runs(said, length):
            rounds = (end - start) / length
            if rounds < _ROUNDS - 1:
                continue
            talk = sum(at in answers for at in range(start, end)) > rounds / 2
            found.update(at for at in range(start, end) if _counts(texts[at], talk=talk))
    return found


def _answers(heard: Sequence[HeardSegment], places: Sequence[int]) -> set[int]:
    """Numbers of the turns of a line before which another one has just spoken."""
    found: set[int] = set()
    for at, place in enumerate(places):
        before = heard[place - 1] if place else heard[place]
        asked = before.channel != heard[place].channel
        if asked and heard[place].start - before.end <= _SOON:
            found.add(at)
    return found


def _counts(text: str, *, talk: bool) -> bool:
    if is_credit(text):
        return True
    return not talk and (letters(text) >= _LONG_UNIT or is_polite(text))
