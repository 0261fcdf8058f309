"""A prompt file and its inputs -> the messages of one question."""

import json
from collections.abc import Mapping, Sequence
from functools import cache

from langchain_core.messages import BaseMessage
from langchain_core.prompts import ChatPromptTemplate

from pipeline.engines.llm.fence import visible
from pipeline.engines.llm.tokens import estimate
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

    Of a dictionary that is too long, the tables with a label or a name that occurs in `words`.

    Args:
        project: Whose system it is.
        words: What is talked about.
        room: Tokens that it may have.
    """
    lines = [(_table(one, one.fields), _hits(one, words)) for one in project.data_dictionary]
    if estimate(_lines([line for line, _ in lines])) <= room:
        return _lines([line for line, _ in lines])
    kept: list[str] = []
    for one in sorted(project.data_dictionary, key=lambda one: -_hits(one, words)):
        named = [field for field in one.fields if _occurs(field.label, field.name, words)]
        whole = _table(one, one.fields)
        line = whole if estimate(whole) <= room else _table(one, named)
        if not _hits(one, words) or estimate(line) > room:
            continue
        room -= estimate(line)
        kept.append(line)
    return _lines(kept)


def _hits(entity: Entity, words: str) -> int:
    """How many names of a table and its columns are talked about."""
    columns = sum(_occurs(one.label, one.name, words) for one in entity.fields)
    return columns + 3 * _occurs(entity.entity, entity.table, words)


def _occurs(label: str, name: str, words: str) -> bool:
    spoken = words.casefold()
    return any(one and one.casefold() in spoken for one in (label, name))


def _table(entity: Entity, fields: Sequence[DictionaryField]) -> str:
    columns = [{"name": one.name, "label": one.label, "type": one.type} for one in fields]
    return _json({"entity": entity.entity, "table": entity.table, "fields": columns})


def _json(value: Mapping[str, object]) -> str:
    return visible(json.dumps(value, ensure_ascii=False))


def _lines(lines: Sequence[str]) -> str:
    return "\n".join(lines) or "-"
