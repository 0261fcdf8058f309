"""Contradictions: answers that cannot both hold, and specs that replace each other in a circle.

Nothing is lost by them: both sides stay as they are, each is named, and nobody builds from it
before a person chose one.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from pipeline.language.negation import find_negations
from pipeline.language.normalise import folded
from pipeline.language.script import clauses
from pipeline.language.support import alikeness
from pipeline.models.spec import FeatureSpec, Finding, OpenQuestion
from pipeline.models.succession import Link, circles
from pipeline.words.loader import say

_SAME = 0.8
"""Likeness from which two questions for one slot of one spec ask the same."""
BETWEEN = ("answers_differ_between", "circle")
"""Findings that rest on other specs too."""
_YES = re.compile(r"^\W*(是|可以|能|有|允许|要|对|yes|allowed|may|can|true)", re.IGNORECASE)

Right = Literal["see", "do", "export"]
_RIGHTS: Mapping[Right, re.Pattern[str]] = {
    "export": re.compile(r"导出|导(?!入)|下载|\bexport|\bdownload", re.IGNORECASE),
    "do": re.compile(
        r"修?改|编辑|审批|操作|新增|删除|\b(edit|chang|approv|delet|use)", re.IGNORECASE
    ),
    "see": re.compile(r"看|查|\b(see|view|read)\b", re.IGNORECASE),
}


class _Claim(NamedTuple):
    """That a role may do something, or may not."""

    role: str
    right: Right
    yes: bool
    path: str
    source: str
    """What says so, as a reader knows it."""


def contradictions(spec: FeatureSpec) -> Iterator[Finding]:
    """What contradicts itself inside one spec; each finding is an error and names both sides."""
    yield from _answers(spec)
    yield from _rights(spec)


def with_others(specs: Sequence[FeatureSpec]) -> tuple[FeatureSpec, ...]:
    """Specs of one call with the findings that only show when they are read together."""
    found = _between([one for one in specs if _stands(one)])
    return tuple(
        one.with_(findings=(*found[one.uid], *one.findings)) if one.uid in found else one
        for one in specs
    )


def _stands(spec: FeatureSpec) -> bool:
    return spec.review != "rejected" and spec.status not in ("superseded", "dropped")


def _between(specs: Sequence[FeatureSpec]) -> Mapping[str, list[Finding]]:
    found: dict[str, list[Finding]] = {}
    by_words: dict[str, list[tuple[FeatureSpec, int, OpenQuestion]]] = {}
    for spec in specs:
        for place, one in enumerate(spec.open_questions):
            if one.answer:
                by_words.setdefault(folded(one.question), []).append((spec, place, one))
    for same in by_words.values():
        for spec, place, one in same:
            other = _other(spec, one, same)
            if other is not None:
                finding = _finding(
                    spec,
                    "answers_differ_between",
                    f"open_questions[{place}]",
                    question=one.question,
                    a=one.answer,
                    b=other[1].answer,
                    id=other[0].id,
                )
                found.setdefault(spec.uid, []).append(finding)
    for spec, circle in _circles(specs):
        finding = _finding(spec, "circle", "supersedes", ids=" → ".join((*circle, circle[0])))
        found.setdefault(spec.uid, []).append(finding)
    return found


def _other(
    spec: FeatureSpec, asked: OpenQuestion, same: Iterable[tuple[FeatureSpec, int, OpenQuestion]]
) -> tuple[FeatureSpec, OpenQuestion] | None:
    """Another spec in which the same question has another answer."""
    return next(
        (
            (other, one)
            for other, _, one in same
            if other.uid != spec.uid and not _agree(asked.answer or "", one.answer or "")
        ),
        None,
    )


def _circles(specs: Sequence[FeatureSpec]) -> Iterator[tuple[FeatureSpec, tuple[str, ...]]]:
    ids = {one.uid: one.id for one in specs}
    links = [Link(one.id, ids.get(one.supersedes or "", one.supersedes)) for one in specs]
    for circle in circles(links):
        yield from ((one, circle) for one in specs if one.id in circle)


def _answers(spec: FeatureSpec) -> Iterator[Finding]:
    """Two questions of one spec that ask the same and are answered differently."""
    answered = [(n, one) for n, one in enumerate(spec.open_questions) if one.answer]
    for place, one in answered:
        for earlier_at, earlier in answered:
            if earlier_at >= place:
                break
            if _same(one, earlier) and not _agree(one.answer or "", earlier.answer or ""):
                yield _finding(
                    spec,
                    "answers_differ",
                    f"open_questions[{place}]",
                    a=f"{earlier.id} {earlier.answer}",
                    b=f"{one.id} {one.answer}",
                )


def _same(one: OpenQuestion, other: OpenQuestion) -> bool:
    if folded(one.question) == folded(other.question):
        return True
    return one.slot == other.slot and alikeness(one.question, other.question) >= _SAME


def _agree(one: str, other: str) -> bool:
    """Whether two answers say the same, one of them perhaps in more words."""
    a, b = folded(one), folded(other)
    if bool(find_negations(one)) != bool(find_negations(other)):
        return False
    return a == b or (min(len(a), len(b)) > 1 and (a in b or b in a))


def _rights(spec: FeatureSpec) -> Iterator[Finding]:
    """A role that may by one answer or row and may not by another."""
    claims = [*_from_rows(spec), *_from_answers(spec)]
    told: set[tuple[str, Right]] = set()
    for place, one in enumerate(claims):
        for other in claims[:place]:
            rows = one.path.startswith("permissions") and other.path.startswith("permissions")
            same = (one.role, one.right) == (other.role, other.right) and one.yes != other.yes
            if same and not rows and (one.role, one.right) not in told:
                told.add((one.role, one.right))
                yield _finding(
                    spec,
                    "right_both_ways",
                    one.path,
                    role=one.role,
                    right=say(f"spec_right.{one.right}", spec.language),
                    a=other.source,
                    b=one.source,
                )


def _from_rows(spec: FeatureSpec) -> Iterator[_Claim]:
    for place, row in enumerate(spec.permissions):
        for right in _RIGHTS:
            may = getattr(row, right)
            if may is not None:
                yes = say("contradiction.yes" if may else "contradiction.no", spec.language)
                name = say(f"spec_right.{right}", spec.language)
                yield _Claim(row.role, right, may, f"permissions[{place}]", f"{name}: {yes}")


def _from_answers(spec: FeatureSpec) -> Iterator[_Claim]:
    roles = {row.role for row in spec.permissions}
    roles |= {str(one.value) for one in spec.actors if isinstance(one.value, str)}
    for place, one in enumerate(spec.open_questions):
        if one.slot == "permission" and one.answer:
            source = f"{one.id} {one.answer}"
            for role, right, yes in _claimed(one.question, one.answer, roles):
                yield _Claim(role, right, yes, f"open_questions[{place}]", source)


def _claimed(question: str, answer: str, roles: Iterable[str]) -> Iterator[tuple[str, Right, bool]]:
    """What an answer says of roles that it names; one in a word, of the role that was asked about."""
    roles = [one for one in roles if one.strip()]
    short = not any(_names(role, answer) for role in roles)
    if short and not (find_negations(answer) or _YES.search(answer)):
        return
    for clause in [question] if short else [piece.text for piece in clauses(answer)]:
        yes = not find_negations(answer if short else clause)
        for right, pattern in _RIGHTS.items():
            if pattern.search(clause):
                yield from ((role, right, yes) for role in roles if _names(role, clause))


def _names(role: str, text: str) -> bool:
    return role.casefold() in text.casefold()


def _finding(spec: FeatureSpec, code: str, slot: str, **values: object) -> Finding:
    return Finding(
        code=code,
        severity="error",
        slot=slot,
        reason=say(f"contradiction.{code}.reason", spec.language, **values),
        suggestion=say(f"contradiction.{code}.suggestion", spec.language),
    )
