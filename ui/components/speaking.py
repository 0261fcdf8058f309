"""Above the words of the call: who speaks, who that may be, and a person's yes to it."""

import streamlit as st

from pipeline.errors import DragomanError
from pipeline.models.minutes import Minutes
from pipeline.models.transcript import Transcript
from pipeline.service import meetings, review, speakers
from pipeline.service.meetings import MeetingView
from pipeline.service.speakers import Choice, Speaker, Speakers
from ui.components.unfinished import outdated
from ui.plain import plain
from ui.session import explain, house, me, t
from ui.speaking import (
    SIDES,
    SOMEBODY,
    Somebody,
    choice,
    head,
    opens,
    option_text,
    options,
    preselected,
    reason,
)

TALL = 420
"""Pixels of the list, where many speak."""
FEW = 3
"""Speakers whose rows all stand there; more are scrolled."""

LONGEST = 60
"""Characters of a label that are shown."""


def speaking(
    view: MeetingView, minutes: Minutes | None, transcript: Transcript, *, offered: bool = False
) -> None:
    """The folded line, what the last yes did, and whether the minutes are older than it.

    Args:
        view: The meeting.
        minutes: What was made of its words; None where nothing was yet.
        transcript: Its words.
        offered: Whether the page offers already to make the minutes anew.
    """
    told = speakers.among(transcript, view.project, meeting=view.meeting.uid)
    _said(transcript)
    if minutes is not None:
        _older(view.meeting.uid, minutes, transcript, offered=offered or bool(minutes.missing))
    if told.speakers:
        _asked(told, opens(told, minutes))
    elif told.unnamed:
        st.caption(t("speaking.nobody", count=told.unnamed))


@st.fragment
def _asked(told: Speakers, at_once: bool) -> None:
    """The rows, drawn only while they are unfolded; only this part runs again at a choice.

    The button is behind the last row: nobody confirms what they did not pass.
    """
    key = f"speaking-{told.meeting}"
    fold = st.expander(head(told, _say), expanded=at_once, key=key, on_change="rerun")
    if not fold.open:
        return
    with fold:
        st.caption(t("speaking.help"))
        many = len(told.speakers) > FEW
        with st.container(height=TALL if many else "content", border=False, gap="small"):
            chosen = [_row(one, told) for one in _unknown_first(told)]
            if told.unnamed:
                st.caption(t("speaking.unnamed", count=told.unnamed))
            choices = [one for one in chosen if one is not None]
            yes = st.button(
                t("speaking.confirm", count=len(choices)),
                type="primary",
                disabled=not choices,
                key=f"{key}-confirm",
            )
        if yes:
            _confirm(told, choices)


def _unknown_first(told: Speakers) -> list[Speaker]:
    return sorted(told.speakers, key=lambda one: one.known)


def _row(one: Speaker, told: Speakers) -> Choice | None:
    """One speaker, and what was chosen of them."""
    key = f"speaker-{told.meeting}-{one.label}"
    every = options(one, told)
    with st.container(gap="xxsmall", key=f"row-{key}"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.text(one.label[:LONGEST], width="content")
            share = round(100 * one.share)
            st.caption(t("speaking.turns", count=one.turns, share=share), width="content")
        st.text(t("speaking.first", words=one.first))
        option = st.selectbox(
            plain(t("speaking.who", label=one.label)),
            every,
            index=every.index(preselected(one)),
            format_func=lambda each: option_text(each, one, told, _say),
            label_visibility="collapsed",
            key=key,
        )
        if not one.known and (why := reason(one, _say)):
            label = one.label[:LONGEST]
            st.caption(plain(t("speaking.because", label=label, reason=why)))
        somebody = _somebody(key) if option == SOMEBODY else Somebody()
    return choice(one, option, somebody)


def _somebody(key: str) -> Somebody:
    """Name, side and title of somebody who is no participant yet."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        name = st.text_input(t("speaking.name"), key=f"{key}-name", width=170)
        side = st.selectbox(
            t("speaking.side_label"),
            SIDES,
            format_func=lambda each: _say(f"side.{each}"),
            key=f"{key}-side",
            width=130,
        )
        title = st.text_input(t("speaking.title"), key=f"{key}-title", width=150)
    return Somebody(name, side, title)


def _confirm(told: Speakers, choices: list[Choice]) -> None:
    try:
        done = speakers.confirm(me(), house(), told.meeting, choices, seen=told.version)
    except DragomanError as error:
        st.error(plain(explain(error)))
        return
    said = [t("speaking.confirmed", count=done.turns)]
    if done.added:
        said.append(t("speaking.added", names=t("specs.comma").join(done.added)))
    event = done.events[0].uid if done.events else None
    st.session_state[_key(told.meeting)] = (" ".join(said), event, done.transcript.version)
    st.rerun()


def _said(transcript: Transcript) -> None:
    """What was done last, with the way back, until the words of the call are others again."""
    meeting = transcript.meeting
    said, event, version = st.session_state.get(_key(meeting), ("", None, None))
    if not said or version not in (None, transcript.version):
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.text(said, width="stretch")
        if event is not None:
            st.button(
                t("speaking.undo"),
                key=f"undo-{_key(meeting)}",
                type="tertiary",
                on_click=_undo,
                args=(meeting, event),
            )


def _undo(meeting: str, event: str) -> None:
    said, version = t("speaking.undone"), None
    try:
        (words, *_) = review.undo(me(), house(), meeting, event)
        version = getattr(words, "version", None)
    except DragomanError as error:
        said = explain(error)
    st.session_state[_key(meeting)] = (said, None, version)


def _older(meeting: str, minutes: Minutes, transcript: Transcript, *, offered: bool) -> None:
    """Says that the minutes know nothing of names given since, and offers to make them again."""
    if minutes.transcript_version >= transcript.version:
        return
    turns = _renamed(meeting, minutes.transcript_version, transcript.version)
    if turns:
        outdated(meeting, t("speaking.older", count=turns), offered=offered)


@st.cache_resource(max_entries=64, show_spinner=False)
def _renamed(meeting: str, before: int, now: int) -> int:
    """Turns that got another name or side between two versions, which never change."""
    pair = [meetings.transcript(me(), house(), meeting, version) for version in (before, now)]
    return speakers.renamed(pair[0], pair[1]) if pair[0] and pair[1] else 0


def _key(meeting: str) -> str:
    return f"speaking-said-{meeting}"


def _say(key: str, **about: object) -> str:
    return t(f"speaking.{key}", **about)
