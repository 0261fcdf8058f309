"""Specs: what is to be built, one at a time, beside what the client said."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple

import streamlit as st

from pipeline.models.minutes import Ask
from pipeline.models.spec import FeatureSpec
from pipeline.models.standing import Standing
from pipeline.service import meetings, review
from pipeline.service import specs as sheets
from pipeline.service.meetings import MeetingView
from ui.board import Entry, Look, board
from ui.components.player import player
from ui.components.specs import entry, specs
from ui.inbox import Box
from ui.routes.tokens import sound_url
from ui.session import house, language, me, settings, t, words
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
    box = Box("specs", meeting)
    specs(
        board("specs", meeting, language()).changes(partial(_look, meeting), box.held),
        words("lane") | words("specs"),
        box=box,
        meeting=meeting,
        me=me(),
        selected=st.query_params.get("spec"),
    )


class _Seen(NamedTuple):
    """What the lane was drawn from last."""

    standing: Standing
    asks: Mapping[str, Ask]
    """By short id."""
    drafts: Mapping[str, FeatureSpec]
    """Specs before anybody edited them, by uid."""


def _look(meeting: str, seen: _Seen | None) -> Look:
    """The specs that were edited since, or all of them where more became another."""
    now = meetings.standing(me(), house(), meeting, seen.standing if seen else None)
    edited = _edited(meeting, now)
    if seen is not None and edited is not None:
        seen = seen._replace(standing=now)
        return Look(seen, _entries(meeting, edited, seen), whole=False)
    minutes = meetings.minutes(me(), house(), meeting)
    asks = {ask.id: ask for ask in minutes.asks} if minutes else {}
    seen = _Seen(now, asks, sheets.drafts(me(), house(), meeting))
    return Look(seen, _entries(meeting, sheets.listed(me(), house(), meeting), seen))


def _edited(meeting: str, now: Standing) -> list[FeatureSpec] | None:
    """The specs that were edited since; None where not only specs were."""
    found = [
        review.present(me(), house(), meeting, "spec", uid) if entity == "spec" else None
        for entity, uid in now.touched or ()
    ]
    specs = [one for one in found if isinstance(one, FeatureSpec)]
    return specs if now.touched is not None and len(specs) == len(found) else None


def _entries(meeting: str, found: Sequence[FeatureSpec], seen: _Seen) -> Iterator[Entry]:
    only = found[0].uid if len(found) == 1 else None
    events = review.history(me(), house(), meeting, "spec", only) if found else ()
    return (
        entry(
            spec,
            seen.asks,
            words("lane"),
            draft=seen.drafts.get(spec.uid),
            events=events,
            findings=partial(sheets.findings, me(), house()),
        )
        for spec in found
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
