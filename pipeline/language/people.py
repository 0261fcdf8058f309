"""Speakers of a call -> the participants of the project they may be, where only one can be meant."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

from pipeline.language import called
from pipeline.language.called import Label, company
from pipeline.language.likeness import (
    BY_NAME,
    WEAK,
    Likeness,
    Person,
    Reason,
    alike,
    person,
    same,
    surest,
)
from pipeline.models.project import Participant

_Houses = Mapping[str, frozenset[str]]
"""The sides of each known company, by its name as it is compared."""


class Guess(NamedTuple):
    """Who a speaker may be. Nobody is called so before a person says yes."""

    person: str | None = None
    """Name of the participant who is meant, where it can be nobody else of the project."""
    side: Literal["us", "client"] | None = None
    """That of the person; without one, the side that the label itself says."""
    reason: Reason | None = None
    about: str = ""
    """What of the label says it: a surname, a part of the name, a company."""
    could_be: tuple[str, ...] = ()
    """Names of participants who fit, where there are several or the label says too little."""


class _Found(NamedTuple):
    person: Person
    likeness: Likeness


def guesses(
    labels: Iterable[str], people: Sequence[Participant], *, client: str = ""
) -> dict[str, Guess]:
    """What each speaker's label says of who it is.

    Nothing depends on the order of labels or people. What a recorder calls somebody it cannot
    tell says nothing.

    Args:
        labels: What the speakers of one call are called.
        people: The participants of its project.
        client: The client's name: a company like any participant's.
    """
    read = {label: called.read(label) for label in sorted(set(labels))}
    once = {(one.name, one.side): one for one in sorted(people, key=_key, reverse=True)}
    known = [person(one) for one in once.values()]
    houses = _houses(people, client)
    found = {label: _within(label, one, known, houses) for label, one in read.items()}
    strangers = {
        label: stranger
        for label, some in found.items()
        if all(one.likeness.rank > BY_NAME for one in some)
        if (stranger := _stranger(read[label], houses))
    }
    return {
        label: _guess(label, one, found[label], strangers, houses) for label, one in read.items()
    }


def _key(one: Participant) -> str:
    return repr(sorted(one.model_dump(mode="json").items()))


def _houses(people: Iterable[Participant], client: str) -> _Houses:
    sides: dict[str, set[str]] = {company(client): {"client"}}
    for one in people:
        sides.setdefault(company(one.org or ""), set()).add(one.side)
    return {name: frozenset(some) for name, some in sides.items() if name}


def _within(label: str, read: Label, people: Sequence[Person], houses: _Houses) -> list[_Found]:
    """Everybody whom the label may mean, with how."""
    best = ((one, _best(label, read, one)) for one in people)
    return [
        _Found(one, _checked(likeness, read, one, houses)) for one, likeness in best if likeness
    ]


def _best(label: str, read: Label, one: Person) -> Likeness | None:
    if not read.pieces:
        return None
    return surest((same(label, one), *(alike(piece, one) for piece in read.pieces)))


def _checked(likeness: Likeness, read: Label, one: Person, houses: _Houses) -> Likeness:
    """The likeness, unless what stands beside the name speaks against it."""
    rest = [piece for piece in read.pieces if piece != likeness.piece]
    if likeness.rank == WEAK or likeness.piece not in read.pieces:
        return likeness
    others = [
        piece
        for piece in rest
        if not (_in_house(piece, houses) or _beside(piece, one) or alike(piece, one))
    ]
    by_name = likeness.rank <= BY_NAME
    unclear = any(called.looks_like_a_name(each) for each in others) if by_name else bool(others)
    if read.several or unclear or _elsewhere(rest, one, houses, by_name=by_name):
        return likeness._replace(rank=WEAK)
    more = by_name and any(not alike(piece, one) for piece in rest)
    return likeness._replace(reason="with_more") if more else likeness


def _beside(piece: str, one: Person) -> bool:
    """Whether it stands beside the name of such a person: their place, or any place at all."""
    own = (one.participant.title, one.participant.role, one.participant.site)
    return piece in own or called.beside(piece)


def _elsewhere(rest: Sequence[str], one: Person, houses: _Houses, *, by_name: bool) -> bool:
    """Whether the companies beside the name are not those of this person."""
    named = {
        house: sides
        for house, sides in houses.items()
        if any(_same_house(company(piece), house) for piece in rest)
    }
    own = company(one.participant.org or "")
    if not named or own in named:
        return False
    other_side = all(one.participant.side not in sides for sides in named.values())
    return other_side or (bool(own) and not by_name)


def _in_house(piece: str, houses: _Houses) -> bool:
    return any(_same_house(company(piece), house) for house in houses)


def _same_house(piece: str, house: str) -> bool:
    """Whether both are one company: the shorter of them is how the other one begins."""
    short, long = sorted((piece, house), key=len)
    return len(short) > 1 and long.startswith(short)


def _stranger(read: Label, houses: _Houses) -> Person | None:
    """A speaker with a name of their own, who is no participant: 王总 may be them."""
    for piece in read.pieces:
        if called.looks_like_a_name(piece) and not _in_house(piece, houses):
            return person(Participant(name=piece, side="client"))
    return None


def _guess(
    label: str,
    read: Label,
    found: Sequence[_Found],
    strangers: Mapping[str, Person],
    houses: _Houses,
) -> Guess:
    sure = [one for one in found if one.likeness.rank < WEAK]
    best = min((one.likeness.rank for one in sure), default=WEAK)
    those = [one for one in sure if one.likeness.rank == best] or found
    chosen = _only(those) if sure else None
    if chosen and best > BY_NAME:
        others = (one for name, one in strangers.items() if name != label)
        chosen = None if any(_means(label, read, one) for one in others) else chosen
    if chosen is not None:
        one, likeness = chosen.person.participant, chosen.likeness
        return Guess(one.name, one.side, _reason(chosen, found), likeness.about)
    could_be = tuple(sorted({one.person.participant.name for one in those}))
    return _side_alone(label, read, houses)._replace(could_be=could_be)


def _only(those: Sequence[_Found]) -> _Found | None:
    """The one of them, or the one whose title the form of address fits."""
    if len(those) == 1:
        return those[0]
    fitting = [one for one in those if one.likeness.fits]
    fitting = fitting or [one for one in those if one.likeness.fits is None]
    surnames = all(one.likeness.reason == "surname" for one in those)
    return fitting[0] if surnames and len(fitting) == 1 else None


def _reason(chosen: _Found, found: Sequence[_Found]) -> Reason:
    """Where others have the surname as well, it was the title that decided."""
    reasons = [one.likeness.reason for one in found]
    by_title = chosen.likeness.reason == "surname" and reasons.count("surname") > 1
    return "title" if by_title else chosen.likeness.reason


def _means(label: str, read: Label, stranger: Person) -> bool:
    """Whether a label may as well mean somebody else who speaks in the call."""
    likeness = _best(label, read, stranger)
    return likeness is not None and likeness.rank < WEAK


def _side_alone(label: str, read: Label, houses: _Houses) -> Guess:
    """The side that a word says, or the one company that a label names in full."""
    if word := called.side_word(label):
        return Guess(side=word, reason="side", about=label)
    named = {piece: houses[company(piece)] for piece in read.pieces if company(piece) in houses}
    sides = {side for some in named.values() for side in some}
    if len(sides) != 1:
        return Guess()
    return Guess(side="us" if "us" in sides else "client", reason="org", about=min(named))
