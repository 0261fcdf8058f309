"""Said, not minuted: what sounds like something and led to nothing, and what was not taken."""

import streamlit as st

from pipeline.errors import DragomanError
from pipeline.models.meeting import Meeting
from pipeline.models.minutes import Minutes, Uncited
from pipeline.models.transcript import IMPORTED, Transcript
from pipeline.service import meetings, review
from ui.components.dropped import by_reasons
from ui.components.kept_words import REFUSED, answered, head, left_over, line, put_aside
from ui.components.taking import specs_wanted, take_form
from ui.components.trusted import beside_unsaid
from ui.plain import plain
from ui.session import explain, house, me, t
from ui.shell import opened
from ui.turns import Turn, covered, offers_form, standing, turns

MOST = 15
"""Turns shown at once."""
LINES = 300
"""Lines of what was not taken that are shown of one reason."""


def page() -> None:
    """The page of one meeting."""
    view = opened("unsaid")
    if view is None:
        return
    if view.minutes is None or view.transcript is None:
        st.info(t("unsaid.not_yet"))
        return
    st.caption(t("unsaid.help"))
    beside_unsaid(view, view.minutes)
    still_open(view.meeting.uid)
    not_taken(view.transcript, view.meeting)


@st.fragment
def still_open(meeting: str) -> None:
    """The turns; only this part runs again when somebody answers."""
    view = meetings.view(me(), house(), meeting)
    if view.minutes is None or view.transcript is None:
        return
    every = turns(view.minutes, view.transcript, meeting=view.meeting)
    if refused := st.session_state.pop(REFUSED, None):
        st.warning(plain(refused))
    left_over(meeting, every, view.minutes, view.transcript)
    if not every:
        st.success(t("unsaid.none"))
        return
    left = [one for one in every if one.uncited.state == "open"]
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{counted(every, len(left))}**", width="content")
        st.space("stretch")
        all_of_them = st.toggle(t("unsaid.show_answered"), value=True, key="unsaid-answered")
    shown = every
    if not all_of_them:
        shown = turns(view.minutes, view.transcript, meeting=view.meeting, only_open=True)
    specs_wanted(meeting, view.minutes)
    for one in _part(shown):
        turn(meeting, one, view.minutes)


def counted(every: tuple[Turn, ...], left: int) -> str:
    """How many are left, and what became of the others."""
    if left:
        return t("unsaid.left", left=left, total=len(every))
    return t("unsaid.all_answered", total=len(every))


def _part(shown: tuple[Turn, ...]) -> tuple[Turn, ...]:
    if len(shown) <= MOST:
        return shown
    at = st.pagination(-(-len(shown) // MOST), key="unsaid-page") - 1
    return shown[at * MOST : (at + 1) * MOST]


def turn(meeting: str, one: Turn, minutes: Minutes) -> None:
    """One turn in its surroundings, with what can be done about it."""
    uncited = one.uncited
    with st.container(border=True, gap="xxsmall", key=f"turn-{uncited.segment}-{uncited.cue}"):
        for segment in one.before:
            st.caption(plain(line(segment, one.meeting)))
        with st.container(horizontal=True, vertical_alignment="top"):
            if told := head(one.said, one.meeting):
                st.text(told, width=220)
            st.text(one.said.text, width="stretch")
            st.caption(t(f"unsaid.cue.{uncited.cue}"), width=190)
        for segment in one.after:
            st.caption(plain(line(segment, one.meeting)))
        if uncited.state == "open":
            _choices(meeting, one, minutes)
        else:
            _answered(meeting, one, minutes)


def _choices(meeting: str, one: Turn, minutes: Minutes) -> None:
    uncited = one.uncited
    key = f"{uncited.segment}-{uncited.cue}"
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            t("unsaid.dismiss"),
            key=f"dismiss-{key}",
            on_click=_answer,
            args=(meeting, uncited, "dismissed"),
        )
        with st.popover(t(f"unsaid.take.{uncited.cue}")):
            take_form(meeting, one)
        with st.popover(t("unsaid.attach")):
            _attach(meeting, uncited, minutes, key)


def _attach(meeting: str, uncited: Uncited, minutes: Minutes, key: str) -> None:
    texts = {
        item.id: f"{item.id} {item.text}"
        for _, item in minutes.items()
        if item.review != "rejected"
    }
    chosen = st.selectbox(
        t("unsaid.attach_to"),
        options=list(texts),
        index=None,
        format_func=lambda one: texts.get(one, one),
        placeholder=t("unsaid.attach_choose"),
        key=f"item-{key}",
    )
    st.button(
        t("unsaid.attach_do"),
        key=f"attach-{key}",
        type="primary",
        disabled=chosen is None,
        on_click=_answer,
        args=(meeting, uncited, "attached", chosen),
    )


def _answered(meeting: str, one: Turn, minutes: Minutes) -> None:
    uncited = one.uncited
    taken = uncited.state == "accepted" and uncited.item
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(plain(answered(uncited, minutes)), width="content")
        if taken:
            address = {"m": meeting, "item": str(uncited.item)}
            st.page_link("views/review.py", label=t("unsaid.look"), query_params=address)
        if offers_form(uncited):
            with st.popover(t(f"unsaid.take.{uncited.cue}")):
                take_form(meeting, one)
        st.button(
            t("unsaid.undo"),
            key=f"undo-{uncited.segment}-{uncited.cue}",
            type="tertiary",
            on_click=_undo,
            args=(meeting, uncited),
        )


def _answer(meeting: str, uncited: Uncited, state: str, item: str | None = None) -> None:
    try:
        review.edit(me(), house(), meeting, covered(uncited, state, item))
        put_aside(meeting, uncited)
    except DragomanError as error:
        st.session_state[REFUSED] = explain(error)


def _undo(meeting: str, uncited: Uncited) -> None:
    try:
        events = review.history(me(), house(), meeting, "coverage", uncited.segment)
        if (last := standing(events)) is not None:
            review.undo(me(), house(), meeting, last.uid)
    except DragomanError as error:
        st.session_state[REFUSED] = explain(error)


def not_taken(transcript: Transcript, meeting: Meeting) -> None:
    """What was heard or read and not taken as speech, each with its reason."""
    if not transcript.dropped:
        st.caption(t("unsaid.all_taken"))
        return
    with st.expander(t("unsaid.dropped", count=len(transcript.dropped))):
        if transcript.engine.name != IMPORTED and any(one.text for one in transcript.dropped):
            st.caption(t("unsaid.said_after_all"))
        by_reasons(transcript.dropped, most=LINES, meeting=meeting)


page()
