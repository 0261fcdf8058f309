"""What is here and what is missing on this machine, and what to do about it."""

import platform
import shutil
from typing import Literal, NamedTuple

from pipeline import bootstrap, endpoints
from pipeline.demo.calls import demo_folder
from pipeline.engines.speech.weights import find
from pipeline.errors import DragomanError, ModelUnavailableError, StorageError
from pipeline.settings import Settings
from pipeline.stores.database import open_store
from pipeline.words.loader import say

LOW_DISK = 5.0
"""Gigabytes below which a day's recordings may not fit."""


class Check(NamedTuple):
    """One line of `dragoman doctor`; its words are `doctor.<code>`."""

    code: str
    state: Literal["ok", "advice", "missing"]
    params: dict[str, object]


def checks(chosen: Settings) -> tuple[Check, ...]:
    """What is here and what is missing, without changing or fetching anything but the database."""
    return (
        Check("python", "ok", {"version": platform.python_version(), "system": platform.system()}),
        _check_home(chosen),
        _check_database(chosen),
        _check_demo(),
        check_speech(chosen),
        Check("engine", "ok", {"engine": chosen.engine}),
    )


def check_endpoint(chosen: Settings) -> tuple[Check, ...]:
    """Whether the model answers, and how; nothing where none is set and none is wanted.

    It is asked, and with the engine "llm" also with a question that fills its context: that may
    take a minute and cost something.
    """
    if chosen.engine != "llm" and not chosen.model_url:
        return ()
    try:
        found = endpoints.probed(chosen, long=chosen.engine == "llm")
    except DragomanError as error:
        return (Check("model_refused", "missing", {"reason": _said(error, chosen)}),)
    about: dict[str, object] = {"model": chosen.model_name, "url": chosen.model_url}
    if found.mode is None and found.fault is not None:
        reason = _said(endpoints.told(found.fault, chosen), chosen)
        return (Check("model_refused", "missing", {"reason": reason}),)
    held = "model" if found.enforced else "model_loose"
    checks = [Check(held, "ok" if found.enforced else "advice", about | {"mode": found.mode})]
    if found.whole is False:
        checks.append(Check("model_cuts", "advice", about | {"context": chosen.model_context}))
    return tuple(checks)


def _check_home(chosen: Settings) -> Check:
    try:
        bootstrap.make_home(chosen.home)
    except StorageError as error:
        return Check("home_missing", "missing", {"reason": _said(error, chosen)})
    free = shutil.disk_usage(chosen.home).free / 1e9
    state: Literal["ok", "advice"] = "ok" if free > LOW_DISK else "advice"
    code = "home" if state == "ok" else "home_low"
    return Check(code, state, {"path": chosen.home, "free": f"{free:.1f}"})


def _check_database(chosen: Settings) -> Check:
    try:
        opened = open_store(chosen.database)
        quick = opened.log_apart
        opened.check()
        opened.close()
    except DragomanError as error:
        return Check("database_missing", "missing", {"reason": _said(error, chosen)})
    if not quick:
        return Check("database_slow", "advice", {"url": bootstrap.database_shown(chosen)})
    return Check("database", "ok", {"url": bootstrap.database_shown(chosen)})


def _said(error: DragomanError, chosen: Settings) -> str:
    return say(f"error.{error.code}", chosen.language, **error.params)


def _check_demo() -> Check:
    here = (demo_folder() / "model" / "model.bin").is_file()
    return Check("demo", "ok", {}) if here else Check("demo_missing", "missing", {})


def check_speech(chosen: Settings) -> Check:
    """Whether the speech model is on this machine; nothing is fetched."""
    try:
        folder = find(chosen.speech_model, demo_model=demo_folder() / "model")
    except ModelUnavailableError as error:
        return Check("speech_broken", "advice", {"reason": _said(error, chosen)})
    if folder is None:
        return Check("speech_missing", "advice", {"model": chosen.speech_model})
    return Check("speech", "ok", {"model": chosen.speech_model, "folder": folder})
