"""Who did what: every decision and change in this meeting, and whether the record is whole."""

import streamlit as st

from pipeline.errors import DragomanError
from pipeline.service import review, sending
from pipeline.service.meetings import MeetingView
from ui.deeds import Deed, deeds, names
from ui.moments import moment
from ui.plain import plain
from ui.sending import took
from ui.session import explain, house, language, me, named, t, words
from ui.shapes import called
from ui.shell import opened

MOST = 25
"""Entries shown at once."""


def page() -> None:
    """The page of one meeting."""
    view = opened("audit")
    if view is None:
        return
    whole(view)
    models(view)
    if refused := st.session_state.pop("audit-refused", None):
        st.warning(plain(refused))
    every = record(view)
    if not every:
        st.info(t("audit.none"))
        return
    entries(view, chosen(every))


def whole(view: MeetingView) -> None:
    """Whether somebody tampered with the record, in one sentence."""
    broken = review.check(me(), house(), view.meeting.uid)
    if broken:
        st.error(t("audit.broken", count=len(broken)))
        return
    st.caption(t("audit.whole"))


def models(view: MeetingView) -> None:
    """What language models took for this meeting, where one was ever asked."""
    spent = sending.cost(me(), house(), view.meeting.uid)
    if not spent.uses:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        told = t("audit.model", model=spent.total.model, what=took(spent.total, language()))
        st.caption(plain(told), width="content")
        address = {"m": view.meeting.uid}
        st.page_link("views/model.py", label=t("audit.model_more"), query_params=address)


def record(view: MeetingView) -> list[Deed]:
    """All entries, the newest first."""
    events = review.history(me(), house(), view.meeting.uid)
    known = names(view.minutes, view.specs, view.transcript)
    return deeds(events, known, me().id, _say)


def _say(table: str, value: str) -> str:
    if table == "field":
        return _field(value)
    if table == "shape":
        return called(value, language())
    return named("lane.kind" if table == "kind" else f"audit.{table}", value)


def _field(path: str) -> str:
    """A value by the name that the lanes give it; of a list, with its place from 1 on."""
    for prefix in ("lane.field", "audit.estimate", "audit.meeting", "specs.part"):
        if (name := words(prefix).get(path)) is not None:
            return name
    head, _, rest = path.partition("[")
    place, _, inside = rest.partition("].")
    part = words("specs.part").get(head.partition(".")[0], head)
    number = place.rstrip("]")
    told = f"{part} {int(number) + 1}" if number.isdigit() else part
    return f"{told} · {words('specs.column').get(inside, inside)}" if inside else told


def chosen(every: list[Deed]) -> list[Deed]:
    """Those that the reader wants to see."""
    people = list(dict.fromkeys(one.who for one in every))
    things = list(dict.fromkeys(one.on for one in every))
    with st.container(horizontal=True):
        who = st.selectbox(
            t("audit.who"), people, index=None, placeholder=t("audit.anybody"), width=240
        )
        on = st.selectbox(
            t("audit.on"), things, index=None, placeholder=t("audit.anything"), width=420
        )
    return [one for one in every if who in (None, one.who) and on in (None, one.on)]


def entries(view: MeetingView, shown: list[Deed]) -> None:
    """The entries, a part at a time."""
    st.caption(t("audit.count", count=len(shown)))
    if len(shown) > MOST:
        at = st.pagination(-(-len(shown) // MOST), key="audit-page") - 1
        shown = shown[at * MOST : (at + 1) * MOST]
    zone = st.context.timezone or view.project.time_zone
    for one in shown:
        entry(view.meeting.uid, one, zone)


def entry(meeting: str, one: Deed, zone: str) -> None:
    """One thing somebody did."""
    with st.container(horizontal=True, vertical_alignment="top", key=f"deed-{one.uid}"):
        st.caption(plain(moment(one.at, zone)), width=130)
        st.text(one.who, width=110)
        st.text(one.on, width=200)
        with st.container(width="stretch", gap="xxsmall"):
            st.text(one.what)
            if one.before or one.after:
                st.caption(plain(_change(one)))
            if one.reason:
                st.caption(plain(t("audit.reason", reason=one.reason)))
            if one.gone:
                st.caption(t("audit.gone"))
        if one.can_undo:
            st.button(
                t("audit.undo"),
                key=f"undo-{one.uid}",
                type="tertiary",
                on_click=_undo,
                args=(meeting, one.uid),
            )


def _change(one: Deed) -> str:
    if not (one.before and one.after):
        return one.before or one.after
    return t("audit.change", before=one.before, after=one.after)


def _undo(meeting: str, uid: str) -> None:
    try:
        review.undo(me(), house(), meeting, uid)
    except DragomanError as error:
        st.session_state["audit-refused"] = explain(error)


page()
