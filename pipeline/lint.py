"""FeatureSpec -> findings: what would make a developer guess or a tester give up.

Deterministic, in Chinese and English. The client's own words are never an error: they are what was
said, and a question is the answer to them. Errors block hand-off.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from pipeline.language.contradictions import contradictions
from pipeline.language.numbers import find_numbers
from pipeline.language.vague import openings, weak_words
from pipeline.models.answering import question_behind
from pipeline.models.base import Language
from pipeline.models.slots import Origin, Permission, Slot, SlotKey
from pipeline.models.spec import FeatureSpec, Finding
from pipeline.words.loader import say

_THEIRS: tuple[Origin, ...] = ("stated", "dictionary")
"""Origins whose words are the client's or the system's; of an answer, whoever gave it tells."""
_HELD: dict[str, str] = {"escape": "error", "open_list": "error", "several": "info"}
"""Severity of a weak word in a text of ours; any other is a warning."""
_SLOT_VALUES: tuple[tuple[str, SlotKey], ...] = (
    ("goal", "goal"),
    ("trigger", "trigger"),
    ("format", "format"),
)


class _Text(NamedTuple):
    """A text of a spec and where it stands."""

    path: str
    text: str
    theirs: bool


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
    """The values that a developer reads as requirements."""
    for name in ("goal", "trigger"):
        yield from _slot_text(name, getattr(spec, name), spec)
    for name in ("rules", "limits", "behaviours", "errors"):
        for number, slot in enumerate(getattr(spec, name)):
            yield from _slot_text(f"{name}[{number}]", slot, spec)


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
    said = " ".join(text.text for text in _texts(spec) if text.theirs) + spec.title
    for text in _texts(spec):
        for weak in weak_words(text.text):
            if text.theirs:
                severity = "warning" if weak.kind in ("escape", "open_list") else "info"
            elif weak.word in said or text.path == "goal":
                continue
            else:
                severity = _HELD.get(weak.kind, "warning")
            yield _finding(spec.language, weak.kind, severity, text.path, word=weak.word)


def _units(spec: FeatureSpec) -> Iterator[Finding]:
    """Numbers that count nobody knows what, each once: first where they are the client's."""
    seen: set[Decimal] = set()
    values = [text for text in _texts(spec) if text.path.startswith(("rules", "limits"))]
    for text in sorted(values, key=lambda one: not one.theirs):
        bare = [one for one in find_numbers(text.text) if one.unit is None and not one.ordinal]
        number = next((one for one in bare if one.value > 1), None)
        if number is not None and number.value not in seen:
            seen.add(number.value)
            severity = "info" if text.theirs else "warning"
            said = number.text.strip()
            yield _finding(spec.language, "no_unit", severity, text.path, number=said)


def _openings(spec: FeatureSpec) -> Iterator[Finding]:
    """Words such as 一键 whose slots are neither known nor asked for."""
    known = _known(spec)
    seen: set[str] = set()
    for text in (_Text("title", spec.title, True), *_texts(spec)):
        for opening in openings(text.text):
            missing = [group[0] for group in opening.slots if not known & set(group)]
            if missing and opening.word.lower() not in seen:
                seen.add(opening.word.lower())
                names = [say(f"lint.slots.{slot}", spec.language) for slot in missing]
                comma = say("lint.comma", spec.language)
                yield _finding(
                    spec.language,
                    "opens",
                    "warning",
                    text.path,
                    word=opening.word,
                    slots=comma.join(names),
                )


def _known(spec: FeatureSpec) -> set[SlotKey]:
    """Slots with a value, and slots a question asks for."""
    found: set[SlotKey] = {question.slot for question in spec.open_questions}
    found |= {key for name, key in _SLOT_VALUES if getattr(spec, name).value is not None}
    if spec.trigger.value is not None:
        found |= {"frequency", "timing"}
    if spec.data_fields:
        found.add("fields")
    if spec.permissions:
        found |= {"permission", "actors"}
    if spec.actors:
        found |= {"actors", "recipients"}
    if spec.limits:
        found |= {"volume_limit", "performance", "timing"}
    if spec.rules:
        found |= {"field_rule", "scope_filter", "notify"}
    if spec.errors:
        found |= {"empty_or_error", "exception"}
    if any(case.kind in ("failure", "boundary") for case in spec.acceptance):
        found.add("exception")
    return found


def _acceptance(spec: FeatureSpec) -> Iterator[Finding]:
    kinds = {case.kind for case in spec.acceptance}
    if not kinds:
        yield _finding(spec.language, "no_acceptance", "error", "acceptance")
    elif "happy" not in kinds:
        yield _finding(spec.language, "no_happy_case", "warning", "acceptance")
    elif kinds == {"happy"}:
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
