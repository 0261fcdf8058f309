"""What is here and what is missing on this machine, and what to do about it."""

import os
import platform
import shutil
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Literal, NamedTuple

from pipeline import bootstrap, endpoints, hearing
from pipeline.addresses import host_of, in_the_open, proxy_to, without_password
from pipeline.demo.calls import demo_folder
from pipeline.errors import DragomanError, ModelUnavailableError, StorageError
from pipeline.service.backup_folder import bytes_shown
from pipeline.settings import Settings
from pipeline.settings_files import in_file, key_held_back, secrets_file
from pipeline.stores.database import open_store
from pipeline.stores.home import make_home
from pipeline.words.loader import say

if TYPE_CHECKING:
    from pipeline.engines.llm.probing import Probed
    from pipeline.engines.speech.shelf import Shelved

State = Literal["ok", "advice", "missing"]
LOW_DISK = 5.0
"""Gigabytes below which a day's recordings may not fit."""


class Check(NamedTuple):
    """One line of `dragoman doctor`; its words are `doctor.<code>`."""

    code: str
    state: State
    params: dict[str, object]


def checks(chosen: Settings) -> tuple[Check, ...]:
    """What is here and what is missing, without changing or fetching anything but the database."""
    return (
        Check("python", "ok", {"version": platform.python_version(), "system": platform.system()}),
        _check_home(chosen),
        _check_database(chosen),
        _check_demo(),
        *check_hearing(chosen),
        check_voices(chosen),
        Check("engine", "ok", {"engine": chosen.engine}),
    )


def check_endpoint(
    chosen: Settings,
    *,
    long: bool,
    told: Callable[[str], None] = lambda step: None,
) -> tuple[Check, ...]:
    """Whether the model answers, and how; nothing where none is set and none is wanted.

    Args:
        chosen: The settings.
        long: Whether it is also asked a question that nearly fills its context: that may take
            minutes, and costs what `long_question` says.
        told: Called before each question with `answers`, `holds` or `reads`.
    """
    if chosen.engine != "llm" and not chosen.model_url:
        return ()
    found_in_files = _check_secrets(chosen)
    try:
        found = endpoints.probed(chosen, long=long, told=told)
    except DragomanError as error:
        return (
            *found_in_files,
            Check("model_refused", "missing", {"reason": _said(error, chosen)}),
        )
    return (*found_in_files, *_as_found(found, chosen))


def long_left_out(chosen: Settings) -> Check:
    """That nobody asked the long question, because something else reads the calls now."""
    return Check("model_long_left_out", "advice", {"engine": chosen.engine})


def _as_found(found: "Probed", chosen: Settings) -> Iterator[Check]:
    about: dict[str, object] = {
        "model": chosen.model_name,
        "url": without_password(chosen.model_url),
        "mode": found.mode,
        "context": chosen.model_context,
    }
    reason = _said(endpoints.told(found.fault, chosen), chosen) if found.fault else ""
    if found.mode is None:
        yield Check("model_refused", "missing", {"reason": reason})
        return
    held: dict[bool | None, tuple[str, State]] = {
        True: ("model", "ok"),
        False: ("model_loose", "advice"),
        None: ("model_answers", "advice"),
    }
    yield Check(*held[found.enforced], about | {"reason": reason})
    if found.enforced is not None and found.fault is not None:
        yield Check("model_long_failed", "missing", about | {"reason": reason})
    read: dict[str | None, tuple[str, State]] = {
        "all": ("model_reads", "ok"),
        "cut": ("model_cuts", "missing"),
        "unsure": ("model_unsure", "advice"),
    }
    if found.reads in read:
        yield Check(*read[found.reads], about)


