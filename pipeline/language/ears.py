"""EARS: the values of a spec as sentences that hold one SHALL each and say nothing more.

A value that is such a sentence stays as it is. One that names a condition becomes When, While, If
or Where; everything else says what the system shall do at any time. Where putting words around a
value would change a number, a date, a name or a negation of it, the value is quoted whole.
"""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from pipeline.language.ears_words import Pattern, Words, words_of
from pipeline.language.facts import facts
from pipeline.language.normalise import folded, visible
from pipeline.models.answering import question_behind
from pipeline.models.base import Language
from pipeline.models.evidence import Evidence
from pipeline.models.slots import FACT_ORIGINS, Origin, Permission, Slot
from pipeline.models.spec import FeatureSpec

_SENTENCE = re.compile(r"(?<=[。；！？])|(?<=[.;!?])\s+(?=[A-Z“])")
_END = " 　。.；;"
_TABLES = ("behaviours", "rules", "limits", "errors")


class Sentence(NamedTuple):
    """One requirement of a spec."""

    path: str
    """The value it says, such as "rules[0]"; the same for each of several sentences of a value."""
    text: str
    pattern: Pattern
    origin: Origin
    evidence: tuple[Evidence, ...]
    condition: str = ""
    """What it waits for; empty where it holds at any time."""
    response: str = ""
    """What the system then does, without the SHALL."""

    @property
    def assumed(self) -> bool:
        """Whether nobody said it and no system holds it: an assumption until somebody does."""
        return self.origin not in FACT_ORIGINS


class Put(NamedTuple):
    """A value put into a pattern."""

    text: str
    pattern: Pattern
    condition: str = ""
    response: str = ""


def sentences(spec: FeatureSpec) -> tuple[Sentence, ...]:
    """What the spec asks of the system, in the order in which a developer reads it."""
    return tuple(_sentences(spec))


def ears(value: str, language: Language) -> tuple[Put, ...]:
    """One value as sentences: several only where it is several that have a SHALL each."""
    words = words_of(language)
    parts = [line for part in _SENTENCE.split(value) if (line := _line(part))]
    if len(parts) > 1 and all(words.shall.search(part) for part in parts):
        return tuple(_one(part, words) for part in parts)
    return (_one(_line(value), words),)


def condition_of(trigger: str, language: Language) -> str | None:
    """What starts it as a condition behind "when"; None where it is no more than words."""
    words, trigger = words_of(language), _line(trigger)
    found = words.starts.search(trigger)
    if found is None or words.first_person.search(trigger):
        return None
    condition = found["if"] or found["clause"]
    return condition[0].lower() + condition[1:] if words.clause.match(condition) else condition


def outcome(put: Put, language: Language) -> str:
    """What a tester sees then: the system does it, or the words as they stand."""
    words = words_of(language)
    if words.shall.search(put.response) or put.text == _said(put.response, words).text:
        return put.response
    response = _response(put.response, words)
    if response == words["whole"].format(then=put.response):
        return put.response
    return words["outcome"].format(response=response)


def loud(text: str, language: Language) -> str:
    """The sentence with its SHALL in capitals, as tools look for it."""
    shall = words_of(language).shall
    if language == "en":
        return shall.sub("SHALL", text, count=1)
    denied = re.compile(f"不{shall.pattern}")
    found = denied if denied.search(text) else shall
    return found.sub(" SHALL 不" if found is denied else " SHALL ", text, count=1)


def _sentences(spec: FeatureSpec) -> Iterator[Sentence]:
    yield from _started(spec)
    for name in _TABLES:
        for number, slot in enumerate(getattr(spec, name)):
            if not _background(slot, spec.language):
                yield from _of_slot(f"{name}[{number}]", slot, spec)
    for number, row in enumerate(spec.permissions):
        yield from _rights(f"permissions[{number}]", row, spec.language)


def background(spec: FeatureSpec) -> tuple[tuple[str, Slot], ...]:
    """By path, what is no requirement: what the system holds already, and talk of the project."""
    return tuple(
        (f"{name}[{number}]", slot)
        for name in _TABLES
        for number, slot in enumerate(getattr(spec, name))
        if _background(slot, spec.language)
    )


def _background(slot: Slot, language: Language) -> bool:
    words, value = words_of(language), _text(slot)
    if not value or words.shall.search(value):
        return False
    return slot.origin == "dictionary" or words.talk.search(value) is not None


def _of_slot(path: str, slot: Slot, spec: FeatureSpec) -> Iterator[Sentence]:
    if isinstance(slot.value, str) and folded(slot.value):
        answer = _answer(slot, spec)
        for one in [answer] if answer else ears(slot.value, spec.language):
            yield Sentence(
                path, one.text, one.pattern, slot.origin, slot.evidence, one.condition, one.response
            )


def _answer(slot: Slot, spec: FeatureSpec) -> Put | None:
    """An answer first, then what was asked: a question is nothing that a system could do."""
    question, words = question_behind(slot, spec), words_of(spec.language)
    if question is None or question.answer is None:
        return None
    asked, told = _line(question.question).rstrip("？?"), _line(question.answer)
    text = words["answered"].format(answer=told, question=asked)
    known = _text(slot).startswith(asked) and not words.shall.search(told)
    if not known or facts(text).differ_from(facts(_text(slot))):
        return None
    return Put(text, "ubiquitous", "", told)


