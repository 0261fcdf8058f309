"""Can the product do it, and is it in the contract: two answers, each with the line that decided."""

from collections.abc import Sequence
from typing import NamedTuple

from pipeline.engines.rules.playbook.loader import phrases
from pipeline.engines.rules.scope import scope_of_words
from pipeline.engines.rules.specification.known import Known
from pipeline.language import fitting
from pipeline.language.fitting import Held
from pipeline.models.item import Scope
from pipeline.models.project import Project
from pipeline.models.spec import Fit

_FIRST = 3
"""Turns of the client about an ask whose words count."""


class Judgement(NamedTuple):
    """How the ask fits the product, why, and whether the contract covers it."""

    fit: Fit
    line: str | None
    """The capability that decided; None where none did."""
    reason: str | None
    """Why, where no line says it."""
    scope: Scope


def judge(known: Known, project: Project) -> Judgement:
    """Compare an ask with the capabilities and the contract."""
    words = phrases(known.language)
    held = _line(known, project.capabilities)
    kind = _by_kind(known, held)
    said = fitting.told(turn.text for turn in known.talk.turns if turn.side == "us")
    scope = _scope(known, project.scope)
    if said is not None:
        reason = words["fit.said"].format(text=said.text)
        return Judgement(fitting.usual(kind, said) or kind, None, reason, scope)
    if held is None:
        return Judgement(kind, None, words["fit.none"], scope)
    return Judgement(kind, held.line, None, scope)


def _by_kind(known: Known, held: Held | None) -> Fit:
    """The fit that the kind of the ask and the line about it give."""
    if known.ask.kind == "process":
        return "process"
    if known.ask.kind == "integration" or known.key in ("integration", "login"):
        return "integration"
    if held and held.joins:
        return "integration"
    if known.ask.kind == "config" and not (held and held.lacks):
        return "config"
    if held and not held.lacks and (held.whole or held.settable):
        return "config"
    return "process" if held is None and _arranged(known) else "custom"


def _arranged(known: Known) -> bool:
    """Whether it is arranged and not built: room to keep data in, or a network that is slow."""
    if known.ask.kind != "nfr":
        return False
    return known.key == "retention" or (
        known.key == "performance"
        and fitting.blames_network(turn.text for turn in known.talk.turns)
    )


def _scope(known: Known, lines: Sequence[str]) -> Scope:
    """The verdict of the minutes; where they have none, the contract line by the same reading."""
    if known.ask.scope.verdict != "unclear":
        return known.ask.scope
    own = [turn for turn in known.talk.turns if turn.at in known.talk.own]
    told = fitting.contract(turn.text for turn in own if turn.side == "us")
    beside = [turn.text for turn in own if turn.side != "us"]
    asked = f"{known.ask.text} {known.ask.raw_quote}"
    return scope_of_words(asked, beside, lines, denied=told == "out")


def _line(known: Known, lines: Sequence[str]) -> Held | None:
    """The line that names most of the ask."""
    own = [
        turn.text for turn in known.talk.turns if turn.at in known.talk.own and turn.side != "us"
    ]
    entity = known.entity.entity if known.entity else ""
    asked = f"{known.ask.text}\n{known.ask.raw_quote}\n{entity}"
    return fitting.deciding(asked, own[:_FIRST], lines, action=known.play.cues)
