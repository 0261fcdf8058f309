"""What one clause of the client says about an ask: a pain, a rule, a limit, a wish, or nothing."""

import re
from collections.abc import Callable
from typing import Literal, NamedTuple

from pipeline.engines.rules.playbook.loader import cue_list, cues
from pipeline.engines.rules.specification.exchange import Exchange
from pipeline.engines.rules.specification.talk import Clause
from pipeline.language.dates import find_dates
from pipeline.language.numbers import find_numbers

Sort = Literal["wish", "need", "pain", "rule", "limit", "elsewhere", "purpose", "out", "open"]
"""wish: the ask itself, put as a question; open: said and left open in the same breath."""

_SHORTEST = {"zh": 4, "en": 12}
_CJK = re.compile("[\u4e00-\u9fff]")
_MEASURED = frozenset({"volume_limit", "performance", "timing", "retention", "frequency"})


class _Case(NamedTuple):
    """A clause and what it reacts to."""

    text: str
    asks: bool
    asked: Exchange | None
    own: bool

    def has(self, cue: str) -> bool:
        return cues(cue).search(self.text) is not None

    @property
    def turns_down(self) -> bool:
        """Whether it answers a proposal of ours that was turned down."""
        one = self.asked
        return one is not None and one.kind == "proposal" and one.outcome == "rejected"

    @property
    def answers(self) -> bool:
        return self.turns_down or (self.asked is not None and self.asked.outcome == "answered")


def sort_of(clause: Clause, asked: Exchange | None, own: bool) -> Sort | None:
    """The sort of a clause by itself; `asked` is the exchange that it replies to."""
    case = _Case(clause.text, clause.asks, asked, own)
    if _says_nothing(case):
        return "wish" if case.asks and case.has("say.need") else None
    return next((sort for sort, holds in _SORTS if holds(case)), None)


def drawn_along(here: Sort | None, before: Sort | None, clause: Clause, own: bool) -> Sort | None:
    """A clause without a sort of its own goes on with what its sentence began."""
    if before == "pain" and here in (None, "rule", "limit"):
        return here if cues("say.strong").search(clause.text) else "pain"
    if here is None and own and before in ("rule", "need", "wish") and not idle(clause):
        return "rule" if before == "wish" else before
    return here


def idle(clause: Clause) -> bool:
    """Whether a clause says nothing about the system."""
    return _says_nothing(_Case(clause.text, clause.asks, None, False))


def _says_nothing(case: _Case) -> bool:
    if case.asks or _empty(case.text) or case.has("talk.chatter") or case.has("talk.promise"):
        return True
    return case.turns_down and case.has("talk.reject")


def _empty(text: str) -> bool:
    if _CJK.search(text):
        return len(text) < _SHORTEST["zh"]
    return len(text) < _SHORTEST["en"] and not find_numbers(text)


def _hurts(case: _Case) -> bool:
    if case.has("say.trouble"):
        return True
    told = case.has("say.past") or case.has("say.pain")
    return told and not case.has("say.strong") and case.asked is None


def _limits(case: _Case) -> bool:
    """A date, an amount that answers a question for one, or so many rows, minutes or years."""
    conditional = case.has("say.condition")
    if case.own and find_dates(case.text) and not (conditional or case.has("say.frequency")):
        return True
    measured = case.asked is not None and case.asked.slot in _MEASURED
    if measured and case.answers and case.has("say.quantity"):
        return True
    return not conditional and any(
        not number.ordinal and number.unit in cue_list("words.limit_units")
        for number in find_numbers(case.text)
    )


_SORTS: tuple[tuple[Sort, Callable[[_Case], bool]], ...] = (
    ("out", lambda case: case.has("say.out")),
    ("pain", _hurts),
    ("limit", _limits),
    ("purpose", lambda case: case.has("say.purpose") and not case.has("say.strong")),
    ("rule", lambda case: case.has("say.duty") or case.has("say.condition")),
    ("pain", lambda case: case.has("say.pain")),
    ("elsewhere", lambda case: case.has("say.elsewhere")),
    ("need", lambda case: case.has("say.need")),
    ("rule", lambda case: case.answers),
)
"""The first that holds is the sort."""
