"""Exports as programs write them, where they lie beside the checkout: every turn comes in exactly."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import NotReadableError
from pipeline.models.reading import Reading
from pipeline.readers.content import opened
from pipeline.readers.reader import TranscriptReader

EXPORTS = Path(__file__).parents[3].parent / "shared" / "exports"
RENDERED = sorted(
    path for path in (EXPORTS / "rendered").glob("*") if not path.name.endswith(".gold.json")
)
FOREIGN = sorted(path for path in (EXPORTS / "third_party").glob("*") if path.suffix != ".txt")
NOTHING = {"webvttpy_empty.vtt": "empty_file", "webvttpy_invalid_format2.srt": "unknown_shape"}
STRUCTURE = re.compile(
    r"\d+|(?:[\d:.,]+ --> [\d:.,]+.*)|(?:[\d:.]+,[\d:.]+)|WEBVTT.*|NOTE.*|STYLE|Kind:.*|Language:.*"
    r"|Style:.*|::cue.*|\}|##|.*[;{]"
)
"""Lines of a subtitle file that nobody speaks."""
MILLISECONDS = (".vtt", ".srt", ".sbv", ".json")
TAG = re.compile(r"<[^<>]*>")
SILENT = ("second caption", "This translation was done by Kyle", "some friends can watch it")
"""The id of a cue, and the lines of a comment."""

pytestmark = pytest.mark.skipif(not EXPORTS.is_dir(), reason="no exports beside the checkout")


def read(path: Path) -> Reading:
    return TranscriptReader().read(path.read_bytes(), name=path.name)


def exact(time: float | None) -> int | None:
    return None if time is None else round(time * 1000)


def seconds(time: float | None) -> int | None:
    """What a layout holds that shows whole seconds."""
    return None if time is None else int(time)


def whole(turns: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Turns of one speaker that follow each other, as one."""
    made: list[dict[str, Any]] = []
    for turn in turns:
        if made and turn["speaker"] and made[-1]["speaker"] == turn["speaker"]:
            made[-1] = made[-1] | {
                "text": made[-1]["text"] + turn["text"],
                "end": turn["end"],
            }
        else:
            made.append(turn)
    return [turn | {"text": "".join(turn["text"].split())} for turn in made]


@pytest.mark.parametrize("path", RENDERED, ids=lambda path: path.name)
def test_every_turn_of_an_export_comes_in_with_its_speaker_and_its_time(path: Path):
    gold = json.loads(path.with_name(f"{path.name}.gold.json").read_text(encoding="utf-8"))
    ms = exact if path.suffix in MILLISECONDS else seconds
    found = [
        {"speaker": one.speaker, "start": ms(one.start), "end": ms(one.end), "text": one.text}
        for one in read(path).segments
    ]
    wanted = [
        {"speaker": one["speaker"], "start": ms(one["start"]), "end": ms(one["end"])}
        | {"text": one["text"]}
        for one in gold
    ]
    assert whole(found) == whole(wanted)


@pytest.mark.parametrize("path", FOREIGN, ids=lambda path: path.name)
def test_no_spoken_line_of_a_foreign_file_is_lost(path: Path):
    if path.name in NOTHING:
        with pytest.raises(NotReadableError) as caught:
            read(path)
        assert caught.value.code == NOTHING[path.name]
        return
    reading = read(path)
    told = [one.text for one in (*reading.segments, *reading.dropped)]
    lines = (
        TAG.sub("", line).strip()
        for line in opened(path.read_bytes(), name=path.name).lines
        if not STRUCTURE.fullmatch(line.strip())
    )
    for line in lines:
        assert line.startswith(SILENT) or any(line in text for text in told), line
