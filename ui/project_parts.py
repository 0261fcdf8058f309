"""The parts of the page of one project."""

from typing import Any, cast
from zoneinfo import available_timezones

import streamlit as st

from pipeline import bootstrap
from pipeline.errors import ConflictError, DragomanError
from pipeline.language.file_names import safe_name
from pipeline.models.project import Project
from pipeline.service import jobs, mending, projects
from ui import mending_form
from ui.plain import plain
from ui.plain_words_form import plain_words, plain_words_text, unchanged
from ui.project_form import (
    PERSON,
    dictionary,
    edited,
    glossary,
    glossary_text,
    people_rows,
)
from ui.project_speech import speech
from ui.session import LANGUAGES, explain, house, me, named, t
from ui.vocabulary_upload import upload

LARGEST = 5
"""Megabytes of a project file."""


def form(project: Project) -> None:
    """Everything about a project that is edited here; nothing is kept before "Save"."""
    uid = project.uid
    seen: Project = st.session_state.setdefault(f"project-seen-{uid}", project)
    turn = st.session_state.setdefault(f"project-turn-{uid}", 0)
    with st.form(f"project-{uid}-{turn}", border=False):
        texts = _texts(seen)
        st.caption(t("project.people_help"))
        rows = _people(seen)
        left, right = st.columns(2)
        texts["capabilities"] = left.text_area(
            t("project.capabilities"), "\n".join(seen.capabilities), height=180
        )
        texts["scope"] = right.text_area(t("project.scope"), "\n".join(seen.scope), height=180)
        texts["glossary"] = st.text_area(
            t("project.glossary"), glossary_text(seen.glossary), height=140
        )
        texts["plain_words"] = st.text_area(
            t("project.plain_words"),
            plain_words_text(seen.plain_words),
            height=140,
            help=t("project.plain_words_help"),
        )
        texts["corrections"] = st.text_area(
            t("project.corrections"),
            mending_form.corrections_text(seen.corrections),
            height=140,
            help=t("project.corrections_help"),
        )
        if st.form_submit_button(t("project.save"), type="primary"):
            _save(seen, texts, rows)


def _texts(seen: Project) -> dict[str, Any]:
    zones = sorted(available_timezones() | {seen.time_zone})
    with st.container(horizontal=True):
        plain_ones = {
            "industry": st.text_input(t("project.industry"), seen.industry, width=260),
            "language": st.selectbox(
                t("project.language"),
                list(LANGUAGES),
                index=list(LANGUAGES).index(seen.language),
                format_func=lambda one: LANGUAGES[one],
                width=240,
            ),
            "time_zone": st.selectbox(
                t("project.time_zone"), zones, index=zones.index(seen.time_zone), width=260
            ),
        }
    with st.container(horizontal=True):
        return plain_ones | speech(seen)


def _people(seen: Project) -> list[dict[str, Any]]:
    columns = {name: st.column_config.TextColumn(t(f"project.person.{name}")) for name in PERSON}
    columns["side"] = st.column_config.SelectboxColumn(
        t("project.person.side"),
        options=["us", "client"],
        format_func=lambda one: named("project.side", str(one)),
        required=True,
        default="client",
    )
    rows = people_rows(seen.participants) or [dict.fromkeys(PERSON, "") | {"side": "client"}]
    changed = st.data_editor(
        rows, column_config=columns, num_rows="dynamic", hide_index=True, width="stretch"
    )
    return cast(list[dict[str, Any]], changed)


def _unclear(seen: Project, texts: dict[str, Any]) -> str | None:
    """What to say of the first line that says nothing, in a text that somebody touched."""
    lines: dict[str, tuple[str, ...]] = {}
    if texts["glossary"] != glossary_text(seen.glossary):
        lines["glossary"] = glossary(texts["glossary"])[1]
    if not unchanged(texts["plain_words"], seen.plain_words):
        lines["plain_words"] = plain_words(texts["plain_words"])[1]
    if not mending_form.unchanged(texts["corrections"], seen.corrections):
        lines["corrections"] = mending_form.corrections(texts["corrections"])[1]
    unclear = ((name, line) for name, found in lines.items() for line in found)
    return next((t(f"project.{name}_unclear", line=line) for name, line in unclear), None)


def _save(seen: Project, texts: dict[str, Any], rows: list[dict[str, Any]]) -> None:
    if unclear := _unclear(seen, texts):
        st.error(plain(unclear))
        return
    try:
        wanted = edited(seen, texts, rows)
        mending.check(wanted.corrections)
        bootstrap.project_content(bootstrap.project_text(wanted).encode(), t("project.form"))
    except DragomanError as error:
        st.error(plain(explain(error)))
        return
    keep(seen, wanted)


def keep(seen: Project, wanted: Project) -> None:
    """Save, or show what somebody else wrote meanwhile."""
    try:
        projects.change(me(), house(), seen, wanted)
    except ConflictError as error:
        st.session_state[f"project-clash-{seen.uid}"] = (seen, wanted, dict(error.params))
        st.rerun()
    except DragomanError as error:
        st.error(plain(explain(error)))
        return
    st.session_state["project-said"] = t("project.saved")
    forget(seen.uid)
    st.rerun()


