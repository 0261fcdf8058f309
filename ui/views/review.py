"""Review: the minutes, one item at a time, beside the words of the call."""

import streamlit as st

from pipeline.errors import DragomanError
from pipeline.models.minutes import Minutes
from pipeline.models.transcript import Segment
from pipeline.service import meetings
from ui.components.lane import by_id, lane
from ui.components.player import player
from ui.inbox import Box
from ui.outbox import obey
from ui.routes.tokens import sound_url
from ui.session import explain, house, language, me, settings, t, words
from ui.shell import meeting_bar, meeting_in_question


def page() -> None:
    """The page of one meeting."""
    meeting = meeting_in_question()
    try:
        view = meetings.view(me(), house(), meeting)
    except DragomanError as error:
        st.error(explain(error))
        return
    meeting_bar(view, "review")
    if view.minutes is None:
        st.info(t("review.not_yet"))
        return
    left, right = st.columns([5, 6], gap="medium")
    with left:
        player(
            view,
            {**words("player"), **words("correct")},
            sound=sound_url(settings().home, meeting) if view.meeting.recordings else None,
            box=Box(meeting),
        )
    with right:
        decide(view.meeting.uid)


@st.fragment
def decide(meeting: str) -> None:
    """The lane: only this part runs again when somebody decides."""
    key = f"lane-{meeting}"
    answers = st.session_state.setdefault(f"answers-{key}", {})

    def take() -> None:
        waiting = [
            one for one in st.session_state[key].outbox or () if one.get("id") not in answers
        ]
        answers.update(obey(me(), house(), meeting, waiting, language(), earlier=answers))

    minutes = meetings.minutes(me(), house(), meeting)
    if minutes is not None:
        segments = _segments(meeting, minutes.transcript_version)
        chosen = _selected(minutes)
        lane(minutes, segments, words("lane"), answers, key=key, on_outbox=take, selected=chosen)


@st.cache_resource(max_entries=16, show_spinner=False)
def _segments(meeting: str, version: int) -> dict[str, Segment]:
    """The turns that the minutes rest on: a version of a transcript never changes."""
    del version
    return by_id(meetings.view(me(), house(), meeting).transcript)


def _selected(minutes: Minutes) -> str | None:
    """The item that the address names, by uid or short id."""
    wanted = st.query_params.get("item")
    items = (item for _, item in minutes.items())
    return next((item.uid for item in items if wanted in (item.uid, item.id)), None)


page()
