"""A turn in one line of text, "Name: what was said": how it is written and how it is read.

Subtitles escape nothing, so readers and writers must agree on what a line means.
"""

import html
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pipeline.language.normalise import visible

_ENTITY = re.compile(r"&(?:[A-Za-z][A-Za-z0-9]*|#\d{1,7}|#[xX][0-9A-Fa-f]{1,6});")
_PREFIX = re.compile(r"^\s*((?:&#?\w{1,8};|[^:：<>&]|&(?!#?\w{1,8};)){1,40}?)\s*[:：]\s*(?=\S)")
_NOBODY = re.compile(r"^\s*:\s+(?=\S)")
"""A colon without a name: nobody is known to say this, also where the line before has a name."""
_ONE_LETTER = re.compile(r"[A-Za-z\u4e00-\u9fff]\Z")
_MOST, _HALF = 0.8, 0.5
"""Share of lines that open with a name from which all such names are believed, and from which
names of one letter are."""


class Line(NamedTuple):
    """What a line says and who says it; `told` where the line itself tells."""

    speaker: str | None
    text: str
    told: bool


def unescaped(text: str) -> str:
    """The text with whole character references read; a lone & stays."""
    return _ENTITY.sub(lambda found: html.unescape(found[0]), text)


def escaped(text: str) -> str:
    """The text so that `unescaped` gives it back: only what looks like a reference changes."""
    return _ENTITY.sub(lambda found: f"&amp;{found[0][1:]}", text).replace("\n", "&#10;")


def believed(lines: Sequence[str], others: Iterable[str] = ()) -> frozenset[str]:
    """Which "Name:" openings are speakers: those that come back, or nearly all lines have one.

    `others` are lines beside the spoken ones: a name that stands there too comes back.
    """
    openings = _names(lines)
    everywhere = [*openings, *_names(others)]
    back = {name for name, times in Counter(everywhere).items() if times >= 2}
    nobody = sum(bool(_NOBODY.match(line)) for line in lines)
    share = (len(openings) + nobody) / len(lines) if lines else 0.0
    if share >= _MOST:
        return frozenset(openings) | back
    if share > _HALF:
        back |= {name for name in openings if _ONE_LETTER.match(name)}
    return frozenset(back)


def read_line(line: str, names: frozenset[str]) -> Line:
    """Who speaks in a line and what; the text is not unescaped."""
    nobody = _NOBODY.match(line)
    if nobody:
        return Line(None, line[nobody.end() :], told=True)
    prefix = _PREFIX.match(line)
    if prefix and prefix[1] in names:
        return Line(unescaped(prefix[1]), line[prefix.end() :], told=True)
    return Line(None, line, told=False)


def mentions_name(line: str) -> bool:
    """Whether a line opens as if with a name."""
    return bool(_PREFIX.match(line) or _NOBODY.match(line))


def write_line(speaker: str | None, text: str, *, names: bool) -> str:
    """A turn as one line; where other lines have `names`, one without says that it has none."""
    if speaker:
        return f"{_name(speaker)}: {text}"
    return f": {text}" if names else text


def _names(lines: Iterable[str]) -> list[str]:
    found = [match[1] for line in lines if (match := _PREFIX.match(line))]
    return [name for name in found if not name[:1].isdigit()]


def _name(speaker: str) -> str:
    """A name in which no mark ends it early and no digit makes it look like a time of day."""
    safe = escaped(visible(speaker))
    for char in ":：<>":
        safe = safe.replace(char, f"&#{ord(char)};")
    return f"&#{ord(safe[0])};{safe[1:]}" if safe[0].isdigit() else safe
