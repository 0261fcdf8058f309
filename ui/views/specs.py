"""Specs: what is to be built, one at a time, beside what the client said."""

from functools import partial

import streamlit as st

from pipeline.models.meeting import Meeting
from pipeline.models.moments import dial
from pipeline.models.project import Project
from pipeline.service import documents
from pipeline.service.meetings import MeetingView
from ui.board import board
from ui.components.asking import asking
from ui.components.attached import attached
from ui.components.player import player
from ui.components.specs import specs
from ui.components.unfinished import gaps, no_specs, not_ready
from ui.inbox import Box
from ui.kinds import of_kind
from ui.looking import at_specs
from ui.routes.tokens import sound_url
from ui.session import house, language, me, settings, t, words
from ui.shell import opened
from ui.turns import waiting_for_spec


def page() -> None:
    """The page of one meeting's specs."""
    view = opened("specs")
    if view is None:
        return
    if view.minutes is None:
        not_ready(view, t("specs.not_yet"))
        return
    no_specs(view.meeting.uid, view.minutes)
    gaps(view.meeting.uid, view.minutes)
    if not view.specs:
        if not waiting_for_spec(view.minutes):
            st.info(t("specs.none"))
        return
    decide(view.meeting, view.project)
    with st.expander(t("specs.asking")):
        asking(documents.all_of(view))
    attached(view.meeting.uid)
    sound(view)


@st.fragment
def decide(meeting: Meeting, project: Project) -> None:
    """The lane: only this part runs again when somebody decides."""
    box = Box("specs", meeting.uid)
    look = partial(at_specs, me(), house(), meeting.uid, words=words("lane"))
    specs(
        board("specs", meeting.uid, language()).changes(look, box.held),
        of_kind(words("lane") | words("specs"), meeting.kind),
        box=box,
        meeting=meeting.uid,
        me=me(),
        people=project.participants,
        capabilities=project.capabilities,
        dial=dial(meeting),
        silent=not meeting.recordings,
        selected=st.query_params.get("spec"),
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


page()
