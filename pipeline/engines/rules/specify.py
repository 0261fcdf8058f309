"""The rules Specifier: one ask made buildable from the call, the dictionary and the playbook."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from pipeline.engines.rules.playbook.loader import VERSION, digest
from pipeline.engines.rules.specification import headline, wording
from pipeline.engines.rules.specification.acceptance import cases
from pipeline.engines.rules.specification.actors import actors
from pipeline.engines.rules.specification.apart import Apart, apart, together
from pipeline.engines.rules.specification.asking import questions
from pipeline.engines.rules.specification.candidates import Candidate
from pipeline.engines.rules.specification.fit import Judgement, judge
from pipeline.engines.rules.specification.known import Known, known
from pipeline.engines.rules.specification.reach import gather
from pipeline.engines.rules.specification.talk import Turn, read
from pipeline.engines.rules.specification.vocabulary import Vocabulary, vocabulary_of
from pipeline.language.dictionary import dictionary_of
from pipeline.language.support import unsupported
from pipeline.language.twin import Twin
from pipeline.models.draft import DraftSlot, DraftSpec
from pipeline.models.item import AskKind
from pipeline.models.minutes import Ask, Minutes
from pipeline.models.project import Project
from pipeline.models.transcript import Transcript


class RulesSpecifier:
    """A Specifier that needs no model: cues, a playbook of ask patterns and the project's words."""

    name = "rules"
    model: str | None = None
    settings: Mapping[str, Any] = MappingProxyType({})
    at_once = 1

    def __init__(self) -> None:
        """Nothing was read yet."""
        self._twin: tuple[Minutes, Transcript, Project, Twin, Minutes] | None = None
        self._read: tuple[Transcript, Project, tuple[Turn, ...]] | None = None
        self._held: tuple[Minutes, Transcript, Apart] | None = None
        self._asked: tuple[Minutes, Transcript, Project, dict[str, _Asking]] | None = None

    @property
    def prompt(self) -> str:
        """Version and digest of the playbook."""
        return f"playbook@{VERSION}+{digest()}"

    def specify(
        self, ask: Ask, minutes: Minutes, transcript: Transcript, project: Project
    ) -> DraftSpec:
        """Slots from what was said about the ask; everything else as questions."""
        twin, read_minutes = self._twins(minutes, transcript, project)
        vocabulary = vocabulary_of(twin.project)
        call = self._apart_from(read_minutes, twin.transcript)
        one = self._asking(call.ask(twin.into(ask)), call, vocabulary)
        draft = _spec(one, call.minutes, vocabulary)
        return twin.back(together(draft) if call.cut else draft)

    def _twins(
        self, minutes: Minutes, transcript: Transcript, project: Project
    ) -> tuple[Twin, Minutes]:
        """The call as it is read, made once for all asks of its minutes."""
        given, held = (minutes, transcript, project), self._twin
        if held is None or any(a is not b for a, b in zip(held[:3], given, strict=True)):
            twin = Twin(transcript, project)
            held = self._twin = (*given, twin, twin.into(minutes))
        return held[3], held[4]

    def _apart_from(self, minutes: Minutes, transcript: Transcript) -> Apart:
        """The call read a line at a time, made once for all asks of its minutes."""
        held = self._held
        if held is None or held[0] is not minutes or held[1] is not transcript:
            held = self._held = (minutes, transcript, apart(minutes, transcript))
        return held[2]

    def _asking(self, ask: Ask, call: Apart, vocabulary: Vocabulary) -> "_Asking":
        """What is known of an ask, and what is asked that no earlier spec of the call asks."""
        minutes, transcript, listed, _ = call
        done = self._done(minutes, transcript, vocabulary.project)
        if ask.id in done and done[ask.id].given == ask:
            return done[ask.id]
        earlier: list[str] = []
        for other in minutes.asks:
            if other.id == ask.id:
                break
            if other.status == "live" and other.review != "rejected":
                before = self._asking(other, call, vocabulary)
                earlier += [one.question.question for one in before.asked]
        turns = self._turns(transcript, vocabulary.project)
        found = known(ask, minutes, gather(ask, minutes, turns, listed), vocabulary)
        values = headline.about(found, vocabulary)
        judged = judge(found, vocabulary.project)
        asked = questions(found, values, scope=judged.scope, asked=earlier)
        done[ask.id] = _Asking(ask, found, values, judged, asked)
        return done[ask.id]

    def _done(
        self, minutes: Minutes, transcript: Transcript, project: Project
    ) -> dict[str, "_Asking"]:
        """What was worked out already of the asks of one call."""
        held = self._asked
        if held is None or any(
            a is not b for a, b in zip(held[:3], (minutes, transcript, project), strict=True)
        ):
            held = self._asked = (minutes, transcript, project, {})
        return held[3]

    def _turns(self, transcript: Transcript, project: Project) -> tuple[Turn, ...]:
        """The turns, cut into clauses once for all asks of a call."""
        if self._read is None or self._read[0] is not transcript or self._read[1] is not project:
            self._read = (transcript, project, read(transcript, project))
        return self._read[2]


