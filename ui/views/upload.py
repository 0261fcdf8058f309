"""Upload: files on their way, what is known of the call, and what became of them."""

from collections.abc import Mapping
from copy import copy
from typing import Any

import streamlit as st

from pipeline.errors import DragomanError, NotFoundError
from pipeline.service import projects, uploads
from pipeline.service.meetings import Intake
from pipeline.service.upload_chunk import Upload
from pipeline.service.uploads import Refusal, refusal
from ui.components.handed import handed
from ui.components.intake_form import Draft, intake_form
from ui.components.uploader import Told, active, uploader
from ui.intake import intake_of, troubles
from ui.plain import plain
from ui.routes.upload_token import token
from ui.session import explain, house, language, me, t, words

KEY = "uploader"
BEGINNING: Mapping[str, Any] = {
    "told": {},
    "gone": [],
    "known": [],
    "made": [],
    "go": False,
    "tried": False,
}


def page() -> None:
    """Files at the left, the form at the right; below, what was handed over."""
    state = st.session_state
    for name, empty in BEGINNING.items():
        state.setdefault(f"upload-{name}", copy(empty))
    left, right = st.columns([3, 2], gap="large")
    with right:
        st.subheader(t("upload.about"), anchor=False)
        draft = intake_form(projects.listed(me(), house()))
    with left:
        st.subheader(t("upload.title"), anchor=False)
        wrong = troubles(draft.form, draft.file)
        if state["upload-go"] and not wrong:
            hand_over(draft)
        files()
        start([t(f"upload.trouble_{code}", what=what) for code, what in wrong])
        handed(_handed(), state["upload-known"])


def files() -> None:
    """The drop area and the files."""
    uploader(
        uploads.waiting(me(), house()),
        [_told(*one) for one in st.session_state["upload-told"].values()],
        st.session_state["upload-gone"],
        words("upload.files"),
        token(me(), language()),
        key=KEY,
        on_active=lambda: None,
        on_close=_close,
    )


def start(wrong: list[str]) -> None:
    """The one button: from now on every file is handed over as soon as it is here."""
    state = st.session_state
    waiting = uploads.waiting(me(), house())
    sending = active(state.get(KEY))
    if not waiting and not sending:
        state["upload-go"] = False
        return
    if state["upload-go"] and (wrong or not _goes_on(waiting, sending)):
        state["upload-go"] = False
    if state["upload-tried"] and wrong:
        st.warning(plain(" ".join(wrong)))
    with st.container(horizontal=True, vertical_alignment="center"):
        if state["upload-go"]:
            st.text(t("upload.going"))
            st.button(t("upload.hold"), on_click=_go, args=(False,))
        else:
            st.button(t("upload.start"), type="primary", on_click=_go, args=(True,))
            st.caption(t("upload.start_hint"))


def hand_over(draft: Draft) -> None:
    """Hand over every file that is here to its end."""
    known = projects.listed(me(), house())
    for one in uploads.waiting(me(), house()):
        if one.complete and one.id not in st.session_state["upload-told"]:
            intake = intake_of(draft.form, known, draft.file, name=one.name, language=language())
            with st.spinner(t("upload.handing")):
                _hand_over(one, intake)


def _hand_over(one: Upload, intake: Intake) -> None:
    """Hand over one file, and note what became of it.

    Streamlit may end this run at any look into its state: nothing looks there between the hand
    over and the note of it.
    """
    state = st.session_state
    told, gone, known, made = (
        state[f"upload-{name}"] for name in ("told", "gone", "known", "made")
    )
    try:
        done = uploads.hand_over(me(), house(), one.id, intake)
    except NotFoundError:
        return  # another page of this person was quicker
    except DragomanError as error:
        told[one.id] = (one, refusal(error))
        return
    if isinstance(done, Refusal):
        told[one.id] = (one, done)
        if not done.kept:
            gone.append(one.id)
        return
    gone.append(one.id)
    made.append(done.meeting.uid)
    if done.known:
        known.append(done.meeting.uid)


def _told(one: Upload, refusal: Refusal) -> Told:
    """Why a file could not be taken, in the words of whoever looks."""
    why = explain(refusal.error)
    text = why if refusal.kept else t("upload.refused", why=why)
    return Told(id=one.id, name=one.name, text=text)


def _goes_on(waiting: tuple[Upload, ...], sending: tuple[str, ...]) -> bool:
    """Whether anything will be handed over without anybody doing anything."""
    told = st.session_state["upload-told"]
    return bool(sending) or any(one.complete and one.id not in told for one in waiting)


def _handed() -> list[str]:
    """Meetings made here; in the address, so that a reload still shows them."""
    before = [uid for uid in str(st.query_params.get("h", "")).split(",") if uid]
    made = st.session_state["upload-made"]
    made[:] = [uid for uid in made if uid not in before]
    uids = list(dict.fromkeys((*before, *made)))
    if uids != before:
        st.query_params["h"] = ",".join(uids)
    return uids


def _go(go: bool) -> None:
    st.session_state["upload-go"] = st.session_state["upload-tried"] = go
    if go:
        st.session_state["upload-told"] = {}


def _close() -> None:
    closed = getattr(st.session_state.get(KEY), "close", None)
    st.session_state["upload-told"].pop(closed, None)


page()
