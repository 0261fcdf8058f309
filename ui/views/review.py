"""Review: the minutes, one item at a time, beside the words of the call."""

from collections.abc import Iterable, Iterator
from functools import partial
from typing import NamedTuple

import streamlit as st

from pipeline.models.minutes import Item
from pipeline.models.standing import Standing
from pipeline.models.transcript import Segment
from pipeline.service import meetings, review
from ui.board import Entry, Look, board
from ui.components.lane import by_id, entry, lane
from ui.components.player import player
from ui.inbox import Box
from ui.routes.tokens import sound_url
from ui.session import house, language, me, settings, t, words
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
    box = Box("lane", meeting)
    lane(
        board("lane", meeting, language()).changes(partial(_look, meeting), box.held),
        words("lane"),
        box=box,
        meeting=meeting,
        me=me().id,
        selected=st.query_params.get("item"),
    )


class _Seen(NamedTuple):
    """What the lane was drawn from last."""

    standing: Standing
    version: int
    """The version of the call that the minutes rest on."""


def _look(meeting: str, seen: _Seen | None) -> Look:
    """The items that were edited since, or all of them where more became another."""
    now = meetings.standing(me(), house(), meeting, seen.standing if seen else None)
    items = _edited(meeting, now)
    if seen is not None and items is not None:
        return Look(_Seen(now, seen.version), _entries(meeting, items, seen.version), whole=False)
    minutes = meetings.minutes(me(), house(), meeting)
    if minutes is None:
        return Look(None, ())
    version = minutes.transcript_version
    return Look(
        _Seen(now, version), _entries(meeting, [item for _, item in minutes.items()], version)
    )


def _edited(meeting: str, now: Standing) -> list[Item] | None:
    """The items that were edited since; None where not only items were."""
    found = [
        review.present(me(), house(), meeting, "item", uid) if entity == "item" else None
        for entity, uid in now.touched or ()
    ]
    items = [one for one in found if isinstance(one, Item)]
    return items if now.touched is not None and len(items) == len(found) else None


def _entries(meeting: str, items: Iterable[Item], version: int) -> Iterator[Entry]:
    segments = _segments(meeting, version)
    return (entry(item, segments, words("lane"), version=version) for item in items)


@st.cache_resource(max_entries=16, show_spinner=False)
def _segments(meeting: str, version: int) -> dict[str, Segment]:
    """The turns that the minutes rest on: a version of a transcript never changes."""
    return by_id(meetings.transcript(me(), house(), meeting, version))


page()
