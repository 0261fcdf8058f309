"""A wire model as the JSON Schema that every endpoint takes: the strict common subset."""

from functools import cache
from typing import Any

from pydantic import BaseModel, ConfigDict

_NEVER = frozenset({"default", "title"})
_BOUNDS = frozenset(
    {
        "minLength",
        "maxLength",
        "minimum",
        "maximum",
        "exclusiveMinimum",
        "exclusiveMaximum",
        "minItems",
        "maxItems",
        "uniqueItems",
        "pattern",
        "format",
    }
)


class Wire(BaseModel):
    """What a model is asked to fill in: flat, every field required, null instead of absent.

    It is no domain model: what arrives is untrusted and is turned into drafts item by item.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")


@cache
def strict_schema(model: type[BaseModel], *, keep_bounds: bool = False) -> dict[str, Any]:
    """Every field required, nothing besides, no defaults; bounds only where they are wanted.

    Bounds slow some servers down by hundreds of times and are refused by others; they are checked
    here afterwards in any case. Made once for each model: nobody changes what they are given.
    """
    dropped = _NEVER if keep_bounds else _NEVER | _BOUNDS
    schema = _strict(model.model_json_schema(), dropped)
    if not isinstance(schema, dict):
        raise TypeError(f"{model.__name__} has no schema of an object")
    return schema


def _strict(node: Any, dropped: frozenset[str]) -> Any:  # noqa: ANN401 - any JSON Schema
    if isinstance(node, list):
        return [_strict(one, dropped) for one in node]
    if not isinstance(node, dict):
        return node
    made: dict[str, Any] = {}
    for name, value in node.items():
        if name in ("properties", "$defs"):
            made[name] = {key: _strict(one, dropped) for key, one in value.items()}
        elif name not in dropped:
            made[name] = _strict(value, dropped)
    if made.get("type") == "object":
        made["additionalProperties"] = False
        made["required"] = list(made.get("properties", {}))
    return made
