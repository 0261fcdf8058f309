"""How a piece of a label is like the name of one person: the same, or a way to be called."""

from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple, get_args

from pipeline.language import called
from pipeline.language.called import spoken, tokens
from pipeline.language.normalise import folded
from pipeline.language.script import has_cjk
from pipeline.language.sounds import readings
from pipeline.models.project import Participant

Reason = Literal[
    "same_name",
    "label",
    "spelling",
    "with_more",
    "sound",
    "surname",
    "title",
    "part_of_name",
    "initials",
    "org",
    "side",
]
"""same_name: to the letter; label: what the project says the recorder calls them; spelling: the
same name written otherwise; with_more: the name and what stands beside it; sound: the same name in
other letters or characters of the same sound; surname: the only one of that surname; title: of
several the only one whose title fits; part_of_name, initials: those of nobody else; org, side: a
company, or a word, that says the side alone."""
_ORDER = {reason: place for place, reason in enumerate(get_args(Reason))}

BY_NAME = 2
"""Rank up to which the whole name is there."""
WEAK = 9
"""Rank of what may as well be somebody else: offered, never suggested."""
_SAME_CHARACTERS = 2
"""Characters that a name of the same sound has in common with the one it stands for."""


class Likeness(NamedTuple):
    """How sure, why, and by which piece of the label. The smaller the surer."""

    rank: int
    reason: Reason
    piece: str
    about: str = ""
    """The surname of a form of address, or the part of the name."""
    fits: bool | None = None
    """Whether the title that the project gives fits the form of address; None where it says nothing."""


class Person(NamedTuple):
    """A participant, and the parts of their name."""

    participant: Participant
    chinese: str
    """Empty for who has no Chinese name, as `latin` for who has no other."""
    latin: tuple[str, ...]
    titles: str

    @property
    def surname(self) -> str:
        """Of the Chinese name; that of 王总 is 王."""
        return called.surname(self.chinese)

    @property
    def given(self) -> str:
        """The rest of the Chinese name."""
        return self.chinese.removeprefix(self.surname)


def surest(found: Iterable[Likeness | None]) -> Likeness | None:
    """The one to go by, whatever order they are in; None where there is none."""
    every = (one for one in found if one is not None)
    return min(every, key=lambda one: (one.rank, _ORDER[one.reason], one.piece), default=None)


def person(one: Participant) -> Person:
    """A participant with the parts of their name told apart."""
    pieces = called.read(one.name).pieces
    chinese = [piece for piece in pieces if has_cjk(piece)]
    latin = [piece for piece in pieces if not has_cjk(piece)]
    form = called.address(chinese[0]) if chinese else None
    titles = (one.title, one.role, form.form if form else None)
    return Person(
        participant=one,
        chinese=chinese[0] if chinese else "",
        latin=tokens(latin[0]) if latin else (),
        titles=" ".join(filter(None, titles)),
    )


def same(label: str, one: Person) -> Likeness | None:
    """Whether a whole label is the person's name, or what the project says they are called."""
    name, plain = one.participant.name, folded(label)
    if label.strip() == name.strip():
        return Likeness(0, "same_name", label)
    if plain and plain == folded(one.participant.label or ""):
        return Likeness(1, "label", label)
    return Likeness(BY_NAME, "spelling", label) if plain and plain == folded(name) else None


def alike(piece: str, one: Person) -> Likeness | None:
    """The surest way in which a piece of a label may mean a person; None where none does."""
    found = _of_chinese(piece, one) if has_cjk(piece) else _of_latin(piece, one)
    every = (Likeness(rank, why, piece, about, fits) for rank, why, about, fits in found)
    return surest(every)


_Way = tuple[int, Reason, str, bool | None]
_Found = Iterator[_Way]


def _of_chinese(piece: str, one: Person) -> _Found:
    if one.chinese:
        yield from _chinese_by_chinese(piece, one)
    elif len(one.latin) > 1:
        yield from _latin_by_chinese(piece, one)


def _chinese_by_chinese(piece: str, one: Person) -> _Found:
    bare, name = called.without_form(piece), one.chinese
    if piece == name:
        yield BY_NAME, "spelling", "", None
    elif bare == name or _has_more(piece, name):
        yield BY_NAME, "with_more", "", None
    elif one.surname == called.surname(bare) and _sound_alike(bare, name):
        common = sum(mine == other for mine, other in zip(bare, name, strict=True))
        yield BY_NAME if common >= _SAME_CHARACTERS else WEAK, "sound", "", None
    elif bare == one.given and len(bare) > 1:
        yield BY_NAME + 1, "part_of_name", bare, None
    elif piece == one.surname:
        yield WEAK, "part_of_name", "", None
    address = called.address(piece)
    if address is not None and address.surname == one.surname:
        yield _addressed(address, one)
    elif called.address(name) and called.looks_like_a_name(piece) and piece[0] == name[0]:
        yield WEAK, "surname", "", None


