"""A prompt file and its inputs -> the messages of one question."""

import json
from collections.abc import Mapping, Sequence
from functools import cache

from langchain_core.messages import BaseMessage
from langchain_core.prompts import ChatPromptTemplate

from pipeline.engines.llm.fence import visible
from pipeline.models.base import Language
from pipeline.models.project import Project
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


def dictionary(project: Project) -> str:
    """Tables and columns of the deployed system, a table a line."""
    return _lines(
        [
            _json(
                {
                    "entity": entity.entity,
                    "table": entity.table,
                    "fields": [
                        {"name": one.name, "label": one.label, "type": one.type}
                        for one in entity.fields
                    ],
                }
            )
            for entity in project.data_dictionary
        ]
    )


def _json(value: Mapping[str, object]) -> str:
    return visible(json.dumps(value, ensure_ascii=False))


def _lines(lines: Sequence[str]) -> str:
    return "\n".join(lines) or "-"
