"""What the client said about an ask, sorted: pain, rules, limits, trigger, purpose, what lies elsewhere."""

import re
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from pipeline.engines.rules.specification.exchange import Exchange, accepts, defers
from pipeline.engines.rules.playbook.loader import cues
from pipeline.engines.rules.specification.talk import Clause, Talk, Turn
from pipeline.language.dates import find_dates
from pipeline.language.numbers import find_numbers
from pipeline.language.support import alikeness
from pipeline.models.draft import DraftSlot
from pipeline.models.evidence import Citation
from pipeline.models.slots import SlotKey

Sort = Literal["wish", "need", "pain", "rule", "limit", "elsewhere", "purpose", "out", "open"]

_SHORTEST = {"zh": 4, "en": 12}
_CJK = re.compile("[\u4e00-\u9fff]")
_STRONG = re.compile(
    r"必须|一定要|不能|只能|不许|不让|一律|都要|禁止|\b(must|never|only|cannot|can't|has to|have to)\b",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"^.{0,6}(现在|目前|上(个)?(月|周|次|回|礼拜))|\b(today|right now|last (month|quarter|autumn|time|year)|currently|what i get now)\b",
    re.IGNORECASE,
)
_QUANTITY = re.compile(
    r"[几数一二两三四五六七八九十百千万\d]"
    r"|\b(few|hundred|thousand|dozen|one|two|three|four|five|six|ten|twenty)\b",
    re.IGNORECASE,
)
_OURS = re.compile(r"用|按|只|默认|不|\b(use|with|by default|only|not|by|at)\b", re.IGNORECASE)
_ECHO = 0.5
"""Dice of bigrams from which words of ours only repeat the client's."""
_MEASURED = frozenset({"volume_limit", "performance", "timing", "retention", "frequency"})


class Statement(NamedTuple):
    """A stretch of one sentence that says one sort of thing."""

    sort: Sort
    text: str
    at: int
    segment: str
    speaker: str | None
    own: bool
    """Whether the ask itself cites the turn."""
    also: tuple[Citation, ...] = ()
    """Further citations: the yes to words of ours, or the rule that was revised."""
    put: str | None = None
    """The value where it is not simply what was said."""
    sure: bool = True
    """False for what follows from the words without being said."""

    @property
    def citation(self) -> Citation:
        """The words as they were said."""
        return Citation(segments=(self.segment,), quote=self.text)

    def slot(self) -> DraftSlot:
        """The statement as a value."""
        return DraftSlot(
            value=self.put or self.text,
            origin="stated" if self.sure else "inferred",
            citations=(self.citation, *self.also),
        )


def statements(talk: Talk, said: Sequence[Exchange]) -> tuple[Statement, ...]:
    """The client's statements in order, and ours that the client accepted."""
    asked = {
        turn.at: exchange
        for exchange in said
        if exchange.kind != "statement"
        for turn in exchange.reply
    }
    found: list[Statement] = []
    for turn in talk.turns:
        if turn.side == "us":
            found.extend(_accepted(turn, said, talk))
        else:
            found.extend(_of_turn(turn, asked.get(turn.at), turn.at in talk.own))
    return tuple(found)


def _of_turn(turn: Turn, asked: Exchange | None, own: bool) -> Iterable[Statement]:
    """Runs of clauses of one sort within one sentence."""
    put_off = defers(turn.text)
    run: list[Clause] = []
    sort: Sort | None = None
    for clause in turn.clauses:
        here = _sort(clause, asked, own)
        if run and clause.sentence == run[-1].sentence:
            here = _drawn_along(here, sort, clause, own)
        if here in ("rule", "limit") and put_off and defers(_sentence(turn, clause)):
            here = "open"
        if run and (here != sort or clause.sentence != run[-1].sentence):
            yield from _joined(turn, run, sort, own)
            run = []
        sort = here
        run.append(clause)
    yield from _joined(turn, run, sort, own)


def _drawn_along(here: Sort | None, before: Sort | None, clause: Clause, own: bool) -> Sort | None:
    """A clause without a sort of its own goes on with what its sentence began."""
    if before == "pain" and here in (None, "rule", "limit") and not _STRONG.search(clause.text):
        return "pain"
    if here is None and own and before in ("rule", "need", "pain", "wish") and not _idle(clause):
        return "rule" if before == "wish" else before
    return here


def _idle(clause: Clause) -> bool:
    text = clause.text
    return (
        clause.asks
        or _empty(text)
        or cues("talk.chatter").search(text) is not None
        or cues("talk.promise").search(text) is not None
    )


def _joined(turn: Turn, run: Sequence[Clause], sort: Sort | None, own: bool) -> Iterable[Statement]:
    if run and sort is not None:
        text = turn.text[run[0].start : run[-1].end]
        yield Statement(sort, text, turn.at, turn.segment, turn.speaker, own)


def _sentence(turn: Turn, clause: Clause) -> str:
    return " ".join(one.text for one in turn.clauses if one.sentence == clause.sentence)


