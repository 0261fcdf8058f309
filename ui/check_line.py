"""One thing that was looked at, as a line."""

import streamlit as st

from pipeline.doctor import Check
from pipeline.words.loader import say
from ui.session import language, named

MARKS = {"ok": "✓", "advice": "·", "missing": "✗"}


def line(check: Check) -> None:
    """One thing that was looked at."""
    params = dict(check.params)
    if check.code == "engine":
        params["engine"] = named("model.engine_is", str(params["engine"]))
    st.text(f"{MARKS[check.state]}  {say(f'doctor.{check.code}', language(), **params)}")
