"""Acceptance for every spec: at least one case that works, and one that must not or cannot.

What an engine left out is derived from the spec's own values and says them over again, no more.
What nobody said is accepted by the answer to a question: an open one, or one that is added.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from pipeline.language.ears import condition_of, ears, outcome
from pipeline.language.numbers import find_numbers
from pipeline.models.base import Language
from pipeline.models.draft import DraftSlot, DraftSpec
from pipeline.models.slots import SlotKey
from pipeline.models.spec import Acceptance, OpenQuestion
from pipeline.words.loader import say

MOST = 3
"""Cases of one kind that are derived."""
_RIGHTS = ("see", "do", "export")
_BOUND = re.compile(
    r"最多|最少|最大|最小|最长|最迟|最晚|至少|至多|不超过|不得超过|不能超过|不少于|不低于|不高于|不大于|不小于"
    r"|以内|之内|以下|以上|上限|下限|封顶|[内前]$|[内前]完成"
    r"|(?i:\b(?:at most|at least|up to|no more than|not more than|no less than|no later than|within"
    r"|maximum|minimum|max|min|under|below|above|over|less than|more than|not exceed)\b)"
)
"""Words that make a number one that can be reached and passed."""
_FAILS: tuple[SlotKey, ...] = ("empty_or_error", "exception")
_ASKED: tuple[tuple[tuple[SlotKey, ...], str], ...] = (
    (_FAILS, "failure"),
    (("permission", "approval"), "permission"),
    (("volume_limit", "conflict_rule", "performance", "identity_match"), "boundary"),
)
"""Questions whose answer is a case, the likeliest first, with the kind of it."""


def with_cases(draft: DraftSpec) -> DraftSpec:
    """The draft with the cases that it lacks, behind those it has.

    An engine that wrote a case of a kind knows better than we do: only what there is none of is
    derived. Where the spec has nothing to derive a failure from, a question asks for it.
    """
    cases = draft.acceptance
    kinds = {case.kind for case in cases}
    more = [] if "happy" in kinds else [_happy(draft)]
    sources = {"permission": _denied, "boundary": _limits, "failure": _failures}
    for kind, derive in sources.items():
        if kind not in kinds:
            more += islice(derive(draft), MOST)
    if not {case.kind for case in (*cases, *more)} - {"happy"}:
        draft = draft if _asked(draft) else _asking(draft)
        more += islice(_asked_cases(draft), 1)
    return draft.with_(acceptance=tuple(dict.fromkeys((*cases, *more))))


def _happy(draft: DraftSpec) -> Acceptance:
    """The first thing the spec says that the system does."""
    tongue = draft.language
    told = next(_texts((*draft.behaviours, draft.goal)), draft.title)
    parted = ears(told, tongue)[0]
    actor = next(_texts(draft.actors), "")
    given = say("cases.given_actor", tongue, actor=actor) if actor else say("cases.given", tongue)
    return Acceptance(
        given=given,
        when=parted.condition or _when(draft),
        then=outcome(parted, tongue),
        kind="happy",
    )


def _when(draft: DraftSpec) -> str:
    trigger = next(_texts((draft.trigger,)), "")
    condition = condition_of(trigger, draft.language) if trigger else None
    if condition:
        return say("cases.when_starts", draft.language, trigger=condition)
    if trigger:
        return say("cases.when_said", draft.language, title=draft.title, trigger=trigger)
    return say("cases.when", draft.language, title=draft.title)


def _denied(draft: DraftSpec) -> Iterator[Acceptance]:
    """Each role tries what it may not."""
    tongue = draft.language
    for row in draft.permissions:
        for right in _RIGHTS:
            if getattr(row, right) is False:
                yield Acceptance(
                    given=say("cases.given_denied", tongue, role=row.role),
                    when=say("cases.when_right", tongue, right=say(f"cases.{right}", tongue)),
                    then=say("cases.then_refused", tongue),
                    kind="permission",
                )


def _limits(draft: DraftSpec) -> Iterator[Acceptance]:
    """The first limit that a number bounds, reached and passed; by an answer where that is asked."""
    bounds = (one for one in _texts((*draft.limits, *draft.rules)) if _bounded(one))
    limit = next(bounds, None)
    if limit is None:
        return
    tongue, when = draft.language, _when(draft)
    question = _open(draft, ("volume_limit",))
    beyond = _by_answer(question, tongue) if question else ""
    for place, then in (
        ("at", say("cases.then_at", tongue)),
        ("beyond", beyond or say("cases.then_beyond", tongue, limit=limit)),
    ):
        given = say(f"cases.given_{place}", tongue, limit=limit)
        yield Acceptance(given=given, when=when, then=then, kind="boundary")


def _bounded(text: str) -> bool:
    counted = (one for one in find_numbers(text) if one.unit or one.value > 1)
    return bool(_BOUND.search(text)) and any(counted)


def _failures(draft: DraftSpec) -> Iterator[Acceptance]:
    """Each error as it is said; where none is, what a blocking question about one is answered."""
    tongue = draft.language
    for value in _texts(draft.errors):
        for one in ears(value, tongue):
            yield Acceptance(
                given=one.condition or say("cases.given", tongue),
                when=_when(draft),
                then=outcome(one, tongue),
                kind="failure",
            )
    question = _open(draft, _FAILS)
    if question is not None and question.blocking and not any(_texts(draft.errors)):
        yield _of(question, "failure", draft)


def _asked_cases(draft: DraftSpec) -> Iterator[Acceptance]:
    for slots, kind in _ASKED:
        question = _open(draft, slots)
        if question is not None:
            yield _of(question, kind, draft)


def _asked(draft: DraftSpec) -> bool:
    return any(_open(draft, slots) for slots, _ in _ASKED)


def _of(question: OpenQuestion, kind: str, draft: DraftSpec) -> Acceptance:
    asked = {"id": question.id, "question": question.question}
    given = say("cases.given_question", draft.language, **asked)
    return Acceptance.model_validate(
        {
            "given": given,
            "when": _when(draft),
            "then": say("cases.then_answered", draft.language, id=question.id),
            "kind": kind,
        }
    )


def _by_answer(question: OpenQuestion, language: Language) -> str:
    told = question.question.rstrip("？? ")
    return say("cases.then_answer", language, id=question.id, question=told)


def _open(draft: DraftSpec, slots: Iterable[SlotKey]) -> OpenQuestion | None:
    """The question about one of these that nobody answered, one that holds the work up first."""
    wanted = set(slots)
    found = [one for one in draft.open_questions if one.slot in wanted and not one.answer]
    return next((one for one in found if one.blocking), found[0] if found else None)


def _asking(draft: DraftSpec) -> DraftSpec:
    """With a question about what happens when it cannot be done; it holds nothing up."""
    taken = {one.id for one in draft.open_questions}
    numbers = range(1, len(taken) + 2)
    question = OpenQuestion(
        id=next(name for name in (f"q{n}" for n in numbers) if name not in taken),
        slot="empty_or_error",
        question=say("cases.ask", draft.language, title=draft.title),
        why_it_matters=say("cases.ask_why", draft.language),
    )
    return draft.with_(open_questions=(*draft.open_questions, question))


def _texts(slots: Iterable[DraftSlot]) -> Iterator[str]:
    return (one.value.strip() for one in slots if isinstance(one.value, str) and one.value.strip())
