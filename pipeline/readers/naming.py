"""Names before a colon without any time: which of them speak, and where their turns begin."""

from collections import Counter
from collections.abc import Sequence

from pipeline.language.named_lines import believed, mentions_name, read_line
from pipeline.readers.fitting import Fit
from pipeline.readers.labels import can_speak, tells_time
from pipeline.readers.openings import Opening
from pipeline.readers.shape import FAIR, NONE, STRONG

_NEARLY_ALL, _MOST, _SOME, _THIN = 0.8, 0.6, 0.2, 0.05
"""Shares of lines or paragraphs that open with a name: all names are believed, those too that stand
once, it may be a transcript, it is none."""


def named(lines: Sequence[str], *, always: bool = False) -> Fit:
    """What the names open that come back, or that nearly all lines have.

    Args:
        lines: All lines of the file.
        always: Something else says that this is a transcript, so that names without any that comes
            back are believed.
    """
    filled = [
        (place, "" if tells_time(line) else line)
        for place, line in enumerate(lines)
        if line.strip()
    ]
    names = frozenset(filter(can_speak, believed([line for _, line in filled])))
    names |= _once(lines, filled, names)
    openings: dict[int, Opening] = {}
    for place, line in filled:
        said = read_line(line, names)
        if said.told and said.speaker:
            openings[place] = Opening(said.speaker, said.text)
    return Fit(openings, sure=_sure(lines, openings, always=always))


def _once(
    lines: Sequence[str], filled: list[tuple[int, str]], names: frozenset[str]
) -> frozenset[str]:
    """Names that stand once, in a file where most lines or paragraphs open with one that returns."""
    opening = [(place, line) for place, line in filled if mentions_name(line)]
    known = [(place, line) for place, line in opening if read_line(line, names).told]
    if not known:
        return frozenset()
    gapped = [place for place, _ in known if _after_gap(lines, place)]
    by_gap = len(gapped) >= _NEARLY_ALL * len(known) and len(known) > 1
    if not by_gap and len(known) < _MOST * len(filled):
        return frozenset()
    rest = [line for place, line in opening if not by_gap or _after_gap(lines, place)]
    return frozenset(filter(can_speak, believed(rest)))


def _after_gap(lines: Sequence[str], place: int) -> bool:
    return place == 0 or not lines[place - 1].strip()


def _sure(lines: Sequence[str], openings: dict[int, Opening], *, always: bool) -> float:
    if not openings:
        return NONE
    first = min(openings)
    rest = lines[first:]
    filled = sum(bool(line.strip()) for line in rest)
    paragraphs = sum(
        bool(line.strip()) and _after_gap(rest, place) for place, line in enumerate(rest)
    )
    share = len(openings) / max(1, paragraphs if paragraphs > 1 else filled)
    times = Counter(one.speaker for one in openings.values())
    back = sum(count > 1 for count in times.values())
    if always:
        return STRONG if share >= _THIN else NONE
    if not back or len(openings) < 3 or share < _THIN:
        return NONE
    if share < _SOME:
        return NONE
    return STRONG if share >= _NEARLY_ALL and back > 1 else FAIR