def forget(uid: str) -> None:
    """Open the project anew: as it is kept now."""
    st.session_state.pop(f"project-seen-{uid}", None)
    st.session_state.pop(f"project-clash-{uid}", None)
    st.session_state[f"project-turn-{uid}"] = st.session_state.get(f"project-turn-{uid}", 0) + 1


def conflict(uid: str) -> None:
    """Both texts, where somebody else was quicker."""
    if (clash := st.session_state.get(f"project-clash-{uid}")) is None:
        return
    seen, wanted, params = clash
    field = str(params.get("field"))
    with st.container(border=True):
        st.warning(plain(t("project.clash", field=named("project", field))))
        theirs, yours = st.columns(2)
        theirs.caption(t("project.theirs"))
        theirs.text(str(params.get("theirs")))
        yours.caption(t("project.yours"))
        yours.text(str(params.get("yours")))
        with st.container(horizontal=True):
            if st.button(t("project.take_theirs")):
                forget(uid)
                st.rerun()
            if st.button(t("project.take_mine")):
                now = projects.of(me(), house(), uid)
                st.session_state.pop(f"project-clash-{uid}", None)
                keep(seen.with_(**{field: getattr(now, field)}), wanted)


def dictionary_of(project: Project) -> None:
    """Tables and columns of the client's system: to look up, and to take in from files."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        search = st.text_input(t("project.search"), width=320, key="dictionary-search")
        rows = dictionary(project.data_dictionary, search)
        tables = len(project.data_dictionary)
        st.caption(t("project.dictionary_count", tables=tables, columns=len(rows)))
    if rows:
        names = {name: t(f"project.column.{name}") for name in rows[0]._fields}
        st.dataframe([row._asdict() for row in rows], column_config=names, hide_index=True)
    else:
        st.info(t("project.dictionary_none"))
    upload(project)


def _file(label: str, key: str) -> Project | None:
    file = st.file_uploader(label, type=["yaml", "yml"], max_upload_size=LARGEST, key=key)
    if file is None:
        return None
    try:
        return bootstrap.project_content(file.getvalue(), file.name)
    except DragomanError as error:
        st.error(plain(explain(error)))
        return None


def meetings_of(project: Project) -> None:
    """The meetings of a project, each of which can be worked on again."""
    found = projects.meetings_of(me(), house(), project.uid)
    if not found:
        st.info(t("project.no_meetings"))
    for one in found:
        with st.container(horizontal=True, vertical_alignment="center", key=f"again-{one.uid}"):
            st.text(one.title, width=420)
            st.caption(plain(one.date or "–"), width="stretch")
            st.page_link("views/review.py", label=t("project.review"), query_params={"m": one.uid})
            st.button(t("project.again"), key=f"begin-{one.uid}", on_click=_again, args=(one.uid,))


def _again(meeting: str) -> None:
    try:
        jobs.begin(me(), house(), meeting)
        st.session_state["project-said"] = t("project.queued")
    except DragomanError as error:
        st.session_state["project-said"] = explain(error)


def download(project: Project) -> None:
    """The project as a file that can be read again."""
    st.download_button(
        t("project.download"),
        data=bootstrap.project_text(project).encode(),
        file_name=f"{safe_name(f'{project.client} {project.system}')} project.yaml",
        mime="application/yaml",
        on_click="ignore",
        key=f"download-{project.uid}",
    )


def new_project() -> None:
    """A project by its client and system, or by a file that somebody wrote."""
    with st.expander(t("project.new")):
        with (
            st.form("project-new", border=False),
            st.container(horizontal=True, vertical_alignment="bottom"),
        ):
            client = st.text_input(t("project.client"), width=280)
            system = st.text_input(t("project.system"), width=280)
            wanted = st.form_submit_button(t("project.make"))
        if wanted and client.strip():
            _made(Project(client=" ".join(client.split()), system=" ".join(system.split())))
        given = _file(t("project.file"), "project-file")
        if given is None:
            return
        known = any(
            (one.client, one.system) == (given.client, given.system)
            for one in projects.listed(me(), house())
        )
        st.text(f"{given.client} · {given.system or '–'}")
        if known:
            st.warning(t("project.file_replaces"))
        if st.button(t("project.file_take"), type="primary"):
            _made(given, replace=True)


def _made(project: Project, *, replace: bool = False) -> None:
    same = (
        one
        for one in projects.listed(me(), house())
        if (one.client, one.system) == (project.client, project.system)
    )
    known = next(same, None)
    try:
        kept = known if known and not replace else projects.save(me(), house(), project)
    except DragomanError as error:
        st.error(plain(explain(error)))
        return
    forget(kept.uid)
    st.query_params["p"] = kept.uid
    st.rerun()