class _Asking(NamedTuple):
    """One ask with what is known and what is asked."""

    given: Ask
    found: Known
    values: dict[str, str]
    judged: Judgement
    asked: tuple[Candidate, ...]


def _spec(one: _Asking, minutes: Minutes, vocabulary: Vocabulary) -> DraftSpec:
    found, values, judged = one.found, one.values, one.judged
    check = _Check(vocabulary)
    goal, pain = check.slot(wording.goal(found, values)), check.slot(wording.pain(found))
    trigger = check.slot(wording.trigger(found, values))
    rules, limits = check.slots(wording.rules(found, values)), check.slots(wording.limits(found))
    return DraftSpec(
        ask=found.ask.id,
        title=headline.title(found, values),
        language=found.language,
        kind=_kind(found, judged),
        visibility=found.ask.visibility,
        not_for=found.ask.not_for,
        fit=judged.fit,
        fit_line=judged.line,
        scope=judged.scope,
        goal=goal,
        pain=pain,
        trigger=trigger,
        format=found.format,
        actors=check.slots(actors(found, vocabulary)),
        rules=rules,
        limits=limits,
        behaviours=wording.behaviours(found, values),
        data_fields=(*found.found.fields, *found.touched),
        permissions=wording.permissions(found),
        acceptance=cases(found, values, one.asked),
        open_questions=tuple(one.question for one in one.asked),
        assumptions=wording.assumptions(found, (goal, pain, trigger, *rules, *limits)),
        out_of_scope=wording.out_of_scope(found),
        dependencies=wording.dependencies(found),
        conflicts_with=_conflicts(found, minutes),
        feasibility=(judged.reason,) if judged.reason else (),
        origin_engine="rules",
    )


def _kind(found: Known, judged: Judgement) -> AskKind:
    """The kind of the ask; approvals that pass by themselves are no matter of rights or speed."""
    if found.key == "approval" and found.ask.kind in ("permission", "nfr"):
        return "config" if judged.fit == "config" else "function"
    return found.ask.kind


def _conflicts(found: Known, minutes: Minutes) -> tuple[str, ...]:
    """Conflicts of the minutes that were fought out in the ask's own turns."""
    own = {turn.segment for turn in found.talk.turns if turn.at in found.talk.own}
    return tuple(
        conflict.id
        for conflict in minutes.conflicts
        if own & {one for evidence in conflict.evidence for one in evidence.segments}
    )


class _Check:
    """Calls nothing stated that its own quotes do not hold: the facts check before the facts check."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        known = dictionary_of(vocabulary.project)
        self.terms, self.glossary = known.terms, known.glossary

    def slot(self, slot: DraftSlot) -> DraftSlot:
        if slot.origin != "stated" or not isinstance(slot.value, str):
            return slot
        quotes = [citation.quote for citation in slot.citations]
        lost = unsupported(slot.value, quotes, terms=self.terms, glossary=self.glossary)
        return slot.with_(origin="inferred") if lost else slot

    def slots(self, slots: tuple[DraftSlot, ...]) -> tuple[DraftSlot, ...]:
        return tuple(self.slot(slot) for slot in slots)
