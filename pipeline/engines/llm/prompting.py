"""A prompt file and its inputs -> the messages of one question."""

import json
from collections.abc import Mapping, Sequence
from functools import cache

from langchain_core.messages import BaseMessage
from langchain_core.prompts import ChatPromptTemplate

from pipeline.engines.llm.fence import visible
from pipeline.engines.llm.tokens import estimate
from pipeline.language.terms import terms_of
from pipeline.models.base import Language
from pipeline.models.project import DictionaryField, Entity, Project
from prompts.loader import Prompt, prompt


def messages(found: Prompt, **values: str) -> tuple[BaseMessage, ...]:
    """The system and the user message.

    Raises:
        ValueError: an input is missing, or is one too many.
    """
    if set(values) != set(found.inputs):
        wrong = sorted(set(values) ^ set(found.inputs))
        raise ValueError(f"{found.label} takes {found.inputs}: {wrong} do not fit")
    return tuple(_template(found.site, found.language).format_messages(**values))


@cache
def _template(site: str, language: Language) -> ChatPromptTemplate:
    """Mustache with three braces: text goes in as it is, and JSON in a prompt stays JSON."""
    found = prompt(site, language)
    return ChatPromptTemplate.from_messages(
        [("system", found.system), ("human", found.user)], template_format="mustache"
    )


def people(project: Project) -> str:
    """Who speaks, for whom, as what; a line each."""
    told = (
        {
            "name": one.name,
            "side": one.side,
            "title": one.title,
            "role": one.role,
            "org": one.org,
        }
        for one in project.participants
    )
    return _lines([_json({name: value for name, value in one.items() if value}) for one in told])


def system(project: Project) -> str:
    """What is talked about."""
    return visible(" · ".join(one for one in (project.system, project.industry) if one)) or "-"


def glossary(project: Project) -> str:
    """Terms and what they mean, a line each."""
    return _lines([visible(f"{term} = {meaning}") for term, meaning in project.glossary.items()])


def numbered(lines: Sequence[str]) -> str:
    """Lines that an answer names by their number, from 1."""
    return _lines([f"{number}. {visible(line)}" for number, line in enumerate(lines, 1)])


def dictionary(project: Project, words: str, room: int) -> str:
    """Tables and columns of the deployed system, a table a line.

    Of a dictionary that is too long, the tables with something that is named in `words`, as people
    name it: a label, a synonym, a short form, a word that sounds like one.

    Args:
        project: Whose system it is.
        words: What is talked about.
        room: Tokens that it may have.
    """
    whole = _lines([_table(one, one.fields) for one in project.data_dictionary])
    if estimate(whole) <= room:
        return whole
    named = _Named(project, words)
    kept: list[str] = []
    for one in sorted(project.data_dictionary, key=named.hits, reverse=True):
        if not named.hits(one):
            break
        line = _table(one, one.fields)
        if estimate(line) > room:
            line = _table(one, named.fields(one))
        if estimate(line) <= room:
            room -= estimate(line)
            kept.append(line)
    return _lines(kept)


class _Named:
    """What of a dictionary is talked about."""

    def __init__(self, project: Project, words: str) -> None:
        terms = terms_of(project)
        self._spoken = words.casefold()
        self._columns = {one.path for hit in terms.find(words) for one in hit.columns}
        self._tables = {entity.table for _, entity in terms.entities_in(words)}

    def hits(self, entity: Entity) -> int:
        """How many names of a table and its columns are talked about."""
        table = entity.table in self._tables or self._occurs(entity.entity, entity.table)
        return len(self.fields(entity)) + 3 * table

    def fields(self, entity: Entity) -> list[DictionaryField]:
        """The columns that are talked about."""
        return [
            one
            for one in entity.fields
            if f"{entity.table}.{one.name}" in self._columns or self._occurs(one.label, one.name)
        ]

    def _occurs(self, *names: str) -> bool:
        return any(one and one.casefold() in self._spoken for one in names)


def _table(entity: Entity, fields: Sequence[DictionaryField]) -> str:
    columns = [{"name": one.name, "label": one.label, "type": one.type} for one in fields]
    return _json({"entity": entity.entity, "table": entity.table, "fields": columns})


def _json(value: Mapping[str, object]) -> str:
    return visible(json.dumps(value, ensure_ascii=False))


def _lines(lines: Sequence[str]) -> str:
    return "\n".join(lines) or "-"
