"""What frames every page: which meeting it is about, and the ways to its other pages."""

import streamlit as st

from pipeline.errors import DragomanError
from pipeline.models.project import DEFAULT_CLIENT
from pipeline.service import meetings
from pipeline.service.meetings import MeetingView
from ui.components.wake import wake
from ui.lengths import clock
from ui.plain import plain
from ui.session import explain, house, me, t

OF_MEETING = ("review", "specs", "unsaid", "export", "audit", "model")
"""Pages about one meeting, in the order in which they are used."""
WITHOUT_SPECS = ("review", "model", "join")
"""Those that show none: reading them takes as long as reading the minutes."""


def meeting_in_question() -> str:
    """Uid of the meeting that the address names; without one, back to the list."""
    wanted = st.query_params.get("m") or st.session_state.get("meeting")
    if not wanted:
        st.switch_page("views/meetings.py")
    st.session_state["meeting"] = wanted
    st.query_params["m"] = wanted
    return str(wanted)


def opened(here: str) -> MeetingView | None:
    """The meeting that a page is about, with its bar drawn; None where there is none of that name.

    The name comes from the address, which anybody may have written.
    """
    wanted = meeting_in_question()
    try:
        view = meetings.view(me(), house(), wanted, specs=here not in WITHOUT_SPECS)
    except DragomanError as error:
        st.error(plain(explain(error)))
        st.page_link("views/meetings.py", label=t("nav.meetings"))
        return None
    meeting_bar(view, here)
    if view.minutes is not None and (origin := view.minutes.recorded_from):
        st.caption(plain(t("bar.recorded", model=origin.model, date=origin.date)))
    return view


def meeting_bar(view: MeetingView, here: str) -> None:
    """One line: the meeting, and its pages."""
    with st.container(
        horizontal=True, vertical_alignment="center", gap="xsmall", key="meeting-bar"
    ):
        st.markdown(f"**{plain(view.meeting.title)}**", width="content")
        st.caption(plain(" · ".join(facts(view))), width="content")
        wake()
        st.space("stretch")
        if here == "review":
            st.page_link(
                "views/join.py",
                label=t("nav.join"),
                icon=":material/call_merge:",
                help=t("joining.link"),
                query_params={"m": view.meeting.uid},
            )
        for name in OF_MEETING:
            st.page_link(
                f"views/{name}.py",
                label=t(f"nav.{name}"),
                query_params={"m": view.meeting.uid},
                disabled=name == here,
            )


def facts(view: MeetingView) -> list[str]:
    """Client, date and length of a meeting, as far as they are known."""
    client = "" if view.project.client == DEFAULT_CLIENT else view.project.client
    length = next((one.duration for one in view.meeting.recordings if one.duration), None)
    kind = "" if view.meeting.kind == "call" else t(f"bar.kind.{view.meeting.kind}")
    told = [client, str(view.meeting.date or ""), clock(length) if length else "", kind]
    return [one for one in told if one]
