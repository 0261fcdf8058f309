"""What was joined to a meeting: whose words stand, what still rests on the earlier ones, the way back."""

import streamlit as st

from pipeline.errors import DragomanError
from pipeline.models.meeting import Join
from pipeline.models.minutes import Minutes
from pipeline.service import joining
from pipeline.service.meetings import MeetingView
from ui.components.unfinished import read_anew
from ui.plain import plain
from ui.session import explain, house, me, t

REFUSED = "join-refused"


def joined(view: MeetingView, join: Join) -> None:
    """All of it, on its own page."""
    st.text(t("joining.joined", file=join.name, text=t(f"joining.text_{join.text}")))
    older(view)
    st.button(
        t("joining.apart"),
        key="join-apart",
        help=t("joining.apart_help"),
        on_click=_apart,
        args=(view.meeting.uid,),
    )
    if refused := st.session_state.pop(REFUSED, None):
        st.error(plain(refused))
    st.page_link("views/review.py", label=t("joining.back"), query_params={"m": view.meeting.uid})


def older(view: MeetingView) -> bool:
    """Say that the words were replaced since the minutes were made, where they were; whether so."""
    if view.minutes is None or not _is_older(view, view.minutes):
        return False
    read_anew(view.meeting.uid, t("joining.stale"))
    return True


def _is_older(view: MeetingView, minutes: Minutes) -> bool:
    """Whether they rest on words from before the join, or on none of the turns of now."""
    join = view.meeting.join
    if join is not None and minutes.transcript_version <= join.version:
        return True
    cited = {uid for _, item in minutes.items() for one in item.evidence for uid in one.segments}
    if not cited or view.transcript is None:
        return False
    now = {one.id.partition(".")[0] for one in view.transcript.segments}
    return not {uid.partition(".")[0] for uid in cited} & now


def _apart(meeting: str) -> None:
    try:
        joining.apart(me(), house(), meeting)
        st.session_state["join-done"] = t("joining.apart_done")
    except DragomanError as error:
        st.session_state[REFUSED] = explain(error)
