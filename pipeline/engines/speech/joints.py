"""Text that reaches over a silence that was taken out -> one stretch on each side of it.

Packed pieces let the model take in one line of a call without the other side's turns. Left whole,
such a sentence would seem to last through them.
"""

from bisect import bisect
from collections.abc import Iterator, Sequence

from pipeline.engines.speech.pieces import Piece
from pipeline.engines.speech.sound import RATE
from pipeline.engines.speech.spans import MARGIN
from pipeline.engines.speech.tokens import Stretch, Timed

SLACK = MARGIN / RATE
"""Seconds of silence left on each side of a joint: words do not begin or end there."""


def crossed(piece: Piece, stretch: Stretch) -> list[float]:
    """The joints that a stretch has words on both sides of."""
    return [at for at in piece.joints if stretch.start + SLACK < at < stretch.end - SLACK]


def parted(
    piece: Piece, stretches: Sequence[Stretch], words: Sequence[Timed]
) -> tuple[Stretch, ...]:
    """The stretches of a piece, each with its words; those that cross joints are cut there.

    One whose words are not all of its text is left whole: what is between them would be lost.
    """
    found: list[Stretch] = []
    left = list(words)
    wanted = 0
    for stretch in stretches:
        own: list[Timed] = []
        wanted = min(wanted, 0) + len(stretch.tokens)
        while left and wanted > 0:
            own.append(left.pop(0))
            wanted -= own[-1].tokens
        joints = crossed(piece, stretch)
        whole = [stretch._replace(words=tuple(own))]
        found += list(_cut(stretch, own, joints)) if joints and _is_all(own, stretch) else whole
    return tuple(found)


def _is_all(words: Sequence[Timed], stretch: Stretch) -> bool:
    return "".join(one.text for one in words).replace("\ufffd", "").strip() == stretch.text


def _cut(stretch: Stretch, words: Sequence[Timed], joints: Sequence[float]) -> Iterator[Stretch]:
    sides: list[list[Timed]] = [[] for _ in range(len(joints) + 1)]
    reached = 0
    for word in words:
        reached = max(reached, bisect(joints, (word.start + word.end) / 2))
        sides[reached].append(word)
    bounds = [stretch.start, *joints, stretch.end]
    last = max(at for at, side in enumerate(sides) if side)
    for at, side in enumerate(sides):
        text = "".join(word.text for word in side).replace("\ufffd", "").strip()
        if not text:
            continue
        # The first and the last side keep the times the model gave; inner ones those of words.
        start = max(side[0].start, bounds[at]) if at else stretch.start
        end = min(side[-1].end, bounds[at + 1]) if at < last else bounds[at + 1]
        yield Stretch(min(start, end), max(start, end), text, stretch.tokens, tuple(side))
