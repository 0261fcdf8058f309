"""Call sites asks and rest: what a model fills in, and drafts made of it."""

from typing import Literal

from pipeline.engines.llm.fence import Turns
from pipeline.engines.llm.wire import Wire
from pipeline.models.draft import (
    DraftAction,
    DraftAsk,
    DraftConcern,
    DraftConflict,
    DraftDecision,
    DraftPosition,
    DraftQuestion,
    DraftRisk,
)
from pipeline.models.evidence import Citation
from pipeline.models.item import AskKind, ConflictKind, DecisionState, Level, Priority, RiskKind


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


class Rest(Wire):
    """Everything else in a piece of a call."""

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


def ask(one: WireAsk, ref: str, turns: Turns) -> DraftAsk:
    """An ask as a draft; who said it is read from the words that are found."""
    return DraftAsk(
        ref=ref,
        text=one.text,
        citations=citations(one.evidence, turns),
        raw_quote=one.raw_quote,
        kind=one.kind,
        status=one.status,
        priority=one.priority,
        pain=one.pain,
    )


def decision(one: WireDecision, ref: str, turns: Turns) -> DraftDecision:
    """A decision as a draft."""
    cited = citations(one.evidence, turns)
    return DraftDecision(ref=ref, text=one.text, citations=cited, state=one.state, by=one.by)


def action(one: WireAction, ref: str, turns: Turns) -> DraftAction:
    """An action as a draft; its date is resolved from the words by code."""
    return DraftAction(
        ref=ref,
        text=one.text,
        citations=citations(one.evidence, turns),
        owner=one.owner,
        due_verbatim=one.due_verbatim,
        deliverable=one.deliverable,
        weak=one.weak,
    )


def risk(one: WireRisk, ref: str, turns: Turns) -> DraftRisk:
    """A risk as a draft."""
    return DraftRisk(
        ref=ref,
        text=one.text,
        citations=citations(one.evidence, turns),
        kind=one.kind,
        likelihood=one.likelihood,
        impact=one.impact,
    )


def question(one: WireQuestion, ref: str, turns: Turns) -> DraftQuestion:
    """An open question as a draft."""
    cited = citations(one.evidence, turns)
    return DraftQuestion(ref=ref, text=one.text, citations=cited, who=one.who)


def conflict(one: WireConflict, ref: str, turns: Turns) -> DraftConflict:
    """A conflict as a draft: for ourselves, until somebody says otherwise."""
    return DraftConflict(
        ref=ref,
        text=one.text,
        a=DraftPosition(text=one.a.text, citations=citations(one.a.evidence, turns)),
        b=DraftPosition(text=one.b.text, citations=citations(one.b.evidence, turns)),
        kind=one.kind,
        visibility="internal",
    )


def concern(one: WireConcern, ref: str, turns: Turns) -> DraftConcern:
    """A concern as a draft: for ourselves."""
    return DraftConcern(
        ref=ref,
        text=one.text,
        citations=citations(one.evidence, turns),
        who=one.who,
        visibility="internal",
    )
