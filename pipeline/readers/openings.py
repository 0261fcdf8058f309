"""Lines that open a turn, and the lines that go on with it: what most text layouts are made of."""

import re
from collections.abc import Callable, Mapping, Sequence
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
_RULE = re.compile(r"([-=_*─—~])(?:\s*\1){2,}\Z")
_WIDE = re.compile(r"[\u2e80-\u9fff\uff00-\uffef]")


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

    @property
    def speech(self) -> str:
        """All its lines as one: where a program breaks lines and paragraphs, nobody spoke so."""
        return flowing((self.opening.text, *self.more))


def flowing(lines: Sequence[str]) -> str:
    """Lines as one text: no space beside a Chinese character, one between words; no drawn rules."""
    text = ""
    for line in filter(None, map(str.strip, lines)):
        if _RULE.match(line):
            continue
        touching = not text or _WIDE.match(text[-1]) or _WIDE.match(line[0])
        text += line if touching else f" {line}"
    return text


def blocks(
    content: Content, opens: Callable[[str], Opening | None]
) -> tuple[list[Block], list[Dropped]]:
    """Turns in their order, and the lines before the first.

    Args:
        content: The file.
        opens: What a line says that opens a turn; None for every other line. A line that opens
            none goes on with the turn above it.
    """
    lines = content.lines
    openings = {
        place: opening for place, line in enumerate(lines) if (opening := opens(line)) is not None
    }
    above = lines[: min(openings, default=len(lines))]
    strays = [
        Dropped(line=number, text=line.strip(), reason=OUTSIDE)
        for number, line in enumerate(above, 1)
        if line.strip()
    ]
    return cut(lines, openings), strays


def cut(lines: Sequence[str], openings: Mapping[int, Opening], *, height: int = 1) -> list[Block]:
    """Turns in their order; a line that opens none goes on with the turn above it.

    Args:
        lines: All lines of the file.
        openings: What lines open, by their number from 0.
        height: How many lines an opening takes.
    """
    starts = sorted(openings)
    ends = [*starts[1:], len(lines)]
    return [
        Block(start + 1, openings[start], tuple(map(str.strip, lines[start + height : end])))
        for start, end in zip(starts, ends, strict=False)
    ]


def reading(
    shape: str, made: list[Block], strays: list[Dropped], *, as_speech: bool = False
) -> Reading:
    """Each block a segment; one without words is told as dropped.

    Args:
        shape: Its name.
        made: The turns.
        strays: What is dropped besides.
        as_speech: The lines of a turn become one; else they stay lines, as people wrote them.
    """
    segments: list[Segment] = []
    dropped = list(strays)
    for block in made:
        text = words_of(unescaped(block.speech if as_speech else block.text))
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
