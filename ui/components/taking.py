"""Taking a turn into the minutes: what it is, what it says, what belongs to it; and its spec."""

from typing import cast

import streamlit as st

from pipeline.errors import DragomanError
from pipeline.models.adding import ADDABLE
from pipeline.models.item import Kind
from pipeline.models.minutes import Minutes
from pipeline.models.transcript import Segment
from pipeline.service import adding, jobs
from ui.components.handed import EVERY, standing, under_way
from ui.lengths import clock
from ui.plain import plain
from ui.session import explain, house, me, named, t
from ui.turns import Turn, without_spec

REFUSED = "unsaid-refused"
"""Where a refusal waits for the page to say it."""


def head(segment: Segment) -> str:
    """When a turn was said and by whom."""
    time = "" if segment.start is None else clock(segment.start)
    return f"{time} {segment.speaker or '–'}".strip()


def line(segment: Segment) -> str:
    """A turn in one line."""
    return f"{head(segment)}  {segment.text}"


def take_form(meeting: str, one: Turn) -> None:
    """What somebody says of a turn before they take it."""
    key = f"{one.uncited.segment}-{one.uncited.cue}"
    st.selectbox(
        t("unsaid.kind"),
        options=ADDABLE,
        index=ADDABLE.index(one.uncited.cue),
        format_func=lambda kind: named("lane.kind", kind),
        key=f"kind-{key}",
    )
    st.text_area(t("unsaid.text"), value=one.said.text, key=f"text-{key}")
    for segment in one.beside:
        side = "before" if segment.index < one.said.index else "after"
        st.checkbox(t(f"unsaid.with_{side}"), key=f"{side}-{key}")
        st.caption(plain(line(segment)))
    st.button(
        t("unsaid.take_do"), key=f"take-{key}", type="primary", on_click=_take, args=(meeting, one)
    )


def _take(meeting: str, one: Turn) -> None:
    key = f"{one.uncited.segment}-{one.uncited.cue}"
    said = st.session_state
    sides = {
        "before" if segment.index < one.said.index else "after": segment.id
        for segment in one.beside
    }
    try:
        adding.take(
            me(),
            house(),
            meeting,
            one.uncited.segment,
            kind=cast(Kind, said[f"kind-{key}"]),
            text=said[f"text-{key}"],
            also=[uid for side, uid in sides.items() if said.get(f"{side}-{key}")],
            seen=one.uncited,
        )
    except DragomanError as error:
        st.session_state[REFUSED] = explain(error)


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
