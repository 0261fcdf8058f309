"""Names before a colon without any time: which of them speak, and where their turns begin."""

from collections import Counter
from collections.abc import Sequence

from pipeline.language.named_lines import read_line
from pipeline.readers.fitting import Fit
from pipeline.readers.labels import name_before_colon, speakers, tells_time
from pipeline.readers.openings import Opening
from pipeline.readers.shape import FAIR, NONE, STRONG

_NEARLY_ALL, _MOST, _SOME = 0.8, 0.6, 0.2
"""Shares of lines or paragraphs that open with a name: from the first on it surely is a transcript,
from the second names that stand once are believed, below the last it is none."""
_OFTEN = 3
_FAR = 160
"""Characters in which the first colon of a line would be that of a time."""


def named(lines: Sequence[str], *, always: bool = False) -> Fit:
    """What the names open that come back, or that nearly all lines have.

    Args:
        lines: All lines of the file.
        always: Something else says that this is a transcript in which every turn has a name.
    """
    texts = ["" if tells_time(line[:_FAR]) else line.strip() for line in lines]
    names = speakers([line for line in texts if line.strip()])
    names |= _once(texts, names, always=always)
    openings: dict[int, Opening] = {}
    for place, line in enumerate(texts):
        said = read_line(line, names)
        if said.told and said.speaker:
            openings[place] = Opening(said.speaker, said.text)
    return Fit(openings, sure=_sure(texts, openings, always=always))


def _once(lines: Sequence[str], back: frozenset[str], *, always: bool) -> frozenset[str]:
    """Names that stand once, in a file of which most lines or paragraphs open with a name."""
    found = [
        (place, name)
        for place, line in enumerate(lines)
        if (name := name_before_colon(line)) and not name[0].islower()
    ]
    if always:
        return frozenset(name for _, name in found)
    known = [place for place, name in found if name in back]
    if not known:
        return frozenset()
    gapped = sum(_after_gap(lines, place) for place in known)
    if len(known) > 1 and gapped >= _NEARLY_ALL * len(known):
        found = [(place, name) for place, name in found if _after_gap(lines, place)]
        return frozenset(name for _, name in found)
    filled = sum(bool(line.strip()) for line in lines[known[0] :])
    enough = sum(place >= known[0] for place, _ in found) >= _MOST * filled
    return frozenset(name for _, name in found) if enough else frozenset()


def _after_gap(lines: Sequence[str], place: int) -> bool:
    return place == 0 or not lines[place - 1].strip()


def _sure(lines: Sequence[str], openings: dict[int, Opening], *, always: bool) -> float:
    if not openings:
        return NONE
    if always:
        return STRONG
    rest = lines[min(openings) :]
    filled = [place for place, line in enumerate(rest) if line.strip()]
    paragraphs = sum(_after_gap(rest, place) for place in filled)
    share = len(openings) / (paragraphs if paragraphs > 1 else len(filled))
    times = sorted(Counter(one.speaker for one in openings.values()).values())
    back = sum(count > 1 for count in times)
    if share < _SOME or back == 0 or (back == 1 and times[-1] < _OFTEN):
        return NONE
    return STRONG if share >= _NEARLY_ALL and back > 1 else FAIR
