"""Upload: files on their way, what is known of the call, and what became of them."""

import time
from collections.abc import Mapping, Sequence
from copy import copy
from functools import partial
from typing import Any

import streamlit as st

from pipeline.errors import DragomanError, NotFoundError
from pipeline.hearing import DEMO_MODEL
from pipeline.service import projects, uploads
from pipeline.service.intake import Intake
from pipeline.service.upload_chunk import Upload
from pipeline.service.uploads import Refusal, refusal
from ui.components.handed import handed
from ui.components.intake_form import Draft, intake_form
from ui.components.pasted import pasted
from ui.components.preview import previewed
from ui.components.titles import titles
from ui.components.uploader import Told, active, is_id, uploader
from ui.heard import Known
from ui.intake import (
    NO_PROJECT,
    Intent,
    Trouble,
    base_of,
    intake_of,
    named_by,
    shown_again,
    troubles,
)
from ui.plain import plain
from ui.routes.upload_token import token
from ui.session import explain, house, language, me, settings, t, words
from ui.wishes import keep_shape, keep_title, named_so_far, note, wishes

KEY = "uploader"
BEGINNING: Mapping[str, Any] = {
    "told": {},
    "gone": [],
    "known": [],
    "made": [],
    "meant": {},
    "pressed": [],
    "tried": False,
}
"""What one window knows: what became of files, and what was said of files not heard of yet."""
OPEN = 3
"""Files up to which all that was read of them is shown; of more it is folded."""
FEW = 5
"""Names of files in one sentence."""


def page() -> None:
    """Files at the left, the form at the right; below, what was handed over."""
    state = st.session_state
    for name, empty in BEGINNING.items():
        state.setdefault(f"upload-{name}", copy(empty))
    left, right = st.columns([3, 2], gap="large")
    with right:
        st.subheader(t("upload.about"), anchor=False)
        draft = intake_form(projects.listed(me(), house()), shown_again(wishes().values()))
    with left:
        st.subheader(t("upload.title"), anchor=False)
        if settings().speech_model == DEMO_MODEL:
            st.warning(t("settings.speech_demo"))
        above, below = st.container(), st.container()
        with below:
            paste(draft)
            waiting_files(draft)
        begin_or_hold(draft)
        keep_meant()
        done = hand_over()
        with above:
            files()
        start(troubles(draft.form, draft.file))
        handed(_handed(), state["upload-known"])
    if done:
        st.rerun()


def files() -> None:
    """The drop area and the files."""
    at = time.time()
    uploader(
        uploads.waiting(me(), house()),
        [_told(*one) for one in st.session_state["upload-told"].values()],
        st.session_state["upload-gone"],
        words("upload.files"),
        token(me(), language()),
        at=at,
        key=KEY,
        on_active=lambda: None,
        on_close=_close,
    )


def waiting_files(draft: Draft) -> None:
    """Each file with its title and date; a transcript, chat or notes with what was read."""
    waiting, kept = (
        uploads.waiting(me(), house()),
        {uid: one.named for uid, one in wishes().items()},
    )
    project = base_of(draft.form, projects.listed(me(), house()), draft.file)
    here = [one for one in waiting if one.complete and not _goes(one.id)]

    def under(one: Upload) -> None:
        if one in here:
            shape = kept[one.id].shape if one.id in kept else None
            known = Known(project, alone=draft.form.choice == NO_PROJECT)
            previewed(one, shape, partial(keep_shape, draft, one), known, folded=len(here) > OPEN)

    titles(waiting, kept, partial(keep_title, draft), under)


def paste(draft: Draft) -> None:
    """A text that was pasted becomes a file like any other; when it was pasted dates no call."""
    one = pasted()
    if one is not None:
        named = named_by(one.name).with_(date=None)
        note({one.id: Intent(form=draft.form, file=draft.file, named=named)})
        st.rerun()


