"""Review: the minutes, one item at a time, beside the words of the call."""

import streamlit as st

from pipeline.models.minutes import Minutes
from pipeline.models.transcript import Segment
from pipeline.service import meetings
from ui.components.lane import by_id, lane
from ui.components.player import player
from ui.inbox import Box
from ui.routes.tokens import sound_url
from ui.session import house, me, settings, t, words
from ui.shell import opened


def page() -> None:
    """The page of one meeting."""
    view = opened("review")
    if view is None:
        return
    if view.minutes is None:
        st.info(t("review.not_yet"))
        return
    left, right = st.columns([5, 6], gap="medium")
    with left:
        player(
            view,
            {**words("player"), **words("correct")},
            sound=sound_url(settings().home, view.meeting.uid) if view.meeting.recordings else None,
            box=Box("player", view.meeting.uid),
        )
    with right:
        decide(view.meeting.uid)


@st.fragment
def decide(meeting: str) -> None:
    """The lane: only this part runs again when somebody decides."""
    minutes = meetings.minutes(me(), house(), meeting)
    if minutes is not None:
        segments = _segments(meeting, minutes.transcript_version)
        box = Box("lane", meeting)
        lane(minutes, segments, words("lane"), box=box, selected=_selected(minutes))


@st.cache_resource(max_entries=16, show_spinner=False)
def _segments(meeting: str, version: int) -> dict[str, Segment]:
    """The turns that the minutes rest on: a version of a transcript never changes."""
    return by_id(meetings.transcript(me(), house(), meeting, version))


def _selected(minutes: Minutes) -> str | None:
    """The item that the address names, by uid or short id."""
    wanted = st.query_params.get("item")
    items = (item for _, item in minutes.items())
    return next((item.uid for item in items if wanted in (item.uid, item.id)), None)


page()
