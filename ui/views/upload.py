"""Upload: files on their way, what is known of the call, and what became of them."""

import contextlib
from collections.abc import Mapping
from copy import copy
from typing import Any

import streamlit as st
from pydantic import ValidationError

from pipeline.errors import DragomanError, NotFoundError
from pipeline.service import projects, uploads
from pipeline.service.meetings import Intake
from pipeline.service.upload_chunk import Upload
from pipeline.service.uploads import Refusal, refusal
from ui.components.handed import handed
from ui.components.intake_form import Draft, intake_form
from ui.components.titles import titles
from ui.components.uploader import Told, active, uploader
from ui.intake import Intent, Named, intake_of, troubles
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
        draft = intake_form(projects.listed(me(), house()), next(iter(wishes().values()), None))
    with left:
        st.subheader(t("upload.title"), anchor=False)
        wrong = troubles(draft.form, draft.file)
        above, below = st.container(), st.container()
        with below:
            kept = {uid: one.named for uid, one in wishes().items()}
            names = titles(uploads.waiting(me(), house()), kept)
        keep_wishes(draft, names, go=state["upload-go"] and not wrong)
        done = hand_over()
        with above:
            files()
        start([t(f"upload.trouble_{code}", what=what) for code, what in wrong])
        handed(_handed(), state["upload-known"])
    if done:
        st.rerun()


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
    asked = {one.id for one in waiting if _goes(one.id)}
    going = state["upload-go"] or bool(asked)
    fresh = not state["upload-go"] and any(one.id not in asked for one in waiting)
    if state["upload-tried"] and wrong:
        st.warning(plain(" ".join(wrong)))
    with st.container(horizontal=True, vertical_alignment="center"):
        if going:
            st.text(t("upload.going"))
            st.button(t("upload.hold"), on_click=_go, args=(False,))
        if fresh or not going:
            st.button(t("upload.start"), type="primary", on_click=_go, args=(True,))
            st.caption(t("upload.start_hint"))


def wishes() -> dict[str, Intent]:
    """What is to become of the files that are on their way, as their owner last said it."""
    found = {}
    for one in uploads.waiting(me(), house()):
        with contextlib.suppress(NotFoundError, ValidationError):
            found[one.id] = Intent.model_validate_json(uploads.noted(me(), house(), one.id))
    return found


def keep_wishes(draft: Draft, names: Mapping[str, Named], *, go: bool) -> None:
    """Keep with each file what was said about it: it goes on in another window, or tomorrow.

    Only a file that was there while somebody said "go" goes on by itself, with what the form said
    then; what comes later waits for its own word.
    """
    known = wishes()
    for uid, named in names.items():
        was = known.get(uid)
        if go:
            wish = Intent(form=draft.form, file=draft.file, named=named, go=True)
        elif was is not None:
            wish = was.with_(named=named)
        else:
            continue
        _note(uid, wish)


def _note(uid: str, wish: Intent) -> None:
    try:
        uploads.note(me(), house(), uid, wish.model_dump_json())
    except NotFoundError:
        return  # another page of this person handed it over
    except DragomanError as error:
        st.error(plain(explain(error)))


def _goes(uid: str) -> bool:
    """Whether a file is handed over as soon as it is here."""
    wish = wishes().get(uid)
    return wish is not None and wish.go and uid not in st.session_state["upload-told"]


def hand_over() -> bool:
    """Hand over every file that is here to its end and was told to go; whether there was one."""
    known, wanted = projects.listed(me(), house()), wishes()
    ready = [one for one in uploads.waiting(me(), house()) if one.complete and _goes(one.id)]
    for one in ready:
        wish = wanted[one.id]
        intake = intake_of(
            wish.form, known, wish.file, name=one.name, language=language(), named=wish.named
        )
        with st.spinner(t("upload.handing")):
            _hand_over(one, intake)
    return bool(ready)


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
        return
    for uid, wish in wishes().items():
        _note(uid, wish.with_(go=False))


def _close() -> None:
    closed = getattr(st.session_state.get(KEY), "close", None)
    st.session_state["upload-told"].pop(closed, None)


page()
