"""What the call itself left open: questions put off, two answers that differ, words without a measure."""

import re
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from pipeline.engines.rules.playbook.loader import cues
from pipeline.engines.rules.specification.exchange import Exchange, slot_of
from pipeline.engines.rules.specification.talk import Clause, Talk, Turn
from pipeline.engines.rules.specification.vocabulary import content_words
from pipeline.language.number_mention import NumberMention
from pipeline.language.numbers import find_numbers
from pipeline.language.units import amount, dimension
from pipeline.models.minutes import Minutes, Question
from pipeline.models.slots import SlotKey

_SHORT = 14
_LONGEST = 60
_HOUR = 3600
_NEAR = 4
"""Turns within which two numbers answer the same thing."""
_EITHER = re.compile(r"(?P<a>[^，。？?、]{1,18}?)，?(?:还是|, or )(?P<b>[^，。？?呢]{1,18})")
_EN_EITHER = re.compile(
    r"\b(?P<a>[\w' ]{2,30}?),? or (?:does it |only |by )?(?P<b>[\w' ]{2,30})\?", re.IGNORECASE
)
_CJK = re.compile("[\u4e00-\u9fff]")


class Doubt(NamedTuple):
    """A thing that was talked about and is not settled."""

    kind: Literal["dispute", "put_off", "vague", "noted"]
    slot: SlotKey
    a: str
    """The question, the vague word, or one side's words."""
    b: str = ""
    """The other side's words, or what was said instead of an answer."""
    options: tuple[str, ...] = ()
    raised: bool = False
    """Whether the minutes hold the question, in the words of `a`."""


def doubts(
    talk: Talk, said: Sequence[Exchange], minutes: Minutes, *, internal: bool
) -> tuple[Doubt, ...]:
    """Everything left open about an ask, disputes first. With `internal`, what stays among ourselves too."""
    noted = [one for one in minutes.questions if internal or one.visibility == "client"]
    found = [*_disputes(talk), *_put_off(said, talk, noted), *_noted(talk, noted)]
    found += _vague(talk)
    return tuple({(one.slot, one.a): one for one in reversed(found)}.values())[::-1]


def disputed(talk: Talk) -> tuple[tuple[Clause, Clause], ...]:
    """Pairs of clauses in which two people of the client give different numbers for one thing."""
    clauses = [c for c in talk.client if _amounts(c.text)]
    pairs: dict[frozenset[object], tuple[Clause, Clause]] = {}
    for index, first in enumerate(clauses):
        for second in clauses[index + 1 : index + 4]:
            if _differ(first, second, talk) and not _settled_after(talk, second):
                values = frozenset(
                    (_amounts(first.text)[-1].value, _amounts(second.text)[-1].value)
                )
                pairs.setdefault(values, (first, second))
                break
    return tuple(pairs.values())


def _amounts(text: str) -> tuple[NumberMention, ...]:
    return tuple(one for one in find_numbers(text) if not one.ordinal)


def _differ(first: Clause, second: Clause, talk: Talk) -> bool:
    if second.at == first.at or second.at - first.at > _NEAR:
        return False
    if _bare(second) and _unchosen(first, second, talk):
        return True
    if first.speaker == second.speaker:
        return False
    words = [turn.text for turn in talk.turns if turn.at in (first.at, second.at)]
    if not any(cues("say.dispute").search(text) for text in words):
        return False
    one, other = _amounts(first.text)[-1], _amounts(second.text)[-1]
    if one.unit is None and not content_words(first.text) & content_words(second.text):
        return False
    return dimension(one.unit) == dimension(other.unit) and one.value != other.value


def _bare(clause: Clause) -> bool:
    """Whether a clause is an amount and nothing else, so that it is about what was just said."""
    rest = clause.text
    for number in reversed(_amounts(rest)):
        rest = f"{rest[: number.start]}{rest[number.end :]}"
    return len(rest.strip(" ，,。.的")) <= 1 and any(one.unit for one in _amounts(clause.text))


def _unchosen(first: Clause, second: Clause, talk: Talk) -> bool:
    """Whether two amounts stand for one thing and no word says that the later one holds."""
    turn = next(turn for turn in talk.turns if turn.at == second.at)
    chosen = any(cues(one).search(turn.text) for one in ("say.takes_back", "say.correction"))
    asked = any(turn.side == "us" and turn.asks for turn in talk.turns if turn.at == second.at - 1)
    hurts = first.asks or cues("say.pain").search(first.text)
    if chosen or asked or hurts or not _amounts(first.text):
        return False
    one, other = _amounts(first.text)[-1], _amounts(second.text)[-1]
    return one.unit == other.unit and one.value != other.value


