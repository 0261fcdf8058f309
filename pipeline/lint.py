"""FeatureSpec -> findings: what would make a developer guess or a tester give up.

Deterministic, in Chinese and English. The client's own words are never an error: they are what was
said, and a question is the answer to them. Errors block hand-off. The rules and their measured
false alarms: docs/reference/lint.md.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from pipeline.language.contradictions import contradictions
from pipeline.language.openings import Opening, openings
from pipeline.language.plain_wording import even
from pipeline.language.wording import (
    Severity,
    Weak,
    bare_number,
    untestable_result,
    weak_words,
    weight,
)
from pipeline.models.answering import question_behind
from pipeline.models.base import Language
from pipeline.models.slots import Origin, Permission, Slot, SlotKey
from pipeline.models.spec import FeatureSpec, Finding
from pipeline.words.loader import say

_THEIRS: tuple[Origin, ...] = ("stated", "dictionary")
"""Origins whose words are the client's or the system's; of an answer, whoever gave it tells."""
_LISTS = ("rules", "limits", "behaviours", "errors")
_SLOT_VALUES: tuple[tuple[str, SlotKey], ...] = (
    ("goal", "goal"),
    ("trigger", "trigger"),
    ("format", "format"),
)
_AWAITED = re.compile(r"\bq[0-9]+\b")
"""A test that waits for the answer to a question repeats the question."""


class _Text(NamedTuple):
    """A text of a spec and where it stands."""

    path: str
    text: str
    theirs: bool

    @property
    def is_test(self) -> bool:
        return self.path.startswith("acceptance")

    @property
    def is_result(self) -> bool:
        return self.is_test and self.path.endswith(".then")


def lint(spec: FeatureSpec) -> tuple[Finding, ...]:
    """All findings, errors first."""
    found = [
        *_wording(spec),
        *_units(spec),
        *_openings(spec),
        *_acceptance(spec),
        *_fields(spec),
        *_permissions(spec),
        *_questions(spec),
        *contradictions(spec),
    ]
    order = {"error": 0, "warning": 1, "info": 2}
    return tuple(sorted(dict.fromkeys(found), key=lambda one: order[one.severity]))


def linted(spec: FeatureSpec) -> FeatureSpec:
    """The spec with the findings of its content as it is now: an edit may add one or mend one."""
    return spec.with_(findings=lint(spec)) if spec.edited else spec


def _finding(language: Language, code: str, severity: str, slot: str, **values: object) -> Finding:
    return Finding.model_validate(
        {
            "code": code,
            "severity": severity,
            "slot": slot,
            "reason": say(f"lint.{code}.reason", language, **values),
            "suggestion": say(f"lint.{code}.suggestion", language, **values),
        }
    )


def _texts(spec: FeatureSpec) -> Iterator[_Text]:
    """The values that a developer reads as requirements, and the tests."""
    for name in ("trigger", "format"):
        yield from _slot_text(name, getattr(spec, name), spec)
    for name in _LISTS:
        for number, slot in enumerate(getattr(spec, name)):
            yield from _slot_text(f"{name}[{number}]", slot, spec)
    for number, case in enumerate(spec.acceptance):
        for part in ("given", "when", "then"):
            yield _Text(f"acceptance[{number}].{part}", getattr(case, part), theirs=False)


def _slot_text(path: str, slot: Slot, spec: FeatureSpec) -> Iterator[_Text]:
    if isinstance(slot.value, str):
        yield _Text(path, slot.value, _is_theirs(slot, spec))


def _is_theirs(slot: Slot, spec: FeatureSpec) -> bool:
    """Whether a value is not in our words: an answer of ours is, like all that we write."""
    if slot.origin == "answered":
        question = question_behind(slot, spec)
        return question is None or question.answered_side != "us"
    return slot.origin in _THEIRS


def _wording(spec: FeatureSpec) -> Iterator[Finding]:
    """Weak words. A sentence of ours that repeats the client's words is not blamed for them."""
    texts = tuple(_texts(spec))
    said = even(" ".join((spec.title, *(text.text for text in texts if text.theirs)))).casefold()
    for text in texts:
        for weak in _weak_in(text):
            repeated = not text.theirs and weight(weak.kind).said and weak.word.casefold() in said
            severity = None if repeated else _severity(weak, text, spec)
            if severity:
                yield _weakness(spec.language, weak, severity, text)


def _weak_in(text: _Text) -> Iterator[Weak]:
    if text.is_test and _AWAITED.search(text.text):
        return
    for weak in weak_words(text.text):
        if not text.is_test or _counts_in_a_test(weak, text):
            yield weak
    if text.is_result and (untestable := untestable_result(text.text)):
        yield untestable


def _counts_in_a_test(weak: Weak, text: _Text) -> bool:
    """A test may say "it", and start from several records: only its result has to be exact."""
    if weak.kind == "unbounded":
        return text.is_result
    return weight(weak.kind).said is not None or weak.advice == "person"


def _severity(weak: Weak, text: _Text, spec: FeatureSpec) -> Severity | None:
    """How much a weak word weighs where it stands; None where a question does for it.

    In a test's result a word without a measure leaves nothing to test.
    """
    if text.theirs or weak.kind == "agreed":
        asked = _is_asked(weak, spec)
        return None if asked else weight(weak.kind).said if text.theirs else weight(weak.kind).ours
    return "error" if text.is_result and weak.kind == "vague" else weight(weak.kind).ours


