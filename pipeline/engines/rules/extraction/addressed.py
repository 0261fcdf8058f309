"""Addressed: whom a turn tells to do something, by the name they are called."""

import re
from collections.abc import Iterator

from pipeline.engines.rules.extraction.dialogue import Dialogue
from pipeline.engines.rules.extraction.turn import Turn
from pipeline.language import cues
from pipeline.language.script import has_cjk
from pipeline.models.project import Participant

_NOBODY = frozenset({"him", "her", "them", "it", "you", "someone", "somebody", "a", "the", "my"})
"""Words after "I will have" that are no name."""
_FORMS = (
    "总|工|经理|主任|部长|科长|处长|院长|老师|医生|姐|哥|师傅|队长|厂长|店长|校长|会计|主管|博士"
)
_LEAD = (
    r"(?:^|[,，.。;；!！?？:：]\s*|(?:那|好|行|嗯|哎|okay|ok|so|and|then|right|well)[,，\s]+|那)"
)
_I_DO = re.compile(
    r"(?<![给发跟帮让找问和与向对诉回叫替])我(?!们|们的|的)"
    r"|\b(?:i'll|i will|i can|i'd|i'm going|let me|we'll|we will)\b"
)
"""The speaker as the one who does something, not the one it is done for."""
_YOU_DO = re.compile(
    r"(?:^|[,，.。;；!！?？]\s*)(?:那|好|行)?(?:你|您)(?!那|这)(?!(?:们)?[^,，.。]{0,8}(?:收到|看到|拿到|就有|会有|放心))"
)
_ORDER = r"(?:you\b|please\b|(?:can|could|would|will) you\b)"
_VERBS = "send|share|check|ask|write|prepare|confirm|find|get|give|put|draft|call|book|look|tell"


def owner_of(text: str, turn: Turn, dialogue: Dialogue) -> str | None:
    """Who does it: somebody named, or the speaker unless somebody else or a side is meant."""
    plain = cues.plain(text)
    named = cues.find("action.told", plain)
    if named and named[1] not in _NOBODY:
        return text[named.start(1) : named.end(1)]
    called = told_to(text, turn, dialogue)
    if called:
        return called
    if tells_you(text):
        return _who_nods(turn, dialogue)
    if cues.has("person.i", plain):
        return turn.speaker
    for person in dialogue.project.participants:
        if person.name != turn.speaker and cues.plain(person.name) in plain:
            return person.name
    others = cues.has("person.we", plain) or cues.has("action.other", plain)
    return None if others else turn.speaker


def told_to(text: str, turn: Turn, dialogue: Dialogue) -> str | None:
    """The participant whom some words of a turn tell to do it, such as "Carl, can you send it".

    None where nobody is called, two people could be meant, or the speaker takes it on.
    """
    plain = cues.plain(text)
    if _I_DO.search(plain):
        return None
    people = [one for one in dialogue.project.participants if one.name != turn.speaker]
    named = [one.name for one in people if _tells(plain, "|".join(_called(one)))]
    return named[0] if len(named) == 1 else None


def tells_you(text: str) -> bool:
    """Whether some words tell a listener without a name to do it."""
    plain = cues.plain(text)
    return bool(_YOU_DO.search(plain)) and not _I_DO.search(plain)


def _who_nods(turn: Turn, dialogue: Dialogue) -> str | None:
    """Who says yes at once to what a turn tells somebody to do."""
    others = (one for one in dialogue.after(turn) if one.speaker != turn.speaker)
    return next((one.speaker for one in others if cues.at_start("answer.yes", one.plain)), None)


def _tells(plain: str, name: str) -> bool:
    before = rf"{_LEAD}(?:{name})[,，\s]*(?:(?:你|您)(?!们)|{_ORDER}|麻烦|请)"
    verb = rf"{_LEAD}(?:{name}), (?:please |just )?(?:{_VERBS})\b"
    after = rf"(?:(?:你|您)(?!们)|{_ORDER}).*[,，]\s*(?:{name})[啊呀吧.。!！?？\s]*$"
    return any(re.search(pattern, plain) for pattern in (before, verb, after))


def _called(person: Participant) -> Iterator[str]:
    """What a person is called, as patterns: "小邱" and "邱经理" for 邱博, "carl" for Carl Smith."""
    for name in dict.fromkeys(filter(None, (person.name, person.title))):
        plain = cues.plain(name)
        yield re.escape(plain)
        if not has_cjk(plain):
            yield rf"\b{re.escape(plain.split()[0])}\b"
    name = cues.plain(person.name)
    if has_cjk(name) and len(name) in (2, 3):
        yield rf"[小老阿]{name[0]}"
        yield rf"{name[0]}(?:{_FORMS})"
        if len(name) == 3:
            yield re.escape(name[1:])
