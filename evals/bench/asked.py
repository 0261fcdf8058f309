"""What a question to a model shows, read back out of it, and answers that fit the form it asks for."""

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from evals.bench.scripted import Body


class Shown(NamedTuple):
    """The lines of JSON in one question: turns of the call, and items that were found before."""

    fields: frozenset[str]
    """What the answer is to hold: it tells the call site."""
    turns: tuple[Mapping[str, Any], ...]
    items: tuple[Mapping[str, Any], ...]
    text: str
    """All that was sent, as one text."""

    def own(self) -> list[Mapping[str, Any]]:
        """The turns that are asked about, without those that are only read along."""
        return [one for one in self.turns if not one.get("context")]


def shown(body: Body) -> Shown:
    """One question, read."""
    sent = [str(one["content"]) for one in body["messages"]]
    lines = [json.loads(line) for line in sent[-1].splitlines() if line.startswith('{"')]
    return Shown(
        fields=frozenset(_form(body)["properties"]),
        turns=tuple(one for one in lines if "t" in one and "text" in one),
        items=tuple(one for one in lines if "id" in one),
        text="\n".join(sent),
    )


def filled(body: Body, answer: Mapping[str, Any]) -> dict[str, Any]:
    """The answer with every key that its form requires; what it does not say is empty."""
    schema = _form(body)
    made: dict[str, Any] = _fill(schema, answer, schema.get("$defs", {}))
    return made


def _form(body: Body) -> Mapping[str, Any]:
    schema: Mapping[str, Any] = body["response_format"]["json_schema"]["schema"]
    return schema


def _fill(schema: Mapping[str, Any], value: Any, known: Mapping[str, Any]) -> Any:  # noqa: ANN401 - JSON
    while "$ref" in schema:
        schema = known[schema["$ref"].rsplit("/", 1)[-1]]
    if isinstance(value, list | tuple):
        return [_fill(schema.get("items", {}), one, known) for one in value]
    if isinstance(value, Mapping) and "properties" in schema:
        given = {**dict.fromkeys(schema["properties"]), **value}
        return {
            name: _fill(inner, given[name], known)
            if given[name] is not None
            else _empty(inner, known)
            for name, inner in schema["properties"].items()
        }
    return value


def _empty(schema: Mapping[str, Any], known: Mapping[str, Any]) -> Any:  # noqa: ANN401 - JSON
    """The least that the form takes: nothing where nothing is allowed."""
    while "$ref" in schema:
        schema = known[schema["$ref"].rsplit("/", 1)[-1]]
    if "enum" in schema:
        return schema["enum"][-1]
    kinds = [one.get("type") for one in schema.get("anyOf", [schema])]
    if "null" in kinds:
        return None
    if "object" in kinds:
        return _fill(schema, {}, known)
    return {"string": "", "array": [], "boolean": False}.get(str(kinds[0]), 0)
