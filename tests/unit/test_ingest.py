"""Imported turns become a transcript with names and sides, neither merged nor split."""

import datetime as dt

from pipeline.ingest import ingest
from pipeline.models.meeting import Meeting
from pipeline.models.project import Participant, Project
from pipeline.models.reading import Reading
from pipeline.models.transcript import Dropped, Segment

PROJECT = Project(
    participants=(
        Participant(name="王敏", label="说话人1", side="client"),
        Participant(name="陈立", side="us"),
    )
)
MEETING = Meeting(uid="m1", project="p1", title="x", date=dt.date(2026, 3, 18))


def turn(index: int, speaker: str | None, text: str) -> Segment:
    return Segment(id=f"s{index + 1:04d}", index=index, speaker=speaker, text=text)


def test_recorder_labels_become_names_and_sides_follow():
    reading = Reading(
        shape="vtt",
        segments=(turn(0, "说话人1", "一键导出"), turn(1, "陈立", "好"), turn(2, "某人", "嗯")),
        dropped=(Dropped(line=3, text="?", reason="outside any cue"),),
    )
    transcript = ingest(reading, meeting=MEETING, project=PROJECT)
    assert [(one.speaker, one.side) for one in transcript.segments] == [
        ("王敏", "client"),
        ("陈立", "us"),
        ("某人", "unknown"),
    ]
    assert transcript.date == "2026-03-18"
    assert transcript.dropped == reading.dropped
    assert transcript.engine.model == "vtt"


def test_adjacent_turns_of_one_speaker_stay_apart():
    reading = Reading(shape="srt", segments=(turn(0, "陈立", "好"), turn(1, "陈立", "好")))
    assert len(ingest(reading, meeting=MEETING, project=PROJECT).segments) == 2
