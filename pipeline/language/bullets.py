"""Lines of what people write: the marks of lists before them, the sentences in them."""

import re

from pipeline.language.script import sentences

BULLET = re.compile(
    r"\s*(?:[-*+•·▪◦●○■□◆◇▶►➤–—]+\s+|[•·▪●○■□◆◇①-⑳➤]\s*|\d{1,2}(?:\.\d{1,2})*[.)、．）]\s*(?!\d)"
    r"|\d{1,2}(?:\.\d{1,2})+\s+|[（(]\d{1,2}[)）]\s*|[一二三四五六七八九十]{1,3}[、.．]\s*"
    r"|[（(][一二三四五六七八九十]{1,3}[)）]\s*|[A-Za-z][.)]\s+)+"
)
_BOX = re.compile(r"\[[ xX✓√]?\]\s+")


def lines_of(text: str) -> list[str]:
    """The lines of a message that say something."""
    return [line.strip() for line in text.split("\n") if line.strip()]


def sentences_of(text: str) -> list[str]:
    """The sentences of a line of notes."""
    return [piece.text for piece in sentences(text)]


def unmarked(line: str) -> str:
    """The line without the mark of its list; "1.5 times" and "-5 degrees" have none."""
    return _BOX.sub("", BULLET.sub("", line, count=1), count=1) if BULLET.match(line) else line