def _is_asked(weak: Weak, spec: FeatureSpec) -> bool:
    """Whether a question of the spec asks for what the client's word leaves open."""
    word = weak.word.casefold()
    return any(
        one.slot in weak.slots or word in even(one.question).casefold()
        for one in spec.open_questions
    )


def _weakness(language: Language, weak: Weak, severity: Severity, text: _Text) -> Finding:
    """What is weak about a word, and what to write or to ask instead."""
    reason = say(f"lint.{weak.kind}.reason", language, word=weak.word)
    way = "use"
    if text.theirs:
        reason, way = say("lint.not_asked", language, reason=reason), "ask"
    better = say(f"lint.{way}.{weak.advice}", language, word=weak.word)
    return Finding(
        code=weak.kind, severity=severity, slot=text.path, reason=reason, suggestion=better
    )


def _units(spec: FeatureSpec) -> Iterator[Finding]:
    """Numbers that count nobody knows what, each once: first where they are the client's."""
    seen: set[str] = set()
    values = [text for text in _texts(spec) if text.path.startswith(("rules", "limits"))]
    for text in sorted(values, key=lambda one: not one.theirs):
        number = bare_number(text.text)
        if number and number.word not in seen:
            seen.add(number.word)
            if severity := _severity(number, text, spec):
                yield _weakness(spec.language, number, severity, text)


def _openings(spec: FeatureSpec) -> Iterator[Finding]:
    """Words such as 一键 whose slots are neither known nor asked for."""
    known = _known(spec)
    texts = [text for text in _texts(spec) if not text.is_test]
    told = even(" ; ".join((spec.title, *(text.text for text in texts))))
    seen: set[str] = set()
    goal = _slot_text("goal", spec.goal, spec)
    for text in (_Text("title", spec.title, theirs=True), *goal, *texts):
        for opening in openings(text.text):
            missing = _missing(opening, known, told)
            if missing and opening.kind not in seen:
                seen.add(opening.kind)
                yield _opened(spec.language, opening, missing, text.path)


def _missing(opening: Opening, known: set[SlotKey], told: str) -> tuple[SlotKey, ...]:
    """Of each group that nobody told or asked for, the slot to ask for."""
    return tuple(
        group.slots[0]
        for group in opening.groups
        if not known & set(group.slots) and not group.is_given(told)
    )


def _opened(language: Language, opening: Opening, missing: Iterable[SlotKey], path: str) -> Finding:
    comma = say("lint.comma", language)
    slots = comma.join(say(f"lint.slots.{slot}", language) for slot in missing)
    return _finding(language, "opens", "warning", path, word=opening.word, slots=slots)


def _known(spec: FeatureSpec) -> set[SlotKey]:
    """Slots with a value, and slots a question asks for."""
    found: set[SlotKey] = {question.slot for question in spec.open_questions}
    found |= {key for name, key in _SLOT_VALUES if getattr(spec, name).value is not None}
    if spec.data_fields:
        found.add("fields")
    if spec.permissions:
        found |= {"permission", "actors"}
    if spec.actors:
        found |= {"actors", "recipients"}
    if spec.errors or any(case.kind in ("failure", "boundary") for case in spec.acceptance):
        found |= {"empty_or_error", "exception"}
    return found


def _acceptance(spec: FeatureSpec) -> Iterator[Finding]:
    kinds = {case.kind for case in spec.acceptance}
    if not kinds:
        yield _finding(spec.language, "no_acceptance", "error", "acceptance")
    elif "happy" not in kinds:
        yield _finding(spec.language, "no_happy_case", "warning", "acceptance")
    elif kinds == {"happy"} and not all(_AWAITED.search(case.then) for case in spec.acceptance):
        yield _finding(spec.language, "only_happy_case", "warning", "acceptance")


def _fields(spec: FeatureSpec) -> Iterator[Finding]:
    """Fields that no table has; a question about one makes it a note only."""
    asked = " ".join(question.question for question in spec.open_questions)
    for number, field in enumerate(spec.data_fields):
        if field.name is None:
            severity = "info" if field.label in asked else "warning"
            path = f"data_fields[{number}]"
            yield _finding(spec.language, "no_column", severity, path, label=field.label)


def _permissions(spec: FeatureSpec) -> Iterator[Finding]:
    """A role that may and may not, or may take out what it may not see."""
    rows: dict[str, Permission] = {}
    for number, row in enumerate(spec.permissions):
        path = f"permissions[{number}]"
        earlier = rows.setdefault(row.role.strip().lower(), row)
        if earlier is not row and _contradict(earlier, row):
            yield _finding(spec.language, "permission_conflict", "error", path, role=row.role)
        elif row.see is False and (row.export or row.do):
            yield _finding(spec.language, "permission_blind", "error", path, role=row.role)


def _contradict(one: Permission, other: Permission) -> bool:
    pairs = ((one.see, other.see), (one.do, other.do), (one.export, other.export))
    return any(None not in pair and pair[0] != pair[1] for pair in pairs)


def _questions(spec: FeatureSpec) -> Iterator[Finding]:
    """One note for all questions that hold the work up: the list itself stands in the spec."""
    held = [one.id for one in spec.open_questions if one.blocking and one.answer is None]
    if held:
        ids = say("lint.comma", spec.language).join(held)
        yield _finding(spec.language, "blocking_open", "info", "open_questions", question=ids)
