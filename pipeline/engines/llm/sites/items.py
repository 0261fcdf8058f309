"""Call sites asks and rest: what a model fills in, and drafts made of it."""

from typing import Literal, TypeVar

from pipeline.engines.llm.fence import Turns
from pipeline.engines.llm.wire import Wire
from pipeline.models.draft import DraftConflict, DraftItem, DraftPosition
from pipeline.models.evidence import Citation
from pipeline.models.item import AskKind, ConflictKind, DecisionState, Level, Priority, RiskKind

D = TypeVar("D", bound=DraftItem)


class Cited(Wire):
    """Words of the call, as a model claims them."""

    turns: tuple[str, ...]
    quote: str


class WireItem(Wire):
    """What every item says; evidence comes first, so that quotes are chosen before the text."""

    evidence: tuple[Cited, ...]
    text: str


class WireAsk(WireItem):
    """Something the client wants."""

    raw_quote: str
    kind: AskKind
    status: Literal["live", "withdrawn"]
    priority: Priority
    pain: str | None


class WireDecision(WireItem):
    """Something settled."""

    state: DecisionState
    by: str | None


class WireAction(WireItem):
    """Something somebody will do."""

    owner: str | None
    due_verbatim: str | None
    deliverable: str | None
    weak: bool


class WireRisk(WireItem):
    """Something that may go wrong."""

    kind: RiskKind
    likelihood: Level
    impact: Level


class WireQuestion(WireItem):
    """A question left open."""

    who: str | None


class WirePosition(Wire):
    """One side of a conflict."""

    text: str
    evidence: tuple[Cited, ...]


class WireConflict(Wire):
    """Two statements that cannot both hold."""

    text: str
    a: WirePosition
    b: WirePosition
    kind: ConflictKind


class WireConcern(WireItem):
    """A worry or annoyance."""

    who: str | None


class Asks(Wire):
    """All asks of a piece of a call."""

    asks: tuple[WireAsk, ...]
    last_turn_seen: str | None


class Settled(Wire):
    """What was decided and promised in a piece of a call."""

    decisions: tuple[WireDecision, ...]
    actions: tuple[WireAction, ...]
    last_turn_seen: str | None


class Open(Wire):
    """What may go wrong and what was left open."""

    risks: tuple[WireRisk, ...]
    questions: tuple[WireQuestion, ...]
    last_turn_seen: str | None


class Uneasy(Wire):
    """What does not fit together, and what worries people."""

    conflicts: tuple[WireConflict, ...]
    concerns: tuple[WireConcern, ...]
    last_turn_seen: str | None


class Rest(Wire):
    """Everything but the asks in a piece of a call."""

    decisions: tuple[WireDecision, ...]
    actions: tuple[WireAction, ...]
    risks: tuple[WireRisk, ...]
    questions: tuple[WireQuestion, ...]
    conflicts: tuple[WireConflict, ...]
    concerns: tuple[WireConcern, ...]
    last_turn_seen: str | None


def citations(evidence: tuple[Cited, ...], turns: Turns) -> tuple[Citation, ...]:
    """The claims, with turns by their ids; a claim of nothing is none."""
    found = (Citation(segments=turns.known(one.turns), quote=one.quote) for one in evidence)
    return tuple(dict.fromkeys(one for one in found if one.segments or one.quote.strip()))


def drafted(one: WireItem, kind: type[D], turns: Turns) -> D:
    """An item as a draft: what it says, citing turns by their ids."""
    said = one.model_dump(exclude={"evidence"})
    return kind(ref="", citations=citations(one.evidence, turns), **said)


def conflict(one: WireConflict, turns: Turns) -> DraftConflict:
    """A conflict as a draft, each side with its own citations."""
    a, b = _position(one.a, turns), _position(one.b, turns)
    return DraftConflict(ref="", text=one.text, kind=one.kind, a=a, b=b)


def _position(one: WirePosition, turns: Turns) -> DraftPosition:
    return DraftPosition(text=one.text, citations=citations(one.evidence, turns))
