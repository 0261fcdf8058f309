"""Tests that a client can run, from what is known and nothing else."""

from collections.abc import Iterable, Mapping
from typing import Literal

from pipeline.engines.rules.playbook.loader import cues, phrases
from pipeline.engines.rules.specification.known import Known
from pipeline.engines.rules.specification.statement import Statement
from pipeline.engines.rules.specification.wording import acts, denied, does
from pipeline.language.numbers import find_numbers
from pipeline.models.spec import Acceptance

_CONDITIONAL = frozenset({"reminder", "control"})
"""Kinds of asks in which something happens on a condition and else does not."""
_MOST_CASES = 3
"""Cases of each kind beyond the happy one."""


def cases(known: Known, values: Mapping[str, str]) -> tuple[Acceptance, ...]:
    """One happy case, then the denied roles, the limits and the rules."""
    return (
        _happy(known, values),
        *list(_denied(known, values))[:_MOST_CASES],
        *list(_limits(known, values))[:1],
        *list(_rules(known, values))[:_MOST_CASES],
        *_untriggered(known, values),
    )


def _happy(known: Known, values: Mapping[str, str]) -> Acceptance:
    words = phrases(known.language)
    if any(row.value for row in known.rows):
        given = words["acceptance.given_role"].format(who=values["who"])
    else:
        given = words["acceptance.given_plain"].format(subject=values["subject"])
    return _case(known, values, given, "then_does", "happy", does=does(known, values))


def _denied(known: Known, values: Mapping[str, str]) -> Iterable[Acceptance]:
    words = phrases(known.language)
    for row in denied(known):
        given = words["acceptance.given_denied"].format(role=row.role)
        right = words[f"right.{row.right}"]
        yield _case(known, values, given, "then_denied", "permission", right=right)


def _limits(known: Known, values: Mapping[str, str]) -> Iterable[Acceptance]:
    if "limit" in values:
        given = phrases(known.language)["acceptance.given_limit"].format(limit=values["limit"])
        yield _case(known, values, given, "then_limit", "boundary")


def _rules(known: Known, values: Mapping[str, str]) -> Iterable[Acceptance]:
    """A rule with a threshold gives its two sides; a prohibition gives the failure."""
    words = phrases(known.language)
    for one in known.of("rule"):
        text = one.value
        if not one.sure:
            continue
        if cues("accept.threshold").search(text) and find_numbers(text):
            given = words["acceptance.given_rule"].format(rule=text)
            yield _case(known, values, given, "then_rule", "boundary", rule=text)
            given = words["acceptance.given_not_rule"].format(rule=text)
            yield _case(known, values, given, "then_not_rule", "boundary")
        elif _forbids(one):
            given = words["acceptance.given_forbidden"].format(rule=text)
            yield _case(known, values, given, "then_forbidden", "failure")


def _untriggered(known: Known, values: Mapping[str, str]) -> Iterable[Acceptance]:
    """Where it was said when it happens, it does not happen otherwise."""
    told = known.first("say.trigger") if known.key in _CONDITIONAL else None
    if told is not None and told.own and told.sure:
        words = phrases(known.language)
        given = words["acceptance.given_not_trigger"].format(trigger=told.value)
        yield _case(known, values, given, "then_nothing", "boundary")


def _forbids(one: Statement) -> bool:
    return cues("accept.forbids").search(one.text) is not None


def _case(
    known: Known,
    values: Mapping[str, str],
    given: str,
    then: str,
    kind: Literal["happy", "failure", "permission", "boundary"],
    **more: str,
) -> Acceptance:
    words = phrases(known.language)
    return Acceptance(
        given=given,
        when=acts(known, values),
        then=words[f"acceptance.{then}"].format(**more),
        kind=kind,
    )