def _settled_after(talk: Talk, second: Clause) -> bool:
    """Whether one of the two then settles it with a number."""
    for turn in talk.turns:
        if turn.side != "us" and second.at < turn.at <= second.at + 3:
            return bool(cues("say.settled").search(turn.text) and _amounts(turn.text))
    return False


def _disputes(talk: Talk) -> Iterable[Doubt]:
    for first, second in disputed(talk):
        slot = slot_of(f"{first.text} {second.text}")
        slot = _slot_of_amount(_amounts(second.text)[-1]) if slot == "other" else slot
        a, b = _gist(first), _gist(second)
        yield Doubt("dispute", slot, a, b, (a, b))


def _slot_of_amount(one: NumberMention) -> SlotKey:
    """What an amount decides: seconds and minutes how fast, longer times when, all else a rule."""
    measure = dimension(one.unit)
    if measure == "second" and amount(one.value, one.unit) < _HOUR:
        return "performance"
    return "timing" if measure in ("second", "day", "month") else "field_rule"


def _gist(clause: Clause) -> str:
    """What differs: the number with its unit, or the clause where a bare number says too little."""
    number = _amounts(clause.text)[-1]
    if number.unit is None and len(clause.text) <= _SHORT and not clause.asks:
        return clause.text
    return clause.text[number.start : number.end].strip()


def _put_off(said: Iterable[Exchange], talk: Talk, noted: Sequence[Question]) -> Iterable[Doubt]:
    fought = {clause.at for pair in disputed(talk) for clause in pair}
    for one in said:
        wishes = one.turn.side != "us" and cues("say.need").search(one.turn.text)
        if one.turn.at in fought or wishes:
            continue
        if one.kind == "question" and one.outcome == "open":
            asked = next((q.text for q in noted if one.turn.segment in _cited(q)), None)
            question = asked or question_text(one.turn)
            if question:
                reply = one.reply[0].text if one.reply else ""
                choices = _alternatives(question)
                yield Doubt("put_off", one.slot, question, reply, choices, asked is not None)


def question_text(turn: Turn) -> str:
    """The sentence that asks, without greetings around it."""
    asking = [one for one in turn.sentences if one.asks and not _mere(one.text)]
    if not asking:
        return ""
    whole = turn.text[asking[0].start : asking[-1].end]
    return (whole if len(whole) <= _LONGEST else asking[-1].text).strip(" ，,")


def _mere(text: str) -> bool:
    """Whether a question is only an echo, such as "Fifty?"."""
    return len(text) < (4 if _CJK.search(text) else 12)


def _alternatives(question: str) -> tuple[str, ...]:
    match = (_EITHER if _CJK.search(question) else _EN_EITHER).search(f"{question}?")
    return (match["a"].strip(), match["b"].strip()) if match else ()


def _noted(talk: Talk, noted: Iterable[Question]) -> Iterable[Doubt]:
    """Open questions of the minutes that were asked in this talk."""
    segments = {turn.segment for turn in talk.turns if turn.at in talk.own}
    for question in noted:
        asks = not _mere(question.text) and not cues("talk.plea").search(question.text)
        if asks and _cited(question) & segments:
            yield Doubt("noted", slot_of(question.text), question.text, raised=True)


def _cited(question: Question) -> set[str]:
    return {one for evidence in question.evidence for one in evidence.segments}


def _vague(talk: Talk) -> Iterable[Doubt]:
    """Words without a measure, unless a number was given for them afterwards."""
    for slot, name in (
        ("performance", "delay"),
        ("field_rule", "degree"),
        ("field_rule", "amount"),
    ):
        for clause in talk.client:
            if clause.at not in talk.own:
                continue
            match = cues(f"vague.{name}").search(clause.text)
            if match and not _CJK.search(match.group()) and not _wished(talk, clause):
                continue
            if match and not (name == "delay" and _measured_after(talk, clause.at)):
                kind: SlotKey = "performance" if slot == "performance" else "field_rule"
                yield Doubt("vague", kind, match.group(), name)


def _wished(talk: Talk, clause: Clause) -> bool:
    """Whether the turn of a clause wishes for something: "faster" alone may tell of anything."""
    return any(
        cues("say.need").search(turn.text) or cues("say.wish").search(turn.text)
        for turn in talk.turns
        if turn.at == clause.at
    )


def _measured_after(talk: Talk, at: int) -> bool:
    return any(
        dimension(number.unit) in ("second", "day")
        for turn in talk.turns
        if turn.side != "us" and at < turn.at <= at + 8
        for number in find_numbers(turn.text)
    )
