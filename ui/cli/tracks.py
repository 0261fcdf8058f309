"""What is heard of a recording with several sound tracks, told before it is heard."""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from pipeline.models.meeting import Meeting
from pipeline.models.speech import AudioFacts
from pipeline.service.house import House
from ui.cli.terminal import visible
from ui.words.loader import t


def tell_tracks(house: House, meeting: Meeting, file: Path) -> None:
    """Say on stderr which tracks are heard; nothing of a recording with one, nor of a text."""
    if not meeting.recordings:
        return
    for line in told(house.tools.probe(file), file.name):
        print(line, file=sys.stderr)


def told(facts: AudioFacts, name: str) -> Iterator[str]:
    """Which tracks are heard, which hold the same words, and which nothing."""
    if facts.tracks == 1:
        return
    heard = " | ".join(" + ".join(_numbers(line)) for line in facts.heard)
    how = "two" if len(facts.heard) == 2 else "one" if len(facts.heard[0]) == 1 else "mixed"
    yield t(f"cli.tracks.{how}", file=visible(name), count=facts.tracks, heard=heard)
    if facts.copies:
        yield t("cli.tracks.copies", tracks=", ".join(_numbers(facts.copies)))
    used = {track for line in (*facts.heard, facts.copies) for track in line}
    silent = [track for track in range(facts.tracks) if track not in used]
    if silent:
        yield t("cli.tracks.silent", tracks=", ".join(_numbers(silent)))


def _numbers(tracks: Iterable[int]) -> Iterator[str]:
    """As people count them: from 1."""
    return (str(track + 1) for track in tracks)
