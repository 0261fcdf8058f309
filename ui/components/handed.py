"""What became of files that were handed over, a line each."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from pipeline.errors import DragomanError
from pipeline.service import jobs
from pipeline.service.jobs import Board, JobView
from ui.how_far import how_far
from ui.plain import plain
from ui.session import explain, house, language, me, t
from ui.words.loader import tin

EVERY = 2.0
"""Seconds between two looks."""


def handed(uids: Sequence[str], known: Sequence[str]) -> None:
    """Draw the lines; they look again while something is under way.

    Args:
        uids: meetings that were made of files.
        known: those among them that there were before.
    """
    if not uids:
        return
    busy = under_way(jobs.listed(me(), house()), uids)
    st.fragment(_lines, run_every=EVERY if busy else None)(tuple(uids), tuple(known), busy)


def under_way(board: Board, uids: Sequence[str]) -> bool:
    """Whether any of these is waiting or being worked on."""
    return any(one.job.under_way for one in board.jobs if one.meeting.uid in uids)


def _lines(uids: tuple[str, ...], known: tuple[str, ...], busy: bool) -> None:
    board = jobs.listed(me(), house())
    if busy and not under_way(board, uids):
        st.rerun()
    by_uid = {one.meeting.uid: one for one in board.jobs}
    if not board.workers and under_way(board, uids):
        st.warning(t("upload.no_worker"))
    for uid in uids:
        if uid in by_uid:
            _line(by_uid[uid], known=uid in known)
    st.page_link("views/meetings.py", label=t("upload.to_list"))


def _line(one: JobView, *, known: bool) -> None:
    uid = one.meeting.uid
    with st.container(horizontal=True, vertical_alignment="center", key=f"handed-{uid}"):
        st.text(one.meeting.title, width="stretch")
        said = standing(one)
        st.caption(plain(t("upload.known", state=said) if known else said), width="content")
        st.page_link("views/review.py", label=t("upload.open"), query_params={"m": uid})


def standing(one: JobView) -> str:
    """How far a file is, in a few words."""
    job = one.job
    if one.stalled:
        return t("upload.stalled")
    if job.state == "queued" or (job.state == "running" and job.stage is None):
        return t("upload.waiting")
    if job.state == "running" and job.stage == "transcribe":
        return how_far(job.done, job.total, job.hearing, partial(tin, language()))
    if job.state == "running":
        return t("upload.reading")
    if job.state == "succeeded":
        return t("upload.ready")
    if job.failure is None:
        return t("upload.cancelled")
    return explain(DragomanError(job.failure.code, **job.failure.params))
