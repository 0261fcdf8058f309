"""Names that must not be swapped for others: labels, entities and people, as they stand in a text."""

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import NamedTuple

from pipeline.language.normalise import Normalised, folded, normalise
from pipeline.language.script import has_cjk
from pipeline.language.sounds import Sounds


class Named(NamedTuple):
    """A name that occurs."""

    said: str
    """As it stands in the text."""
    name: str
    """The folded name that it is: another writing of the same name is no other name."""


class Names:
    """Finds names in a text; the time does not grow with how many there are."""

    def __init__(self, names: Iterable[str] = (), same: Iterable[tuple[str, str]] = ()) -> None:
        """Index names.

        Args:
            names: The names themselves.
            same: Other words, each with the one name that it stands for.
        """
        self._names = {folded(one): folded(one) for one in names if folded(one)}
        for other, name in same:
            self._names.setdefault(folded(other), folded(name))
        self._names.pop("", None)
        self._sizes: dict[str, list[int]] = {}
        for first, size in {(one[0], len(one)) for one in self._names}:
            self._sizes.setdefault(first, []).append(size)

    @cached_property
    def _sounds(self) -> Sounds:
        return Sounds(self._names, self._names)

    def __bool__(self) -> bool:
        """Whether there is any name."""
        return bool(self._names)

    def in_text(self, text: str) -> Iterator[Named]:
        """Each name that occurs, once; one in Latin letters only as a word of its own."""
        if not self._names:
            return
        whole = normalise(text)
        seen: set[str] = set()
        for start, end, name in self._places(whole, text):
            if name not in seen:
                seen.add(name)
                first, last = whole.original(start, end)
                yield Named(text[first:last], name)

    def _places(self, whole: Normalised, text: str) -> Iterator[tuple[int, int, str]]:
        plain = whole.text
        for at, char in enumerate(plain):
            for size in self._sizes.get(char, ()):
                word = plain[at : at + size]
                name = self._names.get(word) if len(word) == size else None
                if name is not None and self._stands(word, whole, text, at):
                    yield at, at + size, name
        for heard in self._sounds.in_text(plain) if has_cjk(plain) else ():
            yield heard.start, heard.end, self._names[heard.word]

    def _stands(self, word: str, whole: Normalised, text: str, at: int) -> bool:
        if has_cjk(word):
            return True
        start, end = whole.original(at, at + len(word))
        return not (_latin(text[start - 1 : start]) or _latin(text[end : end + 1]))


def _latin(char: str) -> bool:
    return char.isalnum() and not has_cjk(char)
