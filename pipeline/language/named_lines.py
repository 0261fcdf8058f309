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
_REFERENCE = re.compile(r"&#?\w{1,8};")
_OPENING = re.compile(r"\s*+([^:：<>]{1,2000}+)[:：]\s*+(?=\S)")
_NOBODY = re.compile(r"\s*+:\s++(?=\S)")
"""A colon without a name: nobody is known to say this, also where the line before has a name."""
_KEY = re.compile(r"[a-z_]+:")
_ONE_LETTER = re.compile(r"[A-Za-z\u4e00-\u9fff]\Z")
_MOST, _HALF = 0.8, 0.5
"""Share of lines that open with a name from which all such names are believed, and from which
names of one letter are."""
_USUAL, LONGEST = 40, 200
"""Characters of a name that people go by, and of one that we wrote: it begins with a reference."""
_NOT_FIRST = "-#{["
"""What no line of ours opens with: it would look like a list, a heading or JSON."""


class Line(NamedTuple):
    """What a line says and who says it; `told` where the line itself tells."""

    speaker: str | None
    text: str
    told: bool


class _Opening(NamedTuple):
    name: str
    end: int


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


def with_colons(lines: Sequence[str], names: frozenset[str]) -> frozenset[str]:
    """The names, and those that hold a colon: "Tom: Sales" where all that Tom says opens so."""
    seconds: dict[str, set[str | None]] = {}
    times: Counter[str] = Counter()
    for line in lines:
        first = _opening(line)
        if first and first.name in names:
            second = _opening(line[first.end :])
            seconds.setdefault(first.name, set()).add(_both(line, first, second))
            times[first.name] += 1
    found = {
        next(iter(both)) for name, both in seconds.items() if len(both) == 1 and times[name] >= 2
    }
    return names | {name for name in found if name}


def without_colons(lines: Sequence[str]) -> list[str]:
    """The lines as they are; no name in them is longer than up to its first colon."""
    names = believed(lines)
    doubled = with_colons(lines, names) - names
    return [_apart(line) if read_line(line, doubled).speaker else line for line in lines]


def read_line(line: str, names: frozenset[str]) -> Line:
    """Who speaks in a line and what; the text is not unescaped."""
    nobody = _NOBODY.match(line)
    if nobody:
        return Line(None, line[nobody.end() :], told=True)
    prefix = _opening(line)
    if not prefix:
        return Line(None, line, told=False)
    second = _opening(line[prefix.end :])
    both = _both(line, prefix, second)
    if second and both in names:
        return Line(unescaped(both or ""), line[prefix.end + second.end :], told=True)
    if prefix.name in names:
        return Line(unescaped(prefix.name), line[prefix.end :], told=True)
    return Line(None, line, told=False)


def mentions_name(line: str) -> bool:
    """Whether a line opens as if with a name, or says that it has none."""
    return bool(_NOBODY.match(line) or _opening(line))


def write_line(speaker: str | None, text: str, *, names: bool) -> str:
    """A turn as one line; where other lines have `names`, one without says that it has none."""
    name = visible(speaker or "").strip()
    if name:
        return f"{_name(name)}: {text}"
    return f": {text}" if names else text


def speak_for_themselves(lines: Sequence[str]) -> bool:
    """Whether every line opens with a name, and they are no settings file: turns without times."""
    return bool(lines) and all(map(_opens_named, lines)) and not all(map(_KEY.match, lines))


def _opening(line: str) -> _Opening | None:
    found = _OPENING.match(line)
    if not found:
        return None
    name = found[1].rstrip()
    length = len(_REFERENCE.sub("&", name)) if "&" in name else len(name)
    most = LONGEST if name.startswith("&#") else _USUAL
    return _Opening(name, found.end()) if length <= most else None


def _opens_named(line: str) -> bool:
    """Whether a line opens with a name as people have one, or says that nobody has said it."""
    plain = not line[0].isspace() and line[0] not in _NOT_FIRST
    return plain and mentions_name(line)


def _both(line: str, first: _Opening, second: _Opening | None) -> str | None:
    """Two openings as one name; a time of day is none."""
    if second is None or second.name[:1].isdigit():
        return None
    end = first.end + line[first.end :].index(second.name) + len(second.name)
    return line[:end].lstrip()


def _apart(line: str) -> str:
    """A line that opens with two names, with references for all colons but the first."""
    place = min(place for place in (line.find(":"), line.find("：")) if place >= 0) + 1
    return line[:place] + line[place:].replace(":", "&#58;").replace("：", "&#65306;")


def _names(lines: Iterable[str]) -> list[str]:
    found = [opening.name for line in lines if (opening := _opening(line))]
    return [name for name in found if not name[:1].isdigit()]


def _name(speaker: str) -> str:
    """A name in which no mark ends it early, and which cannot be taken for something else."""
    first = speaker[0]
    if first.isdigit() or first in _NOT_FIRST or len(speaker) > _USUAL:
        return f"&#{ord(first)};{_safe(speaker[1:LONGEST])}"
    return _safe(speaker)


def _safe(name: str) -> str:
    safe = escaped(name)
    for char in ":：<>\t":
        safe = safe.replace(char, f"&#{ord(char)};")
    return safe
