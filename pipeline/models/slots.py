"""A slot: one value of a spec together with where it comes from."""

from typing import Literal, Self

from pydantic import model_validator

from pipeline.models.base import Model
from pipeline.models.evidence import Evidence

Origin = Literal["stated", "dictionary", "inferred", "default", "answered", "unknown"]
FACT_ORIGINS: tuple[Origin, ...] = ("stated", "dictionary", "answered")
"""Only these may be presented as fact; inferred and default show as assumptions."""

SlotKey = Literal[
    "goal",
    "actors",
    "trigger",
    "source_data",
    "scope_filter",
    "fields",
    "field_rule",
    "format",
    "volume_limit",
    "timing",
    "frequency",
    "performance",
    "permission",
    "approval",
    "notify",
    "recipients",
    "place_in_ui",
    "empty_or_error",
    "conflict_rule",
    "identity_match",
    "history_audit",
    "retention",
    "file_name",
    "integration",
    "security",
    "exception",
    "contract",
    "owner_or_date",
    "other",
]
"""The closed list of things a developer may need to know."""


def _prove(origin: Origin, evidence: tuple[Evidence, ...]) -> None:
    if origin == "stated" and not any(one.good for one in evidence):
        raise ValueError("a stated value needs matching evidence")


class Slot(Model):
    """A value and its origin. A stated one cannot be built without evidence."""

    value: str | bool | None = None
    origin: Origin = "unknown"
    evidence: tuple[Evidence, ...] = ()

    @model_validator(mode="after")
    def _origin_holds(self) -> Self:
        if (self.origin == "unknown") != (self.value is None):
            raise ValueError("a slot is unknown exactly when it has no value")
        _prove(self.origin, self.evidence)
        return self


class SpecField(Model):
    """A data field. Its origin covers the label; name and type come from the dictionary."""

    label: str
    name: str | None = None
    """`table.column` of the deployed system; null where no table has it."""
    type: str | None = None
    required: Slot = Slot()
    example: Slot = Slot()
    origin: Origin
    evidence: tuple[Evidence, ...] = ()

    @model_validator(mode="after")
    def _origin_holds(self) -> Self:
        _prove(self.origin, self.evidence)
        return self


class PermissionRights(Model):
    """What a role may do; null where nobody said."""

    role: str
    see: bool | None = None
    do: bool | None = None
    export: bool | None = None


class Permission(PermissionRights):
    """A row of the permission matrix."""

    origin: Origin
    evidence: tuple[Evidence, ...] = ()

    @model_validator(mode="after")
    def _origin_holds(self) -> Self:
        _prove(self.origin, self.evidence)
        return self
