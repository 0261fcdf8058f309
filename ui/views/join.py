"""Join: another recording or transcript of this meeting, looked at beside it, then joined to it."""

import contextlib
import hashlib
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

import streamlit as st

from pipeline.errors import DragomanError
from pipeline.language.file_names import safe_file_name
from pipeline.models.joining import Text
from pipeline.models.meeting import Meeting
from pipeline.service import joining
from pipeline.service.joining import Proposal
from pipeline.service.meetings import MeetingView
from ui import joining_text
from ui.components.joined import joined
from ui.components.side_by_side import side_by_side
from ui.plain import plain
from ui.session import explain, house, language, me, t
from ui.shell import opened
from ui.words.loader import tin

GAPS = 12
"""Stretches that only one of them has, shown in a fold-out."""
TEXTS: tuple[Text, Text] = ("theirs", "ours")


class Chosen(NamedTuple):
    """The other account, as it was chosen here."""

    key: str
    meeting: str | None = None
    name: str = ""
    content: bytes = b""


def page() -> None:
    """The page of one meeting."""
    view = opened("join")
    if view is None:
        return
    told()
    if view.meeting.join is not None:
        joined(view, view.meeting.join)
        return
    if view.transcript is None:
        st.info(t("joining.unheard"))
        return
    st.text(t("joining.intro"))
    chosen = choice(view)
    if chosen is not None:
        look(view, chosen)


def told() -> None:
    """What became of the last click."""
    if refused := st.session_state.pop("join-refused", None):
        st.warning(plain(refused))
    if done := st.session_state.pop("join-done", None):
        st.success(plain(done))


def choice(view: MeetingView) -> Chosen | None:
    """Another meeting of the project, or a file."""
    others = joining.candidates(me(), house(), view.meeting.uid)
    left, right = st.columns(2, gap="large")
    with left:
        if others:
            one = st.selectbox(
                t("joining.meeting"),
                others,
                index=None,
                format_func=_called,
                placeholder=t("joining.choose"),
                key=f"join-other-{view.meeting.uid}",
            )
        else:
            one = None
            st.caption(t("joining.none"))
    with right, st.expander(t("joining.file")):
        sent = st.file_uploader(
            t("joining.file"),
            key=f"join-file-{view.meeting.uid}",
            label_visibility="collapsed",
        )
    if sent is not None:
        content = sent.getvalue()
        sha256 = hashlib.sha256(content).hexdigest()
        return Chosen(f"{sha256}-{sent.name}", name=sent.name, content=content)
    return Chosen(one.uid, meeting=one.uid) if one is not None else None


def look(view: MeetingView, chosen: Chosen) -> None:
    """What joining would give, and the button."""
    wanted = st.session_state.get(f"join-text-{chosen.key}")
    try:
        with st.spinner(""):
            seen = proposal(view, chosen, wanted)
    except DragomanError as error:
        st.error(plain(explain(error)))
        return
    with st.container(gap="xsmall"):
        for line in joining_text.told(seen, say):
            st.text(line)
    if not seen.joined.agreement.same:
        return
    gaps(seen)
    decide(view, chosen, seen)
    side_by_side(seen.joined.rows, seen.name)


def gaps(seen: Proposal) -> None:
    """The longest stretches that only one of them has."""
    every = seen.joined.agreement.missing
    if not every:
        return
    with st.expander(t("joining.gaps", count=len(every))):
        for one in every[:GAPS]:
            whose = say(f"whose_{one.whose}", file=seen.name)
            st.text(f"{whose}: {joining_text.stretch(one)}")


def decide(view: MeetingView, chosen: Chosen, seen: Proposal) -> None:
    """Whose words stand, what becomes of the other meeting, and yes."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="join-decide"):
        st.radio(
            t("joining.which"),
            TEXTS,
            index=TEXTS.index(seen.text),
            format_func=lambda text: plain(t(f"joining.{text}", file=seen.name)),
            horizontal=True,
            key=f"join-text-{chosen.key}",
        )
        st.caption(plain(joining_text.reason(seen, say)), width="stretch")
    remove = False
    if seen.other is not None and not seen.moves and not seen.worked_on:
        remove = st.checkbox(plain(t("joining.remove", meeting=seen.other.title)), key="join-gone")
    elif becomes := joining_text.becomes(seen, say):
        st.text(becomes)
    st.button(
        t("joining.accept"),
        type="primary",
        key="join-accept",
        on_click=partial(_accept, view.meeting.uid, chosen, seen, remove),
    )


def proposal(view: MeetingView, chosen: Chosen, text: Text | None) -> Proposal:
    """What joining would give; worked out once for what is chosen and what there is."""
    version = view.transcript.version if view.transcript else 0
    key = (view.meeting.uid, version, chosen.key, text)
    held: tuple[object, Proposal] | None = st.session_state.get("join-seen")
    if held is None or held[0] != key:
        with _at_hand(chosen) as other:
            found = joining.propose(me(), house(), view.meeting.uid, other, text=text)
        held = key, found
        st.session_state["join-seen"] = held
    return held[1]


def say(key: str, **params: object) -> str:
    """A sentence about joining in this person's language."""
    return tin(language(), f"joining.{key}", **params)


def _accept(meeting: str, chosen: Chosen, seen: Proposal, remove: bool) -> None:
    try:
        with _at_hand(chosen) as other:
            joining.accept(
                me(),
                house(),
                meeting,
                other,
                text=seen.text,
                version=seen.version,
                remove=remove,
            )
    except DragomanError as error:
        st.session_state["join-refused"] = explain(error)
    st.session_state.pop("join-seen", None)


@contextlib.contextmanager
def _at_hand(chosen: Chosen) -> Iterator[Path | str]:
    """The other account as the use cases take it: a meeting's uid, or a file on the disk."""
    if chosen.meeting is not None:
        yield chosen.meeting
        return
    with tempfile.TemporaryDirectory(prefix="dragoman-") as folder:
        file = Path(folder) / safe_file_name(chosen.name)
        file.write_bytes(chosen.content)
        yield file


def _called(one: Meeting) -> str:
    return " · ".join(part for part in (one.title, str(one.date or "")) if part)


page()
