"""Turns of a call cut into clauses, each exactly as it was said and without fillers at its ends."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from pipeline.engines.rules.playbook.loader import cues
from pipeline.language.script import clauses, sentences
from pipeline.models.base import Side
from pipeline.models.project import Project
from pipeline.models.transcript import Transcript

_MARKS = r"[\s，,、。.!！:：]"
_BREAK = r"(?:[，,、。.!！:：]\s*|(?<=[一-龥])\s+)"
"""A pause: a mark, or the blank that a recogniser leaves after a Chinese word."""
_FILLER = re.compile(
    rf"\s*(?:(?:{cues('talk.filler').pattern}){_MARKS}*|(?:{cues('talk.pause').pattern}){_BREAK}+)",
    re.IGNORECASE,
)
_TAIL = re.compile(rf"(?:[\s，,。.!！；;、:：—…]|(?:{cues('talk.tail').pattern}))+$", re.IGNORECASE)


class Clause(NamedTuple):
    """A stretch of one turn, without fillers at its ends: `text` is exactly what was said."""

    at: int
    """Position of the turn in the transcript."""
    segment: str
    speaker: str | None
    side: Side
    sentence: int
    start: int
    end: int
    text: str
    asks: bool
    """Whether it is put as a question."""


class Turn(NamedTuple):
    """One turn of a call."""

    at: int
    segment: str
    speaker: str | None
    side: Side
    text: str
    clauses: tuple[Clause, ...]

    @property
    def asks(self) -> bool:
        """Whether it puts a question."""
        return any(clause.asks for clause in self.clauses)

    @property
    def sentences(self) -> tuple[Clause, ...]:
        """Its clauses put together again, one for each sentence."""
        found: list[Clause] = []
        for clause in self.clauses:
            if found and found[-1].sentence == clause.sentence:
                start, asks = found[-1].start, found[-1].asks or clause.asks
                text = self.text[start : clause.end]
                found[-1] = clause._replace(start=start, text=text, asks=asks)
            else:
                found.append(clause)
        return tuple(found)


class Talk(NamedTuple):
    """Every turn about one ask, in order."""

    turns: tuple[Turn, ...]
    own: frozenset[int]
    """Positions of the turns the ask cites."""

    @property
    def client(self) -> tuple[Clause, ...]:
        """What the client said about it."""
        return tuple(c for turn in self.turns if turn.side != "us" for c in turn.clauses)

    @property
    def text(self) -> str:
        """The client's words in one string, for cues."""
        return "\n".join(turn.text for turn in self.turns if turn.side != "us")

    def after(self, at: int, most: int = 2) -> tuple[Turn, ...]:
        """The client's turns that react to a turn of ours, up to our next turn."""
        found: list[Turn] = []
        for turn in self.turns:
            if turn.at <= at:
                continue
            if turn.at > at + most or turn.side == "us":
                break
            found.append(turn)
        return tuple(found)


def read(transcript: Transcript, project: Project) -> tuple[Turn, ...]:
    """Turns with their sides and clauses, in the order of the call."""
    turns = []
    for at, segment in enumerate(sorted(transcript.segments, key=lambda one: one.index)):
        side = segment.side if segment.side != "unknown" else project.side_of(segment.speaker)
        parts = _clauses(at, segment.id, segment.speaker, side, segment.text)
        turns.append(Turn(at, segment.id, segment.speaker, side, segment.text, tuple(parts)))
    return tuple(turns)


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without fillers at its front and particles and marks at its end."""
    while match := _FILLER.match(text, start, end):
        if match.end() >= end or match.end() == start:
            break
        start = match.end()
    match = _TAIL.search(text[start:end])
    return start, start + match.start() if match and match.start() > 0 else end


def _clauses(at: int, segment: str, speaker: str | None, side: Side, text: str) -> Iterable[Clause]:
    starts = [sentence.start for sentence in sentences(text)]
    question = "talk.question_of_ours" if side == "us" else "talk.question"
    for piece in clauses(text):
        start, end = trim(text, piece.start, piece.end)
        number = sum(piece.start >= one for one in starts)
        if start < end:
            asks = cues(question).search(piece.text) is not None
            yield Clause(at, segment, speaker, side, number, start, end, text[start:end], asks)