def start(wrong: Sequence[tuple[Trouble, str]]) -> None:
    """What goes by itself, and the one button for what waits for its own start."""
    state = st.session_state
    waiting = uploads.waiting(me(), house())
    unheard = _unheard(waiting)
    if not waiting and not unheard:
        state["upload-tried"] = False
        return
    meant, pressed = state["upload-meant"], state["upload-pressed"]
    goes = [one for one in waiting if _goes(one.id)]
    going = [one.name for one in goes] + [name for name in unheard if name in meant]
    still = [one.name for one in waiting if one not in goes]
    still += [name for name in unheard if name not in meant]
    if state["upload-tried"] and wrong:
        st.warning(plain(" ".join(t(f"upload.trouble_{code}", what=what) for code, what in wrong)))
    if going:
        st.text(t("upload.going", files=_listed(going)))
        st.button(t("upload.hold"), on_click=pressed.append, args=(False,))
    if still:
        waits = "upload.start_hint_others" if going else "upload.start_hint"
        st.text(t(waits, files=_listed(still)))
        st.button(t("upload.start"), type="primary", on_click=pressed.append, args=(True,))


def _listed(names: Sequence[str]) -> str:
    more = len(names) - FEW
    few = ", ".join(names[:FEW])
    return t("upload.and_more", files=few, count=more) if more > 0 else few


def begin_or_hold(draft: Draft) -> None:
    """Do what a button was pressed for: begin with the files that are there now, or hold all.

    What the form says now is for these files. One that goes already keeps what was said of it;
    one that comes later waits for its own start. No word and no consent passes from one file to
    another. The library may end a run at any look into its state, and what was pressed with it:
    so what was pressed is noted outside of it, and done before it is forgotten.
    """
    state = st.session_state
    pressed: list[bool] = state["upload-pressed"]
    meant, told = state["upload-meant"], state["upload-told"]
    if not pressed:
        return
    if not pressed[-1]:
        meant.clear()
        note({uid: wish.with_(go=False) for uid, wish in wishes().items()})
        pressed.clear()
        return
    state["upload-tried"] = bool(wrong := troubles(draft.form, draft.file))
    if not wrong:
        wish = Intent(form=draft.form, file=draft.file, go=True)
        waiting = uploads.waiting(me(), house())
        still = [one for one in waiting if not _goes(one.id)]
        unheard = dict.fromkeys(_unheard(waiting), wish)
        note({one.id: wish.with_(named=named_so_far(one)) for one in still})
        meant |= {**unheard, **meant}
        told.clear()
    pressed.clear()


def keep_meant() -> None:
    """Give files that were dropped, but not heard of, when "start" was pressed what it meant."""
    meant = st.session_state["upload-meant"]
    if not meant:
        return
    waiting = uploads.waiting(me(), house())
    unheard = _unheard(waiting)
    fresh = [one for one in waiting if one.name in meant and not _goes(one.id)]
    note({one.id: meant[one.name].with_(named=named_so_far(one)) for one in fresh})
    for name in [name for name in meant if name not in unheard]:
        del meant[name]


def _unheard(waiting: Sequence[Upload]) -> list[str]:
    """Names of files that the browser is about to send, and of which nothing is here yet.

    One that is here in part was chosen again, to go on.
    """
    here = {one.id for one in waiting} | {one.name for one in waiting if not one.complete}
    return [one for one in active(st.session_state.get(KEY)) if one not in here and not is_id(one)]


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


def _handed() -> list[str]:
    """Meetings made here; in the address, so that a reload still shows them.

    All that this window made is added each time: what the browser says of its address may be older.
    """
    before = [uid for uid in str(st.query_params.get("h", "")).split(",") if uid]
    uids = list(dict.fromkeys((*before, *st.session_state["upload-made"])))
    if uids != before:
        st.query_params["h"] = ",".join(uids)
    return uids


def _close() -> None:
    closed = getattr(st.session_state.get(KEY), "close", None)
    st.session_state["upload-told"].pop(closed, None)


page()
