"""The spoken scripts: script.yaml -> Script, and where a call's files lie."""

from pathlib import Path
from typing import Any, Literal, NamedTuple

import yaml

Language = Literal["zh", "en"]

LANGUAGES: tuple[Language, ...] = ("zh", "en")
DEMO = Path(__file__).resolve().parents[1]
DEFAULT_PAUSE = 0.5
"""Seconds of silence before a turn whose script line names none."""


class Speaker(NamedTuple):
    """One person of the call; each has a channel of the recording alone."""

    name: str
    channel: int
    side: Literal["us", "client"]


class Turn(NamedTuple):
    """One line of the script."""

    speaker: Speaker
    text: str
    pause: float


class Script(NamedTuple):
    """Everything that is said in one bundled call."""

    title: str
    date: str
    language: Language
    speakers: tuple[Speaker, ...]
    turns: tuple[Turn, ...]


def load_script(language: Language) -> Script:
    """Read `pipeline/demo/<language>/script.yaml`."""
    raw: dict[str, Any] = yaml.safe_load(script_path(language).read_text(encoding="utf-8"))
    speakers = {name: Speaker(name, **row) for name, row in raw["speakers"].items()}
    turns = tuple(
        Turn(speakers[row["speaker"]], row["text"], float(row.get("pause", DEFAULT_PAUSE)))
        for row in raw["turns"]
    )
    return Script(raw["title"], str(raw["date"]), raw["language"], tuple(speakers.values()), turns)


def script_path(language: Language) -> Path:
    """Where the script of a call lies."""
    return DEMO / language / "script.yaml"


def recording_path(language: Language) -> Path:
    """Where the recording of a call lies."""
    return DEMO / language / "call.opus"


def truth_path(language: Language) -> Path:
    """Where the true turns of a call lie."""
    return DEMO / language / "call.json"
