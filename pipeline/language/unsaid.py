"""What recognisers write where nobody speaks, and texts that go in circles."""

import hashlib
import re
import tomllib
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from pipeline.language.script import CJK, has_cjk

_HERE = files("pipeline.language")
_LISTS = tomllib.loads(_HERE.joinpath("unsaid.toml").read_text("utf-8"))
_SIGNATURES, _CREDITS = (re.compile("|".join(_LISTS[name])) for name in ("signatures", "credits"))
_POLITE, _AGREEING = (
    re.compile(f"(?:{'|'.join(sorted(_LISTS[name].split(), key=len, reverse=True))})++")
    for name in ("polite", "agreeing")
)
"""Possessive: a text of a hundred yeses and a no would be tried in all its ways."""
_SOUNDS = frozenset(_LISTS["sounds"].split())
_BRACKETED = re.compile(r"\s*[\[(（【<《*♪♫♩♬～~].*[\])）】>》*♪♫♩♬～~]\s*|[♪♫♩♬\s]+", re.S)
_ADDRESS = re.compile(r"(?:https?://|www\.)[a-z0-9./-]+", re.I)
_NEARLY = 0.75
"""Share of a text that must be how videos end: people do speak of subtitles and subscribing, and
thank for watching a demo."""
_FEWEST = 4
_LONGEST_UNIT = 60


@cache
def lists_digest() -> str:
    """Changes with the lists and with how they are used, so that recordings are heard anew."""
    total = hashlib.sha256()
    for name in ("unsaid.toml", "unsaid.py", "rounds.py"):
        total.update(_HERE.joinpath(name).read_bytes() + b"\0")
    return total.hexdigest()[:16]


class Circle(NamedTuple):
    """A part of a text that is one phrase over and over."""

    begins: int
    again: int
    """Where the phrase comes for the second time."""
    ends: int
    unit: str
    times: int


def bare(text: str) -> str:
    """A text in small letters, without blanks and marks."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text).casefold())


def letters(text: str) -> int:
    """How long a text takes to say, in letters of English; a Chinese character counts as two."""
    said = bare(text)
    return len(said) + len(re.findall(f"[{CJK}]", said))


def is_signature(text: str) -> bool:
    """Whether a text is who made some subtitles, and little else."""
    said = bare(text)
    match = _SIGNATURES.search(said)
    return match is not None and len(said) <= 2 * len(match[0]) + 16


def is_credit(text: str) -> bool:
    """Whether a text is how a video ends, and hardly anything else."""
    said = bare(text)
    found = sum(len(one[0]) for one in _CREDITS.finditer(said))
    return is_signature(text) or (found > 0 and found >= _NEARLY * len(said))


def is_polite(text: str) -> bool:
    """Whether a text is words of thanks and leave, or an address, as people say them too."""
    return (
        _POLITE.fullmatch(bare(text)) is not None
        or _ADDRESS.fullmatch(text.strip(" .")) is not None
    )


def is_agreeing(text: str) -> bool:
    """Whether a text is short words such as people say while another speaks."""
    return _AGREEING.fullmatch(bare(text)) is not None


def names_a_sound(text: str) -> bool:
    """Whether a text says in brackets what can be heard, such as music."""
    return _BRACKETED.fullmatch(text) is not None and (bare(text) in _SOUNDS or not bare(text))


def is_foreign(text: str) -> bool:
    """Whether most letters are neither Latin nor Chinese, nor digits."""
    found = [letter for letter in bare(text) if letter.isalpha()]
    foreign = [one for one in found if not (has_cjk(one) or "LATIN" in unicodedata.name(one, ""))]
    return len(foreign) > len(found) / 2


def circle(text: str) -> Circle | None:
    """The longest part that is one phrase at least four times in a row, whatever marks it has."""
    signs = [(sign, at) for at, letter in enumerate(text) for sign in bare(letter)]
    said = "".join(sign for sign, _ in signs)
    best, size = (0, 0), 0
    for length in range(1, min(_LONGEST_UNIT, len(said) // _FEWEST) + 1):
        for start, end in runs(said, length):
            covered = end - start + length
            if end < len(said):  # the last time may be cut short only where the text ends
                covered -= covered % length
            if covered >= _FEWEST * length and covered > best[1] - best[0]:
                best, size = (start - length, start - length + covered), length
    if not size:
        return None
    begins, ends = best
    return Circle(
        begins=signs[begins][1],
        again=signs[begins + size][1],
        ends=signs[ends - 1][1] + 1,
        unit=said[begins : begins + size],
        times=(ends - begins) // size,
    )


def runs(said: Sequence[str], length: int) -> Iterator[tuple[int, int]]:
    """Stretches in which each of a row is what the one so many before it was."""
    start: int | None = None
    for at in range(length, len(said) + 1):
        same = at < len(said) and said[at] == said[at - length]
        if same and start is None:
            start = at
        elif not same and start is not None:
            yield start, at
            start = None
