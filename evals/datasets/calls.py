"""Labelled calls -> what a scorer compares with; read where they lie, never copied.

A call is one JSON file: project, turns and, under `gold`, what a careful reader finds in it. The
slot keys of its must-ask questions stand beside this module, in must_ask.toml.
"""

import json
import os
import tomllib
from collections.abc import Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

from pipeline.models.item import AskKind
from pipeline.models.project import Project
from pipeline.models.slots import SlotKey

OPEN = (
    "zh-hosp-pharmacy-01",
    "zh-logistics-tms-02",
    "zh-mes-parts-01",
    "mixed-jv-finance-01",
    "en-crm-migration-05",
    "en-wholesale-wms-01",
)
"""May be read, run and developed on."""
SEALED = ("en-lift-field-04", "zh-property-fee-01", "zh-retail-inv-01", "zh-univ-oa-03")
"""Kept for one measurement of a finished thing: looked at before, they measure nothing."""
_LIVE = "live"


class SealedCallError(ValueError):
    """A call was asked for that must not be looked at."""


class GoldField(NamedTuple):
    """A data field that a spec needs."""

    label: str
    name: str | None
    origin: str
    """stated | dictionary | unknown."""


class GoldAsk(NamedTuple):
    """A live ask and what its spec should hold."""

    id: str
    call: str
    language: str
    """zh | en | mixed: that of the call."""
    kind: AskKind
    text: str
    raw_quote: str
    speaker: str
    turns: frozenset[int]
    pain: str | None
    fields: tuple[GoldField, ...]
    details: tuple[str, ...]
    """Rules, permissions, limits and the format."""
    facts: tuple[str, ...]
    must_ask: tuple[str, ...]
    slots: tuple[SlotKey, ...]
    """One for each of `must_ask`."""
    must_not_invent: tuple[str, ...]
    fit: str


class Call(NamedTuple):
    """One labelled call."""

    id: str
    language: str
    date: str
    path: Path
    project: Project
    asks: tuple[GoldAsk, ...]


def calls_folder() -> Path:
    """Where the calls lie: $SHARED_CALLS, else beside the checkout."""
    beside = Path(__file__).parents[3] / "shared" / "calls"
    return Path(os.environ.get("SHARED_CALLS") or beside)


def here(folder: Path) -> tuple[str, ...]:
    """The open calls that a folder has; none where it is not there."""
    return tuple(name for name in OPEN if (folder / f"{name}.json").is_file())


def call(name: str, folder: Path) -> Call:
    """One call with its gold.

    Raises:
        SealedCallError: it is kept for later.
        FileNotFoundError: the folder has no such call.
        ValueError: there are not as many slot keys as must-ask questions.
    """
    if name in SEALED:
        raise SealedCallError(f"{name!r} is sealed: it is measured once, when all is done")
    path = folder / f"{name}.json"
    data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    keys = labels().get(name, {})
    live = [one for one in data["gold"]["asks"] if one["status"] == _LIVE]
    return Call(
        id=name,
        language=data["lang"],
        date=data["date"],
        path=path,
        project=_project(data),
        asks=tuple(_ask(one, name, data["lang"], keys.get(one["id"], ())) for one in live),
    )


def labels() -> Mapping[str, Mapping[str, Sequence[SlotKey]]]:
    """Slot keys by call and ask."""
    text = files(__package__).joinpath("must_ask.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def _project(data: Mapping[str, Any]) -> Project:
    language = "en" if data["lang"] == "en" else "zh"
    people = [
        {key: one[key] for key in ("name", "label", "side", "role") if key in one}
        for one in data["participants"]
    ]
    return Project.model_validate({**data["project"], "participants": people, "language": language})


def _ask(data: Mapping[str, Any], name: str, language: str, keys: Sequence[SlotKey]) -> GoldAsk:
    spec = data["spec"]
    if len(keys) != len(spec["must_ask"]):
        raise ValueError(
            f"{name!r} {data['id']!r}: {len(keys)} keys, {len(spec['must_ask'])} asked"
        )
    details = [*spec["rules"], *spec["permissions"], *spec["limits"]]
    return GoldAsk(
        id=data["id"],
        call=name,
        language=language,
        kind=data["type"],
        text=data["summary"],
        raw_quote=data["raw_quote"],
        speaker=data["speaker"],
        turns=frozenset(data["evidence"]),
        pain=data["pain"],
        fields=tuple(GoldField(f["label"], f["name"], f["origin"]) for f in spec["fields"]),
        details=tuple([*details, spec["format"]] if spec["format"] else details),
        facts=tuple(spec["stated_facts"]),
        must_ask=tuple(spec["must_ask"]),
        slots=tuple(keys),
        must_not_invent=tuple(spec["must_not_invent"]),
        fit=spec["fit"],
    )
