"""EARS: the values of a spec as sentences that hold one SHALL each and say nothing more.

A value that is such a sentence stays as it is. One that names a condition becomes When, While, If
or Where; everything else says what the system shall do at any time. Where putting words around a
value would change a number, a date, a name or a negation of it, the value is quoted whole.
"""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Literal, NamedTuple

from pipeline.language.facts import facts
from pipeline.language.normalise import folded, visible
from pipeline.models.base import Language
from pipeline.models.evidence import Evidence
from pipeline.models.slots import FACT_ORIGINS, Origin, Permission, Slot
from pipeline.models.spec import FeatureSpec

Pattern = Literal["ubiquitous", "event", "state", "unwanted", "option"]
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
    words = _words(language)
    parts = [line for part in _SENTENCE.split(value) if (line := _line(part))]
    if len(parts) > 1 and all(words.shall.search(part) for part in parts):
        return tuple(_one(part, words) for part in parts)
    return (_one(_line(value), words),)


def loud(text: str, language: Language) -> str:
    """The sentence with its SHALL in capitals, as tools look for it."""
    shall = _words(language).shall
    if language == "en":
        return shall.sub("SHALL", text, count=1)
    denied = re.compile(f"不{shall.pattern}")
    found = denied if denied.search(text) else shall
    return found.sub(" SHALL 不" if found is denied else " SHALL ", text, count=1)


def _sentences(spec: FeatureSpec) -> Iterator[Sentence]:
    yield from _started(spec)
    for name in _TABLES:
        for number, slot in enumerate(getattr(spec, name)):
            yield from _of_slot(f"{name}[{number}]", slot, spec.language)
    for number, row in enumerate(spec.permissions):
        yield from _rights(f"permissions[{number}]", row, spec.language)


def _of_slot(path: str, slot: Slot, language: Language) -> Iterator[Sentence]:
    if isinstance(slot.value, str) and folded(slot.value):
        for one in ears(slot.value, language):
            yield Sentence(
                path, one.text, one.pattern, slot.origin, slot.evidence, one.condition, one.response
            )


def _started(spec: FeatureSpec) -> Iterator[Sentence]:
    """What starts it and what comes out; of two values the weaker origin counts."""
    words = _words(spec.language)
    trigger, output = _text(spec.trigger), _text(spec.format)
    if words.shall.search(trigger):
        yield from _of_slot("trigger", spec.trigger, spec.language)
        trigger = ""
    used = [slot for slot, told in ((spec.trigger, trigger), (spec.format, output)) if told]
    if not used:
        return
    result = words["output"].format(format=output) if output else words["run"]
    text = _start(trigger, words) + result
    yield Sentence(
        "trigger" if trigger else "format",
        text[0].upper() + text[1:],
        "event" if trigger else "ubiquitous",
        next((one.origin for one in used if one.origin not in FACT_ORIGINS), used[0].origin),
        tuple(dict.fromkeys(one for slot in used for one in slot.evidence)),
        trigger,
        result,
    )


def _start(trigger: str, words: "_Words") -> str:
    """The condition that a trigger is; in quotes where it is more than a condition."""
    if not trigger:
        return ""
    found = words.starts.search(trigger)
    if found and not words.first_person.search(trigger):
        put = words["start"].format(condition=found["if"])
        if not facts(put).differ_from(facts(trigger)):
            return put
    return words["start_said"].format(condition=trigger)


def _rights(path: str, row: Permission, language: Language) -> Iterator[Sentence]:
    words = _words(language)
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


def _one(value: str, words: "_Words") -> Put:
    """The value in the first form that keeps all its facts; quoted whole where none does."""
    for put in _forms(value, words):
        if not facts(put.text).differ_from(facts(value)):
            return put
    return _said(value, words)


def _forms(value: str, words: "_Words") -> Iterator[Put]:
    if words.shall.search(value):
        yield _kept(value, words)
    elif not words.first_person.search(value):
        for pattern, condition, then in _conditions(value, words):
            text = words[pattern].format(condition=condition, response=_response(then, words))
            yield Put(text, pattern, condition, then)
        text = words["ubiquitous"].format(response=_response(value, words))
        yield Put(text, "ubiquitous", "", value)


def _kept(value: str, words: "_Words") -> Put:
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


def _said(value: str, words: "_Words") -> Put:
    """Somebody's own words, in quotes."""
    text = words["ubiquitous"].format(response=words["said"].format(then=value))
    return Put(text, "ubiquitous", "", value)


def _conditions(value: str, words: "_Words") -> Iterator[tuple[Pattern, str, str]]:
    for pattern, expression in words.conditions:
        if found := expression.search(value):
            yield pattern, found["if"].strip(), found["then"].strip()


def _response(then: str, words: "_Words") -> str:
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


class _Words:
    """The words of one language, with their expressions made once."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        self._table = table
        self.shall = re.compile(table["shall"], re.IGNORECASE)
        self.first_person = re.compile(table["first_person"])
        self.starts = re.compile(table["starts"], re.IGNORECASE)
        self.verbs = self._made(table["verbs"])
        self.denied = self._made(table["denied"])
        self.joined = self._made(table["joined"])
        self.conditions: list[tuple[Pattern, re.Pattern[str]]] = [
            (pattern, self._made(expression)) for pattern, expression in table["conditions"]
        ]

    def __getitem__(self, key: str) -> str:
        """The words of one key."""
        return str(self._table[key])

    def no(self, word: str) -> str:
        """A negation as it stands beside the SHALL."""
        return str(self._table["no"].get(word.strip().lower(), self._table["no"]["other"]))

    def _made(self, expression: str) -> re.Pattern[str]:
        filled = expression.replace("{verbs}", self._table["verbs"])
        return re.compile(filled.replace("{shall}", self._table["shall"]), re.IGNORECASE)


@cache
def _words(language: Language) -> _Words:
    text = files("pipeline.language").joinpath("ears.toml").read_text("utf-8")
    return _Words(tomllib.loads(text)[language])
