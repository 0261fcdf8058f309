"""Attending: people whom a project or a note names, and who of them opens a line."""

import re
from collections.abc import Iterator

from pipeline.engines.rules.extraction.dialogue import Dialogue
from pipeline.language.labels import label_of

_WHO = re.compile(
    r"(?i)(?:参会|参加|出席|到场|在场|与会)(?:人|人员)?|访谈对象|attendees|participants|present"
)
_BETWEEN = re.compile(r"[、，,;；/]|\s+and\s+|(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])")
_AROUND = re.compile(r"^\s*(?:我方|我司|客户方?|甲方|乙方)?[:：]?\s*|\s*[(（].*$|[\s。.]+$")
_SHORTEST = 2
"""Characters of a name; a single one opens too many lines."""


def opened_by(text: str, dialogue: Dialogue) -> str | None:
    """The person whose name a line begins with, such as 许立 of 许立周五前给样表; None where nobody is."""
    found = (name for name in _people(dialogue) if _opens(name, text))
    return max(found, key=len, default=None)


def _people(dialogue: Dialogue) -> Iterator[str]:
    yield from (one.name for one in dialogue.project.participants)
    for turn in dialogue.turns:
        if turn.speaker:
            yield turn.speaker
        if _WHO.fullmatch(label_of(turn.text) or ""):
            told = re.split("[:：]", turn.text, maxsplit=1)[-1]
            yield from (_AROUND.sub("", one) for one in _BETWEEN.split(told))


def _opens(name: str, text: str) -> bool:
    after = text[len(name) : len(name) + 1]
    runs_on = after.isascii() and after.isalnum() and name[-1:].isascii()
    return len(name) >= _SHORTEST and text.startswith(name) and not runs_on
