"""Sides: who speaks for us and who for the client, told by the project or by how they talk."""

from collections import Counter

from pipeline.language import cues
from pipeline.models.base import Side
from pipeline.models.project import Project
from pipeline.models.transcript import Segment, Transcript

_SURE = 2
"""Telling words of one side that a speaker must have used more than of the other."""


def side_of_each(transcript: Transcript, project: Project) -> tuple[Side, ...]:
    """The side of every segment, in order."""
    told = [_told(segment, project) for segment in transcript.segments]
    if "unknown" not in told:
        return tuple(told)
    guessed = _guesses(transcript)
    return tuple(
        side if side != "unknown" else guessed.get(segment.speaker or "", "unknown")
        for side, segment in zip(told, transcript.segments, strict=True)
    )


def _told(segment: Segment, project: Project) -> Side:
    return segment.side if segment.side != "unknown" else project.side_of(segment.speaker)


def _guesses(transcript: Transcript) -> dict[str, Side]:
    balance: Counter[str] = Counter()
    for segment in transcript.segments:
        if segment.speaker:
            text = cues.plain(segment.text)
            balance[segment.speaker] += sum(1 for _ in cues.finditer("person.us", text))
            balance[segment.speaker] -= sum(1 for _ in cues.finditer("person.client", text))
    return {name: _side(weight) for name, weight in balance.items()}


def _side(weight: int) -> Side:
    if abs(weight) < _SURE:
        return "unknown"
    return "us" if weight > 0 else "client"
