"""What a run left behind, and the folder of recorded answers it wrote or read."""

import json
from pathlib import Path
from typing import NamedTuple


class Ran(NamedTuple):
    code: int
    minutes: dict
    specs: dict
    missing: list[str]
    err: str


def read_json(path: Path) -> dict:
    return json.loads(path.read_text(encoding="utf-8"))


def manifest(tmp_path: Path) -> dict:
    return read_json(tmp_path / "answers" / "recording.json")


def answers(tmp_path: Path) -> dict[str, dict]:
    return {path.stem: read_json(path) for path in (tmp_path / "answers" / "answers").iterdir()}


def texts(ran: Ran) -> tuple[list, list]:
    """What minutes and specs say, without what names this very run."""
    kinds = ("asks", "decisions", "actions", "risks", "questions", "conflicts", "concerns")
    items = [
        (kind, one["text"], [(e["quote"], e["match"]) for e in one["evidence"]])
        for kind in kinds
        for one in ran.minutes[kind]
    ]
    specs = [
        (one["title"], one["limits"], [q["question"] for q in one["open_questions"]])
        for _, one in sorted(ran.specs.items())
    ]
    for _, limits, _ in specs:
        for limit in limits:
            for one in limit["evidence"]:
                one["meeting"] = ""
    return items, specs
