"""The talk about one ask: its own turns, the questions and answers around them, and later returns."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pipeline.engines.rules.playbook.loader import cues
from pipeline.language.script import clauses, sentences
from pipeline.models.base import Side
from pipeline.models.minutes import Ask, Minutes
from pipeline.models.project import Project
from pipeline.models.transcript import Transcript

_MOST_GROWTH = 10
"""Turns that a run of talk may grow beyond the ask's own evidence."""
_MOST_BEFORE = 3
"""Turns of the same speaker before an ask that may tell its pain."""
_MARKS = r"[\s，,、。.!！:：]"
_FILLER = re.compile(
    rf"\s*(?:(?:{cues('talk.filler').pattern}){_MARKS}*|(?:{cues('talk.pause').pattern}){_MARKS}+)",
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


def gather(ask: Ask, minutes: Minutes, transcript: Transcript, project: Project) -> Talk:
    """Collect what was said about an ask, wherever in the call it was said."""
    turns = read(transcript, project)
    places = {turn.segment: turn.at for turn in turns}
    own = _places(ask, places)
    taken = {at for other in minutes.asks if other.id != ask.id for at in _places(other, places)}
    found = _Reach(turns, own, taken - own).collect(_subject(ask))
    return Talk(tuple(turns[at] for at in sorted(found)), frozenset(own))


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


def _places(ask: Ask, places: dict[str, int]) -> set[int]:
    return {places[one] for evidence in ask.evidence for one in evidence.segments if one in places}


def _subject(ask: Ask) -> tuple[str, ...]:
    """Content words that a later turn repeats when it comes back to the ask."""
    text = f"{ask.text} {ask.raw_quote}"
    words = re.findall(r"[A-Za-z][A-Za-z-]{4,}", text.lower())
    stems = {re.sub(r"(ing|al|s|ed)$", "", word) for word in words}
    runs = re.findall("[\u4e00-\u9fff]+", text)
    pairs = [run[i : i + 2] for run in runs for i in range(len(run) - 1)]
    return tuple(stems - _COMMON) + tuple(pair for pair in pairs if pair not in _COMMON_PAIRS)


_COMMON = {
    "about",
    "there",
    "would",
    "could",
    "should",
    "please",
    "every",
    "their",
    "which",
    "where",
    "system",
    "want",
    "when",
}
_COMMON_PAIRS = {
    "能不",
    "不能",
    "可以",
    "我们",
    "一个",
    "系统",
    "这个",
    "那个",
    "现在",
    "希望",
    "需要",
    "客户",
    "自动",
    "时候",
}


class _Reach:
    """Grows from an ask's own turns to the talk around them."""

    def __init__(self, turns: Sequence[Turn], own: set[int], taken: set[int]) -> None:
        self.turns = turns
        self.own = own
        self.taken = taken
        self.among_us = _internal(turns)

    def collect(self, subject: tuple[str, ...]) -> set[int]:
        found = set(self.own)
        for at in sorted(self.own):
            self._before(at, found)
        for at in self._returns(subject):
            found.add(at)
        for at in sorted(found):
            self._onwards(at, found)
        return found - self.among_us

    def _free(self, at: int) -> bool:
        return at not in self.taken and at not in self.among_us

    def _before(self, at: int, found: set[int]) -> None:
        """Our question that a turn answers, or the pain its speaker told just before the ask."""
        here = self.turns[at]
        if at == 0 or here.side == "us":
            return
        if self.turns[at - 1].side == "us":
            if self._free(at - 1) and not _shifts(here):
                found.add(at - 1)
            return
        if at != min(self.own) or _shifts(here):
            return
        for before in range(at - 1, max(at - 1 - _MOST_BEFORE, -1), -1):
            turn = self.turns[before]
            if turn.speaker != here.speaker or not self._free(before) or not self._hurts(turn):
                break
            found.add(before)
            if _shifts(turn):
                break

    def _hurts(self, turn: Turn) -> bool:
        """Whether a turn tells of trouble of its own accord."""
        asked = turn.at > 0 and self.turns[turn.at - 1].side == "us" and self.turns[turn.at - 1].asks
        return not asked and cues("say.pain").search(turn.text) is not None

    def _onwards(self, at: int, found: set[int]) -> None:
        last = self.turns[at]
        for after in range(at + 1, min(at + 1 + _MOST_GROWTH, len(self.turns))):
            turn = self.turns[after]
            if after in found:
                return
            same = turn.side == "us" or last.side == "us" or turn.speaker == last.speaker
            if not self._free(after) or not same or (turn.side != "us" and _shifts(turn)):
                return
            if last.side == "us" and turn.side == "us":
                return
            found.add(after)
            if turn.side == "us" and not self._leads_on(after):
                return
            last = turn

    def _leads_on(self, at: int) -> bool:
        """Whether the client answers this turn of ours, and still on the same matter."""
        after = at + 1
        if after == len(self.turns) or self.turns[after].side == "us":
            return False
        if not (self._free(after) or after in self.own):
            return False
        here, reply = self.turns[at].text, self.turns[after].text
        if cues("talk.shift_of_ours").search(here):
            return False
        opens = self.turns[at].asks or cues("talk.proposal").search(here) is not None
        agrees = cues("talk.accept").search(reply) is not None
        return opens or agrees or cues("talk.reject").match(reply) is not None

    def _returns(self, subject: tuple[str, ...]) -> list[int]:
        back = cues("talk.back")
        return [
            turn.at
            for turn in self.turns
            if turn.side != "us"
            and turn.at > min(self.own, default=0)
            and self._free(turn.at)
            and back.search(turn.text)
            and _speaks_of(turn.text, subject)
        ]


def _speaks_of(text: str, subject: tuple[str, ...]) -> bool:
    low = text.lower()
    return any(word in low for word in subject)


def _shifts(turn: Turn) -> bool:
    return cues("talk.shift").search(turn.text) is not None


def _internal(turns: Sequence[Turn]) -> set[int]:
    """Turns spoken among ourselves: after the client left, or while nobody of theirs was there."""
    found: set[int] = set()
    run: list[int] = []
    for turn in [*turns, None]:
        if turn is not None and turn.side == "us":
            run.append(turn.at)
            continue
        told = any(cues("talk.end").search(turns[at].text) for at in run)
        if len(run) >= 4 or (turn is None and len(run) >= 2) or (told and len(run) >= 2):
            found.update(run)
        run = []
    return found
