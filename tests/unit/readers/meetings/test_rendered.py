"""Real calls in the layouts of real programs give their words, speakers and seconds."""

import json
import math
import os
from pathlib import Path

import pytest

from pipeline.models.transcript import REMARK
from pipeline.readers.reader import TranscriptReader

SHARED = Path(os.environ.get("SHARED_EXPORTS") or Path(__file__).parents[5] / "shared" / "exports")
FILES = sorted(
    path for path in (SHARED / "rendered").glob("*") if path.suffix in (".txt", ".docx", ".md")
)
Turn = tuple[str | None, int | None, str]


def joined(turns: list[Turn]) -> list[Turn]:
    """With what one speaker said in a row as one; files tell whole seconds."""
    found: list[Turn] = []
    for speaker, start, text in turns:
        if found and found[-1][0] == speaker:
            found[-1] = (speaker, found[-1][1], f"{found[-1][2]} {text}")
        else:
            found.append((speaker, start, text))
    return [(speaker, start, " ".join(text.split())) for speaker, start, text in found]


def second(start: float | None) -> int | None:
    return None if start is None else math.floor(start)


@pytest.mark.skipif(not FILES, reason="the exports are not here")
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_an_export_comes_in_whole(path: Path):
    reading = TranscriptReader().read(path.read_bytes(), name="export")
    gold = json.loads(Path(f"{path}.gold.json").read_text(encoding="utf-8"))
    said = [(one.speaker, second(one.start), one.text) for one in reading.segments]
    assert joined(said) == joined(
        [(one["speaker"], second(one["start"]), one["text"]) for one in gold]
    )
    assert len(reading.segments) == len(gold)
    assert {one.reason for one in reading.dropped} <= {REMARK}
