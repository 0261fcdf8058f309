"""The rules Specifier: one ask made buildable from the call, the dictionary and the playbook."""

from pipeline.engines.rules.playbook.loader import VERSION, digest
from pipeline.engines.rules.specification import wording
from pipeline.engines.rules.specification.acceptance import cases
from pipeline.engines.rules.specification.asking import questions
from pipeline.engines.rules.specification.fit import judge
from pipeline.engines.rules.specification.known import Known, known
from pipeline.engines.rules.specification.reach import gather
from pipeline.engines.rules.specification.talk import Turn, read
from pipeline.engines.rules.specification.vocabulary import Vocabulary
from pipeline.language.support import unsupported
from pipeline.models.draft import DraftSlot, DraftSpec
from pipeline.models.minutes import Ask, Minutes
from pipeline.models.project import Project
from pipeline.models.transcript import Transcript


class RulesSpecifier:
    """A Specifier that needs no model: cues, a playbook of ask patterns and the project's words."""

    name = "rules"
    model: str | None = None

    def __init__(self) -> None:
        """Nothing was read yet."""
        self._read: tuple[Transcript, Project, tuple[Turn, ...]] | None = None

    @property
    def prompt(self) -> str:
        """Version and digest of the playbook."""
        return f"playbook@{VERSION}+{digest()}"

    def specify(
        self, ask: Ask, minutes: Minutes, transcript: Transcript, project: Project
    ) -> DraftSpec:
        """Slots from what was said about the ask; everything else as questions."""
        vocabulary = Vocabulary(project)
        talk = gather(ask, minutes, self._turns(transcript, project))
        return _spec(known(ask, minutes, talk, vocabulary), minutes, vocabulary)

    def _turns(self, transcript: Transcript, project: Project) -> tuple[Turn, ...]:
        """The turns, cut into clauses once for all asks of a call."""
        if self._read is None or self._read[0] is not transcript or self._read[1] is not project:
            self._read = (transcript, project, read(transcript, project))
        return self._read[2]


def _spec(found: Known, minutes: Minutes, vocabulary: Vocabulary) -> DraftSpec:
    values = wording.about(found, vocabulary)
    judged = judge(found, vocabulary.project)
    check = _Check(vocabulary)
    goal, pain = check.slot(wording.goal(found, values)), check.slot(wording.pain(found))
    trigger = check.slot(wording.trigger(found, values))
    rules, limits = check.slots(wording.rules(found)), check.slots(wording.limits(found))
    return DraftSpec(
        ask=found.ask.id,
        title=wording.title(found, values),
        language=found.language,
        kind=found.ask.kind,
        visibility=found.ask.visibility,
        not_for=found.ask.not_for,
        fit=judged.fit,
        scope=judged.scope,
        goal=goal,
        pain=pain,
        trigger=trigger,
        format=found.format,
        actors=check.slots(wording.actors(found, vocabulary)),
        rules=rules,
        limits=limits,
        behaviours=wording.behaviours(found, values),
        data_fields=found.found.fields,
        permissions=wording.permissions(found),
        acceptance=cases(found, values),
        open_questions=questions(found, values),
        assumptions=wording.assumptions(found, (goal, pain, trigger, *rules, *limits)),
        out_of_scope=wording.out_of_scope(found),
        dependencies=wording.dependencies(found),
        conflicts_with=_conflicts(found, minutes),
        feasibility=(*found.play.feasibility, judged.reason),
        origin_engine="rules",
    )


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
        project = vocabulary.project
        self.terms = [field.label for one in project.data_dictionary for field in one.fields]
        self.glossary = [f"{term} {meaning}" for term, meaning in project.glossary.items()]

    def slot(self, slot: DraftSlot) -> DraftSlot:
        if slot.origin != "stated" or not isinstance(slot.value, str):
            return slot
        quotes = [citation.quote for citation in slot.citations]
        lost = unsupported(slot.value, quotes, terms=self.terms, glossary=self.glossary)
        return slot.with_(origin="inferred") if lost else slot

    def slots(self, slots: tuple[DraftSlot, ...]) -> tuple[DraftSlot, ...]:
        return tuple(self.slot(slot) for slot in slots)
