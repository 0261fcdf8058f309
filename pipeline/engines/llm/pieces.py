"""A call cut into pieces that fit into one question; whole where it fits.

Turns beside a piece are shown along as context: measured on made-up calls, a tenth on each side
leaves one related pair in a thousand apart. An item belongs to the piece whose own turns hold its
first citation, so the overlap makes no item twice.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from pipeline.models.transcript import Segment

BESIDE = 0.10
"""Share of a piece that is shown before and after it."""
BESIDE_LEAST = 8
SMALLEST = 6
"""Turns below which a piece is not halved again."""


class Piece(NamedTuple):
    """Turns of one question, by their places in the call."""

    first: int
    after: int
    """Place after its last turn."""

    def __len__(self) -> int:
        return self.after - self.first

    def shown(self, segments: Sequence[Segment], *, whole: bool) -> Sequence[Segment]:
        """Its turns with those beside it."""
        if whole:
            return segments[self.first : self.after]
        beside = max(BESIDE_LEAST, round(len(self) * BESIDE))
        return segments[max(0, self.first - beside) : self.after + beside]

    def own(self, segments: Sequence[Segment]) -> frozenset[str]:
        """Ids of its own turns."""
        return frozenset(one.id for one in segments[self.first : self.after])

    def halves(self) -> tuple["Piece", "Piece"] | None:
        """Two pieces of half the turns; None where that would leave next to nothing."""
        if len(self) < 2 * SMALLEST:
            return None
        middle = self.first + len(self) // 2
        return Piece(self.first, middle), Piece(middle, self.after)


def pieces(
    segments: Sequence[Segment], *, room: int, tokens: Callable[[Segment], int]
) -> tuple[Piece, ...]:
    """The call in as few pieces as fit, of about the same size.

    Args:
        segments: All turns.
        room: Tokens that the turns of one question may have, those beside them included.
        tokens: What one turn takes.
    """
    sizes = [tokens(one) for one in segments]
    if not sizes or sum(sizes) <= room:
        return (Piece(0, len(sizes)),) if sizes else ()
    own = room / (1 + 2 * BESIDE)
    target = sum(sizes) / -(-sum(sizes) // max(1, int(own)))
    made: list[Piece] = []
    first, filled = 0, 0
    for place, size in enumerate(sizes):
        if place > first and filled + size > target:
            made.append(Piece(first, place))
            first, filled = place, 0
        filled += size
    return (*made, Piece(first, len(sizes)))
