"""Text as it is compared: folded letters and digits only, with the way back to the original."""

import unicodedata
from functools import cache
from typing import NamedTuple

from pipeline.language.han import alike


class Normalised(NamedTuple):
    """Folded text; `offsets[i]` is the index in the original that `text[i]` came from."""

    text: str
    offsets: tuple[int, ...]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original text that a non-empty span of the folded text came from."""
        return self.offsets[start], self.offsets[end - 1] + 1


def normalise(text: str) -> Normalised:
    """Fold compatibility forms, case, accents and traditional characters; keep letters and digits.

    Each character is folded by itself, so the folded text of a part is a part of the folded text.
    """
    pieces = [fold(char) for char in text]
    offsets = tuple(index for index, piece in enumerate(pieces) for _ in piece)
    return Normalised("".join(pieces), offsets)


def folded(text: str) -> str:
    """The folded text alone, several times quicker when no way back is needed."""
    return text.translate(_FOLDS)


def visible(text: str) -> str:
    """The text without control characters (tabs and line ends stay); half a character becomes \ufffd.

    A transcript is shown in terminals and written to files: what it holds must only be words.
    """
    if text.isprintable():
        return text
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(_HIDDEN)


@cache
def fold(char: str) -> str:
    """One character folded: nothing, itself in another form, or several."""
    plain = unicodedata.normalize("NFKD", char).casefold()
    return alike("".join(one for one in unicodedata.normalize("NFKD", plain) if one.isalnum()))


class _Folds(dict[int, str]):
    """Folds of code points, made when they are first met, for `str.translate`."""

    def __missing__(self, code: int) -> str:
        """Fold once; every later call is a look-up."""
        self[code] = fold(chr(code))
        return self[code]


_FOLDS = _Folds()
_HIDDEN: dict[int, str | None] = {
    code: None for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) not in "\t\n"
}
_HIDDEN |= dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
