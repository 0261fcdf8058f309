"""Tests that a client can run, from what is known and nothing else."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal

from pipeline.engines.rules.playbook.loader import Case, compiled, cue_list, cues, phrases
from pipeline.engines.rules.specification.candidates import Candidate
from pipeline.engines.rules.specification.headline import complete, fill, first
from pipeline.engines.rules.specification.known import Known
from pipeline.engines.rules.specification.statement import Statement
from pipeline.engines.rules.specification.wording import denied
from pipeline.models.spec import Acceptance

_MOST_CASES = 3
"""Cases of each kind beyond those of the kind of ask."""
_BY_SYSTEM = frozenset(
    {"reminder", "integration", "reconcile", "control", "retention", "cleanup", "performance"}
)
"""Kinds of asks that run without a user."""
_OPTION = re.compile(r"\[[^\[\]]*\]")


def cases(
    known: Known, values: Mapping[str, str], asked: Sequence[Candidate]
) -> tuple[Acceptance, ...]:
    """The cases of the kind of ask, then the denied roles, the limit and the rules."""
    found = [
        *_of_the_play(known, values, asked),
        *list(_denied(known, values))[:_MOST_CASES],
        *list(_limits(known, values))[:1],
        *list(_rules(known, values))[:_MOST_CASES],
    ]
    return tuple(dict.fromkeys(found))


def _of_the_play(
    known: Known, values: Mapping[str, str], asked: Sequence[Candidate]
) -> Iterator[Acceptance]:
    pending = {one.key: one for one in reversed(asked) if one.key}
    happy = False
    for case in known.play.cases:
        told = {**values, "act": fill(known.play.act, values)}
        then = _outcome(case, pending, known)
        wanted = all(n in told for n in case.needs) and not any(n in told for n in case.unless)
        sentences = (case.given, case.when, then or "")
        whole = all(complete(_OPTION.sub("", one), told) for one in sentences)
        if then is None or not wanted or not whole or (happy and case.kind == "happy"):
            continue
        happy = happy or case.kind == "happy"
        given, when, then = (_clean(fill(one, told)) for one in sentences)
        yield Acceptance(given=given, when=when, then=then, kind=case.kind)


def _outcome(case: Case, pending: Mapping[str, Candidate], known: Known) -> str | None:
    """What then happens: as the case says, or as a question that is still open will say."""
    if not case.asks:
        return case.then
    if case.asks not in pending:
        return None
    one = pending[case.asks]
    ask = one.bare.rstrip("？?")
    return phrases(known.language)["acceptance.pending"].format(id=one.question.id, question=ask)


def _clean(text: str) -> str:
    """Without the traces of parts that were left out."""
    return re.sub(r"(?<=[（(])[，, ]+|[（(][）)]", "", text).strip(" ，,")


def _denied(known: Known, values: Mapping[str, str]) -> Iterable[Acceptance]:
    words = phrases(known.language)
    act = first((known.play.act,), values)
    for row in denied(known) if act else ():
        given = words["acceptance.given_denied"].format(role=row.role)
        right = words[f"right.{row.right}"]
        yield _case(known, given, act or "", "then_denied", "permission", right=right)


def _limits(known: Known, values: Mapping[str, str]) -> Iterable[Acceptance]:
    act = first((known.play.act,), values)
    if "limit" in values and known.play.lists and act:
        given = phrases(known.language)["acceptance.given_limit"].format(limit=values["limit"])
        yield _case(known, given, act, "then_limit", "boundary")


def _rules(known: Known, values: Mapping[str, str]) -> Iterable[Acceptance]:
    """A rule with a condition is tested by it; a prohibition by its breach."""
    words = phrases(known.language)
    act = first((known.play.act,), values) or ""
    for one in known.of("rule"):
        if not (one.firm and one.own) or known.key == "approval" or _is_the_ask(one, known):
            continue
        parted = _parted(one)
        if parted is not None:
            condition, outcome = parted
            given = words["acceptance.given_condition"].format(condition=condition)
            yield _case(known, given, act, "then_condition", "boundary", outcome=outcome)
        elif cues("accept.forbids").search(one.text):
            given = words["acceptance.given_forbidden"].format(rule=one.value)
            yield _case(known, given, act, "then_forbidden", "failure")


def _is_the_ask(one: Statement, known: Known) -> bool:
    """Whether a statement is the ask over again or about people: nothing that a tester can run."""
    about_people = cues("say.need").search(one.text) or cues("say.first_person").search(one.text)
    return one.text in known.ask.raw_quote or about_people is not None


def _parted(one: Statement) -> tuple[str, str] | None:
    """The condition and the outcome of a rule, where it says both."""
    for expression in cue_list("accept.condition"):
        match = compiled(expression).search(one.value)
        if match:
            return match["cond"].strip(" ，,"), match["out"].strip(" ，,")
    return None


def _case(
    known: Known,
    given: str,
    act: str,
    then: str,
    kind: Literal["happy", "failure", "permission", "boundary"],
    **more: str,
) -> Acceptance:
    words = phrases(known.language)
    by_system = known.key in _BY_SYSTEM and kind != "permission"
    when = words["acceptance.when_system" if by_system or not act else "acceptance.when_act"]
    return Acceptance(
        given=given,
        when=when.format(act=act),
        then=words[f"acceptance.{then}"].format(**more),
        kind=kind,
    )
