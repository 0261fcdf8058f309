"""Tiny labelled calls in which one word tells everything."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

EMPTY = {
    key: []
    for key in (
        "decisions",
        "asks",
        "actions",
        "risks",
        "questions",
        "conflicts",
        "concerns",
        "internal_only",
        "hard_negatives",
    )
}


def tiny_call(number: int) -> dict[str, object]:
    """A call in which `wanted` asks and `settled` decides, among turns about something else."""
    language = "zh" if number % 2 else "en"
    ask, settle = (
        ("想要 报表", "定了 报表") if language == "zh" else ("wanted report", "settled it")
    )
    talk = "天气 不错 啊" if language == "zh" else "the weather is fine"
    texts = [talk, f"{talk} again", ask, talk, settle, f"{talk} indeed", talk, ask, talk, talk]
    people = [{"name": f"Us{number}", "side": "us"}, {"name": f"Them{number}", "side": "client"}]
    turns = [
        {"id": at, "speaker": people[at % 2]["name"], "start": at, "end": at + 1, "text": text}
        for at, text in enumerate(texts)
    ]
    asks = [{"raw_quote": ask, "evidence": [at], "summary": ask, "status": "live"} for at in (2, 7)]
    decided = {"text": settle, "state": "agreed", "quote": settle, "evidence": [2, 4]}
    return {
        "id": f"tiny-{number:02}",
        "lang": language,
        "project": {"client": f"Client{number}", "system": "Sys"},
        "participants": people,
        "turns": turns,
        "gold": EMPTY | {"asks": asks, "decisions": [decided]},
    }


@pytest.fixture
def tiny(tmp_path: Path) -> Callable[[int], Path]:
    """A folder with so many tiny calls."""

    def made(count: int) -> Path:
        folder = tmp_path / "calls"
        folder.mkdir(exist_ok=True)
        for number in range(count):
            text = json.dumps(tiny_call(number), ensure_ascii=False)
            (folder / f"{number}.json").write_text(text, encoding="utf-8")
        return folder

    return made
