"""Files that belong to the specs of a meeting: see them, fetch one, attach one, take one off."""

from collections.abc import Callable, Sequence
from functools import partial

import streamlit as st

from pipeline.errors import DragomanError
from pipeline.models.spec import Attachment, FeatureSpec
from pipeline.service import attaching, specs
from ui.plain import plain
from ui.session import explain, house, me, t


def attached(meeting: str) -> None:
    """Closed until somebody wants it; only this part runs again when a file comes or goes."""
    every = specs.listed(me(), house(), meeting)
    if every:
        count = sum(len(one.attachments) for one in every)
        with st.expander(t("attached.files", count=count)):
            _files(meeting)


@st.fragment
def _files(meeting: str) -> None:
    every = specs.listed(me(), house(), meeting)
    chosen = st.selectbox(
        t("attached.which"),
        options=[one.uid for one in every],
        format_func=partial(_named, every),
        key="attached-spec",
    )
    spec = next((one for one in every if one.uid == chosen), None)
    if spec is None:
        return
    if refused := st.session_state.pop("attached-refused", None):
        st.error(plain(refused))
    for file in spec.attachments:
        _file(meeting, spec, file)
    st.caption(t("attached.help", most=attaching.MOST_BYTES >> 20))
    turn = st.session_state.setdefault("attached-turn", 0)
    given = st.file_uploader(
        t("attached.add"),
        max_upload_size=attaching.MOST_BYTES >> 20,
        key=f"attached-file-{turn}",
    )
    if given is not None and st.button(t("attached.keep"), key="attached-keep", type="primary"):
        st.session_state["attached-turn"] = turn + 1
        _done(
            lambda: attaching.attach_content(
                me(), house(), meeting, spec.uid, given.getvalue(), name=given.name
            )
        )


def _named(every: Sequence[FeatureSpec], uid: str) -> str:
    return next((f"{one.id} {one.title}" for one in every if one.uid == uid), uid)


def _file(meeting: str, spec: FeatureSpec, file: Attachment) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.text(file.name)
        st.space("stretch")
        st.download_button(
            t("attached.fetch"),
            data=partial(attaching.content, me(), house(), meeting, file.sha256),
            file_name=file.name,
            mime="application/octet-stream",
            key=f"attached-get-{spec.uid}-{file.sha256}",
            on_click="ignore",
        )
        if st.button(t("attached.remove"), key=f"attached-off-{spec.uid}-{file.sha256}"):
            _done(partial(attaching.take_off, me(), house(), meeting, spec.uid, file.sha256))


def _done(change: Callable[[], FeatureSpec]) -> None:
    """Do it, and let the whole page see what became of the spec."""
    try:
        change()
    except DragomanError as error:
        st.session_state["attached-refused"] = explain(error)
    st.rerun()
