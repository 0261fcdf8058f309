"""Settings: who sits here, what the desk runs on, and how each thing is changed."""

import os
from pathlib import Path

import streamlit as st

from pipeline.doctor import checks
from pipeline.errors import DragomanError
from pipeline.settings import Settings
from pipeline.settings_files import SETTINGS_FILE, settings_file
from ui.check_line import line
from ui.model_panel import panel
from ui.plain import plain
from ui.server import LOOPBACK
from ui.session import explain, language, named, settings, settings_now, t
from ui.sources import sources
from ui.speech_panel import speech
from ui.who import choose_language, choose_name, logged_in, login_configured


def page() -> None:
    """All settings, from the person outwards to the machine."""
    try:
        settings_now()
    except DragomanError as error:  # somebody is writing into a file by hand
        st.error(plain(explain(error)))
    left, right = st.columns(2, gap="large")
    with left:
        person()
        speech(_in_my_language())
    with right:
        machine()
        open_to()
    panel()
    every()


def person() -> None:
    """Name and language of whoever sits here."""
    st.markdown(f"**{t('settings.person')}**")
    choose_language("settings")
    if logged_in():
        st.caption(t("settings.by_login"))
    else:
        choose_name("settings")


def machine() -> None:
    """What is here and what is missing."""
    st.markdown(f"**{t('settings.machine')}**")
    with st.spinner(t("settings.looking")):
        found = checks(_in_my_language())
    for one in found:
        line(one)


def _in_my_language() -> Settings:
    return settings().model_copy(update={"language": language()})


def open_to() -> None:
    """Who can reach this desk, and whether they have to say who they are."""
    st.markdown(f"**{t('settings.open')}**")
    host = st.get_option("server.address")
    if host in LOOPBACK:
        st.text(t("settings.only_here", host=host))
    else:
        st.warning(plain(t("settings.from_outside", host=host or "0.0.0.0")))
    st.text(t("settings.login_on") if login_configured() else t("settings.login_off"))
    if not login_configured():
        st.caption(t("settings.login_how"))


def every() -> None:
    """Every setting with its value, where it comes from and how to change it."""
    with st.expander(t("settings.every")):
        st.caption(plain(t("settings.how", file=SETTINGS_FILE, own=settings_file())))
        st.dataframe(
            [
                {
                    "what": named("settings.name", one.name),
                    "value": named("model.engine_is", one.value)
                    if one.name == "engine"
                    else one.value,
                    "where": t(f"settings.where.{one.where}"),
                    "variable": one.variable,
                    "file": f"{one.name} = …" if one.in_file else t("settings.not_in_file"),
                }
                for one in sources(settings(), os.environ, Path())
            ],
            column_config={
                name: t(f"settings.column.{name}")
                for name in ("what", "value", "where", "variable", "file")
            },
            hide_index=True,
        )


page()
