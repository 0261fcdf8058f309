"""Open questions, each once: what several specs need is one question with one answer."""

import re
from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from pipeline.models.alike import alike, bare, core, objects, without_object
from pipeline.models.base import Language
from pipeline.models.minutes import Question
from pipeline.models.spec import FeatureSpec, OpenQuestion
from pipeline.words.loader import say

_CLAUSE = 6
"""Characters that a part of a question has at least, to be the same as another question."""

ParkedFor = Literal[
    "by_hand", "answered", "look_up", "detail", "go_on", "spec_full", "next_round", "later"
]
"""by_hand: a person parked it. answered: another spec has the answer. look_up: we can find out
ourselves. detail: can be asked while it is designed. go_on: there is an answer to begin with.
spec_full: enough is asked of that spec. next_round: it holds work up, but eight others come first.
later: work can begin without it."""


class Parked(NamedTuple):
    """Why a question waits."""

    code: ParkedFor
    answer: str = ""
    """go_on: what is done until then; answered: the answer."""
    spec: str = ""
    """answered: short id of the spec that has it; spec_full: of the spec with enough."""
    of_spec: int = 0
    """spec_full: how many of that spec go out."""

    def in_words(self, language: Language) -> str:
        """The reason, as anybody reads it."""
        told = {"answer": self.answer, "spec": self.spec, "count": self.of_spec}
        return say(f"asking.{self.code}", language, **told)


class Asked(NamedTuple):
    """A question still open: raised in the call, or needed by one or several specs."""

    question: Question | OpenQuestion
    spec: FeatureSpec | None
    also: tuple["Asked", ...] = ()
    """Others that ask the same: one answer serves all."""
    parked: Parked | None = None
    """Why it waits; null for those that go out."""
    alone: str = ""
    """The question without the name of its spec before it."""

    @property
    def blocking(self) -> bool:
        """Whether work cannot begin before it is answered."""
        return any(
            isinstance(one.question, OpenQuestion) and one.question.blocking
            for one in (self, *self.also)
        )

    @property
    def text(self) -> str:
        """The question itself; without the name of one spec where several need it."""
        return self.alone if len(self.specs) > 1 else _text(self.question)

    @property
    def told(self) -> str:
        """The question with what it is about before it, for a place that names no spec."""
        heads = dict.fromkeys(one.about for one in (self, *self.also) if one.about)
        if not heads or not self.spec:
            return self.alone
        between = say("document.colon", self.spec.language)
        return say("asking.comma", self.spec.language).join(heads) + between + self.alone

    @property
    def about(self) -> str:
        """What stood before the question and its colon; empty where nothing did."""
        whole = _text(self.question)
        named = self.spec and self.alone and self.alone != whole and whole.endswith(self.alone)
        return whole.removesuffix(self.alone).rstrip(" :：") if named else ""

    @property
    def specs(self) -> tuple[FeatureSpec, ...]:
        """The specs that need the answer, each once."""
        found = {one.spec.id: one.spec for one in (self, *self.also) if one.spec}
        return tuple(found.values())

    @property
    def by_hand(self) -> bool | None:
        """What a person said: true, it goes out; false, it waits; null, nobody said."""
        said = {one.question.ask_now for one in (self, *self.also)}
        return True if True in said else False if False in said else None


class Answered(NamedTuple):
    """A question that has its answer."""

    question: OpenQuestion
    words: str
    """Core of the question by itself."""
    spec: str
    """Short id of its spec."""
    about: str = ""
    """What it is about, where it says so."""


def _text(asked: Question | OpenQuestion) -> str:
    return asked.question if isinstance(asked, OpenQuestion) else asked.text


def needed(specs: Iterable[FeatureSpec]) -> Iterator[Asked]:
    """What specs still need."""
    return (one for one in _every(specs) if not _answer(one))


def twins(specs: Iterable[FeatureSpec], spec: str, question: str) -> tuple[Asked, ...]:
    """What other specs ask in the same sense, answered or not, by uid of a spec and id there.

    About another thing it is asked together with it, and has an answer of its own: who may release
    an expired drug does not tell who may release a narcotic.
    """
    for group in grouped(_every(specs), ()):
        every = (group._replace(also=()), *group.also)
        own = next((one for one in every if _is(one, spec, question)), None)
        if own is not None:
            others = (one for one in every if not _is(one, spec, question))
            return tuple(one for one in others if one_thing(one.about, own.about))
    return ()


def one_thing(about: str, other: str) -> bool:
    """Whether two questions are about one thing, as far as both say."""
    return not about or not other or bare(about) == bare(other)


def _is(one: Asked, spec: str, question: str) -> bool:
    return one.spec is not None and (one.spec.uid, one.question.id) == (spec, question)


def _answer(one: Asked) -> str | None:
    return one.question.answer if isinstance(one.question, OpenQuestion) else None


def _every(specs: Iterable[FeatureSpec]) -> Iterator[Asked]:
    for spec in specs:
        about = objects(one.question for one in spec.open_questions)
        for one in spec.open_questions:
            yield Asked(one, spec, alone=without_object(one.question, about))


def answered(specs: Iterable[FeatureSpec]) -> Iterator[Answered]:
    """What specs asked and somebody answered."""
    for one in _every(specs):
        if _answer(one) and isinstance(one.question, OpenQuestion) and one.spec:
            yield Answered(one.question, core(one.alone), one.spec.id, one.about)


def grouped(needed: Iterable[Asked], raised: Iterable[Question]) -> list[Asked]:
    """Each question once, with the others that ask the same behind it."""
    groups: list[list[Asked]] = []
    by_words: dict[str, int] = {}
    by_clause: dict[str, int] = {}
    by_slot: dict[str, list[tuple[str, int]]] = {}
    for one in needed:
        slot = one.question.slot if isinstance(one.question, OpenQuestion) else ""
        words = core(one.alone)
        found = by_words.get(bare(one.text))
        if found is None:
            found = next((n for told, n in by_slot.get(slot, ()) if alike(told, words)), None)
        if found is None:
            found = len(groups)
            groups.append([])
            by_slot.setdefault(slot, []).append((words, found))
        groups[found].append(one)
        for wording in (one.text, one.alone, *_tails(one.text)):
            by_words.setdefault(bare(wording), found)
        for clause in _clauses(one.alone):
            by_clause.setdefault(clause, found)
    for question in raised:
        found = by_words.get(bare(question.text), by_clause.get(core(question.text)))
        if found is None:
            found = by_words[bare(question.text)] = len(groups)
            groups.append([])
        groups[found].append(Asked(question, None, alone=question.text))
    return [head._replace(also=tuple(also)) for head, *also in groups]


def _clauses(text: str) -> Iterator[str]:
    """The cores of what a question asks first and then: "is there one, and who has it?"."""
    for clause in re.split("[，,；;]", text):
        words = core(clause)
        if len(words) >= _CLAUSE:
            yield words


def _tails(text: str) -> Iterator[str]:
    """What follows a name before it, as in "Stock: who counts it?"."""
    for colon in re.finditer("[:：]", text):
        yield text[colon.end() :]
