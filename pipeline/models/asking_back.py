"""What to ask the client back: the few that go out first, and why each of the others waits.

Blocking ones come first, then what the call itself left open, then what most hangs on. No spec
takes all the room, and what several specs need is asked once.
"""

import re
from collections import Counter
from collections.abc import Callable, Container, Iterable, Sequence
from typing import NamedTuple

from pipeline.models.alike import alike, core, near
from pipeline.models.asked_once import (
    Answered,
    Asked,
    Parked,
    answered,
    grouped,
    needed,
    one_thing,
)
from pipeline.models.minutes import Ask, Minutes, Question
from pipeline.models.project import Project
from pipeline.models.slots import SlotKey
from pipeline.models.spec import FeatureSpec, OpenQuestion

FIRST = 8
"""Nobody answers forty questions: at most this many go out at once, the rest are parked."""
OF_ONE = 4
"""Of one spec at most so many go out while others have questions too."""

HEAVY: frozenset[SlotKey] = frozenset(
    {
        "fields",
        "scope_filter",
        "permission",
        "integration",
        "source_data",
        "identity_match",
        "conflict_rule",
    }
)
"""What is built otherwise where the answer is another."""
LIGHT: frozenset[SlotKey] = frozenset({"file_name", "place_in_ui"})
"""What is easily changed later: it waits for the design unless it holds work up."""
_BLOCKING, _LEFT_OPEN, _HEAVY, _MIDDLE, _TWIN, _ROOM = 100, 65, 15, 8, 8, 45
_PRIORITY = {"must": 12, "should": 6, "could": -4, "wont": -12, "unknown": 0}
_CONTRACT = {"in": 4, "unclear": 0, "out": -8}
_CASES = 4
"""Acceptance cases that count: each waits for the answer as well."""
_LOOK_UP = re.compile(
    "数据字典|表结构|字段类型|系统(?:现在|目前)(?:有没有|支不支持|是否支持)|标准(?:功能|产品)里"
    r"|data dictionary|table structure|column type|standard product"
    r"|\b(?:does|can) the (?:present |current )?(?:system|product) (?:already|now)\b",
    re.IGNORECASE,
)
"""Questions about the deployed system, which we know better than the client."""
_QUOTED = re.compile('“([^”]+)”|「([^」]+)」|"([^"]+)"')


class QuestionOf(NamedTuple):
    """A question of a spec, both by their short ids."""

    spec: str
    question: str


class AskingBack(NamedTuple):
    """All open questions: those that go out, and those that wait, each with its reason."""

    first: tuple[Asked, ...]
    parked: tuple[Asked, ...]

    def place(self, spec: str, question: str) -> "Place | None":
        """Where a question of a spec went, both by their short ids."""
        for number, one in enumerate((*self.first, *self.parked), 1):
            for n, each in enumerate((one, *one.also)):
                if each.spec and each.spec.id == spec and each.question.id == question:
                    return Place(one, number if one.parked is None else 0, twin=n > 0)
        return None


class Place(NamedTuple):
    """Where a question of a spec went."""

    asked: Asked
    number: int
    """1-based among those that go out; 0 where it waits."""
    twin: bool
    """Whether another spec asks it for this one."""


def asking_back(
    raised: Iterable[Question],
    specs: Sequence[FeatureSpec],
    *,
    asks: Sequence[Ask] = (),
    left_open: Container[QuestionOf] = (),
) -> AskingBack:
    """The questions to ask first and those that wait; together all that are open, each once.

    Args:
        raised: questions left open in the call; what a person rejected is not asked.
        specs: those that were dropped or rejected ask nothing.
        asks: of the call; their priority and contract count.
        left_open: the questions of specs that the call itself put off or disputed.
    """
    live = [one for one in specs if _lives(one)]
    groups = grouped(needed(live), [one for one in raised if one.review != "rejected"])
    answers = [*answered(live)]
    known = {ask.id: ask for ask in asks}
    rated = [(one, _score(one, known, left_open)) for one in groups]
    first = _chosen([pair for pair in rated if _must_wait(pair[0], answers) is None])
    of_spec = Counter(spec.id for one in first for spec in one.specs)
    gone = {id(one) for one in first}
    rest = [one for one, _ in sorted(rated, key=lambda pair: -pair[1]) if id(one) not in gone]
    parked = [one._replace(parked=_reason(one, answers, of_spec, left_open)) for one in rest]
    return AskingBack(tuple(first), tuple(parked))


def asking_of(
    minutes: Minutes,
    specs: Sequence[FeatureSpec],
    project: Project,
    left_open: Container[QuestionOf] | None = None,
) -> AskingBack:
    """What to ask the client of one meeting; what only our side can answer is not theirs.

    `left_open` is known already where the minutes lack what was disputed: in the client's copy.
    """
    raised = (one for one in minutes.questions if project.side_of(one.who) != "us")
    known = disputed(minutes, specs) if left_open is None else left_open
    return asking_back(raised, specs, asks=minutes.asks, left_open=known)


