"""A call as it is asked about: its turns, its project, and the questions made of them."""

import threading
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from types import MappingProxyType
from typing import Generic, NamedTuple, TypeVar

from pipeline.engines.llm import prompting
from pipeline.engines.llm.asking import Answer, Asker, Question
from pipeline.engines.llm.faults import Fault
from pipeline.engines.llm.fence import Turns
from pipeline.engines.llm.forms import described
from pipeline.engines.llm.masking import OPEN, Mask
from pipeline.engines.llm.pieces import Piece, pieces
from pipeline.engines.llm.sites import items, relations
from pipeline.engines.llm.steps import WHOLE, Steps
from pipeline.engines.llm.tokens import estimate
from pipeline.engines.llm.wire import Wire
from pipeline.models.project import Project
from pipeline.models.transcript import Segment, Transcript
from prompts.loader import prompt

P = TypeVar("P")
W = TypeVar("W", bound=Wire)
USED = 0.85
"""Share of the context that we fill by our own estimate: no model counts as we do."""
LEAST = 400
"""Tokens that the turns of a question may have in any case."""


class Found(NamedTuple, Generic[P, W]):
    """Answers to the parts of a step, and the parts that no answer was had for."""

    answers: tuple[tuple[P, Answer[W]], ...]
    failed: tuple[tuple[P, Fault], ...]


class Reading:
    """One call as it is asked about.

    Args:
        transcript: The call.
        project: Whose call it is.
        asker: Whom to ask.
        question_tokens: Tokens that one question may have, all in all.
        steps: How much one question asks for.
        mask: What is hidden.
        private: Turns that were not meant for everybody, with the participants they must never
            reach.
    """

    def __init__(
        self,
        transcript: Transcript,
        project: Project,
        asker: Asker,
        *,
        question_tokens: int,
        steps: Steps = WHOLE,
        mask: Mask = OPEN,
        private: Mapping[str, Sequence[str]] = MappingProxyType({}),
    ) -> None:
        self.transcript = transcript
        self.project = project
        self.asker = asker
        self.turns = Turns(transcript)
        self.steps = steps
        self.mask = mask
        self.private = private
        self.segments = transcript.segments
        self._tokens = int(question_tokens * USED)
        self._lock = threading.Lock()
        self._fences: dict[tuple[tuple[str, ...], frozenset[str]], str] = {}
        self._sizes = {one.id: estimate(self.turns.line(one)) for one in self.segments}

    @cached_property
    def pieces(self) -> tuple[Piece, ...]:
        """The call, whole where it fits; the same call always has the same pieces."""
        rest = [self.room("rest", schema) for schema in self.steps.rest]
        room = min(self.room("asks", items.Asks), self.room("thread", relations.Threads), *rest)
        room = min(room, self.steps.room or room)
        return pieces(self.segments, room=room, tokens=lambda one: self._sizes[one.id])

    @property
    def whole(self) -> bool:
        """Whether the call fits into one question."""
        return len(self.pieces) <= 1

    def size(self, segments: Sequence[Segment]) -> int:
        """Tokens of some turns, by our own estimate."""
        return sum(self._sizes[one.id] for one in segments)

    def room(self, site: str, schema: type[Wire]) -> int:
        """Tokens that a question has besides its prompt, its form and what it tells of the project."""
        found = prompt(site, self.project.language)
        told = [self._told[name] for name in found.inputs if name in self._told]
        fixed = estimate("".join((found.system, found.user, described(schema), *told)))
        return max(LEAST, self._tokens - fixed)

    def ask(
        self,
        parts: Sequence[P],
        question: Callable[[P], Question[W]],
        halves: Callable[[P], Sequence[P]],
    ) -> Found[P, W]:
        """Every part, at once; one that is too much for a question is asked for in halves.

        Args:
            parts: What is asked for.
            question: Part -> its question.
            halves: Part -> smaller parts; none where it is small enough as it is.
        """
        waiting = list(parts)
        answers: list[tuple[P, Answer[W]]] = []
        failed: list[tuple[P, Fault]] = []
        while waiting:
            round_, waiting = waiting, []
            for part, answer in zip(
                round_, self.asker.ask_all([question(one) for one in round_]), strict=True
            ):
                if not isinstance(answer, Fault):
                    answers.append((part, answer))
                elif answer.remedy == "halve" and (smaller := halves(part)):
                    waiting.extend(smaller)
                else:
                    failed.append((part, answer))
        return Found(tuple(answers), tuple(failed))

    def about(self, site: str, schema: type[W], piece: Piece, **more: str) -> Question[W]:
        """One piece, asked about for one site."""
        whole = len(piece) == len(self.segments)
        shown = piece.shown(self.segments, whole=whole, tokens=lambda one: self._sizes[one.id])
        own = piece.own(self.segments)
        context = frozenset(one.id for one in shown if one.id not in own)
        return self.asking(site, schema, shown, context=context, more=more)

    def asking(
        self,
        site: str,
        schema: type[W],
        shown: Sequence[Segment] = (),
        *,
        context: frozenset[str] = frozenset(),
        more: Mapping[str, str] = MappingProxyType({}),
    ) -> Question[W]:
        """A question of a call site: its prompt, with what it takes of the project and the turns."""
        found = prompt(site, self.project.language)
        last = self.turns.name(shown[-1].id) if shown else "-"
        mask = self.mask.covering(more.values())
        known = {**self._told, "schema": described(schema), "last": last, **more}
        values = {name: mask.hide(known[name]) for name in found.inputs if name in known}
        if "turns" in found.inputs:
            values["turns"] = self._fenced(tuple(shown), context)
        said = prompting.messages(found, **values)
        asked = last if shown and "last" in found.inputs else None
        meeting = self.transcript.meeting
        return Question(site, found.label, said, schema, meeting, mask, asked)

    def _fenced(self, shown: tuple[Segment, ...], context: frozenset[str]) -> str:
        """The turns as they are sent; all specs of a short call show the same."""
        key = (tuple(one.id for one in shown), context)
        with self._lock:
            made = self._fences.get(key)
        if made is None:
            plain = self.turns.fenced(shown, context=context, private=self.private)
            made = self.mask.hide(plain)
            with self._lock:
                self._fences = {key: made}
        return made

    @cached_property
    def _told(self) -> Mapping[str, str]:
        """What questions tell of the project, whatever they ask."""
        return {
            "people": prompting.people(self.project),
            "system": prompting.system(self.project),
            "date": (self.transcript.date or "-")[:10],
            "glossary": prompting.glossary(self.project),
            "capabilities": prompting.numbered(self.project.capabilities),
            "scope": prompting.numbered(self.project.scope),
        }
