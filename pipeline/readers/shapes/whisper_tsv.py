"""TSV of openai-whisper: start, end (milliseconds) and text, under a line that says so."""

import re

from pipeline.models.reading import Reading
from pipeline.models.transcript import Dropped
from pipeline.readers.heard import Heard, milliseconds, reading
from pipeline.readers.openings import OUTSIDE
from pipeline.readers.shape import CERTAIN, NONE, Content, Shape

_HEAD = "start\tend\ttext"
_ROW = re.compile(r"(\d{1,12})\t(\d{1,12})\t")


def _likely(content: Content) -> float:
    lines = content.text.lstrip().split("\n", 2)
    fits = content.form == "text" and lines[0].strip().lower() == _HEAD
    return CERTAIN if fits and len(lines) > 1 and _ROW.match(lines[1]) else NONE


def _read(content: Content) -> Reading:
    """A row each; a line that is none goes on with the row above it."""
    rows: list[tuple[int, str, str, list[str]]] = []
    strays: list[Dropped] = []
    for place, line in enumerate(content.lines, 1):
        found = _ROW.match(line)
        if found:
            rows.append((place, found[1], found[2], [line[found.end() :].strip()]))
        elif rows:
            rows[-1][3].append(line.strip())
        elif line.strip() and line.strip().lower() != _HEAD:
            strays.append(Dropped(line=place, text=line.strip(), reason=OUTSIDE))
    made = reading(
        SHAPE.name,
        (
            Heard(place, "\n".join(text), start=milliseconds(start), end=milliseconds(end))
            for place, start, end, text in rows
        ),
    )
    return made.with_(dropped=(*strays, *made.dropped))


SHAPE = Shape("whisper_tsv", "call", _likely, _read)
