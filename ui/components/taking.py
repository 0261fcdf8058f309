"""Taking a turn into the minutes: what it is, what it says, what belongs to it; and its spec."""

import streamlit as st

from pipeline.errors import DragomanError
from pipeline.models.adding import ADDABLE
from pipeline.models.minutes import Minutes
from pipeline.service import jobs
from ui.components.handed import EVERY, standing, under_way
from ui.components.kept_words import (
    REFUSED,
    begun,
    keep,
    key_of,
    line,
    refused,
    side,
    take,
    written,
)
from ui.plain import plain
from ui.session import explain, house, me, named, t
from ui.turns import Turn, without_spec


def take_form(meeting: str, one: Turn) -> None:
    """What somebody says of a turn before they take it; it is kept as they say it."""
    key, first = key_of(one.uncited), begun(meeting, one)
    st.selectbox(
        t("unsaid.kind"),
        options=ADDABLE,
        index=ADDABLE.index(first.kind),
        format_func=lambda kind: named("lane.kind", kind),
        key=f"kind-{key}",
    )
    st.text_area(t("unsaid.text"), value=first.text, key=f"text-{key}")
    for segment in one.beside:
        at = side(one, segment)
        st.checkbox(t(f"unsaid.with_{at}"), value=segment.id in first.also, key=f"{at}-{key}")
        st.caption(plain(line(segment, one.meeting)))
    keep(meeting, written(one))
    st.button(
        t("unsaid.take_do"), key=f"take-{key}", type="primary", on_click=_take, args=(meeting, one)
    )


def _take(meeting: str, one: Turn) -> None:
    try:
        take(meeting, written(one), one.uncited)
    except DragomanError as error:
        st.session_state[REFUSED] = refused(error)


def specs_wanted(meeting: str, minutes: Minutes) -> None:
    """Asks that were taken and have no spec yet, and the way to one."""
    asks = without_spec(minutes)
    if not asks:
        return
    busy = under_way(jobs.listed(me(), house()), [meeting])
    items = ", ".join(ask.id for ask in asks)
    st.fragment(_writing, run_every=EVERY if busy else None)(meeting, items, busy)


def _writing(meeting: str, items: str, busy: bool) -> None:
    board = jobs.listed(me(), house())
    going = under_way(board, [meeting])
    if busy != going:
        st.rerun()
    job = next((one for one in board.jobs if one.meeting.uid == meeting), None)
    with st.container(horizontal=True, vertical_alignment="center", key="specs-wanted"):
        st.caption(
            plain(t("unsaid.writing" if going else "unsaid.no_spec", items=items)), width="content"
        )
        if going and not board.workers:
            st.caption(plain(t("meetings.no_worker")), width="content")
        elif job is not None and job.job.state == "failed":
            st.caption(plain(standing(job)), width="content")
        if not going:
            st.button(t("unsaid.write_spec"), key="write-spec", on_click=_write, args=(meeting,))


def _write(meeting: str) -> None:
    try:
        jobs.begin(me(), house(), meeting)
    except DragomanError as error:
        st.session_state[REFUSED] = explain(error)
