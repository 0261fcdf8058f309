"""Which language a text is in, and where its sentences and clauses end."""

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

CJK = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_CJK_CHAR = re.compile(f"[{CJK}]")
_LATIN_WORD = re.compile(r"[A-Za-z\u00c0-\u024f]+(?:['’][A-Za-z]+)?")
_WORDS_PER_CJK_CHAR = 0.7
"""A Chinese word is about one and a half characters long, so a mixed text is judged by its words."""

_LONG_RUN = 60
"""Characters without punctuation after which a space between Chinese characters ends a sentence."""
_ABBREVIATIONS = frozenset(
    {"mr", "mrs", "ms", "dr", "st", "vs", "etc", "e.g", "i.e", "no", "approx"}
)
_SENTENCE_END = re.compile(r"[。！？!?；;…]+[”’」』）)\"']*|\.+[”’\"')]*(?=\s|$)|\n+")
_CLAUSE_END = re.compile(r"[，：—]+|[,:](?=\s|$|[^\s\d])|\s[-–]\s")
_CJK_GAP = re.compile(f"(?<=[{CJK}]) +(?=[{CJK}])")


class Piece(NamedTuple):
    """A part of a text with its place in it; `text[start:end]` is `piece.text`."""

    text: str
    start: int
    end: int


def language_of(text: str) -> Literal["zh", "en"]:
    """The language most words are in; a text without words counts as English."""
    chinese = len(_CJK_CHAR.findall(text)) * _WORDS_PER_CJK_CHAR
    return "zh" if chinese > 0 and chinese >= len(_LATIN_WORD.findall(text)) else "en"


def has_cjk(text: str) -> bool:
    """Whether any Chinese character occurs."""
    return _CJK_CHAR.search(text) is not None


def size_in_words(text: str) -> tuple[int, int]:
    """How many Chinese characters and how many Latin words or digit groups a text holds."""
    return len(_CJK_CHAR.findall(text)), len(re.findall(r"[^\W\d_\u3400-\u9fff]+|\d+", text))


def sentences(text: str) -> tuple[Piece, ...]:
    """Sentences in order, their closing marks included and outer blanks not.

    A long stretch that a recogniser left without punctuation falls apart at its pauses, which
    such text writes as spaces between Chinese characters.
    """
    found: list[Piece] = []
    for piece in _split(text, 0, _sentence_ends(text)):
        if len(piece.text) <= _LONG_RUN:
            found.append(piece)
        else:
            found.extend(_split(text[: piece.end], piece.start, _gaps(text, piece)))
    return tuple(found)


def clauses(text: str) -> tuple[Piece, ...]:
    """Sentences, further split at commas, colons, dashes and the pauses of unpunctuated Chinese."""
    found: list[Piece] = []
    for sentence in sentences(text):
        ends = [match.end() for match in _CLAUSE_END.finditer(text, sentence.start, sentence.end)]
        ends += _gaps(text, sentence)
        found.extend(_split(text[: sentence.end], sentence.start, sorted(ends)))
    return tuple(found)


def _sentence_ends(text: str) -> Iterator[int]:
    for match in _SENTENCE_END.finditer(text):
        before = text[: match.start()].rsplit(None, 1)
        if match.group() == "." and before and before[-1].casefold() in _ABBREVIATIONS:
            continue
        yield match.end()


def _gaps(text: str, piece: Piece) -> list[int]:
    return [match.end() for match in _CJK_GAP.finditer(text, piece.start, piece.end)]


def _split(text: str, start: int, ends: Iterator[int] | list[int]) -> Iterator[Piece]:
    """The stretches between the given ends, trimmed; blank ones are left out."""
    for end in [*ends, len(text)]:
        part = text[start:end]
        left = start + len(part) - len(part.lstrip())
        right = start + len(part.rstrip())
        if left < right:
            yield Piece(text[left:right], left, right)
        start = max(start, end)
