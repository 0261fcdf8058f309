"""FeatureSpec -> FeatureSpec: what its engine claims about product and contract, made to hold.

A fit is read off a line of the product's capabilities or off what one of us said in the call, and
a verdict on the contract off one of its lines. What rests on neither is not kept as claimed.
"""

from collections.abc import Sequence
from typing import NamedTuple

from pipeline.language import fitting
from pipeline.language.feasibility import weighed
from pipeline.models.item import Scope
from pipeline.models.minutes import Ask
from pipeline.models.project import Project
from pipeline.models.spec import FeatureSpec, Fit
from pipeline.models.transcript import Segment, Transcript
from pipeline.words.loader import say

_AFTER = 3
"""Turns after one of the ask in which we may answer it."""
_FIRST = 3
"""Turns of the client about an ask whose words count."""


class _Talk(NamedTuple):
    """What was said about an ask."""

    client: tuple[str, ...]
    """In its own turns."""
    ours: tuple[str, ...]
    """In its own turns and in those right after them."""

    @property
    def everything(self) -> tuple[str, ...]:
        return (*self.client, *self.ours)


def judge(spec: FeatureSpec, ask: Ask, transcript: Transcript, project: Project) -> FeatureSpec:
    """The spec with a fit and a scope that rest on something, and with what its change may break.

    `fit_line` and `scope.line` are lines of the project, letter by letter, or null. A `standard`
    that neither a capability nor one of us bears out becomes `custom`, with the reason among the
    notes on feasibility; a verdict on the contract without ground becomes `unclear`.
    """
    talk = _talk(ask, transcript, project)
    fit, line, reasons = _fit(spec, ask, talk, project.capabilities)
    found = spec.with_(
        fit=fit,
        fit_line=line,
        scope=_scope(spec.scope, ask, talk, project.scope),
        feasibility=tuple(dict.fromkeys((*reasons, *spec.feasibility))),
    )
    return weighed(found, f"{spec.title}\n{ask.text}\n{ask.raw_quote}", talk.everything)


def _fit(
    spec: FeatureSpec, ask: Ask, talk: _Talk, lines: Sequence[str]
) -> tuple[Fit, str | None, tuple[str, ...]]:
    """The fit, the line that decided it and what is to be said about that."""
    claimed = fitting.one_of(spec.fit_line, lines)
    said = fitting.told(talk.ours)
    held = fitting.deciding(f"{ask.text}\n{ask.raw_quote}", talk.client[:_FIRST], lines)
    line = claimed or (held.line if held and said is None else None)
    if spec.fit != "standard":
        return spec.fit, line, ()
    if said is not None and said.fit != "custom":
        return spec.fit, line, ()
    if held is None or held.lacks or said is not None:
        return "custom", line, (say("judge.not_standard", spec.language),)
    return spec.fit, held.line, ()


def _scope(scope: Scope, ask: Ask, talk: _Talk, lines: Sequence[str]) -> Scope:
    """A verdict with its line of the contract, or one that somebody of us gave."""
    if scope.line:
        line = fitting.one_of(scope.line, lines)
        return scope.with_(line=line) if line else Scope()
    by_hand = ask.edited and ask.scope.verdict == scope.verdict
    grounded = by_hand or fitting.contract(talk.ours) == scope.verdict
    return scope if grounded else Scope()


def _talk(ask: Ask, transcript: Transcript, project: Project) -> _Talk:
    cited = {turn for one in ask.evidence for turn in one.segments}
    turns = sorted(transcript.segments, key=lambda one: one.index)
    places = [place for place, one in enumerate(turns) if one.id in cited]
    near = {place + step for place in places for step in range(_AFTER + 1)}
    own = [one for one in turns if one.id in cited]
    around = [one for place, one in enumerate(turns) if place in near]
    return _Talk(
        client=tuple(one.text for one in own if not _is_ours(one, project)),
        ours=tuple(one.text for one in around if _is_ours(one, project)),
    )


def _is_ours(one: Segment, project: Project) -> bool:
    side = one.side if one.side != "unknown" else project.side_of(one.speaker)
    return side == "us"