def disputed(minutes: Minutes, specs: Iterable[FeatureSpec]) -> frozenset[QuestionOf]:
    """The questions of specs about what the call put off, settled only for now, or disputed."""
    put_off = [one.text for one in minutes.decisions if one.state in ("deferred", "tentative")]
    told = put_off + [one.text for one in minutes.conflicts]
    return frozenset(
        QuestionOf(one.spec.id, one.question.id)
        for one in needed(specs)
        if one.spec and any(near(one.alone, text) or _weighs(one.alone, text) for text in told)
    )


def _weighs(question: str, text: str) -> bool:
    """Whether it asks which of two values holds, and both stand in a text."""
    values = {"".join(groups).casefold() for groups in _QUOTED.findall(question)}
    return len(values) > 1 and all(one in text.casefold() for one in values)


def _lives(spec: FeatureSpec) -> bool:
    return spec.review != "rejected" and spec.status not in ("superseded", "dropped")


def _score(one: Asked, asks: dict[str, Ask], left_open: Container[QuestionOf]) -> int:
    """How much hangs on it."""
    score = _BLOCKING if one.blocking else 0
    if _left_open(one, left_open):
        score += _LEFT_OPEN
    slot = one.question.slot if isinstance(one.question, OpenQuestion) else "other"
    score += _HEAVY if slot in HEAVY else 0 if slot in LIGHT else _MIDDLE
    wanted = [asks[name] for spec in one.specs for name in spec.asks if name in asks]
    score += max((_PRIORITY[ask.priority] for ask in wanted), default=0)
    score += max((_CONTRACT[spec.scope.verdict] for spec in one.specs), default=0)
    score += min(_CASES, sum(len(spec.acceptance) for spec in one.specs))
    return score + _TWIN * max(0, len(one.specs) - 1)


def _left_open(one: Asked, left_open: Container[QuestionOf]) -> bool:
    """Whether the call itself put it off or disputed it."""
    return any(
        each.spec is None or QuestionOf(each.spec.id, each.question.id) in left_open
        for each in (one, *one.also)
    )


def _must_wait(one: Asked, answers: Sequence[Answered]) -> Parked | None:
    """Why it does not go out, however much room there is."""
    if one.by_hand is not None:
        return Parked("by_hand") if one.by_hand is False else None
    question = one.question
    if isinstance(question, Question):
        return None
    words = core(one.alone)
    for other in answers:
        same = other.question.slot == question.slot and alike(words, other.words)
        if same and all(one_thing(each.about, other.about) for each in (one, *one.also)):
            return Parked("answered", answer=other.question.answer or "", spec=other.spec)
    if _LOOK_UP.search(one.text):
        return Parked("look_up")
    return Parked("detail") if question.slot in LIGHT and not one.blocking else None


def _chosen(rated: Sequence[tuple[Asked, int]]) -> list[Asked]:
    """The first few: those a person chose, then one of each spec before the second of any."""
    left = list(rated)
    first: list[Asked] = []
    taken: Counter[str] = Counter()
    while left and len(first) < FIRST:
        open_to = [pair for pair in left if _has_room(pair[0], taken)] or left
        best = max(open_to, key=_worth(taken))
        left.remove(best)
        first.append(best[0])
        taken.update(spec.id for spec in best[0].specs)
    return first


def _has_room(one: Asked, taken: Counter[str]) -> bool:
    return one.by_hand is True or all(taken[spec.id] < OF_ONE for spec in one.specs)


def _worth(taken: Counter[str]) -> Callable[[tuple[Asked, int]], tuple[bool, int]]:
    """How a question stands beside others, given of which specs something goes out already."""

    def worth(pair: tuple[Asked, int]) -> tuple[bool, int]:
        one, score = pair
        used = min((taken[spec.id] for spec in one.specs), default=0)
        return one.by_hand is True, score - _ROOM * used

    return worth


def _reason(
    one: Asked, answers: Sequence[Answered], of_spec: Counter[str], left_open: Container[QuestionOf]
) -> Parked:
    told = _must_wait(one, answers)
    if told is not None:
        return told
    full = next((spec.id for spec in one.specs if of_spec[spec.id] >= OF_ONE), None)
    if full is not None:
        return Parked("spec_full", spec=full, of_spec=of_spec[full])
    if one.blocking or one.by_hand or _left_open(one, left_open):
        return Parked("next_round")
    recommended = one.question.recommended if isinstance(one.question, OpenQuestion) else None
    return Parked("go_on", answer=recommended) if recommended else Parked("later")
