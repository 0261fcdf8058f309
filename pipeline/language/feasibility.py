"""Feasibility: what a change of some kind usually breaks, told early or asked for.

Derived alike for the specs of every engine.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Literal, NamedTuple, TypeVar

from pydantic import Field

from pipeline.language.script import clauses
from pipeline.models.alike import objects
from pipeline.models.answering import PARTS
from pipeline.models.base import Model
from pipeline.models.item import AskKind
from pipeline.models.slots import SlotKey
from pipeline.models.spec import FeatureSpec, Fit, OpenQuestion
from pipeline.words.loader import say

MOST_ASKED = 2
"""Questions on feasibility that one spec asks."""
MOST_OPEN = 10
"""Open questions with which a spec asks enough: what is not asked then is told."""
MOST_TOLD = 5
"""Notes of ours on it that one spec holds."""
_ONE_ANSWER: frozenset[SlotKey] = frozenset(
    {"permission", "volume_limit", "format", "security", "retention", "notify"}
)
"""Slots that a value of the spec answers, whatever it says."""

_HEAD = re.compile(r"[^，,;；:：(（]{4,}")
"""A title up to its first mark: enough to know what a question is about."""

S = TypeVar("S", bound=FeatureSpec)

Breaks = Literal[
    "permission", "performance", "data", "history", "offline", "printing", "modules", "upgrade"
]


class Words(Model):
    """A topic in one language."""

    note: str
    ask: str = ""
    options: tuple[str, ...] = Field(default=(), max_length=5)
    best: str | None = None


class Topic(Model):
    """One thing that a kind of change usually breaks."""

    breaks: Breaks
    when: str = ""
    unless: str = "(?!)"
    asked: str = "(?!)"
    """What a question says that asks the same already, whatever it is filed under."""
    kinds: tuple[AskKind, ...] = ()
    """Only asks of these; any where none is named."""
    fits: tuple[Fit, ...] = ("config", "custom", "integration", "process")
    line: bool | None = None
    """Only where a capability decided the fit, or only where none did."""
    slot: SlotKey | None = None
    """What is asked for; null where the topic is ours to say."""
    zh: Words
    en: Words


class _Told(NamedTuple):
    """A topic in the words of one spec."""

    topic: Topic
    words: Words
    note: str


def weighed(spec: S, asked: str, talk: Iterable[str]) -> S:
    """The spec with notes on what its change may break, and with questions where nobody said.

    What is asked is not noted: its reason says why. Questions never hold the work up.

    Args:
        spec: After its fit was settled; a standard function breaks nothing.
        asked: Title and words of the ask.
        talk: What was said about it.
    """
    said = "\n".join(talk)
    notes = list(spec.feasibility)
    questions = list(spec.open_questions)
    count = 0
    for told in _about(spec, asked):
        if len(notes) - len(spec.feasibility) >= MOST_TOLD:
            break
        room = count < MOST_ASKED and len(questions) < MOST_OPEN
        if room and _is_open(told.topic, spec, questions, said):
            questions.append(_question(told, spec, questions))
            count += 1
        elif told.note not in notes:
            notes.append(told.note)
    return spec.with_(feasibility=tuple(notes), open_questions=tuple(questions))


@cache
def topics() -> Mapping[str, Topic]:
    """All topics, by name, the most telling first."""
    return {
        name: Topic.model_validate(one) for name, one in _table().items() if isinstance(one, dict)
    }


def _about(spec: FeatureSpec, asked: str) -> Iterator[_Told]:
    refused = _pattern(str(_table()["refused"]))
    wanted = "\n".join(one.text for one in clauses(asked) if not refused.search(one.text))
    for topic in topics().values():
        fits = spec.fit in topic.fits and topic.line in (None, spec.fit_line is not None)
        kind = not topic.kinds or spec.kind in topic.kinds
        if fits and kind and _pattern(topic.when).search(wanted):
            words = topic.zh if spec.language == "zh" else topic.en
            yield _Told(topic, words, words.note.replace("{line}", spec.fit_line or ""))


def _is_open(topic: Topic, spec: FeatureSpec, questions: Iterable[OpenQuestion], said: str) -> bool:
    """Whether somebody has to be asked how it is to be handled."""
    asked = _pattern(topic.asked)
    if topic.slot is None or any(
        one.slot == topic.slot or asked.search(one.question) for one in questions
    ):
        return False
    return not _filled(topic.slot, spec) and not _pattern(topic.unless).search(said)


def _filled(slot: SlotKey, spec: FeatureSpec) -> bool:
    if slot == "permission":
        return bool(spec.permissions)
    part = PARTS[slot] if slot in _ONE_ANSWER else None
    if part == "limits":
        return bool(spec.limits)
    return part == "format" and spec.format.value is not None


def _question(told: _Told, spec: FeatureSpec, others: Iterable[OpenQuestion]) -> OpenQuestion:
    taken = {one.id for one in others}
    names = (f"q{number}" for number in range(1, len(taken) + 2))
    named = sorted(objects(one.question for one in spec.open_questions), key=len)
    about = _HEAD.match(spec.title.strip())
    title = about.group().strip() if about else spec.title
    title = named[0] if named else title
    put = say("judge.question", spec.language, title=title, ask=told.words.ask)
    return OpenQuestion(
        id=next(name for name in names if name not in taken),
        slot=told.topic.slot or "other",
        question=put,
        why_it_matters=told.note,
        options=told.words.options,
        recommended=told.words.best,
    )


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files("pipeline.language").joinpath("feasibility.toml").read_text("utf-8"))


@cache
def _pattern(expression: str) -> re.Pattern[str]:
    return re.compile(expression, re.IGNORECASE)
