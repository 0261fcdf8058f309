"""A joined call row by row: the words of either account beside those of the other."""

from collections.abc import Iterable, Iterator

from pipeline.language.aligning import Aligned, Side, Stretch
from pipeline.language.spoken import run_on
from pipeline.models.joining import Row
from pipeline.models.transcript import Segment


def rows(aligned: Aligned, turns: Iterable[tuple[Segment, Side, Stretch]]) -> tuple[Row, ...]:
    """One row a turn of the joined call.

    Args:
        aligned: Both accounts.
        turns: Each turn with the account that it is from, and where it stands there.
    """
    return tuple(_row(aligned, *one) for one in turns)


def _row(aligned: Aligned, turn: Segment, side: Side, stretch: Stretch) -> Row:
    own = aligned.turns[side][stretch.turn].speaker
    text, speaker = _other(aligned, side, stretch)
    if side == 0:
        return Row(start=turn.start, ours=turn.text, our_speaker=own,
                   theirs=text, their_speaker=speaker)  # fmt: skip
    return Row(start=turn.start, ours=text, our_speaker=speaker,
               theirs=turn.text, their_speaker=own)  # fmt: skip


def _other(aligned: Aligned, side: Side, stretch: Stretch) -> tuple[str | None, str | None]:
    """What the other account has for a stretch of words, and who says it there."""
    other: Side = 0 if side == 1 else 1
    words = range(stretch.first, stretch.last + 1)
    places = sorted({to for at in words if (to := aligned.place(side, at)) is not None})
    if not places:
        return None, None
    turns = aligned.words[other]
    parts = _parts(aligned, other, places)
    speakers = dict.fromkeys(aligned.turns[other][turns[at].turn].speaker for at in places)
    told = " / ".join(one for one in speakers if one)
    return run_on(parts), told or None


def _parts(aligned: Aligned, side: Side, places: list[int]) -> Iterator[str]:
    """The text from the first of some words to the last, of each turn that has any."""
    words = aligned.words[side]
    for turn in dict.fromkeys(words[at].turn for at in places):
        own = [at for at in places if words[at].turn == turn]
        start, end = aligned.spot(side, Stretch(turn, own[0], own[-1], False))
        yield aligned.turns[side][turn].text[start:end].strip()
