"""Dialogue: the turns of a call in order, with who is told what and what answers what."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cached_property
from math import fsum

from pipeline.engines.rules.extraction.privacy import private_turns
from pipeline.engines.rules.extraction.sides import side_of_each
from pipeline.engines.rules.extraction.turn import Turn
from pipeline.engines.rules.extraction.weighing import enough
from pipeline.engines.rules.extraction.wording import tells
from pipeline.engines.rules.sense.kinds import Kind
from pipeline.engines.rules.sense.reader import read_turns
from pipeline.engines.rules.sense.spoken import Spoken, names_of
from pipeline.language import cues
from pipeline.language.script import language_of
from pipeline.models.base import Language
from pipeline.models.item import Audience
from pipeline.models.project import DEFAULT_CLIENT, Project
from pipeline.models.transcript import Transcript

_SMALL = re.compile(r"\b[a-z][a-z']*\b")
_ECHO = 3
"""Words up to which a yes, a no or a nod says nothing by itself."""


class Dialogue:
    """A transcript as the rules read it. Never changed."""

    def __init__(
        self, transcript: Transcript, project: Project, listed: Mapping[str, bool] | None = None
    ) -> None:
        """Read every turn; nothing is judged yet.

        Args:
            transcript: The call.
            project: Who is on which side, and what is deployed there.
            listed: Turns that are lines of a list, each a matter of its own; true where the line
                above the list asks for what it holds.
        """
        self.listed = listed or {}
        sides = side_of_each(transcript, project)
        self.transcript = transcript
        self.project = project
        self.turns = tuple(
            Turn(segment, index, side)
            for index, (segment, side) in enumerate(zip(transcript.segments, sides, strict=True))
        )
        spoken = tuple(Spoken(turn.speaker, turn.side, turn.text) for turn in self.turns)
        self.reading = read_turns(spoken, names_of(project), self.language)
        self.private = private_turns(self.turns, project, self.reading)
        self._places = {turn.id: turn.index for turn in self.turns}
        self._weights: dict[frozenset[str], float] = {}

    @cached_property
    def _frequency(self) -> Counter[str]:
        """How many turns hold a word; whoever only asks what is private needs it not."""
        return Counter(term for turn in self.turns for term in turn.terms)

    @property
    def language(self) -> Language:
        """The language the minutes are written in; the call's own where nobody set up a project."""
        if self.project.client != DEFAULT_CLIENT:
            return self.project.language
        return language_of(" ".join(turn.text for turn in self.turns))

    @cached_property
    def small_words(self) -> frozenset[str]:
        """Words that were written with a small letter somewhere, so that they are no names."""
        return frozenset(_SMALL.findall(" ".join(turn.text for turn in self.turns)))

    def day_of(self, turn: Turn) -> dt.date | None:
        """The day on which a turn was said; due dates are seen from it."""
        return self.transcript.day_of(turn.id)

    def senses(self, kind: Kind, turn: Turn) -> float:
        """How far a turn is above what counts as a kind, in log odds; negative below it."""
        return self.reading.margin(kind, turn.index)

    def takes(self, kind: Kind, turn: Turn, *, cue: bool = False, less: float = 0.0) -> bool:
        """Whether a turn is taken for a kind, by its sound and by a cue in its words if it has one.

        `less` is taken off its log odds where something else speaks against it.
        """
        return enough(kind, self.senses(kind, turn) - less, cue=cue, turns=len(self.turns))

    def open_turns(self) -> Iterator[Turn]:
        """Turns that were said to everybody."""
        return (turn for turn in self.turns if turn.index not in self.private)

    def at(self, segment: str) -> Turn | None:
        """The turn of a segment."""
        index = self._places.get(segment)
        return None if index is None else self.turns[index]

    def before(self, turn: Turn, most: int = 1) -> tuple[Turn, ...]:
        """Turns right before, the nearest first."""
        return tuple(reversed(self.turns[max(0, turn.index - most) : turn.index]))

    def after(self, turn: Turn, most: int = 1) -> tuple[Turn, ...]:
        """Turns right after."""
        return self.turns[turn.index + 1 : turn.index + 1 + most]

    def back(self, turn: Turn, most: int) -> tuple[Turn, ...]:
        """Turns right before, the nearest first, no further than where the subject was opened."""
        found: list[Turn] = []
        for earlier in self.before(turn, most):
            found.append(earlier)
            if earlier.opens:
                break
        return () if turn.opens and not turn.refers_back else tuple(found)

    def answers_us(self, turn: Turn) -> bool:
        """Whether the turn answers a question of ours, perhaps after another client's word."""
        for earlier in self.before(turn, 2):
            if earlier.ours:
                return earlier.question
            if earlier.size > _ECHO:
                return False
        return False

    def named_in(self, turn: Turn) -> tuple[str, ...]:
        """Participants whom a turn calls by name."""
        names = (person.name for person in self.project.participants)
        return tuple(name for name in names if cues.plain(name.split()[0]) in turn.plain)

    def nods(self, turn: Turn) -> bool:
        """Whether the turn is only a yes, a no or a noise."""
        return turn.size <= _ECHO and (turn.has("answer.yes") or turn.has("answer.no"))

    def tells(self, turn: Turn) -> bool:
        """Whether the turn says something, more than a yes, a no, a greeting or a joke."""
        return not self.nods(turn) and bool(turn.terms) and not turn.has("turn.joke")

    def tells_much(self, turn: Turn) -> bool:
        """Whether the turn says more than good morning and that there is something to say."""
        pieces = (piece for piece in turn.clauses if not cues.has("turn.hello", piece.text))
        return self.tells(turn) and any(tells(piece) for piece in pieces)

    def akin(self, one: frozenset[str], other: frozenset[str]) -> float:
        """How much two sets of words have in common, rare words of this call counting most."""
        common = one & other
        if not common:
            return 0.0
        return self._weigh(common) / min(self._weight(one), self._weight(other))

    def _weight(self, some: frozenset[str]) -> float:
        """The same set of words is compared with hundreds of others: it is weighed once."""
        known = self._weights.get(some)
        if known is None:
            known = self._weights[some] = self._weigh(some)
        return known

    def _weigh(self, some: frozenset[str]) -> float:
        return fsum(1 / self._frequency.get(term, 1) for term in some)  # the same in any order

    def audience(self, *turns: Turn) -> Audience:
        """Who may see an item resting on these turns."""
        private = [self.private[turn.index] for turn in turns if turn.index in self.private]
        if not private:
            return Audience()
        names = dict.fromkeys(name for one in private for name in one.not_for)
        return Audience(visibility="internal", not_for=tuple(names))
