"""Can the product do it, and is it in the contract: two answers, each with the line that decided."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pipeline.engines.rules.playbook.loader import compiled, cues, phrases
from pipeline.engines.rules.scope import scope_of_words
from pipeline.engines.rules.specification.known import Known
from pipeline.engines.rules.specification.vocabulary import content_words
from pipeline.models.item import Scope
from pipeline.models.project import Project
from pipeline.models.spec import Fit

_NUMBER = re.compile(r"^\W*\d+(\.\d+)*\s*")
_ENOUGH = 0.34
"""Share of a line's words that the ask must name."""
_STRONG = 0.5


class Judgement(NamedTuple):
    """How the ask fits the product, why, and whether the contract covers it."""

    fit: Fit
    reason: str
    scope: Scope


def judge(known: Known, project: Project) -> Judgement:
    """Compare an ask with the capabilities and the contract."""
    fit, reason = _fit(known, project.capabilities)
    return Judgement(fit, reason, _scope(known, project.scope))


def _fit(known: Known, lines: Sequence[str]) -> tuple[Fit, str]:
    words = phrases(known.language)
    told = _told(known)
    if told is not None:
        return told[0], words["fit.said"].format(text=told[1])
    line, share = _best(known, lines)
    reason = words["fit.line"].format(line=line) if share >= _ENOUGH else words["fit.none"]
    if known.ask.kind == "process":
        return "process", reason
    if known.ask.kind == "integration" or known.key in ("integration", "login"):
        return "integration", reason
    if known.ask.kind == "config":
        return "config", reason
    if line and share >= _STRONG and cues("fit.config").search(line):
        return ("custom" if cues("fit.lacks").search(line) else "config"), reason
    return "custom", reason


def _told(known: Known) -> tuple[Fit, str] | None:
    """What one of us said about it in the call; the later, the surer."""
    found: tuple[Fit, str] | None = None
    for turn in known.talk.turns:
        if turn.side == "us":
            for fit in _TOLD:
                if cues(f"fit.told_{fit}").search(turn.text):
                    found = (fit, turn.text)
    return found


_TOLD: tuple[Fit, ...] = ("standard", "config", "custom")


def _scope(known: Known, lines: Sequence[str]) -> Scope:
    """The verdict of the minutes; where they have none, the contract line by the same reading."""
    if known.ask.scope.verdict != "unclear":
        return known.ask.scope
    own = [turn for turn in known.talk.turns if turn.at in known.talk.own]
    told_out = any(
        turn.side == "us" and cues("fit.told_out").search(turn.text) is not None for turn in own
    )
    beside = [turn.text for turn in own if turn.side != "us"]
    return scope_of_words(f"{known.ask.text} {known.ask.raw_quote}", beside, lines, denied=told_out)


def _best(known: Known, lines: Iterable[str]) -> tuple[str | None, float]:
    """The line that names most of the ask, and how much of the line that is."""
    text = _text(known)
    ask = content_words(text)
    best: tuple[str | None, float] = (None, 0.0)
    for line in lines:
        named = content_words(_NUMBER.sub("", line))
        share = len(named & ask) / max(min(len(named), 8), 1)
        share += 0.3 * _same_action(known, line)
        if share > best[1] and named & ask:
            best = (line, share)
    return best


def _text(known: Known) -> str:
    entity = known.entity.entity if known.entity else ""
    own = [
        turn.text for turn in known.talk.turns if turn.at in known.talk.own and turn.side != "us"
    ]
    return "\n".join([known.ask.text, known.ask.raw_quote, entity, known.play.name, *own[:3]])


def _same_action(known: Known, line: str) -> bool:
    return any(compiled(cue).search(line) for cue in known.play.cues)
