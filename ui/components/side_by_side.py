"""Two accounts of one meeting, row by row, a page at a time."""

from collections.abc import Sequence

import streamlit as st

from pipeline.models.joining import Row
from ui.joining_text import moment
from ui.plain import plain
from ui.session import t

MOST = 20
"""Rows shown at once."""


def side_by_side(rows: Sequence[Row], there: str) -> None:
    """Draw what this meeting has beside what the other has.

    Args:
        rows: All of them.
        there: What the other account is called.
    """
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{t('joining.beside')}**", width="content")
        lacking = st.toggle(t("joining.only_filter"), key="join-lacking")
    shown = [one for one in rows if not lacking or one.ours is None or one.theirs is None]
    _line(t("joining.time"), t("joining.here"), t("joining.there", file=there))
    at = 0
    if len(shown) > MOST:
        at = int(st.session_state.get("join-page") or 1) - 1
        at = min(at, (len(shown) - 1) // MOST)
    for one in shown[at * MOST : (at + 1) * MOST]:
        _row(one)
    if len(shown) > MOST:
        st.pagination(-(-len(shown) // MOST), key="join-page")


def _line(time: str, here: str, there: str) -> None:
    first, second, third = st.columns([1, 9, 9], gap="small")
    first.caption(plain(time))
    second.caption(plain(here))
    third.caption(plain(there))


def _row(one: Row) -> None:
    first, second, third = st.columns([1, 9, 9], gap="small")
    first.caption(plain(moment(one.start)))
    with second:
        _words(one.our_speaker, one.ours)
    with third:
        _words(one.their_speaker, one.theirs)


def _words(speaker: str | None, text: str | None) -> None:
    if text is None:
        st.caption(t("joining.nothing"))
        return
    st.text(f"{speaker}: {text}" if speaker else text)
