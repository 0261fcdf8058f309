"""Where the outbox of a component arrives, and what was answered to it."""

import threading
from collections import OrderedDict
from typing import Any

import streamlit as st

from pipeline.models.review import Entity
from pipeline.service import review
from ui.commands import Answer
from ui.outbox import obey
from ui.session import house, language, me

MOST = 500
"""Answers remembered for one person and meeting."""


class Answered:
    """What one person was told in one meeting, whichever page or tab of theirs sent it.

    It outlives a reload: a command that is sent again because its answer was lost on the way is
    answered again and not done again.
    """

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.by_id: OrderedDict[str, Answer] = OrderedDict()

    def keep(self, answers: dict[str, Answer]) -> None:
        """Remember, and forget the oldest."""
        self.by_id.update(answers)
        while len(self.by_id) > MOST:
            self.by_id.popitem(last=False)


@st.cache_resource(max_entries=200, show_spinner=False)
def answered(person: str, meeting: str) -> Answered:
    """The memory of one person and meeting, for as long as the desk runs."""
    del person, meeting
    return Answered()


class Box:
    """What people did in one component about one meeting, and the answers to it."""

    def __init__(self, component: str, meeting: str) -> None:
        self.key = f"{component}-{meeting}"
        self._meeting = meeting
        self.person = me().id
        """id of whoever sits here."""
        self._answered = answered(self.person, meeting)

    @property
    def held(self) -> str | None:
        """Which state of the page the browser holds, as it says."""
        told = self._told()
        held = told.get("held") if isinstance(told, dict) else None
        return held if isinstance(held, str) else None

    def answers(self) -> list[dict[str, Any]]:
        """The answers to what the browser still holds."""
        known = self._answered.by_id
        return [known[uid].model_dump() for uid in self._waiting() if uid in known]

    def past(self, entity: Entity) -> list[dict[str, Any]]:
        """What this person did last to what the page is about: what may be taken back next."""
        acts = review.lately(me(), house(), self._meeting, entity)
        return [
            {
                "events": [event.uid for event in act],
                "uid": act[0].entity_uid if len(act) == 1 else None,
            }
            for act in acts
        ]

    def take(self) -> None:
        """Do what waits and was not answered yet."""
        with self._answered.lock:
            known = self._answered.by_id
            fresh = [one for uid, one in self._waiting().items() if uid not in known]
            self._answered.keep(
                obey(me(), house(), self._meeting, fresh, language(), earlier=known)
            )

    def _waiting(self) -> dict[str, Any]:
        return waiting(self._told(), self.person)

    def _told(self) -> Any:  # noqa: ANN401 - whatever a browser sends
        return getattr(st.session_state.get(self.key), "outbox", None)


def waiting(told: object, me: str) -> dict[str, Any]:
    """What a component holds, by id, in its order; it comes from a browser.

    What somebody else did here before they gave the seat away is theirs: it waits for them.
    """
    if isinstance(told, dict):
        told = told.get("waiting") if told.get("who") == me else None
    entries = told if isinstance(told, list) else ()
    return {str(one.get("id")): one for one in entries if isinstance(one, dict)}
