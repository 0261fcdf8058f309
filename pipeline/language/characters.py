"""Chinese as it was heard -> in the characters that a project is written in.

Whisper mixes simplified and traditional characters. What is written here keeps the length of a
text, so that places and times of words stay what they were.
"""

from collections.abc import Iterable
from typing import NamedTuple

from pipeline.language.han import Table, alike, converted, leaning, simplified
from pipeline.language.script import has_cjk
from pipeline.models.project import Characters, Project
from pipeline.models.review import EditEvent
from pipeline.models.transcript import Transcript

_TABLES: dict[Characters, Table] = {"traditional": "s2t", "taiwan": "s2tw", "hongkong": "s2hk"}
_ZONES: dict[str, Characters] = {
    "Asia/Taipei": "taiwan",
    "Asia/Hong_Kong": "hongkong",
    "Asia/Macau": "hongkong",
}
"""Time zones in which traditional characters are written."""


class Writing(NamedTuple):
    """How the Chinese of a call is written."""

    characters: Characters
    """Never "auto"."""
    names: tuple[str, ...] = ()
    """What is written otherwise in the project, and stays as it is there; the longest last."""

    def rewritten(self, text: str) -> str:
        """A text in these characters, letter for letter as long as it was."""
        if self.characters == "as_heard" or not has_cjk(text):
            return text
        written = _in(self.characters, text)
        looked_at = alike(text)
        for name in self.names:
            at = looked_at.find(alike(name))
            while at >= 0:
                end = at + len(name)
                written = written[:at] + name + written[end:]
                at = looked_at.find(alike(name), end)
        return written


def writing(project: Project) -> Writing:
    """How the calls of a project are written down.

    "auto" takes the characters of the project itself: its names, terms and lines. Where those
    tell nothing, its time zone decides, and else it is simplified.
    """
    chosen = project.characters if project.characters != "auto" else _own(project)
    if chosen == "as_heard":
        return Writing(chosen)
    # A single character may be part of any word.
    names = {one for one in _names(project) if len(one) > 1 and _in(chosen, one) != one}
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
    if alike(edit.before) != alike(respelled):
        return event
    return event.with_(body=edit.with_(before=respelled))


def _own(project: Project) -> Characters:
    texts = [*_names(project), *project.glossary.values(), *project.capabilities, *project.scope]
    leans = leaning("".join(texts))
    if leans > 0:
        return in_traditional(project)
    return "simplified" if leans < 0 else _ZONES.get(project.time_zone, "simplified")


def in_traditional(project: Project) -> Characters:
    """The traditional characters of where a project is; those of Taiwan where it does not tell."""
    return _ZONES.get(project.time_zone, "taiwan")


def _in(characters: Characters, text: str) -> str:
    """Letter by letter: a traditional one stays, any other follows the word it stands in.

    A word is only known where all of it is simplified: 頭发 is first looked at as 头发.
    """
    table = _TABLES.get(characters)
    if table is None:
        return simplified(text)
    plain = converted(text, "t2s")
    kept, read = converted(text, table), converted(plain, table)
    return "".join(
        as_is if one != other else by_word
        for one, other, as_is, by_word in zip(text, plain, kept, read, strict=True)
    )


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
