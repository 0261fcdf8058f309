"""Which layout a file keeps to, and which of the lines that look like openings are believed.

People say times and colons too. A line opens a turn where its name comes back, or where its time
stands in the order of the others; where nearly all stand behind an empty line, all must.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from pipeline.language.named_lines import believed, read_line
from pipeline.readers.clock import seconds
from pipeline.readers.labels import GENERIC, LONGEST_NAME, is_name
from pipeline.readers.layouts import Layout
from pipeline.readers.openings import Opening
from pipeline.readers.order import in_order
from pipeline.readers.sections import opens_transcript
from pipeline.readers.shape import FAIR, NONE, STRONG

SAMPLE = 4_000
"""Lines that tell how likely a layout is."""
_IN_ORDER = 0.3
"""Share of the openings of one name that must be in the order of time."""
_NEARLY_ALL = 0.8
_FEW = 6
"""Openings of a file so short that nobody need speak twice."""
_LATE = 600.0
"""Seconds: what begins later may be told by the time of day, as chats are."""
_DENSE, _THIN = 0.3, 0.05
"""Openings for each paragraph from which a file surely is of a layout, and may be."""
_NEAR = 12
"""Lines above the only turn of a file."""
_LONGEST_OPENING = 2 * LONGEST_NAME + 40


class Fit(NamedTuple):
    """What the lines of a file open, read as one layout."""

    openings: Mapping[int, Opening] = {}
    """By the number of the line, from 0."""
    height: int = 1
    """Lines of an opening."""
    sure: float = NONE
    """How likely the file is of this layout."""

    @property
    def first(self) -> int | None:
        """The line of the first turn."""
        return min(self.openings, default=None)


class _Found(NamedTuple):
    line: int
    opening: Opening
    start: float
    after_gap: bool


def fitted(lines: Sequence[str], layouts: Sequence[Layout]) -> Fit:
    """The layout that most openings are believed of; of several the one named first."""
    best = Fit()
    for layout in layouts:
        found = _believed(_parted(_found(lines, layout)), layout)
        sure = _sure(lines, found, layout)
        if (sure > NONE, len(found)) > (best.sure > NONE, len(best.openings)):
            best = Fit({one.line: one.opening for one in found}, layout.lines, sure)
    return best


def _found(lines: Sequence[str], layout: Layout) -> list[_Found]:
    """Every place that looks like an opening."""
    found: list[_Found] = []
    for number, line in enumerate(lines):
        if layout.below and len(line) > _LONGEST_OPENING:
            continue
        text = "\n".join(lines[number : number + layout.lines])
        if ":" not in text and "：" not in text:
            continue
        match = layout.pattern.match(text)
        opening = _opening(match.groupdict()) if match else None
        if opening is not None:
            found.append(_Found(number, opening, opening.start or 0.0, _after_gap(lines, number)))
    return found


def _after_gap(lines: Sequence[str], number: int) -> bool:
    above = lines[number - 1].strip() if number else ""
    return not above or opens_transcript(above) is not None


def _opening(parts: dict[str, str | None]) -> Opening | None:
    name = (parts.get("name") or "").strip()
    if "name" in parts and not is_name(name):
        return None
    start = parts.get("start") or parts.get("start2")
    end = parts.get("end") or parts.get("end2")
    text = parts.get("text") or parts.get("rest") or ""
    return Opening(
        name or None,
        text.strip(),
        seconds(start) if start else None,
        seconds(end) if end else None,
    )


def _parted(found: list[_Found]) -> list[_Found]:
    """Names before a colon are parted from the words, where they are believed."""
    if any(one.opening.speaker for one in found):
        return found
    names = frozenset(filter(is_name, believed([one.opening.text for one in found])))
    parted = []
    for one in found:
        said = read_line(one.opening.text, names)
        opening = one.opening._replace(speaker=said.speaker, text=said.text)
        parted.append(one._replace(opening=opening))
    return parted


def _believed(found: list[_Found], layout: Layout) -> list[_Found]:
    ordered = in_order([one.start for one in found])
    times = Counter(one.opening.speaker for one in found)
    kept = Counter(one.opening.speaker for place, one in enumerate(found) if place in ordered)
    back = {
        name
        for name, count in times.items()
        if name and count > 1 and kept[name] >= _IN_ORDER * count
    }
    once = _once(found, back, layout, whole=len(ordered) >= _NEARLY_ALL * len(found))
    chosen = [
        one
        for place, one in enumerate(found)
        if one.opening.speaker in back
        or (place in ordered and (once if one.opening.speaker else not layout.named))
    ]
    gaps = sum(one.after_gap for one in chosen)
    if layout.below and gaps >= _NEARLY_ALL * len(chosen):
        return [one for one in chosen if one.after_gap or one is chosen[0]]
    return chosen


def _once(found: list[_Found], back: set[str], layout: Layout, *, whole: bool) -> bool:
    """Whether names that stand once are believed: beside those that come back, or in a short file."""
    returning = sum(one.opening.speaker in back for one in found)
    if returning >= len(found) - returning:
        return True
    few = len(found) <= _FEW or all(one.after_gap for one in found)
    return not layout.bare and whole and few


def _sure(lines: Sequence[str], found: list[_Found], layout: Layout) -> float:
    if not found:
        return NONE
    names = Counter(one.opening.speaker for one in found)
    first = found[0]
    if len(found) == 1:
        generic = GENERIC.match(first.opening.speaker or "")
        return FAIR if generic and first.line <= _NEAR else NONE
    share = len(found) / _paragraphs(lines[first.line :])
    comes_back = any(name and count > 1 for name, count in names.items())
    dense = share >= _DENSE and first.start < _LATE
    if set(names) == {None}:
        return NONE if len(found) < 3 or not dense else FAIR if layout.bare else STRONG
    if share < _THIN:
        return NONE
    return STRONG if dense and comes_back else FAIR


def _paragraphs(lines: Sequence[str]) -> int:
    """Paragraphs between empty lines; lines, where nothing parts them."""
    filled = [bool(line.strip()) for line in lines]
    paragraphs = sum(
        now and not before for before, now in zip([False, *filled], filled, strict=False)
    )
    return paragraphs if paragraphs > 1 else max(1, sum(filled))
