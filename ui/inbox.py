"""Where the outbox of a component arrives."""

from typing import Any

import streamlit as st

from ui.outbox import Answer, obey
from ui.session import house, language, me


class Box:
    """What people did in the transcript of one meeting, and the answers to it."""

    def __init__(self, meeting: str) -> None:
        self.key = f"player-{meeting}"
        self._meeting = meeting
        self._answers: dict[str, Answer] = st.session_state.setdefault(f"answers-{self.key}", {})

    def answers(self) -> list[dict[str, Any]]:
        """All answers so far, for the browser."""
        return [one.model_dump() for one in self._answers.values()]

    def take(self) -> None:
        """Do what waits and was not answered yet."""
        waiting = [
            one
            for one in st.session_state[self.key].outbox or ()
            if one.get("id") not in self._answers
        ]
        known = self._answers
        known.update(obey(me(), house(), self._meeting, waiting, language(), earlier=known))