def _check_secrets(chosen: Settings) -> Iterator[Check]:
    """Who else may read the key, on the disk and on its way, which that is, and whether it goes."""
    path = secrets_file()
    said = in_file(path, str(path), broken="secrets_broken")
    if said.get("model_key") and os.name == "posix" and path.stat().st_mode & 0o077:
        yield Check("secrets_open", "advice", {"file": path})
    if key_held_back(said):
        was = without_password(str(said["model_url"]))
        yield Check(
            "key_held_back", "advice", {"was": was, "url": without_password(chosen.model_url)}
        )
    if proxy := proxy_to(chosen.model_url):
        shown: dict[str, object] = {
            "proxy": host_of(proxy),
            "url": without_password(chosen.model_url),
        }
        yield Check("model_proxy", "advice" if in_the_open(chosen.model_url) else "ok", shown)
    if in_the_open(chosen.model_url):
        code = "key_in_the_open" if chosen.model_key.get_secret_value() else "words_in_the_open"
        yield Check(code, "advice", {"url": without_password(chosen.model_url)})


def _check_home(chosen: Settings) -> Check:
    try:
        make_home(chosen.home)
    except StorageError as error:
        return Check("home_missing", "missing", {"reason": _said(error, chosen)})
    free = shutil.disk_usage(chosen.home).free / 1e9
    state: State = "ok" if free > LOW_DISK else "advice"
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


def check_hearing(chosen: Settings) -> tuple[Check, ...]:
    """The speech model that is set, on what and how fast it hears, and which others are here."""
    model = check_speech(chosen)
    if model.code != "speech":
        return (model, *_other_models(chosen, None))
    try:
        found, on = hearing.measured(chosen), hearing.means(chosen)
    except ModelUnavailableError as error:
        refused = Check("speech_broken", "advice", {"reason": _said(error, chosen)})
        return (model, refused, *_other_models(chosen, model.params["folder"]))
    about = {**on._asdict(), "batch": chosen.speech_batch}
    lines = (model, Check("speech_means", "ok", about), _check_speed(found))
    return (*lines, *_other_models(chosen, model.params["folder"]))


def check_speech(chosen: Settings) -> Check:
    """Whether the speech model is on this machine; nothing is fetched."""
    try:
        here = hearing.present(chosen)
    except ModelUnavailableError as error:
        return Check("speech_broken", "advice", {"reason": _said(error, chosen)})
    if here is None:
        return Check("speech_missing", "advice", {"model": chosen.speech_model})
    return Check("speech", "ok", {**_about(here, chosen), "folder": here.folder})


def measure_speed(chosen: Settings, told: Callable[[str, float], None]) -> Check:
    """Hear for about ten seconds; the result is kept and shown by `checks` from then on."""
    try:
        return _check_speed(hearing.measure(chosen, told))
    except DragomanError as error:
        return Check("speech_broken", "missing", {"reason": _said(error, chosen)})


def _check_speed(found: hearing.Measured | None) -> Check:
    if found is None:
        return Check("speech_speed_unknown", "advice", {})
    minutes = found.an_hour / 60
    about: dict[str, object] = {
        "minutes": f"{minutes:.0f}" if minutes >= 10 else f"{minutes:.1f}",
        "date": found.at[:10],
        "device": found.device,
        "compute_type": found.compute_type,
        "loading": f"{found.loading:.1f}",
    }
    return Check("speech_speed", "ok", about)


def _other_models(chosen: Settings, but: object) -> Iterator[Check]:
    for one in hearing.shelf(chosen):
        if one.folder == but:
            continue
        if one.fault is None:
            yield Check("speech_other", "ok", _about(one, chosen))
        else:
            about = {"model": one.name, "folder": one.folder, "file": one.fault.file}
            yield Check("speech_other_broken", "advice", about)


def _about(here: "Shelved", chosen: Settings) -> dict[str, object]:
    """A model's name and size, and roughly what it needs of memory with these settings."""
    try:
        precision = hearing.means(chosen).compute_type
    except ModelUnavailableError:
        precision = "int8"
    needed = here.memory(precision, chosen.speech_batch)
    memory = f"{needed / 1000:.1f} GB" if needed else "?"
    return {"model": here.name, "size": bytes_shown(here.size), "memory": memory}


def check_voices(chosen: Settings) -> Check:
    """Whether people on one line are told apart."""
    diarizer = hearing.diarizer(chosen)
    if diarizer is None:
        return Check("voices_off", "advice", {})
    try:
        diarizer.check()
    except ModelUnavailableError as error:
        return Check("voices_missing", "advice", {"reason": _said(error, chosen)})
    return Check("voices", "ok", {"models": diarizer.model})
