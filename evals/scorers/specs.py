"""One spec against what its ask needs: fields, facts, questions, and nothing that nobody said."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from evals.datasets.wanted import WantedAsk, WantedField
from evals.scorers.share import Share, count
from evals.scorers.words import any_holds, asks, held
from pipeline.language.dictionary import Dictionary
from pipeline.language.normalise import folded
from pipeline.language.script import has_cjk
from pipeline.language.support import alikeness, occurs, related, unsupported
from pipeline.models.evidence import Evidence
from pipeline.models.project import Project
from pipeline.models.slots import FACT_ORIGINS, Permission, Slot, SlotKey, SpecField
from pipeline.models.spec import FeatureSpec

_NOTE = re.compile(r"\s*[(（].*?[)）]\s*")
_NEEDED = ("stated", "dictionary")
_SAME_LABEL = 0.6
"""Dice of bigrams from which two labels name one field; in Latin letters more is needed."""
_SAME_LATIN = 0.8


class Scores(NamedTuple):
    """What one spec reaches; without a spec nothing is hit."""

    made: Share
    """Whether there is a spec at all."""
    fields: Share
    """Needed fields that the spec has."""
    fields_right: Share
    """Fields of the spec that are needed, whatever their origin."""
    origins: Share
    """Needed fields that it has, with the right origin: one that is not in the call and in no
    table is right when it is not called a fact."""
    details: Share
    """Rules, permissions, limits and format of which it holds half the bigrams."""
    by_slot: Share
    """Must-ask questions whose slot key one of its questions has."""
    by_slot_one_to_one: Share
    """The same when each of its questions serves one only."""
    by_words: Share
    facts: Share
    fit: Share
    invented: Share
    """Tempting details that nobody said and that it presents as facts."""
    unproved: Share
    """Values called stated that fail the facts check when it is done again."""
    questions: int


def scores(gold: WantedAsk, spec: FeatureSpec | None, project: Project) -> Scores:
    """All of it for one ask; `spec` is None where its ask was not found."""
    questions = spec.open_questions if spec else ()
    keys = [one.slot for one in questions]
    whole = "\n".join(texts(spec)) if spec else ""
    return Scores(
        made=Share(int(spec is not None), 1),
        fields=_fields(gold.fields, spec.data_fields if spec else ()),
        fields_right=_right(gold.fields, spec.data_fields if spec else ()),
        origins=count(_origins(gold.fields, spec.data_fields if spec else ())),
        details=count(held(one, whole) for one in gold.details),
        by_slot=count(one in keys for one in gold.slots),
        by_slot_one_to_one=one_to_one(gold.slots, keys),
        by_words=count(
            any(asks(one.question, wanted) for one in questions) for wanted in gold.must_ask
        ),
        facts=count(held(one, whole) for one in gold.facts),
        fit=Share(int(spec.fit == gold.fit), 1) if spec and gold.fit else Share(),
        invented=count(
            any_holds(one, _facts(spec) if spec else ()) for one in gold.must_not_invent
        ),
        unproved=unproved(spec, project) if spec else Share(),
        questions=len(questions),
    )


def missed_questions(gold: WantedAsk, spec: FeatureSpec | None) -> frozenset[str]:
    """The must-ask questions that a spec does not ask: by slot key, without keys by its words."""
    questions = spec.open_questions if spec else ()
    if gold.slots:
        keys = {one.slot for one in questions}
        pairs = zip(gold.must_ask, gold.slots, strict=True)
        return frozenset(wanted for wanted, slot in pairs if slot not in keys)
    asked = (wanted for wanted in gold.must_ask for one in questions if asks(one.question, wanted))
    return frozenset(gold.must_ask) - frozenset(asked)


def one_to_one(wanted: Sequence[SlotKey], asked: Sequence[SlotKey]) -> Share:
    """Wanted keys that are asked for, each question serving one."""
    return Share((Counter(wanted) & Counter(asked)).total(), len(wanted))


def same_for_all(asks: Sequence[Sequence[SlotKey]], most: int) -> tuple[Share, Share]:
    """What the most frequent keys reach, asked of every ask alike: lenient, and one to one.

    A figure by slot keys means little unless it is held against this.
    """
    frequent = Counter(key for wanted in asks for key in wanted).most_common(most)
    keys = [key for key, _ in frequent]
    lenient = count(key in keys for wanted in asks for key in wanted)
    shares = [one_to_one(wanted, keys) for wanted in asks]
    return lenient, Share(sum(one.hit for one in shares), sum(one.of for one in shares))


def unproved(spec: FeatureSpec, project: Project) -> Share:
    """Stated values that their own evidence does not bear out, of all stated values."""
    known = Dictionary(project)
    slots = [one for one in _slots(spec) if one.origin == "stated" and isinstance(one.value, str)]
    bad = sum(not _proved(str(one.value), one.evidence, known) for one in slots)
    rows = [one for one in spec.permissions if one.origin == "stated"]
    bad += sum(not _proved(_claim(one), one.evidence, known) for one in rows)
    fields = [one for one in spec.data_fields if one.origin == "stated"]
    bad += sum(not occurs(one.label, (*_quotes(one.evidence), *known.glossary)) for one in fields)
    return Share(bad, len(slots) + len(rows) + len(fields))


def same_field(wanted: WantedField, field: SpecField) -> bool:
    """Whether a field of a spec is the one wanted: by column where both have one, else by label."""
    if (
        wanted.name
        and field.name
        and folded(field.name.split(".")[-1]) == folded(wanted.name.split(".")[-1])
    ):
        return True
    mine, theirs = (_NOTE.sub("", one) for one in (wanted.label, field.label))
    enough = _SAME_LABEL if has_cjk(mine) else _SAME_LATIN
    return folded(mine) == folded(theirs) or alikeness(mine, theirs) >= enough


def _fields(wanted: Iterable[WantedField], fields: Sequence[SpecField]) -> Share:
    needed = [one for one in wanted if one.origin in _NEEDED]
    return count(any(same_field(one, field) for field in fields) for one in needed)


def _origins(wanted: Iterable[WantedField], fields: Sequence[SpecField]) -> Iterator[bool]:
    for one in wanted:
        for field in fields:
            if same_field(one, field):
                fact = field.origin in FACT_ORIGINS
                yield not fact if one.origin == "unknown" else field.origin == one.origin
                break


def _right(wanted: Sequence[WantedField], fields: Iterable[SpecField]) -> Share:
    return count(any(same_field(one, field) for one in wanted) for field in fields)


def _claim(row: Permission) -> str:
    """What a row says: a role that may nothing needs a no in the call."""
    rights = (row.see, row.do, row.export)
    return f"{row.role} not" if False in rights and True not in rights else row.role


def _proved(value: str, evidence: Sequence[Evidence], known: Dictionary) -> bool:
    quotes = _quotes(evidence)
    speakers = [one.speaker for one in evidence if one.good and one.speaker]
    glossary = (*known.glossary, *speakers)
    lost = unsupported(value, quotes, terms=known.terms, glossary=glossary)
    return bool(quotes) and not lost and related(value, quotes)


def _quotes(evidence: Iterable[Evidence]) -> list[str]:
    return [one.quote for one in evidence if one.good]


def _slots(spec: FeatureSpec) -> Iterator[Slot]:
    yield from (spec.goal, spec.pain, spec.trigger, spec.format)
    for some in (spec.actors, spec.rules, spec.limits, spec.behaviours, spec.errors):
        yield from some
    for field in spec.data_fields:
        yield from (field.required, field.example)


def _facts(spec: FeatureSpec) -> Iterator[str]:
    """What a spec presents as a fact."""
    yield from (str(one.value) for one in _slots(spec) if one.origin in FACT_ORIGINS)
    yield from (one.label for one in spec.data_fields if one.origin in FACT_ORIGINS)
    yield from (one.role for one in spec.permissions if one.origin in FACT_ORIGINS)


def texts(spec: FeatureSpec) -> Iterator[str]:
    """All that a spec says and does not ask."""
    yield spec.title
    yield from (str(one.value) for one in _slots(spec) if one.value is not None)
    yield from (one.label for one in spec.data_fields)
    for row in spec.permissions:
        yield row.role
        yield from (one.quote for one in row.evidence)
    for some in (spec.assumptions, spec.out_of_scope, spec.dependencies):
        yield from some
