"""A call cut into pieces that fit into one question; whole where it fits.

Turns beside a piece are shown along as context: measured on made-up calls, a tenth on each side
leaves one related pair in a thousand apart. An item belongs to the piece whose own turns hold its
first citation, so the overlap makes no item twice.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from pipeline.models.transcript import Segment

BESIDE = 0.10
"""Share of a piece that is shown before and after it."""
BESIDE_LEAST = 8
SHORT = 40
"""Tokens of a turn of usual length."""
SMALLEST = 6
"""Turns below which a piece is not halved again."""
SLACK = 1.15
"""How much longer than its share a piece may be before it is halved."""


class Piece(NamedTuple):
    """Turns of one question, by their places in the call."""

    first: int
    after: int
    """Place after its last turn."""

    def __len__(self) -> int:
        return self.after - self.first

    def shown(
        self, segments: Sequence[Segment], *, whole: bool, tokens: Callable[[Segment], int]
    ) -> Sequence[Segment]:
        """Its turns with those beside it; of long turns fewer, a tenth of its own on each side."""
        if whole:
            return segments[self.first : self.after]
        most = max(BESIDE_LEAST, round(len(self) * BESIDE))
        room = BESIDE * sum(tokens(one) for one in segments[self.first : self.after])
        room = max(room, BESIDE_LEAST * SHORT)
        before = _few(reversed(segments[max(0, self.first - most) : self.first]), room, tokens)
        after = _few(segments[self.after : self.after + most], room, tokens)
        return segments[self.first - before : self.after + after]

    def own(self, segments: Sequence[Segment]) -> frozenset[str]:
        """Ids of its own turns."""
        return frozenset(one.id for one in segments[self.first : self.after])

    def halves(self) -> tuple["Piece", "Piece"] | None:
        """Two pieces of half the turns; None where that would leave next to nothing."""
        if len(self) < 2 * SMALLEST:
            return None
        middle = self.first + len(self) // 2
        return Piece(self.first, middle), Piece(middle, self.after)


def _few(segments: Iterable[Segment], room: float, tokens: Callable[[Segment], int]) -> int:
    """How many of the turns fit, from the nearest on."""
    count = 0
    for one in segments:
        room -= tokens(one)
        if room < 0:
            break
        count += 1
    return count


def pieces(
    segments: Sequence[Segment], *, room: int, tokens: Callable[[Segment], int]
) -> tuple[Piece, ...]:
    """The call in about as few pieces as fit, of the same number of turns.

    Cut by counting turns and not by filling up: a turn that gets a longer or a shorter text moves
    no cut, so only the pieces that show it are asked about again.

    Args:
        segments: All turns.
        room: Tokens that the turns of one question may have, those beside them included.
        tokens: What one turn takes.
    """
    sizes = [tokens(one) for one in segments]
    if not sizes or sum(sizes) <= room:
        return (Piece(0, len(sizes)),) if sizes else ()
    own = max(1, int(room / (1 + 2 * BESIDE)))
    each = max(1, len(sizes) // -(-sum(sizes) // own))
    cuts = [*range(0, len(sizes), each), len(sizes)]
    parts = [Piece(first, after) for first, after in pairwise(cuts)]
    if len(parts) > 1 and len(parts[-1]) < min(SMALLEST, each):
        parts[-2:] = [Piece(parts[-2].first, len(sizes))]
    return tuple(one for part in parts for one in _fitting(part, sizes, own * SLACK))


def _fitting(piece: Piece, sizes: Sequence[int], room: float) -> Iterator[Piece]:
    """The piece, or its halves where its turns are longer than most."""
    halves = piece.halves() if sum(sizes[piece.first : piece.after]) > room else None
    if halves is None:
        yield piece
        return
    for half in halves:
        yield from _fitting(half, sizes, room)