def _started(spec: FeatureSpec) -> Iterator[Sentence]:
    """What starts it and what comes out; of two values the weaker origin counts."""
    words = words_of(spec.language)
    trigger, output = _text(spec.trigger), _text(spec.format)
    if words.shall.search(trigger):
        yield from _of_slot("trigger", spec.trigger, spec)
        trigger = ""
    used = [slot for slot, told in ((spec.trigger, trigger), (spec.format, output)) if told]
    if not used:
        return
    result = words["output"].format(format=output) if output else words["run"]
    text = _start(trigger, result, spec.language)
    yield Sentence(
        "trigger" if trigger else "format",
        text[0].upper() + text[1:],
        "event" if trigger else "ubiquitous",
        next((one.origin for one in used if one.origin not in FACT_ORIGINS), used[0].origin),
        tuple(dict.fromkeys(one for slot in used for one in slot.evidence)),
        trigger,
        result,
    )


def _start(trigger: str, result: str, language: Language) -> str:
    """What comes out behind its condition; where it is more than one, before the words of it."""
    words = words_of(language)
    if not trigger:
        return result
    forms = []
    condition = condition_of(trigger, language)
    if condition:
        forms.append(words["start"].format(condition=condition) + result)
    if words.times.search(trigger):
        forms.append(words["start_time"].format(condition=trigger) + result)
    for put in forms:
        if not facts(put).differ_from(facts(f"{trigger}\n{result}")):
            return put
    return words["start_said"].format(condition=trigger, result=result.rstrip(_END))


def _rights(path: str, row: Permission, language: Language) -> Iterator[Sentence]:
    words = words_of(language)
    role = _line(row.role)
    rights = [(name, getattr(row, name)) for name in ("see", "do", "export")]
    granted = [words[name] for name, may in rights if may]
    for right, may in rights:
        if may is False:
            text = words["refuse"].format(role=role, right=words[right])
            yield Sentence(path, text, "unwanted", row.origin, row.evidence)
    if granted:
        text = words["allow"].format(role=role, right=words["comma"].join(granted))
        yield Sentence(path, text, "ubiquitous", row.origin, row.evidence)


def _one(value: str, words: Words) -> Put:
    """The value in the first form that keeps all its facts; quoted whole where none does."""
    for put in _forms(value, words):
        if not facts(put.text).differ_from(facts(value)):
            return put
    return _said(value, words)


def _forms(value: str, words: Words) -> Iterator[Put]:
    if words.shall.search(value):
        yield _kept(value, words)
    elif not words.first_person.search(value):
        for pattern, condition, then in _conditions(value, words):
            text = words[pattern].format(condition=condition, response=_response(then, words))
            yield Put(text, pattern, condition, then)
        if not words.half.search(value):
            text = words["ubiquitous"].format(response=_response(value, words))
            yield Put(text, "ubiquitous", "", value)


def _kept(value: str, words: Words) -> Put:
    """A sentence that has its SHALL already; of several that are joined the first stays."""
    text = value + words["end"]
    if len(words.shall.findall(text)) > 1:
        first, rest = _cut(text, words.shall)
        text = first + words.joined.sub(_without(words.shall), rest)
    for pattern, condition, then in _conditions(value, words):
        return Put(text, pattern, condition, then)
    return Put(text, "ubiquitous", "", value)


def _cut(text: str, shall: re.Pattern[str]) -> tuple[str, str]:
    """The text up to its first SHALL and behind it."""
    found = shall.search(text)
    end = found.end() if found else 0
    return text[:end], text[end:]


def _without(shall: re.Pattern[str]) -> Callable[[re.Match[str]], str]:
    return lambda found: shall.sub("", found[0]).replace("  ", " ")


def _said(value: str, words: Words) -> Put:
    """Somebody's own words, in quotes."""
    text = words["ubiquitous"].format(response=words["said"].format(then=value))
    return Put(text, "ubiquitous", "", value)


def _conditions(value: str, words: Words) -> Iterator[tuple[Pattern, str, str]]:
    for pattern, expression in words.conditions:
        if found := expression.search(value):
            yield pattern, found["if"].strip(), found["then"].strip()


def _response(then: str, words: Words) -> str:
    """What the system shall do: behind the SHALL itself where the words begin with a verb."""
    several = "，" in then or "," in then or "；" in then or ";" in then
    if found := words.denied.match(then):
        if not several:
            return words["deny"].format(word=words.no(found[0]), then=then[found.end() :])
    elif words.verbs.match(then):
        return words["plain"].format(then=then[0].lower() + then[1:])
    return words["whole"].format(then=then)


def _text(slot: Slot) -> str:
    return _line(slot.value) if isinstance(slot.value, str) else ""


def _line(text: str) -> str:
    """One line without a full stop at its end."""
    return " ".join(visible(text).split()).rstrip(_END)
