"""Where each setting comes from, and how its value may be shown."""

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Literal, NamedTuple

from pipeline import bootstrap
from pipeline.addresses import without_password
from pipeline.settings import Settings
from pipeline.settings_files import (
    IN_SECRETS,
    NOT_IN_FILE,
    SETTINGS_FILE,
    secrets_file,
    settings_file,
)

Where = Literal["environment", "secrets", "file", "own", "built_in"]

SHOWN = (
    "home",
    "database_url",
    "language",
    "engine",
    "model_answers",
    "model_url",
    "model_key",
    "model_name",
    "model_mode",
    "model_steps",
    "model_hide",
    "model_at_once",
    "model_requests_per_minute",
    "model_tokens_per_minute",
    "model_timeout",
    "model_context",
    "model_answer_tokens",
    "model_keep_bounds",
    "model_price_in",
    "model_price_cached",
    "model_price_out",
    "model_budget",
    "speech_model",
    "speech_device",
    "speech_compute",
    "speech_threads",
    "speech_batch",
    "speech_word_times",
    "our_channel",
    "voices_segmentation",
    "voices_embedding",
    "voices_threshold",
    "voices_count",
    "keep_days",
    "worker_heartbeat",
    "speech_at_once",
    "words_at_once",
)
"""In the order in which they are shown."""
LIBRARIES = ("HF_ENDPOINT", "HF_HOME", "HF_HUB_OFFLINE")
"""What the libraries underneath read while a speech model is fetched."""
SIZES = {
    "tiny": 75,
    "base": 145,
    "small": 485,
    "medium": 1530,
    "large-v2": 3090,
    "large-v3": 3090,
    "large-v3-turbo": 1620,
    "turbo": 1620,
}
"""Megabytes of a speech model that is fetched by name."""


class Source(NamedTuple):
    """One setting."""

    name: str
    value: str
    where: Where
    variable: str
    in_file: bool
    """Whether the file may say it."""


def sources(chosen: Settings, environment: Mapping[str, str], folder: Path) -> tuple[Source, ...]:
    """Every setting, as it holds and as it may be shown."""
    return tuple(
        Source(
            name,
            _shown(name, chosen),
            where(name, environment, folder),
            f"DRAGOMAN_{name.upper()}",
            name not in NOT_IN_FILE,
        )
        for name in SHOWN
    )


def libraries(environment: Mapping[str, str] = os.environ) -> dict[str, str]:
    """What is set for fetching a speech model."""
    return {
        name: without_password(value) for name in LIBRARIES if (value := environment.get(name, ""))
    }


def _in_file(file: Path) -> frozenset[str]:
    try:
        return frozenset(tomllib.loads(file.read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return frozenset()


def where(name: str, environment: Mapping[str, str], folder: Path) -> Where:
    """What says the value of a setting; the first that says it wins."""
    if any(one.upper() == f"DRAGOMAN_{name.upper()}" for one in environment):
        return "environment"
    if name in IN_SECRETS and name in _in_file(secrets_file()):
        return "secrets"
    if name not in NOT_IN_FILE and name in _in_file(folder / SETTINGS_FILE):
        return "file"
    if name not in NOT_IN_FILE and name in _in_file(settings_file()):
        return "own"
    return "built_in"


def _shown(name: str, chosen: Settings) -> str:
    """A value without a password or a key in it."""
    value = getattr(chosen, name)
    if name == "database_url":
        return bootstrap.database_shown(chosen)
    if name == "model_url":
        return without_password(value)
    return "" if value is None else str(value)
