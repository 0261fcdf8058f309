"""One thing that was looked at, as a line."""

import streamlit as st

from pipeline.doctor import Check
from pipeline.words.loader import say
from ui.session import language

MARKS = {"ok": "✓", "advice": "·", "missing": "✗"}


def line(check: Check) -> None:
    """One thing that was looked at."""
    st.text(f"{MARKS[check.state]}  {say(f'doctor.{check.code}', language(), **check.params)}")
