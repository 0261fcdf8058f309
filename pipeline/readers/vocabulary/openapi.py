"""OpenAPI 3 and Swagger 2: schemas -> tables, their properties -> columns."""

from collections.abc import Iterator, Mapping
from typing import Any

from pipeline.readers.vocabulary.gathering import Gathering
from pipeline.readers.vocabulary.structured import text

_DEEPEST = 8
"""References that are followed from one schema to what it is built on."""
_MOST_BASES = 50


def is_openapi(value: object) -> bool:
    """Whether a parsed file says so itself."""
    return isinstance(value, dict) and ("openapi" in value or "swagger" in value)


def read_schemas(value: Mapping[str, Any], gathering: Gathering) -> None:
    """Every schema with properties; the others (lists of values, mere numbers) are counted.

    Raises:
        NotReadableError: more columns than the bound.
    """
    schemas = _schemas(value)
    skipped = 0
    for name, schema in schemas.items():
        properties = dict(_properties(schema, schemas, 0, set()))
        if not isinstance(schema, dict) or not properties:
            skipped += 1
            continue
        label = _label(schema)
        if not gathering.begin(str(name), label, place=str(name)):
            continue
        for field, inside in properties.items():
            called = _label(inside)
            kind = _kind(inside)
            gathering.column(str(name), str(field), called, kind=kind, place=str(name))
    if skipped:
        gathering.find("schemas_without_properties", count=skipped)


def _schemas(value: Mapping[str, Any]) -> dict[str, Any]:
    components = value.get("components")
    found = components.get("schemas") if isinstance(components, dict) else None
    found = found if found is not None else value.get("definitions")
    return found if isinstance(found, dict) else {}


def _properties(
    schema: object, schemas: Mapping[str, Any], depth: int, seen: set[str]
) -> Iterator[tuple[str, Any]]:
    """Own and inherited ones; each base once."""
    if not isinstance(schema, dict) or depth > _DEEPEST or len(seen) > _MOST_BASES:
        return
    base = _referred(schema)
    if base and base not in seen:
        seen.add(base)
        yield from _properties(schemas.get(base), schemas, depth + 1, seen)
    parts = schema.get("allOf")
    for part in parts if isinstance(parts, list) else ():
        yield from _properties(part, schemas, depth + 1, seen)
    own = schema.get("properties")
    if isinstance(own, dict):
        yield from own.items()


def _referred(schema: Mapping[str, Any]) -> str:
    return text(schema.get("$ref")).rpartition("/")[2]


def _label(schema: object) -> str:
    if not isinstance(schema, dict):
        return ""
    return text(schema.get("title")) or text(schema.get("description"))


def _kind(schema: object) -> str:
    if not isinstance(schema, dict):
        return ""
    if base := _referred(schema):
        return base
    kind = schema.get("type")
    if isinstance(kind, list):
        kind = "|".join(text(one) for one in kind if one != "null")
    kind = text(kind)
    if kind == "array":
        return f"{_inner(schema.get('items'))}[]"
    limit = text(schema.get("maxLength"))
    return f"{text(schema.get('format')) or kind}{f'({limit})' if limit else ''}"


def _inner(items: object) -> str:
    if not isinstance(items, dict):
        return ""
    return _referred(items) or text(items.get("format")) or text(items.get("type"))
