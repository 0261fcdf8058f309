"""A text that somebody pastes: from there on it is a file like any other."""

import datetime as dt
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st

from pipeline.errors import DragomanError
from pipeline.service import uploads
from pipeline.service.upload_chunk import Upload
from ui.plain import plain
from ui.session import explain, house, me, t

MOST = 4_000_000
"""Characters: the browser's line to the desk takes no more than 16 MB at once."""


def pasted() -> Upload | None:
    """Draw the box; the file that was made of what is in it, once.

    The text stays in the box until its file is kept, whatever ends a run before.
    """
    actor, home, state = me(), house(), st.session_state
    turn = state.setdefault("paste-turn", 0)
    with st.expander(t("paste.title")):
        text = st.text_area(
            t("paste.text"),
            key=f"paste-{turn}",
            height=150,
            placeholder=t("paste.example"),
            label_visibility="collapsed",
        )
        with st.container(horizontal=True, vertical_alignment="center"):
            pressed = st.button(t("paste.take"), key="paste-take")
            st.caption(t("paste.limit", most=MOST))
        if not pressed:
            return None
        if not text.strip() or len(text) > MOST:
            st.warning(t("paste.too_long" if text.strip() else "paste.nothing", most=MOST))
            return None
        try:
            kept = uploads.put(actor, home, _name(), text.encode(errors="replace"))
        except DragomanError as error:
            st.error(plain(explain(error)))
            return None
    state["paste-turn"] = turn + 1
    return kept


def _name() -> str:
    """What the file is called: when it was pasted, by the reader's clock."""
    try:
        zone = ZoneInfo(st.context.timezone or "")
    except (ZoneInfoNotFoundError, ValueError):
        zone = None
    now = dt.datetime.now(zone)
    return f"{t('paste.file', at=f'{now:%Y-%m-%d %H.%M}')}.txt"
