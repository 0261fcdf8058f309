"""The speech model on the settings page: what is set, how to get it, how fast it is here."""

import os
import subprocess
import sys
from collections.abc import Iterator

import streamlit as st

from pipeline import hearing
from pipeline.doctor import Check, check_speech
from pipeline.errors import DragomanError
from pipeline.settings import Settings
from ui.check_line import line
from ui.plain import plain
from ui.session import explain, t
from ui.sources import SIZES, libraries

STEP = "… "
"""How a line of `dragoman doctor` begins that tells what goes on."""


def speech(chosen: Settings) -> None:
    """The speech model: what is set, what is here, how to get it, how fast it is."""
    st.markdown(f"**{t('settings.speech')}**")
    st.text(t("settings.speech_now", model=chosen.speech_model))
    if chosen.speech_model == hearing.DEMO_MODEL:
        st.warning(t("settings.speech_demo"))
    for name, value in libraries().items():
        st.caption(plain(f"{name} = {value}"))
    if not libraries():
        st.caption(t("settings.no_mirror"))
    if st.button(t("settings.speech_test"), key="speech-test"):
        st.session_state["speech-found"] = check_speech(chosen)
    found: Check | None = st.session_state.get("speech-found")
    if found is None:
        return
    line(found)
    if found.code == "speech":
        speed(chosen)
    elif found.code == "speech_missing":
        fetch(chosen)


def fetch(chosen: Settings) -> None:
    """Offer to download the model, saying how big it is; nothing is fetched before a click."""
    size = SIZES.get(chosen.speech_model)
    if size is None:
        st.caption(t("settings.size_unknown"))
        return
    if not st.button(t("settings.fetch", size=megabytes(size)), key="speech-fetch"):
        return
    bar = st.progress(0.0, t("settings.fetching", size=megabytes(size)))

    def told(here: int, of: int) -> None:
        said = t("settings.fetching", size=f"{megabytes(here / 1e6)} / {megabytes(of / 1e6)}")
        bar.progress(min(1.0, here / of), said)

    try:
        hearing.fetch_model(chosen, told)
    except DragomanError as error:
        bar.empty()
        st.error(plain(explain(error)))
        return
    st.session_state["speech-found"] = check_speech(chosen)
    st.rerun()


def speed(chosen: Settings) -> None:
    """Offer to try how fast the model is; leaving the page, or any other click, ends it."""
    if not st.button(t("settings.speed"), key="speech-speed"):
        return
    place, last = st.empty(), ""
    with place.status(t("settings.speed_going")) as going:
        for last in _doctor(chosen):
            if last.startswith(STEP):
                going.update(label=plain(last.removeprefix(STEP)))
    place.empty()
    if (found := _measured(chosen)) is None:
        st.error(plain(last))
        return
    st.success(t("settings.speed_found", minutes=f"{found.an_hour / 60:.1f}"))
    st.caption(t("settings.speed_more"))


def _measured(chosen: Settings) -> hearing.Measured | None:
    try:
        return hearing.measured(chosen)
    except DragomanError:
        return None


def _doctor(chosen: Settings) -> Iterator[str]:
    """What `dragoman doctor --speed` says, line by line.

    It is a process of its own: a model that does not fit must not take the desk down with it.
    """
    command = [sys.executable, "-P", "-c", "from ui.cli.main import main; main()", "doctor"]
    with subprocess.Popen(
        [*command, "--speed"],
        env={**os.environ, "DRAGOMAN_LANGUAGE": chosen.language, "PYTHONIOENCODING": "utf-8"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    ) as running:
        try:
            yield from running.stdout or ()
        finally:  # also where the page is left while it goes on
            running.terminate()


def megabytes(size: float) -> str:
    """Megabytes as people read them."""
    return f"{size / 1000:.1f} GB" if size >= 1000 else f"{size:.0f} MB"
