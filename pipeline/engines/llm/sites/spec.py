"""Call site specify: what a model fills in, and the draft made of it."""

from collections.abc import Iterable
from typing import Literal

from pipeline.engines.llm.fence import Turns
from pipeline.engines.llm.sites.items import Cited, citations
from pipeline.engines.llm.wire import Wire
from pipeline.models.base import Language
from pipeline.models.draft import DraftField, DraftPermission, DraftSlot, DraftSpec
from pipeline.models.evidence import Citation
from pipeline.models.item import AskKind, Scope
from pipeline.models.slots import SlotKey
from pipeline.models.spec import Acceptance, Fit, OpenQuestion

WireOrigin = Literal["stated", "dictionary", "inferred", "unknown"]


class WireSlot(Wire):
    """One value and where it comes from."""

    value: str | None
    origin: WireOrigin
    evidence: tuple[Cited, ...]


class WireField(Wire):
    """A data field."""

    label: str
    name: str | None
    type: str | None
    required: WireSlot | None
    example: WireSlot | None
    origin: WireOrigin
    evidence: tuple[Cited, ...]


class WirePermission(Wire):
    """What a role may do."""

    role: str
    see: bool | None
    do: bool | None
    export: bool | None
    origin: WireOrigin
    evidence: tuple[Cited, ...]


class WireCase(Wire):
    """An acceptance criterion."""

    given: str
    when: str
    then: str
    kind: Literal["happy", "failure", "permission", "boundary"]


class WireAsked(Wire):
    """A question to the client."""

    slot: SlotKey
    question: str
    why_it_matters: str
    options: tuple[str, ...]
    recommended: str | None
    blocking: bool


class SpecFacts(Wire):
    """An ask made buildable, as far as it was told."""

    title: str
    goal: WireSlot
    pain: WireSlot
    trigger: WireSlot
    format: WireSlot
    actors: tuple[WireSlot, ...]
    rules: tuple[WireSlot, ...]
    limits: tuple[WireSlot, ...]
    behaviours: tuple[WireSlot, ...]
    errors: tuple[WireSlot, ...]
    data_fields: tuple[WireField, ...]
    permissions: tuple[WirePermission, ...]
    acceptance: tuple[WireCase, ...]
    assumptions: tuple[str, ...]
    out_of_scope: tuple[str, ...]
    dependencies: tuple[str, ...]
    fit: Fit


class SpecAsked(Wire):
    """What has to be asked before an ask can be built."""

    open_questions: tuple[WireAsked, ...]


class WireSpec(SpecFacts):
    """An ask made buildable, with what has to be asked."""

    open_questions: tuple[WireAsked, ...]


def spec(
    found: SpecFacts,
    asked: Iterable[WireAsked],
    ask: str,
    kind: AskKind,
    turns: Turns,
    *,
    scope: Scope,
    language: Language,
) -> DraftSpec:
    """The draft of one spec; the scope is what was decided on the ask."""
    return DraftSpec(
        ask=ask,
        kind=kind,
        title=found.title,
        fit=found.fit,
        scope=scope,
        language=language,
        goal=_slot(found.goal, turns),
        pain=_slot(found.pain, turns),
        trigger=_slot(found.trigger, turns),
        format=_slot(found.format, turns),
        actors=_slots(found.actors, turns),
        rules=_slots(found.rules, turns),
        limits=_slots(found.limits, turns),
        behaviours=_slots(found.behaviours, turns),
        errors=_slots(found.errors, turns),
        data_fields=tuple(_field(one, turns) for one in found.data_fields if one.label.strip()),
        permissions=tuple(_permission(one, turns) for one in found.permissions if one.role.strip()),
        acceptance=tuple(Acceptance(**one.model_dump()) for one in found.acceptance),
        open_questions=tuple(_question(one, f"q{number}") for number, one in enumerate(asked, 1)),
        assumptions=found.assumptions,
        out_of_scope=found.out_of_scope,
        dependencies=found.dependencies,
        origin_engine="llm",
    )


def _slots(found: tuple[WireSlot, ...], turns: Turns) -> tuple[DraftSlot, ...]:
    """Those that say something: an unknown entry of a list is no entry."""
    made = (_slot(one, turns) for one in found)
    return tuple(one for one in made if one.value is not None)


def _slot(found: WireSlot | None, turns: Turns) -> DraftSlot:
    value = ((found and found.value) or "").strip()
    if found is None or not value or found.origin == "unknown":
        return DraftSlot()
    return DraftSlot(value=value, origin=found.origin, citations=_cited(found, turns))


def _field(found: WireField, turns: Turns) -> DraftField:
    return DraftField(
        label=found.label,
        name=found.name,
        type=found.type,
        required=_yes_or_no(_slot(found.required, turns)),
        example=_slot(found.example, turns),
        origin="inferred" if found.origin == "unknown" else found.origin,
        citations=_cited(found, turns),
    )


def _yes_or_no(slot: DraftSlot) -> DraftSlot:
    told = {"true": True, "false": False, "yes": True, "no": False, "是": True, "否": False}
    known = told.get(str(slot.value).lower())
    return slot if known is None else slot.with_(value=known)


def _permission(found: WirePermission, turns: Turns) -> DraftPermission:
    return DraftPermission(
        role=found.role,
        see=found.see,
        do=found.do,
        export=found.export,
        origin="inferred" if found.origin == "unknown" else found.origin,
        citations=_cited(found, turns),
    )


def _cited(found: WireSlot | WireField | WirePermission, turns: Turns) -> tuple[Citation, ...]:
    return citations(found.evidence, turns) if found.origin == "stated" else ()


def _question(found: WireAsked, name: str) -> OpenQuestion:
    """A recommendation that is none of the options is none."""
    offered = found.recommended if found.recommended in found.options else None
    return OpenQuestion(
        id=name,
        slot=found.slot,
        question=found.question,
        why_it_matters=found.why_it_matters,
        options=found.options,
        recommended=offered,
        blocking=found.blocking,
    )
