"""Specs: what is to be built, one at a time, beside what the client said."""

import streamlit as st

from pipeline.service import meetings
from pipeline.service import specs as sheets
from pipeline.service.meetings import MeetingView
from ui.components.player import player
from ui.components.specs import spec_rows, specs
from ui.inbox import Box
from ui.routes.tokens import sound_url
from ui.session import house, me, settings, t, words
from ui.shell import opened


def page() -> None:
    """The page of one meeting's specs."""
    view = opened("specs")
    if view is None:
        return
    if view.minutes is None:
        st.info(t("specs.not_yet"))
        return
    if not view.specs:
        st.info(t("specs.none"))
        return
    decide(view.meeting.uid)
    sound(view)


@st.fragment
def decide(meeting: str) -> None:
    """The lane: only this part runs again when somebody decides."""
    view = meetings.view(me(), house(), meeting)
    rows = spec_rows(
        view,
        words("lane"),
        findings={one.uid: one.findings for one in view.specs},
        bases=sheets.bases(me(), house(), view),
    )
    specs(
        rows,
        words("lane") | words("specs"),
        box=Box("specs", meeting),
        meeting=view.meeting.uid,
        me=me().name,
        selected=_selected(view),
    )


def sound(view: MeetingView) -> None:
    """The call itself, closed until somebody wants to read along; it sounds all the same."""
    with st.expander(t("specs.sound")):
        player(
            view,
            {**words("player"), **words("correct")},
            sound=sound_url(settings().home, view.meeting.uid) if view.meeting.recordings else None,
            box=Box("player", view.meeting.uid),
        )


def _selected(view: MeetingView) -> str | None:
    """The spec that the address names, by uid or short id."""
    wanted = st.query_params.get("spec")
    return next((one.uid for one in view.specs if wanted in (one.uid, one.id)), None)


page()
