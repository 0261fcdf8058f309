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


class _Place(NamedTuple):
    start: int
    end: int
    word: str
    name: str


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
        for place in self._places(whole, text):
            for name in self._in(place):
                if name not in seen:
                    seen.add(name)
                    first, last = whole.original(place.start, place.end)
                    yield Named(text[first:last], name)

    def _in(self, place: "_Place") -> Iterator[str]:
        """The name, and where another word stands for it, the names within the name: 订单 in 订单号."""
        yield place.name
        if place.word != place.name:
            for at in range(len(place.name)):
                for size in self._sizes.get(place.name[at], ()):
                    within = place.name[at : at + size]
                    if self._names.get(within) == within:
                        yield within

    def _places(self, whole: Normalised, text: str) -> Iterator["_Place"]:
        found = list(self._written(whole, text))
        for one in found:
            longer = (
                other
                for other in found
                if other.start <= one.start and one.end <= other.end and other.word != one.word
            )
            if one.word == one.name or not any(longer):
                yield one
        for heard in self._sounds.in_text(whole.text) if has_cjk(whole.text) else ():
            written = whole.text[heard.start : heard.end]
            yield _Place(heard.start, heard.end, written, self._names[heard.word])

    def _written(self, whole: Normalised, text: str) -> Iterator["_Place"]:
        plain = whole.text
        for at, char in enumerate(plain):
            for size in self._sizes.get(char, ()):
                word = plain[at : at + size]
                name = self._names.get(word) if len(word) == size else None
                if name is not None and self._stands(word, whole, text, at):
                    yield _Place(at, at + size, word, name)

    def _stands(self, word: str, whole: Normalised, text: str, at: int) -> bool:
        if has_cjk(word):
            return True
        start, end = whole.original(at, at + len(word))
        return not (_latin(text[start - 1 : start]) or _latin(text[end : end + 1]))


def _latin(char: str) -> bool:
    return char.isalnum() and not has_cjk(char)
