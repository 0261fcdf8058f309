"""Which layout a file keeps to, and which of the lines that look like openings are believed.

People say times and colons too. A line opens a turn where its name comes back, or where its time
stands in the order of the others; where nearly all stand behind an empty line, all must.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from pipeline.language.named_lines import read_line
from pipeline.readers.clock import seconds
from pipeline.readers.labels import GENERIC, LONGEST_NAME, is_name, is_party, speakers
from pipeline.readers.layouts import Layout
from pipeline.readers.openings import Opening
from pipeline.readers.order import in_order
from pipeline.readers.sections import opens_transcript
from pipeline.readers.shape import FAIR, NONE, SAMPLE, STRONG

_IN_ORDER = 0.3
"""Share of the openings of one name that must be in the order of time."""
_NEARLY_ALL = 0.8
_HALF = 0.5
"""Share of words behind a time that begin with a name and a colon, from which all names count; and
of openings that words follow."""
_FEW = 6
"""Openings of a file so short that nobody need speak twice."""
_EARLY = 60.0
"""Seconds: bare times that begin later may be those of an agenda."""
_BEGUN, _ELAPSED = 300.0, 0.07
"""Seconds in which a call has begun, and what is added where its first words stand below a name
and a time before that: chats tell the time of day, and few are written at night."""
_LATE = 600.0
"""Seconds: what begins later may be told by the time of day, as chats are; and a time so long after
the one before, with a name that stands once, no empty line above and no later time, was said."""
_DENSE, _THIN = 0.3, 0.05
"""Openings for each paragraph from which a file surely is of a layout, and may be."""
_FEWEST = 3
"""Times without names that make a transcript."""
_FULL = 0.05
"""What is added for openings in every line: of two layouts that hold, the fuller one."""
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

    def above(self, lines: Sequence[str]) -> list[str]:
        """The lines above the first turn that hold something."""
        return [line.strip() for line in lines[: self.first] if line.strip()]


class _Found(NamedTuple):
    line: int
    opening: Opening
    start: float
    after_gap: bool
    speaks: bool
    """Whether words follow before the next that looks like an opening."""


def fitted(lines: Sequence[str], layouts: Sequence[Layout]) -> Fit:
    """The layout that most openings are believed of; of several the one named first.

    Which it is, is told from the beginning of the file.
    """
    best = _best(lines[:SAMPLE], layouts)
    if best is None or len(lines) <= SAMPLE:
        return best[1] if best else Fit()
    return _fit(lines, best[0])


def _best(lines: Sequence[str], layouts: Sequence[Layout]) -> tuple[Layout, Fit] | None:
    fits = [(layout, _fit(lines, layout)) for layout in layouts]
    best = max(fits, key=lambda one: (one[1].sure > NONE, len(one[1].openings)), default=None)
    return best if best and best[1].openings else None


def _fit(lines: Sequence[str], layout: Layout) -> Fit:
    found = _believed(_parted(_found(lines, layout)), layout)
    sure = _sure(lines, found, layout)
    sure += _FULL * len(found) / len(lines) if sure else NONE
    return Fit({one.line: one.opening for one in found}, layout.lines, sure)


def _found(lines: Sequence[str], layout: Layout) -> list[_Found]:
    """Every place that looks like an opening."""
    found: dict[int, Opening] = {}
    longest = _LONGEST_OPENING if layout.below else None
    for number, line in enumerate(lines):
        if not line or line.isspace() or (longest and len(line) > longest):
            continue
        text = line if layout.lines == 1 else "\n".join(lines[number : number + layout.lines])
        if ":" not in text and "：" not in text:
            continue
        match = layout.pattern.match(text.strip())
        opening = _opening(match.groupdict()) if match else None
        if opening is not None:
            found[number] = opening
    return [
        _Found(
            number,
            opening,
            opening.start or 0.0,
            _after_gap(lines, number),
            bool(opening.text) or _speaks(lines, number + layout.lines, found),
        )
        for number, opening in found.items()
    ]


def _speaks(lines: Sequence[str], below: int, found: Mapping[int, Opening]) -> bool:
    while below < len(lines) and not lines[below].strip():
        below += 1
    return below < len(lines) and below not in found


def _after_gap(lines: Sequence[str], number: int) -> bool:
    above = lines[number - 1].strip() if number else ""
    return not above or opens_transcript(above) is not None


def _opening(parts: dict[str, str | None]) -> Opening | None:
    name = (parts.get("name") or "").strip()
    if "name" in parts and not (is_name(name) or is_party(name)):
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
    names = speakers([one.opening.text for one in found], most=_HALF)
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
        if name and (count > 1 or GENERIC.match(name)) and kept[name] >= _IN_ORDER * count
    }
    once = _once(found, back, layout, whole=len(ordered) >= _NEARLY_ALL * len(found))
    chosen: list[_Found] = []
    last = max(ordered, default=0)
    for place, one in enumerate(found):
        near = not chosen or one.start - chosen[-1].start <= _LATE
        held = near or one.after_gap or place < last
        apart = place in ordered and held and one.speaks
        alone = apart and _alone(one.opening.speaker, layout, once=once)
        if one.opening.speaker in back or alone:
            chosen.append(one)
    sure = [one for one in chosen if one.opening.speaker in back] or chosen
    if layout.below and sum(one.after_gap for one in sure) >= _NEARLY_ALL * len(sure):
        return [one for one in chosen if one.after_gap or one is chosen[0]]
    return chosen


def _alone(name: str | None, layout: Layout, *, once: bool) -> bool:
    """Whether an opening is believed whose name does not come back, or that has none."""
    return once and not name[0].islower() if name else not layout.named


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
        late = layout.bare and first.start > _EARLY
        return NONE if len(found) < _FEWEST or late or not dense else FAIR
    if share < _THIN or sum(one.speaks for one in found) < _HALF * len(found):
        return NONE
    elapsed = _ELAPSED if layout.below and first.start <= _BEGUN else 0.0
    return STRONG + elapsed if dense and comes_back else FAIR


def _paragraphs(lines: Sequence[str]) -> int:
    """Paragraphs between empty lines; lines, where nothing parts them."""
    filled = [bool(line.strip()) for line in lines]
    paragraphs = sum(
        now and not before for before, now in zip([False, *filled], filled, strict=False)
    )
    return paragraphs if paragraphs > 1 else max(1, sum(filled))
