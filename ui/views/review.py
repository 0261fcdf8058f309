"""Review: the minutes, one item at a time, beside the words of the call."""

from functools import partial

import streamlit as st

from pipeline.models.meeting import Meeting
from pipeline.models.moments import dial
from pipeline.models.review import EditEvent
from pipeline.models.transcript import Segment
from pipeline.service import meetings, mending, rereading, review
from pipeline.service.meetings import MeetingView
from ui.board import board
from ui.components.imported import imported, other_words
from ui.components.joined import older
from ui.components.lane import by_id, lane
from ui.components.mended import mended
from ui.components.player import player
from ui.components.speaking import speaking
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
    imported(view)
    if view.minutes is None:
        not_ready(view, t("review.not_yet"))
        if view.transcript is not None:  # who speaks can be told before anything is made of it
            speaking(view, None, view.transcript)
            heard(view)
        return
    otherwise = rereading.read_otherwise(me(), house(), view.meeting, view.minutes)
    anew = otherwise or older(view)
    if otherwise:
        other_words(view)
    elif not anew:
        gaps(view.meeting.uid, view.minutes)
    left, right = st.columns([5, 6], gap="medium")
    with left:
        above = st.container()
        # Its items point to other turns.
        events, told = heard(view.with_(minutes=None) if otherwise else view)
    with right:
        beside_items(view, view.minutes)
        with st.container():  # always there: the lane keeps its place, whatever is told above it
            mended(view, events, told)
        decide(view.meeting)
    if view.transcript is not None:
        with above:  # last: nobody waits for it to decide
            speaking(view, view.minutes, view.transcript, offered=anew)


def heard(view: MeetingView) -> tuple[tuple[EditEvent, ...], mending.Told]:
    """The words of the call; all edits of its turns, and what the project's list changed."""
    events = review.history(me(), house(), view.meeting.uid, "segment")
    told = mending.told(view, events)
    player(
        view,
        {**words("player"), **words("correct"), **words("naming")},
        sound=sound_url(settings().home, view.meeting.uid) if view.meeting.recordings else None,
        box=Box("player", view.meeting.uid),
        mended=told.changed,
    )
    return events, told


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
        silent=not meeting.recordings,
        selected=st.query_params.get("item"),
    )


@st.cache_resource(max_entries=16, show_spinner=False)
def _segments(meeting: str, version: int) -> dict[str, Segment]:
    """The turns that the minutes rest on: a version of a transcript never changes."""
    return by_id(meetings.transcript(me(), house(), meeting, version))


page()