def _addressed(address: called.Address, one: Person) -> _Way:
    rank = WEAK if called.cannot_be(address.form, one.titles) else BY_NAME + 1
    return rank, "surname", address.surname, called.fits(address.form, one.titles)


def _has_more(piece: str, name: str) -> bool:
    """Whether a piece is the name with a place in the house before or behind it."""
    if len(name) < len(piece) and len(name) > 1:
        before, after = piece.removesuffix(name), piece.removeprefix(name)
        return any(one != piece and called.place(one) for one in (before, after))
    return False


def _sound_alike(piece: str, name: str) -> bool:
    pairs = zip(piece, name, strict=False)
    return len(piece) == len(name) > 1 and all(
        one == other or set(readings(one)) & set(readings(other)) for one, other in pairs
    )


def _latin_by_chinese(piece: str, one: Person) -> _Found:
    first, last = one.latin[0], one.latin[-1]
    family = called.surname(piece)
    if called.looks_like_a_name(piece):
        rest = piece.removeprefix(family)
        if "".join(one.latin) in spoken(family + rest) | spoken(rest + family):
            yield BY_NAME, "sound", "", None
    address = called.address(piece)
    if address is not None and {first, last} & spoken(address.surname):
        yield _addressed(address, one)


def _of_latin(piece: str, one: Person) -> _Found:
    words = tokens(piece)
    core = tuple(word for word in words if word not in called.NOISE or word in one.latin)
    polite = not called.HONORIFICS.isdisjoint(words)
    if not core:
        return
    if one.latin:
        yield from _latin_by_latin(words, core, one.latin, polite=polite)
    if one.chinese:
        yield from _chinese_by_latin(core, one, polite=polite)


def _latin_by_latin(
    words: tuple[str, ...], core: tuple[str, ...], name: tuple[str, ...], *, polite: bool
) -> _Found:
    more, joined = [word for word in core if word not in name], "".join(core)
    if sorted(core) == sorted(name) or joined in ("".join(name), "".join(reversed(name))):
        yield BY_NAME, "spelling" if words == core else "with_more", "", None
    elif set(name) <= set(core):
        middle = len(name) > 1 and all(len(word) == 1 for word in more)
        yield BY_NAME if middle else WEAK, "spelling" if middle else "with_more", "", None
    elif not more and min(map(len, core)) > 1:
        by_surname = polite and len(core) == 1 and core[0] == _surname(name)
        yield BY_NAME + 1, "surname" if by_surname else "part_of_name", _as_name(core), None
    elif any(_initials(each, name) for each in _orders(core)):
        yield BY_NAME + 1, "initials", "", None
    elif polite and core[0] == _surname(name):
        yield WEAK, "surname", "", None
    elif joined in (name[0][0] + name[-1], name[0] + name[-1][0]):
        yield WEAK, "initials", "", None


def _as_name(core: tuple[str, ...]) -> str:
    return " ".join(word.capitalize() for word in core)


def _surname(name: tuple[str, ...]) -> str:
    """The last word, or of a Chinese name in Latin letters the first."""
    chinese = called.spoken_surnames()
    return name[0] if name[0] in chinese and name[-1] not in chinese else name[-1]


def _orders(core: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """As written, the surname first, and without what stands in the middle."""
    yield core
    yield (*core[1:], core[0])
    yield (core[0], core[-1])


def _initials(core: tuple[str, ...], name: tuple[str, ...]) -> bool:
    """Whether some words of a name are there and the first letters of the others."""
    if len(core) != len(name) or all(len(word) == 1 for word in core):
        return False
    pairs = zip(core, name, strict=True)
    return all(one == other or (len(one) == 1 and other.startswith(one)) for one, other in pairs)


def _chinese_by_latin(core: tuple[str, ...], one: Person, *, polite: bool) -> _Found:
    joined, given = "".join(core), one.given
    family = spoken(one.surname)
    if joined in spoken(one.surname + given) | spoken(given + one.surname) and given:
        yield BY_NAME, "sound", "", None
    elif len(given) > 1 and joined in spoken(given):
        yield BY_NAME + 1, "sound", "", None
    elif joined in family:
        yield BY_NAME + 1 if polite else WEAK, "surname", _as_name(core), None
    elif family & {core[0], core[-1]}:
        yield WEAK, "surname", "", None
