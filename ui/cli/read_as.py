"""What a transcript, chat or notes are read as: named beforehand, and told afterwards."""

import sys
from pathlib import Path

from pipeline.errors import InputError
from pipeline.models.meeting import Meeting
from pipeline.models.transcript import Dropped, Transcript
from pipeline.words.loader import interface_language
from ui.cli.terminal import visible
from ui.shapes import called, facts
from ui.words.loader import t

FIRST = 5
"""Lines that were not understood which are shown."""
WIDE = 100
"""Characters of such a line that are shown."""


def known_shape(name: str | None) -> str | None:
    """The layout that is meant.

    Raises:
        InputError: there is none of this name; names those there are.
    """
    from pipeline import bootstrap

    if name is None:
        return None
    known = bootstrap.reader().shapes()
    wanted = name.strip().lower()
    if wanted not in known:
        raise InputError("shape_unknown", shape=visible(name), known=", ".join(sorted(known)))
    return wanted


def tell(meeting: Meeting, transcript: Transcript | None, file: Path | None) -> None:
    """Say on stderr how the file of a meeting was read; nothing where it was heard.

    Args:
        meeting: of which file.
        transcript: what came of it.
        file: where all of that is written to.
    """
    if transcript is None or not meeting.sources:
        return
    for line in told(meeting, transcript, file):
        print(line, file=sys.stderr)


def told(meeting: Meeting, transcript: Transcript, file: Path | None) -> list[str]:
    """How a file was read, its first lines that were not understood, and the way out."""
    language, source, dropped = interface_language(), meeting.sources[0], transcript.not_understood
    people = len({one.speaker for one in transcript.segments if one.speaker})
    what = facts(len(transcript.segments), people, len(dropped), language)
    name = called(source.shape, language)
    lines = [t("read.told", file=visible(source.name), shape=visible(name), facts=what)]
    lines += [_line(one) for one in dropped[:FIRST]]
    more = len(dropped) - FIRST
    if more > 0:
        lines.append(t("read.more", count=more, path=visible(file or "transcript.json")))
    if dropped or not people:
        lines.append(t("read.wrong"))
    return lines


def _line(one: Dropped) -> str:
    text = visible(" ".join(one.text.split()))
    short = text if len(text) <= WIDE else f"{text[: WIDE - 1]}…"
    if one.line is None:
        return t("read.place", text=short)
    return t("read.line", number=one.line, text=short)
