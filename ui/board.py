"""What a page shows row by row, and what of it a browser does not have yet.

A long call has hundreds of rows and a decision changes one. The rows are kept here as they were
drawn, each with the number at which it last became another; a browser says which number it
holds, and gets what came after. So nobody is told a second time what is as it was, whoever
changed the rest: a colleague, an undo, a run in the background, a correction of the call.
"""

import secrets
import threading
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

import streamlit as st

Row = dict[str, Any]


class Drawn(NamedTuple):
    """A row as the browser gets it."""

    place: tuple[Any, ...]
    """What it is ordered by."""
    row: Row


class Entry(NamedTuple):
    """Something that has a row."""

    uid: str
    basis: Any
    """All that its row is made from: while this is equal, the row is the same."""
    draw: Callable[[], Drawn]


class _Kept(NamedTuple):
    basis: Any
    drawn: Drawn
    since: int
    """The number at which the row became what it is."""


class Board:
    """The rows of one page of one meeting in one language, for all who look at it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._name = secrets.token_hex(4)
        self._number = 0
        self._kept: dict[str, _Kept] = {}
        self._order: list[str] = []
        self._ordered = 0
        """The number at which the order became what it is."""

    def changes(self, read: Callable[[], Iterable[Entry]], held: str | None = None) -> Row:
        """What a browser that holds `held` needs to show what `read` finds now.

        It is read in here, so that nobody who read earlier writes over who read later.
        """
        with self._lock:
            self._renew(list(read()))
            known = self._known(held)
            fresh = [
                kept.drawn.row for uid in self._order if (kept := self._kept[uid]).since > known
            ]
            return {
                "board": self._name,
                "number": self._number,
                "since": known,
                "rows": fresh,
                "order": list(self._order) if self._ordered > known else None,
            }

    def _renew(self, entries: Sequence[Entry]) -> None:
        number = self._number + 1
        kept = {one.uid: self._one(one, number) for one in entries}
        order = sorted(kept, key=lambda uid: kept[uid].drawn.place)
        if order != self._order:
            self._order, self._ordered = order, number
        self._kept = kept
        if self._ordered == number or any(one.since == number for one in kept.values()):
            self._number = number

    def _one(self, entry: Entry, number: int) -> _Kept:
        old = self._kept.get(entry.uid)
        if old is not None and old.basis == entry.basis:
            return old
        drawn = entry.draw()
        since = old.since if old is not None and old.drawn.row == drawn.row else number
        return _Kept(entry.basis, drawn, since)

    def _known(self, held: str | None) -> int:
        """The number that a browser holds of this very board; 0 where it has nothing of it."""
        name, _, number = (held or "").partition(":")
        known = int(number) if name == self._name and number.isdecimal() else 0
        return known if known <= self._number else 0


@st.cache_resource(max_entries=32, show_spinner=False)
def board(page: str, meeting: str, language: str) -> Board:
    """The board of a page; one that was forgotten is begun anew, and sent whole once."""
    del page, meeting, language
    return Board()
