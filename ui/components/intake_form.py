"""The form beside an upload: whose call it is, who speaks, what is known of it."""

from collections.abc import MutableMapping, Sequence
from typing import Any, NamedTuple

import streamlit as st

from pipeline.errors import DragomanError
from pipeline.models.project import DEFAULT_CLIENT, Project
from ui.intake import (
    FILE_PROJECT,
    MINUTES,
    NEW_PROJECT,
    NO_PROJECT,
    SPOKEN,
    Form,
    Intent,
    Person,
    base_of,
    refilled,
)
from ui.plain import plain
from ui.session import explain, me, t
from ui.vocabulary_upload import LARGEST, TABLES, holding, project_of

DEFAULTS: dict[str, Any] = {
    "choice": NO_PROJECT,
    "client": "",
    "system": "",
    "glossary": "",
    "date": None,
    "spoken": "auto",
    "minutes": "call",
    "consent": False,
}
SIDES = ("us", "client", "unknown")
ROW = ("name", "side", "title", "label")
"""What there is of a person in the form; the label is shown where it is another name."""


class Draft(NamedTuple):
    """What a person last filled in."""

    form: Form = Form()
    file: Project | None = None


@st.cache_resource(show_spinner=False)
def drafts() -> dict[str, Draft]:
    """By person: a page that is loaded again shows it again."""
    return {}


def intake_form(projects: Sequence[Project], wish: Intent | None = None) -> Draft:
    """Draw the form; what is in it.

    Args:
        projects: those there are.
        wish: what was filled in for a file that is still on its way.
    """
    _remember(projects, Draft(wish.form, wish.file) if wish else Draft())
    by_uid = {one.uid: one for one in projects}
    st.selectbox(
        t("upload.project"),
        [NO_PROJECT, NEW_PROJECT, FILE_PROJECT, *by_uid],  # a long list hides its end
        format_func=lambda one: project_shown(by_uid[one]) if one in by_uid else t(_CHOICE[one]),
        key=_key("choice"),
        on_change=_refill,
        args=(projects,),
    )
    _new_or_file(projects)
    _people()
    st.text_area(
        t("upload.glossary"),
        key=_key("glossary"),
        height=90,
        placeholder=t("upload.glossary_example"),
    )
    _about_the_call()
    draft = drafts()[me().id] = Draft(_read(), _state().get(_key("file")))
    return draft


_CHOICE = {
    NO_PROJECT: "upload.project_none",
    NEW_PROJECT: "upload.project_new",
    FILE_PROJECT: "upload.project_file",
}


def project_shown(project: Project) -> str:
    """A project in a list."""
    if project.client == DEFAULT_CLIENT and not project.system:
        return t("upload.project_default")
    named = [one for one in (project.client, project.system) if one and one != DEFAULT_CLIENT]
    return " · ".join(named)


def _key(name: str) -> str:
    return f"upload-{name}"


def _state() -> MutableMapping[Any, Any]:
    return st.session_state


def _remember(projects: Sequence[Project], kept: Draft) -> None:
    """Fill in what was typed before: a new session, or one that comes back from another page."""
    state = _state()
    was = drafts().get(me().id, kept)
    if _key("rows") not in state:
        _set_rows(was.form.people or (Person(),))
        state[_key("file")] = was.file
        state[_key("base")] = base_of(was.form, projects, was.file)
    for name in DEFAULTS:
        state.setdefault(_key(name), getattr(was.form, name))
    for row, person in zip(state[_key("rows")], was.form.people, strict=False):
        for name in ROW:
            state.setdefault(_key(f"{name}-{row}"), getattr(person, name))
    if state[_key("choice")] not in {
        NO_PROJECT,
        NEW_PROJECT,
        FILE_PROJECT,
        *(p.uid for p in projects),
    }:
        state[_key("choice")] = NO_PROJECT


def take_over(people: Sequence[Person]) -> None:
    """Fill people in below those that somebody filled in; whoever is there already stays so."""
    called = {one.name: one.label for one in people}
    rows = [
        one.with_(label=one.label or called.get(one.name.strip(), ""))
        for one in _rows_read()
        if one.name.strip()
    ]
    known = {name for one in rows for name in (one.name.strip(), one.label) if name}
    _set_rows([*rows, *(one for one in people if not known & {one.name, one.label})])


def _set_rows(people: Sequence[Person]) -> None:
    state = _state()
    first = state.get(_key("next"), 0)
    rows = list(range(first, first + len(people)))
    for row, person in zip(rows, people, strict=True):
        _put(row, person)
    state[_key("rows")], state[_key("next")] = rows, first + len(people)


