"""How the calls of a project are heard and written down, as somebody edits it."""

from typing import Any, get_args

import streamlit as st

from pipeline.models.project import Characters, Project
from ui.session import named, t

SPOKEN = ("zh", "en", "yue")
"""Languages to choose from; a project file may name others."""


def speech(seen: Project) -> dict[str, Any]:
    """In which languages calls are held, and how their Chinese is written."""
    written = list(get_args(Characters))
    return {
        "spoken": tuple(
            st.multiselect(
                t("project.spoken"),
                list(dict.fromkeys([*SPOKEN, *seen.spoken])),
                seen.spoken,
                format_func=lambda code: named("project", f"spoken_{code}").removeprefix("spoken_"),
                help=t("project.spoken_help"),
                placeholder=t("project.spoken_any"),
                width=320,
            )
        ),
        "characters": st.selectbox(
            t("project.characters"),
            written,
            index=written.index(seen.characters),
            format_func=lambda one: t(f"project.characters_{one}"),
            help=t("project.characters_help"),
            width=260,
        ),
    }
