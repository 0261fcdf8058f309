"""Answered questions as values of the spec: where each belongs, how it reads, how it goes again."""

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Literal, NamedTuple, TypeVar, get_args

from pydantic import ValidationError

from pipeline.errors import InputError
from pipeline.models.actor import Actor
from pipeline.models.asking_back import bare
from pipeline.models.base import Language, Model
from pipeline.models.review import Edit, Reply
from pipeline.models.slots import Origin, Slot, SlotKey
from pipeline.models.spec import FeatureSpec, OpenQuestion

S = TypeVar("S", bound=FeatureSpec)
Part = Literal["goal", "trigger", "format", "actors", "rules", "limits", "errors"]
Beneath = Mapping[str, Slot]
"""What stood in a slot of its own before an answer took its place, by name of the slot."""

PARTS: Mapping[SlotKey, Part | None] = MappingProxyType(
    {
        "goal": "goal",
        "actors": "actors",
        "trigger": "trigger",
        "source_data": "rules",
        "scope_filter": "rules",
        "fields": "rules",
        "field_rule": "rules",
        "format": "format",
        "volume_limit": "limits",
        "timing": "limits",
        "frequency": "limits",
        "performance": "limits",
        "permission": "rules",
        "approval": "rules",
        "notify": "rules",
        "recipients": "rules",
        "place_in_ui": "rules",
        "empty_or_error": "errors",
        "conflict_rule": "rules",
        "identity_match": "rules",
        "history_audit": "rules",
        "retention": "limits",
        "file_name": "rules",
        "integration": "rules",
        "security": "rules",
        "exception": "errors",
        "contract": None,
        "owner_or_date": "rules",
        "other": "rules",
    }
)
"""The part of a spec that an answer belongs to.

Who may do what, and which fields there are, become rules in words: a row of the matrix or of the
table made from free text would be a guess. Who delivers what by when, and what has no key of its
own, are rules too, for a developer waits for them. What the contract says about money and duties
is nothing to build: such an answer stands with its question alone.
"""
TOLD = ("answered_by", "answered_at", "answered_side", "noted_by")
"""What an answered question tells of its answer."""
NAMES: tuple[Part, ...] = get_args(Part)
ALONE: tuple[Part, ...] = ("goal", "trigger", "format")
"""Parts with room for one value. What was said there stays; then the answer becomes a rule."""
_GIVES_WAY: tuple[Origin, ...] = ("unknown", "inferred", "default")
NOTHING: Beneath = MappingProxyType({})
_BETWEEN: Mapping[Language, str] = MappingProxyType({"zh": "：", "en": ": "})
"""Not among the words: edits and approvals name these values, so they must not be reworded."""
_ENDS = " ?？。."
_FILE = re.compile(r"(?<![a-z])(xlsx?|csv|pdf|docx?|txt|json|xml|excel|word)(?![a-z])", re.I)
"""An answer that names a kind of file says all that the format has to say."""


class Place(NamedTuple):
    """Where in a spec an answer stands."""

    part: Part
    number: int | None = None
    """Place in the list; null for a value that stands alone."""


def reply(edit: Edit) -> Reply | None:
    """What an edit answers; null where it takes an answer back.

    An answer used to be plain text, with whoever gave it as the reason of the edit.

    Raises:
        InputError: it is no answer.
    """
    after = edit.after
    if after is None or (isinstance(after, str) and not after.strip()):
        return None
    if isinstance(after, str):
        return Reply(answer=after, who=edit.reason, side="unknown" if edit.reason else "us")
    try:
        return Reply.model_validate(after)
    except ValidationError as error:
        raise InputError(
            "edit_value_invalid",
            field=edit.field or edit.operation,
            value=str(after),
            reason=error.errors()[0]["msg"],
        ) from error


def answered(edit: Edit, on: S, actor: Actor, at: str, beneath: Beneath) -> S:
    """The spec with the question answered, or asked again, and the value that follows from it.

    Raises:
        InputError: it is no answer.
    """
    said = reply(edit)
    told: dict[str, object] = dict.fromkeys(TOLD)
    if said is not None and edit.restored:
        told |= edit.restored
    elif said is not None:
        by = said.who or (actor.name if said.side == "us" else None)
        noted = actor.name if by != actor.name else None
        told = dict(zip(TOLD, (by, at, said.side, noted), strict=True))
    answer = said.answer if said else None
    questions = tuple(
        one.with_(answer=answer, **told) if one.id == edit.field else one
        for one in on.open_questions
    )
    return carried(on, on.with_(open_questions=questions), beneath)


def carried(before: FeatureSpec, after: S, beneath: Beneath = NOTHING) -> S:
    """`after`, with the values that follow from its answers as its questions have them now.

    What an answer put there is changed or taken away with it. A value that people edited since is
    theirs: it stays, and another answer stands beside it.
    """
    was = {one.id: one for one in before.open_questions}
    for now in after.open_questions:
        old = was.get(now.id, now)
        if (old.question, old.answer) != (now.question, now.answer):
            after = _moved(after, old, now, beneath)
    return after


def displaced(before: Model, after: Model, beneath: Beneath) -> Beneath:
    """What stands beneath answers after one was given, changed or taken back."""
    if not (isinstance(before, FeatureSpec) and isinstance(after, FeatureSpec)):
        return beneath
    found = dict(beneath)
    for name in ALONE:
        was, now = getattr(before, name), getattr(after, name)
        if now.origin == "answered" != was.origin:
            found[name] = was
        elif was.origin == "answered" != now.origin:
            found.pop(name, None)
    return found


