"""The part of a project's page that takes in tables, capabilities and contract lines as files."""

from collections.abc import Sequence

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from pipeline import bootstrap
from pipeline.errors import ConflictError, DragomanError
from pipeline.models.project import Project
from pipeline.models.vocabulary import Kind, Proposal
from pipeline.service import vocabulary
from ui import vocabulary_told as words
from ui.plain import plain
from ui.session import explain, house, language, me, t

LARGEST = 10
"""Megabytes of one file."""
TABLES = ("sql", "ddl", "xlsx", "csv", "tsv", "yaml", "yml", "json", "txt")
_LINES = ("txt", "md", "csv", "tsv", "xlsx", "yaml", "yml", "json")
KINDS: tuple[Kind, ...] = ("dictionary", "capabilities", "scope")


def project_of(name: str, content: bytes) -> Project:
    """A project by its file, or one that is only known by its tables and columns.

    Raises:
        NotReadableError: it is neither.
        ProjectFileError: a project file is wrong; names the field and the line.
    """
    if name.lower().endswith((".yaml", ".yml")):
        return bootstrap.project_content(content, name)
    given = [vocabulary.Given(name, content)]
    return vocabulary.proposed(Project(language=language()), given, house().vocabulary).wanted


def holding(project: Project) -> str:
    """How many tables and columns a project has."""
    columns = sum(len(one.fields) for one in project.data_dictionary)
    return t("vocabulary.holds", tables=len(project.data_dictionary), columns=columns)


def upload(project: Project) -> None:
    """Files in, what they would change, and a button to take it."""
    uid = project.uid
    with st.container(border=True):
        st.markdown(f"**{plain(t('vocabulary.title'))}**")
        kind = st.radio(
            t("vocabulary.kind"),
            KINDS,
            horizontal=True,
            format_func=lambda one: t(f"vocabulary.kinds.{one}"),
            key=f"vocabulary-kind-{uid}",
        )
        turn = st.session_state.setdefault(f"vocabulary-turn-{uid}", 0)
        tables = kind == "dictionary"
        files = st.file_uploader(
            t("vocabulary.file" if tables else "vocabulary.lines_file"),
            type=list(TABLES if tables else _LINES),
            accept_multiple_files=True,
            max_upload_size=LARGEST,
            key=f"vocabulary-{uid}-{kind}-{turn}",
        )
        if files:
            _offer(project, kind, files)


def _offer(project: Project, kind: Kind, files: Sequence[UploadedFile]) -> None:
    try:
        proposal = _proposal(project, kind, files)
    except DragomanError as error:
        st.error(plain(explain(error)))
        return
    preview(proposal)
    if st.button(t("vocabulary.take"), type="primary", disabled=not proposal.changes):
        _take(project.uid, proposal)


def _proposal(project: Project, kind: Kind, files: Sequence[UploadedFile]) -> Proposal:
    """Worked out once for these files and this project: large files take seconds."""
    key = f"vocabulary-read-{project.uid}"
    about = (kind, tuple(one.file_id for one in files), project)
    known: tuple[object, Proposal] | None = st.session_state.get(key)
    if known and known[0] == about:
        return known[1]
    given = [vocabulary.Given(one.name, one.getvalue(), kind) for one in files]
    with st.spinner(""):
        proposal = vocabulary.vocabulary(me(), house(), project.uid, given)
    st.session_state[key] = (about, proposal)
    return proposal


def preview(proposal: Proposal) -> None:
    """How many of what, and what to look at, folded."""
    st.caption(plain(words.read_as(proposal, language())))
    for line in words.summary(proposal, language()):
        st.text(line)
    if proposal.findings:
        with st.expander(t("vocabulary.findings", count=len(proposal.findings))):
            for line in words.first(proposal.findings, language(), most=200):
                st.text(line)


def _take(uid: str, proposal: Proposal) -> None:
    try:
        vocabulary.take(me(), house(), proposal)
    except ConflictError:
        st.session_state["project-said"] = t("vocabulary.anew")
        st.rerun()  # what it would change is worked out beside what somebody else wrote
    except DragomanError as error:
        st.error(plain(explain(error)))
        return
    st.session_state["project-said"] = t("vocabulary.taken")
    st.session_state[f"vocabulary-turn-{uid}"] += 1
    st.session_state.pop(f"project-seen-{uid}", None)
    st.session_state[f"project-turn-{uid}"] = st.session_state.get(f"project-turn-{uid}", 0) + 1
    st.rerun()
