"""Answered questions as values of the spec: where each belongs, how it reads, how it goes again."""

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Literal, NamedTuple, TypeVar, get_args

from pydantic import ValidationError

from pipeline.errors import InputError
from pipeline.models.actor import Actor
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
        slot = getattr(spec, part)
        if _led(slot, question, spec.language) or _claims(question, slot, part, spec):
            return Place(part)
        part = "rules"
    number = _number(getattr(spec, part), question, spec.language)
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
            elif not any(_led(slot, one, spec.language) for one in given):
                kept.append(slot.with_(origin="inferred"))
        changed[name] = tuple(kept)
    return spec.with_(**changed)


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


def _led(slot: Slot, question: OpenQuestion, language: Language) -> bool:
    """Whether a value is the answer to a question, a slip of the pen in it mended or not."""
    text = slot.value if slot.origin == "answered" else None
    return isinstance(text, str) and text.startswith(_lead(question, language))


def _number(values: Sequence[Slot], question: OpenQuestion, language: Language) -> int | None:
    return next((n for n, one in enumerate(values) if _led(one, question, language)), None)


def _claims(question: OpenQuestion, slot: Slot, part: Part, spec: FeatureSpec) -> bool:
    """Whether a value that stands without its question is the answer to this one.

    Of several with the same answer it belongs to one whose answer stands nowhere else, and of
    these to the first that was answered.
    """
    every = (question if one.id == question.id else one for one in spec.open_questions)
    same = [
        one
        for one in every
        if one.answer and PARTS[one.slot] == part and slot == _value(one, part, spec.language)
    ]
    homeless = [one for one in same if _number(spec.rules, one, spec.language) is None]
    first = min(homeless or same, key=lambda one: one.answered_at or "", default=None)
    return first is not None and first.id == question.id
