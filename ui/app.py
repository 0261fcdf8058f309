"""The desk: navigation only."""

from pathlib import Path

import streamlit as st

from ui.session import language, t
from ui.who import ask_to_log_in, corner, locked

PAGES = ("upload", "project", "settings")
"""Pages that the bar at the top shows, after the list of meetings."""
HIDDEN = ("review", "specs", "unsaid", "export", "audit", "model", "join")
"""Pages about one meeting: reached from it, or by address."""

st.set_page_config(
    page_title="Dragoman", page_icon=Path(__file__).with_name("icon.png"), layout="wide"
)
if st.session_state.get("language") is None:
    st.session_state["language"] = language()
chosen = st.navigation(
    [
        st.Page("views/meetings.py", title=t("nav.meetings"), default=True),
        *(st.Page(f"views/{name}.py", title=t(f"nav.{name}"), url_path=name) for name in PAGES),
        *(
            st.Page(f"views/{name}.py", title=t(f"nav.{name}"), url_path=name, visibility="hidden")
            for name in HIDDEN
        ),
    ],
    position="hidden" if locked() else "top",
)
if locked():
    ask_to_log_in()
else:
    corner()
    chosen.run()
