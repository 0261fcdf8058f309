"""Many words sought in a text at once: Chinese by characters, Latin by words in any spelling."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import Generic, NamedTuple, TypeVar

from pipeline.language.script import CJK

T = TypeVar("T")

_ATOM = re.compile(
    rf"[{CJK}]|[A-Z]{{2,}}s?(?![A-Za-z])\d*|[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z\u00c0-\u024f]+\d*"
    r"|[A-Z]+\d*|\d+"
)
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]+")
_ALL_CJK = re.compile(f"[{CJK}]+")
_JOINT = re.compile(r"[ _/.'’-]?")
_SHORT_FOR = {
    "number": ("no", "nr", "num", "nbr"),
    "quantity": ("qty", "quant"),
    "amount": ("amt",),
    "customer": ("cust",),
    "account": ("acct", "acc"),
    "address": ("addr",),
    "average": ("avg",),
    "balance": ("bal",),
    "category": ("cat",),
    "currency": ("curr", "ccy"),
    "date": ("dt",),
    "department": ("dept",),
    "description": ("desc", "descr"),
    "document": ("doc",),
    "employee": ("emp",),
    "identifier": ("ident",),
    "information": ("info",),
    "invoice": ("inv",),
    "location": ("loc",),
    "manager": ("mgr",),
    "maximum": ("max",),
    "message": ("msg",),
    "minimum": ("min",),
    "opportunity": ("opp",),
    "order": ("ord",),
    "organisation": ("org", "organization"),
    "payment": ("pmt", "pymt"),
    "percent": ("pct", "percentage"),
    "product": ("prod",),
    "purchase": ("purch",),
    "receipt": ("rcpt",),
    "received": ("rcvd", "rcv"),
    "reference": ("ref",),
    "sequence": ("seq",),
    "serial": ("ser",),
    "shipment": ("shpt",),
    "specification": ("spec",),
    "supplier": ("supp",),
    "telephone": ("tel",),
    "transaction": ("txn", "trx", "trans"),
    "vendor": ("vend",),
    "voucher": ("vou",),
    "warehouse": ("wh", "whse"),
    "weight": ("wt",),
}
_WHOLE = {short: word for word, shorts in _SHORT_FOR.items() for short in shorts}
_EVERYDAY = frozenset({"no", "max", "min", "cat", "trans", "wh", "num", "acc", "inv", "spec"})
"""Short forms that alone are words of their own."""
_AFTER_NO = frozenset(
    {
        *(
            "and",
            "or",
            "is",
            "are",
            "was",
            "in",
            "on",
            "as",
            "with",
            "plus",
            "the",
            "to",
            "for",
            "from",
        ),
        *("of", "column", "field", "should", "must", "can", "may", "also", "please"),
    }
)
"""Words before which a "no" still stands for a number: any other makes it a no ("no longer")."""


class Atom(NamedTuple):
    """A Chinese character, or a Latin word or number."""

    start: int
    end: int
    plain: str
    """Small letters, a plural as a singular."""
    full: str
    """The same with usual short forms written out: "no" is number."""
    chinese: bool


class Spot(NamedTuple, Generic[T]):
    """A place where a word was found, and all that goes by that word."""

    start: int
    end: int
    plain: str
    """How it was written: small letters, singular, short forms as they stand."""
    found: T


class Scanner(Generic[T]):
    """Finds words in a text; the time does not grow with how many words are known."""

    def __init__(self) -> None:
        """Know no word yet."""
        self._known: dict[str, T] = {}
        self._reach: dict[str, int] = {}

    def add(self, text: str, made: T) -> tuple[T, str]:
        """Know a word; what goes by it already, or else `made`, and how it is written plainly."""
        if _ALL_CJK.fullmatch(text):
            key, plain, first, size = text, text, text[0], len(text)
        else:
            words = words_of(text)
            if not words:
                return made, ""
            (key, plain), first, size = spelled(words), _forms(words[0])[1], len(words)
        if self._reach.get(first, 0) < size:
            self._reach[first] = size
        return self._known.setdefault(key, made), plain

    def spots(self, text: str) -> Iterator[Spot[T]]:
        """Words that do not overlap: from the left, the longest at each place."""
        atoms = atoms_of(text)
        free = 0
        for at in range(len(atoms)):
            found = list(self._at(text, atoms, at)) if at >= free else []
            if found:
                yield found[-1][1]
                free = at + found[-1][0]

    def every(self, text: str) -> Iterator[Spot[T]]:
        """Words, also one within another: 订单 in 订单审批."""
        atoms = atoms_of(text)
        for at in range(len(atoms)):
            yield from (spot for _, spot in self._at(text, atoms, at))

    def whole(self, text: str) -> Spot[T] | None:
        """What a text as a whole goes by."""
        atoms = atoms_of(text)
        if not atoms or not all(_joined(text, a, b) for a, b in pairwise(atoms)):
            return None
        key, plain = spelled(words_of(text))
        found = self._known.get(key)
        if found is None or _says_no(text, atoms, 0, len(atoms)):
            return None
        return Spot(atoms[0].start, atoms[-1].end, plain, found)

    def _at(self, text: str, atoms: list[Atom], at: int) -> Iterator[tuple[int, Spot[T]]]:
        """The words that begin at an atom, the shortest first, each with its number of atoms."""
        key = plain = ""
        for size in range(1, min(self._reach.get(atoms[at].full, 0), len(atoms) - at) + 1):
            one = atoms[at + size - 1]
            if size > 1:
                before = atoms[at + size - 2]
                if not _joined(text, before, one):
                    break
                if not (one.chinese or before.chinese):
                    key, plain = f"{key} ", f"{plain} "
            key, plain = key + one.full, plain + one.plain
            found = self._known.get(key)
            if found is not None and not _says_no(text, atoms, at, size):
                yield size, Spot(atoms[at].start, one.end, plain, found)


def atoms_of(text: str) -> list[Atom]:
    """The characters and words of a text, in order; orderNo and order_no are two words."""
    return [
        Atom(match.start(), match.end(), *_forms(match[0]), _ALL_CJK.match(match[0]) is not None)
        for match in _ATOM.finditer(text)
    ]


def words_of(text: str) -> list[str]:
    """The same as they stand there, without their places."""
    return _ATOM.findall(text)


def spelled(words: Sequence[str]) -> tuple[str, str]:
    """Words in one string, with short forms written out and as they stand."""
    full = plain = ""
    latin = False
    for word in words:
        whole = _forms(word)
        gap = " " if latin and word < CJK[0] else ""
        full, plain, latin = f"{full}{gap}{whole[1]}", f"{plain}{gap}{whole[0]}", word < CJK[0]
    return full, plain


@cache
def _forms(said: str) -> tuple[str, str]:
    plain = singular(said.lower())
    return plain, _WHOLE.get(plain, plain)


def singular(word: str) -> str:
    """A word without the ending of an English plural; others stay as they are."""
    if len(word) <= 3 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    return word[:-2] if word.endswith(("sses", "xes", "ches", "shes")) else word[:-1]


def _joined(text: str, one: Atom, other: Atom) -> bool:
    """Whether two atoms may be one word: no mark and no pause between them."""
    if one.end == other.start:
        return True
    if one.chinese and other.chinese:
        return False
    return _JOINT.fullmatch(text, one.end, other.start) is not None


def _says_no(text: str, atoms: list[Atom], at: int, size: int) -> bool:
    """Whether a short form is no short form here: "no", "customer no longer"."""
    last = atoms[at + size - 1]
    if last.plain == last.full or last.plain not in _EVERYDAY:
        return False
    if size == 1:
        return True
    if last.plain != "no" or at + size == len(atoms):
        return False
    after = atoms[at + size]
    goes_on = text[last.end : after.start] == " " and _LATIN.match(text, after.start)
    return bool(goes_on) and after.plain not in _AFTER_NO
