"""What every domain type shares: frozen, strict on write, lenient on read."""

from functools import cache
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, ValidationInfo, model_validator

Language = Literal["zh", "en"]
Side = Literal["us", "client", "unknown"]
Visibility = Literal["internal", "client"]


class Model(BaseModel):
    """A frozen value. Unknown keys are refused when written and ignored when read."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        validate_by_name=True,
        serialize_by_alias=True,
        json_schema_serialization_defaults_required=True,
    )

    @model_validator(mode="before")
    @classmethod
    def _ignore_unknown_keys(cls, data: object, info: ValidationInfo) -> object:
        if not (isinstance(data, dict) and info.context and info.context.get("reading")):
            return data
        known = _keys(cls)
        if data.keys() <= known:
            return data
        return {key: value for key, value in data.items() if key in known}

    @classmethod
    def read(cls, data: object) -> Self:
        """Validate data that another program or an earlier version wrote.

        Raises:
            pydantic.ValidationError: a key is missing or a value does not fit.
        """
        return cls.model_validate(data, context={"reading": True})

    @classmethod
    def read_json(cls, text: str | bytes) -> Self:
        """Like `read`, from JSON text."""
        return cls.model_validate_json(text, context={"reading": True})

    def with_(self, **changes: object) -> Self:
        """A copy with some fields changed, validated again."""
        values = {name: getattr(self, name) for name in type(self).model_fields}
        return type(self).model_validate(values | changes)


@cache
def _keys(kind: type[BaseModel]) -> frozenset[str]:
    """What the fields of a model are called, here and in JSON."""
    aliases = (field.alias for field in kind.model_fields.values())
    return frozenset(kind.model_fields) | frozenset(filter(None, aliases))
