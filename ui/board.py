"""What a page shows row by row, and what of it a browser does not have yet.

A long call has hundreds of rows and a decision changes one. The rows are kept here as they were
drawn, each with the number at which it last became another; a browser says which number it
holds, and gets what came after. So nobody is told a second time what is as it was, whoever
changed the rest: a colleague, an undo, a run in the background, a correction of the call.
"""

import hashlib
import json
import secrets
import threading
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

import streamlit as st

from pipeline.models.base import Model

Row = dict[str, Any]


class Drawn(NamedTuple):
    """A row as the browser gets it."""

    place: tuple[Any, ...]
    """What it is ordered by."""
    row: Row


class Entry(NamedTuple):
    """Something that has a row."""

    uid: str
    basis: str
    """A digest of all that its row is made from: while it is the same, so is the row."""
    draw: Callable[[], Drawn]


class Look(NamedTuple):
    """What was found by looking at a meeting."""

    mark: Any
    """Given to the next look, which may then look only at what became another since."""
    entries: Iterable[Entry]
    whole: bool = True
    """Whether these are all there are; else the others are as they were."""


class _Kept(NamedTuple):
    """Rows are kept as text: that is small, and no work for whoever collects garbage."""

    basis: str
    place: tuple[Any, ...]
    text: str
    since: int
    """The number at which the row became what it is."""


class Board:
    """The rows of one page of one meeting in one language, for all who look at it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._name = secrets.token_hex(4)
        self._mark: Any = None
        self._number = 0
        self._kept: dict[str, _Kept] = {}
        self._order: list[str] = []
        self._ordered = 0
        """The number at which the order became what it is."""

    def changes(self, look: Callable[[Any], Look], held: str | None = None) -> Row:
        """What a browser that holds `held` needs to show what is found now.

        The looking is done in here, one after the other, so that nobody who looked earlier
        writes over who looked later.
        """
        with self._lock:
            self._renew(look(self._mark))
            known = self._known(held)
            fresh = [one for uid in self._order if (one := self._kept[uid]).since > known]
            return {
                "board": self._name,
                "number": self._number,
                "since": known,
                "rows": [json.loads(one.text) for one in fresh],
                "order": list(self._order) if self._ordered > known else None,
            }

    def _renew(self, found: Look) -> None:
        number = self._number + 1
        kept = {one.uid: self._one(one, number) for one in found.entries}
        changed = any(one.since == number for one in kept.values())
        if not found.whole:
            kept = self._kept | kept
        order = sorted(kept, key=lambda uid: kept[uid].place)
        if order != self._order:
            self._order, self._ordered = order, number
        if changed or self._ordered == number:
            self._number = number
        self._kept, self._mark = kept, found.mark

    def _one(self, entry: Entry, number: int) -> _Kept:
        old = self._kept.get(entry.uid)
        if old is not None and old.basis == entry.basis:
            return old
        place, row = entry.draw()
        text = json.dumps(row, ensure_ascii=False)
        return _Kept(entry.basis, place, text, old.since if old and old.text == text else number)

    def _known(self, held: str | None) -> int:
        """The number that a browser holds of this very board; 0 where it has nothing of it."""
        name, _, number = (held or "").partition(":")
        known = int(number) if name == self._name and number.isdecimal() else 0
        return known if known <= self._number else 0


def basis(*parts: object) -> str:
    """The digest of all that a row is made from: models, and what JSON can hold."""
    told = [one.model_dump_json() if isinstance(one, Model) else json.dumps(one) for one in parts]
    return hashlib.sha256("\n".join(told).encode()).hexdigest()


@st.cache_resource(max_entries=32, show_spinner=False)
def board(page: str, meeting: str, language: str) -> Board:
    """The board of a page; one that was forgotten is begun anew, and sent whole once."""
    del page, meeting, language
    return Board()