def _sort(clause: Clause, asked: Exchange | None, own: bool) -> Sort | None:
    text = clause.text
    if _empty(text) or cues("talk.chatter").search(text):
        return None
    if clause.asks:
        return "wish" if cues("say.need").search(text) else None
    if cues("talk.promise").search(text):
        return None
    if cues("say.out").search(text):
        return "out"
    past = _PAST.search(text) is not None
    pain = cues("say.pain").search(text) is not None
    strong = _STRONG.search(text) is not None
    if (past or pain) and not strong and asked is None:
        return "pain"
    turned_down = asked is not None and asked.kind == "proposal" and asked.outcome == "rejected"
    if turned_down and cues("talk.reject").search(text):
        return None
    answers = turned_down or (asked is not None and asked.outcome == "answered")
    if own and find_dates(text) and not _conditional(text):
        return "limit"
    if answers and asked is not None and asked.slot in _MEASURED and _QUANTITY.search(text):
        return "limit"
    if find_numbers(text) and _measures(text):
        return "limit"
    if cues("say.purpose").search(text) and not strong:
        return "purpose"
    if cues("say.duty").search(text) or cues("say.condition").search(text):
        return "rule"
    if pain:
        return "pain"
    if cues("say.elsewhere").search(text):
        return "elsewhere"
    if cues("say.need").search(text) or answers:
        return "need" if cues("say.need").search(text) else "rule"
    return None


def _conditional(text: str) -> bool:
    return bool(cues("say.condition").search(text) or cues("say.frequency").search(text))


def _empty(text: str) -> bool:
    if _CJK.search(text):
        return len(text) < _SHORTEST["zh"]
    return len(text) < _SHORTEST["en"] and not find_numbers(text)


def _measures(text: str) -> bool:
    """Whether a number counts rows, time, size or a date rather than a business amount."""
    return any(
        number.unit is not None and not number.ordinal and number.unit in _LIMIT_UNITS
        for number in find_numbers(text)
    ) and not cues("say.condition").search(text)


_LIMIT_UNITS = frozenset(
    "秒 分钟 小时 天 周 月 年 条 MB GB TB KB 页 人 台 家 张 单 second minute hour day week month year row MB GB page person".split()
)


def _accepted(turn: Turn, said: Sequence[Exchange], talk: Talk) -> Iterable[Statement]:
    """What we put into words and the client then agreed to."""
    exchange = next((one for one in said if one.turn.at == turn.at), None)
    if exchange is None or exchange.outcome != "accepted" or exchange.kind == "question":
        yield from _put_by_us(turn, talk)
        return
    reply = exchange.reply[0]
    yes = Citation(segments=(reply.segment,), quote=reply.text)
    own = turn.at in talk.own or reply.at in talk.own
    for one in _of_turn(turn, None, own):
        if one.sort in ("rule", "limit") and not _promises(one.text):
            yield one._replace(also=(yes,))


def _put_by_us(turn: Turn, talk: Talk) -> Iterable[Statement]:
    """What we added to the client's words while agreeing, and nobody took up: not yet said."""
    before = next((one for one in talk.turns if one.at == turn.at - 1), None)
    if before is None or before.side == "us" or not accepts(turn.text):
        return
    for clause in turn.clauses:
        fits = not clause.asks and not _idle(clause) and _OURS.search(clause.text)
        echo = max((alikeness(clause.text, one.text) for one in before.clauses), default=0.0)
        if fits and not _promises(clause.text) and echo < _ECHO:
            own = before.at in talk.own
            at, said = turn.segment, clause.text
            yield Statement("rule", said, turn.at, at, turn.speaker, own, sure=False)


def _promises(text: str) -> bool:
    """Whether it speaks of what we will do, not of what the system shall do."""
    return (
        re.search(
            r"我(回去|们|来|去|尽|下|今|明)|发(您|你)|争取|\bI(?:'ll| will| am)\b|\bwe (can|will|could)\b|send you",
            text,
        )
        is not None
    )


def filled(talk: Talk, said: Iterable[Exchange]) -> frozenset[SlotKey]:
    """Slots that the client's words fill in one way or another."""
    found: set[SlotKey] = {
        one.slot for one in said if one.kind == "question" and one.outcome == "answered"
    }
    text = talk.text
    for slot, pattern in _said().items():
        if pattern.search(text):
            found.add(slot)
    return frozenset(found - {"other", "exception"})


def _said() -> dict[SlotKey, re.Pattern[str]]:
    from_cues = {name: cues(f"said.{name}") for name in _SAID}
    return from_cues


_SAID: tuple[SlotKey, ...] = (
    "scope_filter", "volume_limit", "timing", "frequency", "performance", "notify", "recipients",
    "file_name", "empty_or_error", "place_in_ui", "integration", "retention", "history_audit",
    "exception", "security", "approval", "conflict_rule", "source_data", "identity_match",
)  # fmt: skip
