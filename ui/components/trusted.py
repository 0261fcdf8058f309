"""Beside a list: one quiet line on how far to trust it, and the figures behind it when asked."""

from collections.abc import Iterator

import streamlit as st

from pipeline.measured.reading import measured
from pipeline.models.base import Language
from pipeline.models.minutes import Minutes
from pipeline.service import sending
from pipeline.service.meetings import MeetingView
from ui.plain import plain
from ui.session import house, language, me
from ui.trust import RULES, Trust, engines, explained, line, of_unsaid, trust
from ui.words.loader import tin


def beside_items(view: MeetingView, minutes: Minutes) -> None:
    """A line for every engine that made these minutes; nothing where people wrote all of it."""
    for one in known(view, minutes):
        trusted(one, minutes.language)


def beside_unsaid(view: MeetingView, minutes: Minutes) -> None:
    """How much of what was asked stands on this list or in the minutes, where it was measured."""
    if view.meeting.kind == "note":
        st.caption(tin(language(), "desk.unsaid.every_line"))
        return
    for one in known(view, minutes):
        if told := of_unsaid(one, minutes.language, language()):
            st.caption(plain(told))


def known(view: MeetingView, minutes: Minutes) -> Iterator[Trust]:
    """What is known of each engine that made these minutes."""
    for engine in engines(minutes):
        found = measured(engine)
        if engine == RULES:
            one = trust(engine, found, version=house().tools.extractor.prompt)
        else:
            one = trust(engine, found, model=_model(view, minutes))
        yield one._replace(kind=view.meeting.kind)


def trusted(one: Trust, spoken: Language) -> None:
    """The line about one engine, and the figures in a fold-out.

    Args:
        one: what is known of it.
        spoken: the language of the call.
    """
    with st.container(horizontal=True, vertical_alignment="center", key=f"trust-{one.engine}"):
        st.caption(plain(line(one, spoken, language())), width="stretch")
        about = explained(one.measured, spoken, language()) if one.measured else None
        if about is not None:
            with (
                st.popover(tin(language(), "trust.more")),
                st.container(key=f"figures-{one.engine}"),
            ):
                st.markdown(about.table)
                st.caption(plain(about.told))


def _model(view: MeetingView, minutes: Minutes) -> str | None:
    """The model that was asked for these minutes, or whose answers were recorded."""
    if minutes.recorded_from:
        return minutes.recorded_from.model
    spent = sending.cost(me(), house(), view.meeting.uid)
    return spent.total.model if spent.uses else None
