"""Chinese as it was heard -> in the characters that a project is written in.

Whisper mixes simplified and traditional characters. OpenCC turns one into the other by phrases,
so that 后 becomes 後 in 以后 and stays in 皇后; its tables for characters keep the length of a text,
so that places and times of words stay what they were.
"""

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from opencc import OpenCC

from pipeline.language.script import CJK, has_cjk
from pipeline.models.project import Characters, Project
from pipeline.models.review import EditEvent
from pipeline.models.transcript import Transcript

_TABLES: dict[Characters, str] = {
    "simplified": "t2s",
    "traditional": "s2t",
    "taiwan": "s2tw",
    "hongkong": "s2hk",
}
"""OpenCC's tables of characters; those that replace words too (软件, 軟體) are left alone."""
_ZONES: dict[str, Characters] = {
    "Asia/Taipei": "taiwan",
    "Asia/Hong_Kong": "hongkong",
    "Asia/Macau": "hongkong",
}
"""Time zones in which traditional characters are written."""
_HAN = re.compile(f"[{CJK}]")


class Writing(NamedTuple):
    """How the Chinese of a call is written."""

    characters: Characters
    """Never "auto"."""
    names: tuple[str, ...] = ()
    """What is written otherwise in the project, and stays as it is there; the longest last."""

    def rewritten(self, text: str) -> str:
        """A text in these characters, letter for letter as long as it was."""
        table = _TABLES.get(self.characters)
        if table is None or not has_cjk(text):
            return text
        written = _converted(text, table)
        alike = text.translate(_ALIKE)
        for name in self.names:
            at = alike.find(_alike(name))
            while at >= 0:
                end = at + len(name)
                written = written[:at] + name + written[end:]
                at = alike.find(_alike(name), end)
        return written


def writing(project: Project) -> Writing:
    """How the calls of a project are written down.

    "auto" takes the characters of the project itself: its names, terms and lines. Where those
    tell nothing, its time zone decides, and else it is simplified.
    """
    chosen = project.characters if project.characters != "auto" else _own(project)
    table = _TABLES.get(chosen)
    if table is None:
        return Writing(chosen)
    # A single character may be part of any word.
    names = {one for one in _names(project) if len(one) > 1 and _converted(one, table) != one}
    return Writing(chosen, tuple(sorted(names, key=lambda one: (len(one), one))))


def on_these_words(
    edits: Iterable[EditEvent], transcript: Transcript, written: Writing
) -> tuple[EditEvent, ...]:
    """Corrections of turns as if they had been made on this spelling of the same words.

    What people wrote stays as they wrote it. What the project's list corrected is left alone: it
    corrects the words anew.
    """
    turns = {one.id: one.text for one in transcript.segments}
    return tuple(_on(one, turns.get(one.entity_uid), written) for one in edits)


def _on(event: EditEvent, text: str | None, written: Writing) -> EditEvent:
    edit = event.body
    of_text = edit and not edit.mended and (edit.field == "text" or edit.operation == "split")
    if edit is None or not of_text or not isinstance(edit.before, str):
        return event
    # A turn that a split made is in no transcript as it was heard.
    respelled = written.rewritten(edit.before) if text is None else text
    if edit.before.translate(_ALIKE) != respelled.translate(_ALIKE):
        return event
    return event.with_(body=edit.with_(before=respelled))


def _own(project: Project) -> Characters:
    texts = [*_names(project), *project.glossary.values(), *project.capabilities, *project.scope]
    letters = _HAN.findall("".join(texts))
    simplified = sum(_converted(one, "s2t") != one for one in letters)
    traditional = sum(_converted(one, "t2s") != one for one in letters)
    here = _ZONES.get(project.time_zone)
    if traditional > simplified:
        return here or "taiwan"
    return "simplified" if simplified else here or "simplified"


def _names(project: Project) -> Iterable[str]:
    """Names and terms that a project lists."""
    for person in project.participants:
        yield from (one for one in (person.name, person.title, person.org, person.site) if one)
    yield from (one for one in (project.client, project.system) if one)
    yield from project.glossary
    for entity in project.data_dictionary:
        yield from (entity.entity, *entity.synonyms)
        for field in entity.fields:
            yield from (field.label, *field.synonyms)


@cache
def _converter(table: str) -> OpenCC:
    return OpenCC(table)


def _converted(text: str, table: str) -> str:
    """By a table of OpenCC; as it is where the result would not be as long."""
    try:
        written = str(_converter(table).convert(text))
    except UnicodeEncodeError:  # half a character
        return text
    return written if len(written) == len(text) else text


@cache
def _alike(name: str) -> str:
    return name.translate(_ALIKE)


class _Alike(dict[int, str]):
    """Each character in its simplified form, looked up once, for `str.translate`."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        self[code] = _converted(letter, "t2s") if _HAN.match(letter) else letter
        return self[code]


_ALIKE = _Alike()
