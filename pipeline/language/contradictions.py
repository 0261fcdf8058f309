"""Contradictions: answers that cannot both hold, and specs that replace each other in a circle.

Nothing is lost by them: both sides stay as they are, each is named, and nobody builds from it
before a person chose one.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from pipeline.language.negation import find_negations, without_negations
from pipeline.language.normalise import folded
from pipeline.language.support import alikeness
from pipeline.models.spec import FeatureSpec, Finding, OpenQuestion
from pipeline.models.succession import Link, circles
from pipeline.words.loader import say

_SAME = 0.8
"""Likeness from which two questions for one slot of one spec ask the same."""
BETWEEN = ("answers_differ_between", "circle")
"""Findings that rest on other specs too."""
_ONE_WORD: Mapping[bool, re.Pattern[str]] = {
    True: re.compile(
        r"\W*(是|可以|能|允许|行|对|yes|allowed|they (can|may)|it may)[的了啊吧]?\W*", re.I
    ),
    False: re.compile(
        r"\W*(否|不|不是|不能|不可以|不行|不允许|no|not allowed|never)[的了啊吧]?\W*", re.I
    ),
}
"""Answers that say yes or no and nothing else."""
_BUT = re.compile(
    r"但是?|不过|而(?!且)|\b(?:but|however|while|whereas)\b|[，,;；。.!！?？\n]", re.I
)
_MAY = re.compile(r"可以|能|允许|\b(?:may|can|allowed)\b", re.IGNORECASE)
_FILLER = re.compile(r"[也都就才还是要和及]|\b(?:they|it|also|and|or|to|be)\b", re.IGNORECASE)
_EXCEPT = re.compile(r"除|以外|之外|\b(?:except|other than|apart from|unless)\b", re.IGNORECASE)
_AFTER = re.compile(r"\s*不(到|见|了)")
"""看不到: a no that stands behind what it denies."""

Right = Literal["see", "do", "export"]
_RIGHTS: Mapping[Right, re.Pattern[str]] = {
    "export": re.compile(r"导出|导(?!入)|下载|\bexport|\bdownload", re.IGNORECASE),
    "do": re.compile(
        r"修?改|编辑|审批|操作|新增|删除|\b(edit|chang|approv|delet|use)", re.IGNORECASE
    ),
    "see": re.compile(r"查?看(?!板)|查询|\b(see|view|read)\b", re.IGNORECASE),
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
    """What an answer says of roles that it names; a mere yes or no, of the role that was asked about.

    What is said with an exception is left alone: whom it leaves out is for a person to read.
    """
    roles = sorted((one for one in roles if one.strip()), key=len, reverse=True)
    for yes, pattern in _ONE_WORD.items():
        if pattern.fullmatch(answer):
            named = [(right, yes) for right, word in _RIGHTS.items() if word.search(question)]
            yield from ((role, *one) for role in _named(roles, question) for one in named)
            return
    if _EXCEPT.search(answer):
        return
    who: list[str] = []
    for part in _BUT.split(answer):
        who = _named(roles, part) or (who if _goes_on(part) else [])
        yield from ((role, *one) for role in who for one in _signed(part))


def _goes_on(part: str) -> bool:
    """Whether a part names nobody before what may be done, and so speaks of the same as before."""
    starts = [match.start() for one in _RIGHTS.values() if (match := one.search(part))]
    lead = without_negations(part[: min(starts, default=0)])
    return not folded(_FILLER.sub(" ", _MAY.sub(" ", lead)))


def _signed(part: str) -> Iterator[tuple[Right, bool]]:
    """The rights that a part of a sentence names in order, each given or denied."""
    found = sorted(
        (match.start(), match.end(), right)
        for right, pattern in _RIGHTS.items()
        for match in pattern.finditer(part)
    )
    end, yes = 0, True
    for start, stop, right in found:
        before = part[end:start]
        denied = bool(find_negations(before)) or bool(_AFTER.match(part, stop))
        yes = not denied and (yes or end == 0 or bool(_MAY.search(before)))
        yield right, yes
        end = stop


def _named(roles: Iterable[str], text: str) -> list[str]:
    """Roles that occur, the longest first; what belongs to a longer one is no shorter one."""
    found, left = [], text.casefold()
    for role in roles:
        if role.casefold() in left:
            found.append(role)
            left = left.replace(role.casefold(), " ")
    return found


def _finding(spec: FeatureSpec, code: str, slot: str, **values: object) -> Finding:
    return Finding(
        code=code,
        severity="error",
        slot=slot,
        reason=say(f"contradiction.{code}.reason", spec.language, **values),
        suggestion=say(f"contradiction.{code}.suggestion", spec.language),
    )