def _put(row: int, person: Person) -> None:
    for name in ROW:
        _state()[_key(f"{name}-{row}")] = getattr(person, name)


def _rows_read() -> tuple[Person, ...]:
    state = _state()
    return tuple(
        Person(
            name=state.get(_key(f"name-{row}")) or "",
            side=state.get(_key(f"side-{row}")),
            title=state.get(_key(f"title-{row}")) or "",
            label=state.get(_key(f"label-{row}")) or "",
        )
        for row in state[_key("rows")]
    )


def _read() -> Form:
    state = _state()
    values = {name: state.get(_key(name), was) for name, was in DEFAULTS.items()}
    return Form.model_validate({**values, "people": _rows_read()})


def _refill(projects: Sequence[Project]) -> None:
    """Another project was chosen: its people and terms come in."""
    state = _state()
    now = base_of(_read(), projects, state.get(_key("file")))
    people, glossary = refilled(
        _rows_read(), state.get(_key("glossary"), ""), state.get(_key("base")), now
    )
    _set_rows(people)
    state[_key("glossary")], state[_key("base")] = glossary, now


def _new_or_file(projects: Sequence[Project]) -> None:
    state = _state()
    if state[_key("choice")] == NEW_PROJECT:
        left, right = st.columns(2)
        left.text_input(t("upload.client"), key=_key("client"))
        right.text_input(t("upload.system"), key=_key("system"))
    if state[_key("choice")] != FILE_PROJECT:
        return
    st.file_uploader(
        t("upload.project_yaml"),
        type=list(TABLES),
        max_upload_size=LARGEST,
        key=_key("yaml"),
        on_change=_read_file,
        args=(projects,),
    )
    if error := state.get(_key("file-error")):
        st.error(plain(explain(error)))
    file: Project | None = state.get(_key("file"))
    if file is not None:
        if (file.client, file.system) != (DEFAULT_CLIENT, ""):
            st.text(project_shown(file))
        st.caption(holding(file))


def _read_file(projects: Sequence[Project]) -> None:
    state = _state()
    sent = state.get(_key("yaml"))
    if sent is None:
        return
    state[_key("file")] = state[_key("file-error")] = None
    try:
        state[_key("file")] = project_of(sent.name, sent.getvalue())
    except DragomanError as error:
        error.params = {**error.params, "file": sent.name}
        state[_key("file-error")] = error
    _refill(projects)


def _people() -> None:
    st.caption(t("upload.people"))
    state = _state()
    for row in state[_key("rows")]:
        with st.container(horizontal=True, vertical_alignment="center", key=f"upload-row-{row}"):
            _person(row)
        label = state.get(_key(f"label-{row}")) or ""
        if label not in ("", (state.get(_key(f"name-{row}")) or "").strip()):
            st.caption(plain(t("upload.called_so", label=label)))
    st.button(t("upload.add_person"), key=_key("add"), on_click=_add)


def _person(row: int) -> None:
    st.text_input(
        t("upload.name"),
        key=_key(f"name-{row}"),
        placeholder=t("upload.name"),
        width="stretch",
        label_visibility="collapsed",
    )
    st.selectbox(
        t("upload.side"),
        SIDES,
        index=None,
        format_func=lambda one: t(f"upload.side_{one}"),
        key=_key(f"side-{row}"),
        placeholder=t("upload.side"),
        width=138,
        label_visibility="collapsed",
    )
    st.text_input(
        t("upload.job"),
        key=_key(f"title-{row}"),
        placeholder=t("upload.job"),
        width=120,
        label_visibility="collapsed",
    )
    st.button(
        "✕", key=_key(f"drop-{row}"), help=t("upload.drop_person"), on_click=_drop, args=(row,)
    )


def _add() -> None:
    state = _state()
    row = state[_key("next")]
    _put(row, Person())
    state[_key("rows")], state[_key("next")] = [*state[_key("rows")], row], row + 1


def _drop(row: int) -> None:
    _state()[_key("rows")] = [one for one in _state()[_key("rows")] if one != row]


def _about_the_call() -> None:
    with st.container(horizontal=True, key="upload-call"):
        st.date_input(
            t("upload.date"), value=None, key=_key("date"), format="YYYY-MM-DD", width=160
        )
        st.selectbox(
            t("upload.spoken"),
            list(SPOKEN),
            format_func=lambda name: t(f"upload.spoken_{name}"),
            key=_key("spoken"),
            width=150,
        )
        st.selectbox(
            t("upload.minutes"),
            list(MINUTES),
            format_func=lambda name: t(f"upload.minutes_{name}"),
            key=_key("minutes"),
            width=150,
        )
    st.checkbox(t("upload.consent"), key=_key("consent"))
