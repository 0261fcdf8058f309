"""Each file of an upload: what its call is called, and when it was."""

from collections.abc import Mapping, Sequence

import streamlit as st

from pipeline.service.upload_chunk import Upload
from ui.intake import Named, named_by
from ui.session import t


def titles(waiting: Sequence[Upload], kept: Mapping[str, Named]) -> dict[str, Named]:
    """Draw a line for each file; what is in them, by id.

    Args:
        waiting: the files.
        kept: what was filled in for some of them before.
    """
    for one in waiting:
        begun = kept.get(one.id) or named_by(one.name)
        st.session_state.setdefault(f"upload-title-{one.id}", begun.title)
        st.session_state.setdefault(f"upload-own-date-{one.id}", begun.date)
    if waiting:
        st.caption(t("upload.titles"))
    return {one.id: _line(one) for one in waiting}


def _line(one: Upload) -> Named:
    with st.container(horizontal=True, vertical_alignment="bottom", key=f"upload-file-{one.id}"):
        title = st.text_input(
            t("upload.call_title"),
            key=f"upload-title-{one.id}",
            placeholder=t("upload.call_title"),
            label_visibility="collapsed",
        )
        date = st.date_input(
            t("upload.date"),
            value=None,
            key=f"upload-own-date-{one.id}",
            format="YYYY-MM-DD",
            label_visibility="collapsed",
            width=160,
        )
    return Named(title=title or "", date=date)
