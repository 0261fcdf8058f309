"""The marks that a line of a list begins with: - 1. （2） ① 三、 [x]."""

import re

BULLET = re.compile(
    r"\s*(?:[-*+•·▪◦●○■□◆◇▶►➤–—]+\s+|[•·▪●○■□◆◇①-⑳➤]\s*|\d{1,2}(?:\.\d{1,2})*[.)、．）]\s*(?!\d)"
    r"|\d{1,2}(?:\.\d{1,2})+\s+|[（(]\d{1,2}[)）]\s*|[一二三四五六七八九十]{1,3}[、.．]\s*"
    r"|[（(][一二三四五六七八九十]{1,3}[)）]\s*|[A-Za-z][.)]\s+)+"
)
_BOX = re.compile(r"\[[ xX✓√]?\]\s+")


def unmarked(line: str) -> str:
    """The line without the mark of its list; "1.5 times" and "-5 degrees" have none."""
    return _BOX.sub("", BULLET.sub("", line, count=1), count=1) if BULLET.match(line) else line
