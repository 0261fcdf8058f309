"""Review: the minutes, one item at a time, beside the words of the call."""

from functools import partial

import streamlit as st

from pipeline.models.meeting import Meeting
from pipeline.models.moments import dial
from pipeline.models.transcript import Segment
from pipeline.service import meetings
from ui.board import board
from ui.components.lane import by_id, lane
from ui.components.player import player
from ui.components.trusted import beside_items
from ui.components.unfinished import gaps, not_ready
from ui.inbox import Box
from ui.kinds import of_kind
from ui.looking import at_items
from ui.routes.tokens import sound_url
from ui.session import house, language, me, settings, t, words
from ui.shell import opened


def page() -> None:
    """The page of one meeting."""
    view = opened("review")
    if view is None:
        return
    if view.minutes is None:
        not_ready(view, t("review.not_yet"))
        return
    gaps(view.meeting.uid, view.minutes)
    left, right = st.columns([5, 6], gap="medium")
    with left:
        player(
            view,
            {**words("player"), **words("correct")},
            sound=sound_url(settings().home, view.meeting.uid) if view.meeting.recordings else None,
            box=Box("player", view.meeting.uid),
        )
    with right:
        beside_items(view, view.minutes)
        decide(view.meeting)


@st.fragment
def decide(meeting: Meeting) -> None:
    """The lane: only this part runs again when somebody decides."""
    box = Box("lane", meeting.uid)
    look = partial(
        at_items,
        me(),
        house(),
        meeting.uid,
        words=words("lane"),
        segments=partial(_segments, meeting.uid),
    )
    lane(
        board("lane", meeting.uid, language()).changes(look, box.held),
        of_kind(words("lane"), meeting.kind),
        box=box,
        meeting=meeting.uid,
        me=me().id,
        dial=dial(meeting),
        selected=st.query_params.get("item"),
    )


@st.cache_resource(max_entries=16, show_spinner=False)
def _segments(meeting: str, version: int) -> dict[str, Segment]:
    """The turns that the minutes rest on: a version of a transcript never changes."""
    return by_id(meetings.transcript(me(), house(), meeting, version))


page()
