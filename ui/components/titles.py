"""Each file of an upload: what its call is called, and when it was."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import streamlit as st

from pipeline.service.upload_chunk import Upload
from ui.intake import Named, named_by
from ui.session import t


class Shown(NamedTuple):
    """What the two fields of a file show."""

    begun: Named
    """What they were drawn with: given as their first value, for a browser may report an empty
    field before it has taken over what the session's state says."""
    now: Named
    turn: int = 0
    """How often they were drawn anew since another window said something else."""


def titles(
    waiting: Sequence[Upload],
    kept: Mapping[str, Named],
    keep: Callable[[Upload, Named], bool],
    under: Callable[[Upload], None],
) -> None:
    """Draw a line for each file, and keep what somebody typed into it.

    What was typed is told by comparing and not by a callback: the library ends a callback for
    good where something else happens in the browser meanwhile.

    Args:
        waiting: the files.
        kept: what was filled in for some of them before, in this window or another.
        keep: keeps what was filled in with a file; whether it could be kept.
        under: draws what else there is of a file.
    """
    if waiting:
        st.caption(t("upload.titles"))
    for one in waiting:
        said = kept.get(one.id) or named_by(one.name)
        shown = _shown(one.id, Named(title=said.title, date=said.date))
        named = _line(one.id, shown)
        if named != shown.now and keep(one, named):
            st.session_state[f"upload-named-{one.id}"] = shown._replace(now=named)
        under(one)


def _shown(uid: str, now: Named) -> Shown:
    """What is kept, also where another window kept it since this one was drawn."""
    state = st.session_state
    was: Shown = state.get(f"upload-named-{uid}") or Shown(now, now)
    title, date = (state.get(_key(name, uid, was)) for name in ("title", "own-date"))
    if title is None:
        was = Shown(now, now, was.turn)
    elif was.now != now and Named(title=title, date=date) == was.now:
        was = Shown(now, now, was.turn + 1)
    state[f"upload-named-{uid}"] = was
    return was


def _key(name: str, uid: str, shown: Shown) -> str:
    return f"upload-{name}-{uid}" + (f"-{shown.turn}" if shown.turn else "")


def _line(uid: str, shown: Shown) -> Named:
    with st.container(horizontal=True, vertical_alignment="bottom", key=f"upload-file-{uid}"):
        title = st.text_input(
            t("upload.call_title"),
            value=shown.begun.title,
            key=_key("title", uid, shown),
            placeholder=t("upload.call_title"),
            label_visibility="collapsed",
        )
        date = st.date_input(
            t("upload.date"),
            value=shown.begun.date,
            key=_key("own-date", uid, shown),
            format="YYYY-MM-DD",
            label_visibility="collapsed",
            width=160,
        )
    return Named(title=title or "", date=date)
