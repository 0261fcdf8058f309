"""Meetings: what there is, how far it is, and the one thing to do next."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from pipeline.errors import DragomanError
from pipeline.models.actor import Actor
from pipeline.service import jobs, meetings
from pipeline.service.house import House
from pipeline.service.jobs import JobView
from pipeline.service.meetings import MeetingView
from ui.how_far import how_far
from ui.plain import plain
from ui.session import explain, house, language, me, t
from ui.shell import facts
from ui.words.loader import tin

EVERY = 2.0
"""Seconds between two looks while something is under way."""
MOST_LETTERS = 60
"""Letters of a state that fit into a line; the rest is a click away."""
MOST = 30
"""Meetings shown at once."""


def page() -> None:
    """All meetings, newest first."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.subheader(t("meetings.title"), anchor=False)
        st.space("stretch")
        st.page_link("views/upload.py", label=t("nav.upload"), icon=":material/upload:")
    board = jobs.listed(me(), house())
    busy = any(one.job.under_way for one in board.jobs)
    st.fragment(listed, run_every=EVERY if busy else None)(busy)


def listed(busy: bool) -> None:
    """The list; looks again while a worker is busy."""
    board = jobs.listed(me(), house())
    job_of = {one.meeting.uid: one for one in board.jobs}
    if busy and not any(one.job.under_way for one in board.jobs):
        st.rerun()
    if not board.workers and any(one.job.under_way for one in board.jobs):
        st.warning(t("meetings.no_worker"))
    if refused := st.session_state.pop("meetings-refused", None):
        st.warning(plain(refused))
    page_of = int(st.session_state.get("meetings-page") or 1) - 1
    total, views = meetings.outlined(me(), house(), skip=page_of * MOST, most=MOST)
    if not total:
        st.info(t("meetings.none"))
        return
    for view in views:
        row(view, job_of.get(view.meeting.uid))
    if total > MOST:
        st.pagination(-(-total // MOST), key="meetings-page")


def row(view: MeetingView, job: JobView | None) -> None:
    """One meeting: state, name, facts, what is left, the next thing to do."""
    mark, state = standing(view, job)
    with st.container(horizontal=True, vertical_alignment="center", key=f"row-{view.meeting.uid}"):
        st.text(mark, width=20)
        st.text(view.meeting.title, width=280)
        st.caption(plain(" · ".join(facts(view)) or "–"), width=260)
        failed = job is not None and not job.stalled and job.job.failure is not None
        shown = state if job is not None and job.job.under_way else brief(state)
        st.text(t("meetings.failed") if failed else shown, width="stretch")
        action(view, job)
    if failed:
        st.text(state)
    elif shown != state:
        with st.expander(t("meetings.why")):
            st.text(state)


def brief(state: str) -> str:
    """What fits into a line."""
    first = state.splitlines()[0]
    return first if len(first) <= MOST_LETTERS else f"{first[:MOST_LETTERS]}…"


def standing(view: MeetingView, job: JobView | None) -> tuple[str, str]:
    """A mark and a sentence: where a meeting stands."""
    if job is not None and job.stalled:
        return "!", t("meetings.stalled")
    if job is not None and job.job.under_way:
        return "●", progress(job)
    if job is not None and job.job.state in ("failed", "cancelled"):
        return "!", why(job)
    if view.minutes is None:
        return "○", raw(view)
    mark, state = judged(view)
    return ("!", t("meetings.partial", state=state)) if view.minutes.missing else (mark, state)


def raw(view: MeetingView) -> str:
    """What was done with a meeting that nobody works on: its words may be there already."""
    if view.transcript is None:
        return t("meetings.raw")
    return t("meetings.heard" if view.meeting.recordings else "meetings.read")


def judged(view: MeetingView) -> tuple[str, str]:
    """How far people are with it."""
    items = [item for _, item in view.minutes.items()] if view.minutes else []
    left = sum(item.review == "draft" for item in items)
    if not left:
        return "✓", t("meetings.decided", total=len(items))
    doubtful = sum(item.doubtful for item in items)
    key = "meetings.left_doubtful" if doubtful else "meetings.left"
    return "◐", t(key, left=left, total=len(items), doubtful=doubtful)


def progress(one: JobView) -> str:
    """How far a job is."""
    job = one.job
    if job.failure is not None:
        return why(one)
    if job.state == "queued" or job.stage is None:
        return t("meetings.waiting")
    if job.stage == "transcribe":
        return how_far(job.done, job.total, job.hearing, partial(tin, language()))
    stage = t(f"stage.{job.stage}")
    if not job.total:
        return stage
    return f"{stage} {job.done:.0f} / {job.total:.0f}"


def why(one: JobView) -> str:
    """Why a job ended without success or waits, and that what is finished is safe."""
    if one.job.failure is None:
        return t("meetings.cancelled")
    params: dict[str, str] = dict(one.job.failure.params)
    if params.get("stage", "-") != "-":
        params["stage"] = t(f"stage.{params['stage']}")
    return explain(DragomanError(one.job.failure.code, **params))


def action(view: MeetingView, job: JobView | None) -> None:
    """The one thing to do next."""
    uid = view.meeting.uid
    if job is not None and job.job.under_way:
        st.button(t("meetings.cancel"), key=f"cancel-{uid}", on_click=_do, args=(jobs.cancel, uid))
    elif job is not None and job.job.state in ("failed", "cancelled"):
        st.button(t("meetings.retry"), key=f"retry-{uid}", on_click=_do, args=(jobs.retry, uid))
    elif view.minutes is None:
        st.button(t("meetings.begin"), key=f"begin-{uid}", on_click=_do, args=(jobs.begin, uid))
    growing = job is not None and job.job.hearing is not None
    if view.minutes is not None or growing:
        st.page_link(
            "views/review.py",
            label=t("meetings.review" if view.minutes is not None else "meetings.words"),
            icon=":material/arrow_forward:",
            icon_position="right",
            query_params={"m": uid},
        )


def _do(what: Callable[[Actor, House, str], object], uid: str) -> None:
    """What a button does; a refusal is told when the list is drawn again."""
    try:
        what(me(), house(), uid)
    except DragomanError as error:
        st.session_state["meetings-refused"] = explain(error)


page()
