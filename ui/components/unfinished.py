"""What a meeting still lacks, on its own pages: no minutes yet, or minutes with gaps; the way on."""

from typing import NamedTuple

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pipeline.errors import DragomanError
from pipeline.models.job import StageName
from pipeline.models.losses import of_the_source
from pipeline.models.minutes import Minutes
from pipeline.service import jobs, meetings
from pipeline.service.jobs import JobView
from pipeline.service.meetings import MeetingView
from ui.components.growing import growing
from ui.components.handed import EVERY, standing
from ui.plain import plain
from ui.sending import sentences
from ui.session import explain, house, language, me, t
from ui.turns import waiting_for_spec

SHOWN = 3
"""Lines of what is missing that stand open; more are folded."""
REFUSED = "unfinished-refused"
SILENT = "no_speech"
"""Why a job ended that heard its recording to the end."""


def not_ready(view: MeetingView, not_yet: str) -> None:
    """Why there are no minutes, and how to get them.

    Args:
        view: A meeting without minutes.
        not_yet: What is told while it is being worked on.
    """
    job, _ = _job(view.meeting.uid)
    if job is not None and job.job.under_way:
        st.info(not_yet)
        st.fragment(_going, run_every=EVERY)(view.meeting.uid, _seen(job))
    else:
        st.warning(t(f"unfinished.{_how_far(view, job)}"))
        if job is not None:
            st.text(standing(job))
        with _row("not-ready"):
            _begin(view.meeting.uid, t("meetings.retry" if job else "meetings.begin"))
            st.caption(t("unfinished.command"), width="content")
    if job is not None and job.job.hearing is not None and not _silent(job):
        growing(view.meeting)


class _Seen(NamedTuple):
    """What of a job decides what its page shows."""

    under_way: bool
    stage: StageName | None
    heard: bool


def _seen(one: JobView | None) -> _Seen | None:
    if one is None:
        return None
    return _Seen(one.job.under_way, one.job.stage, one.job.hearing is not None)


def _going(meeting: str, seen: _Seen | None) -> None:
    """How far it is; the whole page is drawn again when there is something else to see."""
    job, worked_on = _job(meeting)
    if job is None or _seen(job) != seen:
        st.rerun()
    st.text(standing(job))
    _nobody(worked_on)


def gaps(meeting: str, minutes: Minutes) -> None:
    """What these minutes lack, to the letter, and how to go on; nothing where they are whole."""
    if not minutes.missing:
        return
    if _of_the_source(meeting, minutes):
        st.warning(t("unfinished.source", count=len(minutes.missing)))
    else:
        _go_on(meeting, t("unfinished.partial", count=len(minutes.missing)))
    if len(minutes.missing) <= SHOWN:
        st.text("\n".join(minutes.missing))
        return
    with st.expander(t("unfinished.lines", count=len(minutes.missing))):
        st.text("\n".join(minutes.missing))


def read_anew(meeting: str, told: str) -> None:
    """These minutes rest on words that are others by now: said, with the way to make them anew."""
    job, worked_on = _job(meeting)
    if job is not None and job.job.under_way:
        st.info(t("imported.making"))
        _nobody(worked_on)
        return
    with _row("read-anew"):
        st.warning(plain(told), width="stretch")
        _begin(meeting, t("imported.make"))


def no_specs(meeting: str, minutes: Minutes) -> None:
    """Asks that no run has written a spec for, whatever the reason."""
    asks = waiting_for_spec(minutes)
    if not asks:
        return
    told = t("unfinished.no_specs", count=len(asks), asks=t("specs.comma").join(asks))
    if minutes.missing:
        st.text(told)
    else:
        _go_on(meeting, told)


def _until_over(meeting: str) -> None:
    """Nothing to see; the page is drawn again when the work is over."""
    job, _ = _job(meeting)
    if job is None or not job.job.under_way:
        st.rerun()


def outdated(meeting: str, told: str, *, offered: bool) -> None:
    """What the minutes know nothing of because it was said after they were made; the way on.

    Args:
        meeting: Its uid.
        told: What that is.
        offered: Whether the page offers already to work on it again.
    """
    job, worked_on = _job(meeting)
    if job is not None and job.job.under_way:
        st.info(plain(sentences((told, t("unfinished.under_way")), language())))
        _nobody(worked_on)
        return
    with _row("outdated"):
        st.info(plain(told), width="stretch")
        if not offered:
            _begin(meeting, t("unfinished.anew"))


def _of_the_source(meeting: str, minutes: Minutes) -> bool:
    """Whether all that is missing is what the file itself does not give: no other run would."""
    transcript = meetings.transcript(me(), house(), meeting, minutes.transcript_version)
    return transcript is not None and set(minutes.missing) <= set(
        of_the_source(transcript, minutes.language)
    )


def _how_far(view: MeetingView, job: JobView | None) -> str:
    if view.transcript is None:
        if _silent(job):
            return "silent"
        begun = job is not None and job.job.hearing is not None
        return "begun" if begun else "unheard"
    return "heard" if view.meeting.recordings else "read"


def _silent(job: JobView | None) -> bool:
    failure = job.job.failure if job is not None else None
    return failure is not None and failure.code == SILENT


def _go_on(meeting: str, told: str) -> None:
    job, worked_on = _job(meeting)
    if job is not None and job.job.under_way:
        st.warning(plain(sentences((told, t("unfinished.under_way")), language())))
        _nobody(worked_on)
        st.fragment(_until_over, run_every=EVERY)(meeting)
        return
    with _row("go-on"):
        st.warning(plain(sentences((told, t("unfinished.how")), language())), width="stretch")
        _begin(meeting, t("unfinished.again"))
        st.page_link("views/settings.py", label=t("nav.settings"))


def _row(key: str) -> DeltaGenerator:
    return st.container(horizontal=True, vertical_alignment="center", key=f"unfinished-{key}")


def _begin(meeting: str, label: str) -> None:
    st.button(label, key=f"begin-{meeting}", on_click=_do, args=(meeting,))
    if refused := st.session_state.pop(REFUSED, None):
        st.error(plain(refused))


def _do(meeting: str) -> None:
    try:
        jobs.begin(me(), house(), meeting)
    except DragomanError as error:
        st.session_state[REFUSED] = explain(error)


def _nobody(worked_on: bool) -> None:
    if not worked_on:
        st.warning(t("meetings.no_worker"))


def _job(meeting: str) -> tuple[JobView | None, bool]:
    """The latest job of a meeting, and whether anybody works on jobs."""
    board = jobs.listed(me(), house())
    return next((one for one in board.jobs if one.meeting.uid == meeting), None), bool(
        board.workers
    )
