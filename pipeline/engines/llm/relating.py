"""Draft -> draft: duplicates, what the system can do already, the contract, superseded decisions.

A model proposes; a relation that its own rules do not allow is left out.
"""

from collections.abc import Container, Iterable, Mapping, Sequence
from itertools import combinations

from pipeline.engines.llm.asking import Question
from pipeline.engines.llm.fence import Turns
from pipeline.engines.llm.reading_call import Reading
from pipeline.engines.llm.shown import cited_turns, listed
from pipeline.engines.llm.sites.relations import Relations, WireDuplicate, WireScope
from pipeline.engines.llm.tokens import estimate
from pipeline.models.draft import Draft, DraftAsk, DraftDecision, DraftItem
from pipeline.models.item import Scope
from pipeline.models.project import Project

FEWEST = 4
"""Items below which a group is not cut again."""


def related(draft: Draft, reading: Reading) -> Draft:
    """The draft with what was found.

    Raises:
        Fault: there was no answer.
    """
    if not draft.asks and len(draft.decisions) < 2:
        return draft
    turns, project = reading.turns, reading.project
    found = _answered(draft, reading)
    order = {one.ref: _first(one, turns) for one in (*draft.asks, *draft.decisions)}
    supported = {
        one.ask for one in found.supported if 1 <= one.capability <= len(project.capabilities)
    }
    twins = _twins(found.duplicates, draft.asks, supported)
    scopes = _scopes(found.scope, project)
    later = {
        one.by: one.decision
        for one in found.superseded
        if {one.by, one.decision} <= order.keys() and order[one.decision] < order[one.by]
    }
    return draft.with_(
        asks=tuple(_ask(one, twins, supported, scopes) for one in draft.asks),
        decisions=tuple(_decision(one, later) for one in draft.decisions),
    )


def _twins(
    found: Iterable[WireDuplicate], asks: Sequence[DraftAsk], supported: Container[str]
) -> Mapping[str, str]:
    """Which asks go into which, by ref: only into one that gets a spec, for the same people.

    What goes into an ask is written with it. So that one has to stay: what the system meets
    today, was withdrawn, goes into a third or is for others takes nothing in.
    """
    staying = {one.ref: one for one in asks if one.status == "live" and one.ref not in supported}
    named = {
        one.ask: one.of
        for one in found
        if one.ask != one.of and {one.ask, one.of} <= staying.keys()
    }
    return {
        ask: of
        for ask, of in named.items()
        if of not in named and _audience(staying[ask]) == _audience(staying[of])
    }


def _audience(one: DraftAsk) -> object:
    return one.visibility, frozenset(one.not_for)


def _scopes(found: Iterable[WireScope], project: Project) -> Mapping[str, Scope]:
    """The verdict on each ask; two different ones with a line each are none."""
    told: dict[str, set[Scope]] = {}
    for one in found:
        scope = _scope(one.verdict, one.line, project)
        if scope.line is not None:
            told.setdefault(one.ask, set()).add(scope)
    return {ask: next(iter(some)) for ask, some in told.items() if len(some) == 1}


def _answered(draft: Draft, reading: Reading) -> Relations:
    """All relations: of all items at once, or of all pairs of groups where they are too many."""

    def question(group: Sequence[DraftItem]) -> Question[Relations]:
        more = {"items": listed(group, reading.turns)}
        return reading.asking("relate", Relations, more=more)

    every: Sequence[DraftItem] = (*draft.asks, *draft.decisions, *draft.conflicts)
    ordered = sorted(every, key=lambda one: _first(one, reading.turns))
    found = reading.ask(_groups(ordered, reading), question, _halves)
    if found.failed:
        raise found.failed[0][1]
    parts = [answer.value for _, answer in found.answers]
    return Relations(
        duplicates=tuple(one for part in parts for one in part.duplicates),
        supported=tuple(one for part in parts for one in part.supported),
        scope=tuple(one for part in parts for one in part.scope),
        superseded=tuple(one for part in parts for one in part.superseded),
    )


def _groups(ordered: Sequence[DraftItem], reading: Reading) -> Sequence[Sequence[DraftItem]]:
    """The items whole where they fit; else cut, and each part beside each other one."""
    room = reading.room("relate", Relations)
    size = estimate(listed(ordered, reading.turns))
    if size <= room or len(ordered) < 2 * FEWEST:
        return [ordered]
    each = max(FEWEST, len(ordered) * room // (2 * size))
    parts = [ordered[at : at + each] for at in range(0, len(ordered), each)]
    return [[*one, *other] for one, other in combinations(parts, 2)]


def _halves(group: Sequence[DraftItem]) -> Sequence[Sequence[DraftItem]]:
    """Parts of a group that was too much: three pairs of its thirds, so that none goes unseen."""
    third = -(-len(group) // 3)
    if third < FEWEST:
        return []
    parts = [group[:third], group[third : 2 * third], group[2 * third :]]
    return [[*one, *other] for one, other in combinations(parts, 2)]


def _first(one: DraftItem, turns: Turns) -> str:
    """The name of its first turn in the call: names sort as the turns do."""
    return min((turns.name(segment) for segment in cited_turns(one)), default="U")


def _scope(verdict: str, line: int | None, project: Project) -> Scope:
    """In or out only with the line that says so."""
    if verdict in ("in", "out") and line is not None and 1 <= line <= len(project.scope):
        return Scope(verdict="in" if verdict == "in" else "out", line=project.scope[line - 1])
    return Scope()


def _ask(
    one: DraftAsk,
    twins: Mapping[str, str],
    supported: Iterable[str],
    scopes: Mapping[str, Scope],
) -> DraftAsk:
    scoped = one.with_(scope=scopes.get(one.ref, one.scope))
    if one.status != "live":
        return scoped
    if one.ref in twins:
        return scoped.with_(status="duplicate", duplicate_of=twins[one.ref])
    return scoped.with_(status="already_supported") if one.ref in supported else scoped


def _decision(one: DraftDecision, later: Mapping[str, str]) -> DraftDecision:
    return one.with_(supersedes=later[one.ref]) if one.ref in later else one