def place_of(question: OpenQuestion, spec: FeatureSpec) -> Place | None:
    """Where the answer to a question stands in the spec; null where it does not, or no more."""
    part = PARTS[question.slot]
    if question.answer is None or part is None:
        return None
    if part in ALONE:
        if _of(getattr(spec, part), question, part, spec.language):
            return Place(part)
        part = "rules"
    values: Sequence[Slot] = getattr(spec, part)
    numbers = (n for n, one in enumerate(values) if _of(one, question, part, spec.language))
    number = next(numbers, None)
    return None if number is None else Place(part, number)


def question_behind(slot: Slot, spec: FeatureSpec) -> OpenQuestion | None:
    """The question whose answer a value is."""
    if slot.origin != "answered":
        return None
    for one in spec.open_questions:
        place = place_of(one, spec)
        if place is not None and value_at(place, spec) == slot:
            return one
    return None


def value_at(place: Place, spec: FeatureSpec) -> Slot:
    """The value that stands there."""
    found = getattr(spec, place.part)
    value: Slot = found if place.number is None else found[place.number]
    return value


def vouched_for(spec: S) -> S:
    """The spec where no value is called an answer that nobody gives, and none stands twice.

    An edit that is undone may bring such a value back.
    """
    given = [one for one in spec.open_questions if one.answer is not None]
    places = {place_of(one, spec) for one in given}
    changed: dict[str, Slot | tuple[Slot, ...]] = {}
    for name in NAMES:
        value = getattr(spec, name)
        if isinstance(value, Slot):
            stands = value.origin != "answered" or Place(name) in places
            changed[name] = value if stands else value.with_(origin="inferred")
            continue
        kept: list[Slot] = []
        for number, slot in enumerate(value):
            if slot.origin != "answered" or Place(name, number) in places:
                kept.append(slot)
            elif not any(_of(slot, one, name, spec.language) for one in given):
                kept.append(slot.with_(origin="inferred"))
        changed[name] = tuple(kept)
    return spec.with_(**changed)


def asked(spec: FeatureSpec, edit: Edit) -> OpenQuestion | None:
    """The question that an answer is to; a newer draft may number it otherwise."""
    if edit.asked is None:
        return next((one for one in spec.open_questions if one.id == edit.field), None)
    words = bare(edit.asked.question)
    same = [one for one in spec.open_questions if bare(one.question) == words]
    return next((one for one in same if one.id == edit.field), same[0] if same else None)


def asked_still(spec: S, edit: Edit) -> S:
    """The spec with the question in it that an answer is to, also where a newer draft lacks it."""
    if edit.operation != "answer" or edit.asked is None or asked(spec, edit) is not None:
        return spec
    taken = {one.id for one in spec.open_questions}
    names = (edit.asked.id, *(f"q{n}" for n in range(1, len(taken) + 2)))
    free = next(name for name in names if name not in taken)
    return spec.with_(open_questions=(*spec.open_questions, edit.asked.with_(id=free)))


def as_asked(edit: Edit, on: object) -> Edit:
    """The edit of an answer with the question as it is now."""
    if edit.operation != "answer" or not isinstance(on, FeatureSpec):
        return edit
    found = next((one for one in on.open_questions if one.id == edit.field), None)
    if found is None:
        return edit
    return edit.with_(asked=found.with_(**dict.fromkeys(("answer", *TOLD))))


def _moved(spec: S, old: OpenQuestion, now: OpenQuestion, beneath: Beneath) -> S:
    place = place_of(old, spec)
    if place is None:
        if now.answer is None or old.answer == now.answer:
            return spec
        return _put(spec, now, beside=old.answer is not None, beneath=beneath)
    part, number = place
    if number is None:
        slot = _value(now, part, spec.language) if now.answer else beneath.get(part, Slot())
        return spec.with_(**{part: slot})
    values = list(getattr(spec, part))
    values[number : number + 1] = [_value(now, part, spec.language)] if now.answer else []
    return spec.with_(**{part: tuple(values)})


def _put(spec: S, question: OpenQuestion, *, beside: bool, beneath: Beneath) -> S:
    part = PARTS[question.slot]
    if part is None:
        return spec
    if part in ALONE:
        if getattr(spec, part).origin in _GIVES_WAY and not beside and part not in beneath:
            return spec.with_(**{part: _value(question, part, spec.language)})
        part = "rules"
    value = _value(question, part, spec.language)
    return spec.with_(**{part: (*getattr(spec, part), value)})


def _value(question: OpenQuestion, part: Part, language: Language) -> Slot:
    answer = question.answer or ""
    if not (part == "format" and _FILE.search(answer)):
        answer = _lead(question, language) + answer
    return Slot(value=answer, origin="answered")


def _lead(question: OpenQuestion, language: Language) -> str:
    return question.question.rstrip(_ENDS) + _BETWEEN[language]


def _of(slot: Slot, question: OpenQuestion, part: Part, language: Language) -> bool:
    """Whether a value is the answer to a question, a slip of the pen in it mended or not."""
    if slot.origin != "answered" or not isinstance(slot.value, str):
        return False
    if slot == _value(question, part, language):
        return True
    return slot.value.startswith(_lead(question, language))
