"""Lines that open a turn, and the lines that go on with it: what most text layouts are made of."""

from collections.abc import Callable
from typing import NamedTuple

from pipeline.language.named_lines import unescaped
from pipeline.models.reading import Reading
from pipeline.models.transcript import Dropped, Segment
from pipeline.readers.shape import Content
from pipeline.readers.values import LONGEST, words_of

OUTSIDE = "outside any turn"
"""Reason of a line before the first turn, or after the last."""
SILENT = "no words"
"""Reason of a turn that says who speaks and nothing else."""


class Opening(NamedTuple):
    """What a line says that opens a turn."""

    speaker: str | None
    text: str = ""
    """Words on the same line."""
    start: float | None = None
    """Seconds."""
    end: float | None = None


class Block(NamedTuple):
    """A turn with the numbers of its lines, before it is a segment."""

    line: int
    opening: Opening
    more: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """All its lines; empty lines at the ends are gone."""
        return "\n".join((self.opening.text, *self.more)).strip()


def blocks(
    content: Content, opens: Callable[[str], Opening | None]
) -> tuple[list[Block], list[Dropped]]:
    """Turns in their order, and the lines before the first.

    Args:
        content: The file.
        opens: What a line says that opens a turn; None for every other line. A line that opens
            none goes on with the turn above it.
    """
    found: list[tuple[int, Opening, list[str]]] = []
    strays: list[Dropped] = []
    for number, line in enumerate(content.lines, 1):
        opening = opens(line)
        if opening is not None:
            found.append((number, opening, []))
        elif found:
            found[-1][2].append(line.strip())
        elif line.strip():
            strays.append(Dropped(line=number, text=line.strip(), reason=OUTSIDE))
    return [Block(number, opening, tuple(more)) for number, opening, more in found], strays


def reading(shape: str, made: list[Block], strays: list[Dropped]) -> Reading:
    """Each block a segment; one without words is told as dropped."""
    segments: list[Segment] = []
    dropped = list(strays)
    for block in made:
        text = words_of(unescaped(block.text))
        speaker = words_of(unescaped(block.opening.speaker or "")) or None
        if not text:
            dropped.append(Dropped(line=block.line, text=speaker or "", reason=SILENT))
            continue
        start = _time(block.opening.start)
        end = _time(block.opening.end)
        segments.append(
            Segment(
                id=f"s{len(segments) + 1:04d}",
                index=len(segments),
                start=start,
                end=None if end is None else max(start or 0.0, end),
                speaker=speaker,
                text=text,
            )
        )
    return Reading(shape=shape, segments=tuple(segments), dropped=tuple(dropped))


def _time(seconds: float | None) -> float | None:
    return seconds if seconds is not None and 0 <= seconds <= LONGEST else None
