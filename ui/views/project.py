"""Projects: the client, their system, its people and words; what a call is read with."""

import streamlit as st

from pipeline.errors import DragomanError
from pipeline.models.project import DEFAULT_CLIENT, Project
from pipeline.service import projects
from ui import project_parts as parts
from ui.plain import plain
from ui.session import explain, house, me, t


def page() -> None:
    """All projects, or the one that the address names."""
    if said := st.session_state.pop("project-said", None):
        st.toast(plain(said))
    wanted = st.query_params.get("p")
    if wanted:
        one(wanted)
    else:
        every()


def every() -> None:
    """All projects."""
    st.subheader(t("nav.project"), anchor=False)
    found = projects.listed(me(), house())
    if not found:
        st.info(t("project.none"))
    for project in found:
        with st.container(horizontal=True, vertical_alignment="center", key=f"row-{project.uid}"):
            st.text(called(project), width=380)
            st.caption(plain(project.system or "–"), width=260)
            count = len(projects.meetings_of(me(), house(), project.uid))
            st.caption(t("project.meetings_count", count=count), width="stretch")
            st.button(
                t("project.open"), key=f"open-{project.uid}", on_click=show, args=(project.uid,)
            )
    parts.new_project()


def show(uid: str | None) -> None:
    """Name a project in the address, or none."""
    if uid:
        st.query_params["p"] = uid
    else:
        st.query_params.pop("p", None)


def called(project: Project) -> str:
    """The client, or that meetings without one lie here."""
    return t("project.default") if project.client == DEFAULT_CLIENT else project.client


def one(uid: str) -> None:
    """One project."""
    try:
        project = projects.of(me(), house(), uid)
    except DragomanError as error:
        st.error(plain(explain(error)))
        st.button(t("project.back"), on_click=show, args=(None,))
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{plain(called(project))}**", width="content")
        st.caption(plain(project.system), width="content")
        st.space("stretch")
        parts.download(project)
        st.button(t("project.back"), on_click=show, args=(None,), type="tertiary")
    st.caption(t("project.later"))
    parts.conflict(uid)
    about, words, meetings = st.tabs(
        [t("project.tab.about"), t("project.tab.dictionary"), t("project.tab.meetings")]
    )
    with about:
        parts.form(project)
    with words:
        parts.dictionary_of(project)
    with meetings:
        parts.meetings_of(project)


page()
