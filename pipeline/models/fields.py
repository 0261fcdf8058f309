"""What of an item, spec, segment or summary a person may set, by dotted path."""

import datetime as dt
import re
from typing import Any, NamedTuple, TypeVar

from pydantic import ValidationError

from pipeline.errors import InputError
from pipeline.models.base import Model
from pipeline.models.minutes import (
    Action,
    Ask,
    Concern,
    Conflict,
    Decision,
    Minutes,
    Question,
    Risk,
)
from pipeline.models.spec import FeatureSpec
from pipeline.models.transcript import Segment

_ITEM = frozenset({"text", "visibility", "not_for"})
_SLOT_LISTS = ("actors", "rules", "limits", "behaviours", "errors")
SLOTS = frozenset(
    {"goal", "pain", "trigger", "format", "data_fields[].required", "data_fields[].example"}
    | {f"{name}[]" for name in _SLOT_LISTS}
)
ROWS = {
    "data_fields[]": ("label", "name", "type"),
    "permissions[]": ("role", "see", "do", "export"),
}
"""Rows that are set whole or value by value, and the values somebody may write into them."""
NEEDS = frozenset(
    {"data_fields[].label", *(f"permissions[].{one}" for one in ROWS["permissions[]"])}
)
"""Values of a row that its origin vouches for."""

EDITABLE: dict[type[Model], frozenset[str]] = {
    Decision: _ITEM | {"state", "by", "supersedes"},
    Ask: _ITEM
    | {"kind", "status", "duplicate_of", "priority", "priority_by", "pain"}
    | {"scope.verdict", "scope.line"},
    Action: _ITEM | {"owner", "side", "due_date", "deliverable", "weak"},
    Risk: _ITEM | {"kind", "likelihood", "impact"},
    Question: _ITEM | {"who"},
    Conflict: _ITEM | {"kind", "a.text", "b.text"},
    Concern: _ITEM | {"who"},
    Minutes: frozenset({"summary.internal", "summary.client"}),
    Segment: frozenset({"text", "speaker", "side"}),
    FeatureSpec: SLOTS
    | ROWS.keys()
    | {f"{row}.{name}" for row, names in ROWS.items() for name in names}
    | {"title", "kind", "fit", "fit_line", "visibility", "not_for", "scope.verdict", "scope.line"}
    | {"acceptance", "acceptance[]", "assumptions", "out_of_scope", "dependencies"}
    | {"conflicts_with", "feasibility", "supersedes", "attachments", "effort"}
    | {f"open_questions[].{one}" for one in ("question", "options", "recommended", "blocking")},
}
"""All else comes from the transcript, from code or from another operation."""

_WORDS = frozenset({"text", "title", "a.text", "b.text"})
"""Values that are never empty, whatever their type allows."""

T = TypeVar("T", bound=Model)


class _Place(NamedTuple):
    """A value inside the JSON of a model."""

    holder: Any
    """The object or array that holds it."""
    key: str | int


def pattern(path: str) -> str:
    """The path with every index left out: the form that the lists here use."""
    return re.sub(r"\[\d+\]", "[]", path)


def editable(on: Model, path: str | None) -> str:
    """The path, if a person may set it.

    Raises:
        InputError: nobody may; `kind` names what it is about.
    """
    if path is None or pattern(path) not in EDITABLE.get(type(on), frozenset()):
        raise InputError("field_not_editable", field=path or "", kind=type(on).__name__.lower())
    return path


def value_at(on: Model, path: str) -> Any:  # noqa: ANN401 - any JSON value
    """The JSON value at a path; that of a slot is its value, null where a list ends."""
    holder, key = _place(on.model_dump(mode="json"), path)
    if isinstance(holder, list) and key == len(holder):
        return None
    value = holder[key]
    if _is_slot(on, path):
        return value["value"]
    if names := ROWS.get(pattern(path)):
        return {name: value[name] for name in names}
    return value


def whole_at(on: Model, path: str) -> Any:  # noqa: ANN401 - any JSON value
    """What stands at a path besides its value: a slot or row with its origin and evidence.

    For a value that the origin of its row vouches for, the row without that value; else null.
    """
    holder, key = _place(on.model_dump(mode="json"), path)
    if isinstance(holder, list) and key == len(holder):
        return None
    if _is_slot(on, path) or pattern(path) in ROWS:
        return holder[key]
    if isinstance(on, FeatureSpec) and pattern(path) in NEEDS:
        return {name: value for name, value in holder.items() if name != key}
    return None


def with_value(
    on: T,
    path: str,
    value: Any,  # noqa: ANN401 - any JSON value
    *,
    keep_origin: bool = False,
    whole: Any = None,  # noqa: ANN401 - any JSON value
) -> T:
    """The same with another JSON value at a path; null takes an entry out of a list.

    What a person writes into a slot or row is an assumption until somebody says it: its origin
    becomes `inferred`, unless `keep_origin` vouches that the substance is the same, or `whole`
    is what stood there before (see `whole_at`).

    Raises:
        InputError: the path leads nowhere, or the value does not fit.
    """
    data = on.model_dump(mode="json")
    holder, key = _place(data, path)
    if isinstance(holder, list) and value is None:
        del holder[int(key) : int(key) + 1]
    else:
        old = holder[key] if isinstance(holder, dict) or int(key) < len(holder) else None
        needed = pattern(path) in NEEDS
        if whole is not None and not needed:
            new = whole
        elif _is_slot(on, path):
            new = _slot(old, value, keep_origin)
        else:
            new = _row(path, old, value) if pattern(path) in ROWS else value
        if isinstance(holder, list):
            holder[int(key) : int(key) + 1] = [new]
        else:
            holder[str(key)] = new
        if needed and not keep_origin and new != old:
            holder["origin"] = whole["origin"] if whole else "inferred"
    return _validated(on, data, path, value)


def find(on: Model, path: str, value: Any) -> str | None:  # noqa: ANN401
    """Where in the list that `path` points into a value stands: there, else the first such."""
    head = path[: path.rindex("[")]
    places = [f"{head}[{number}]" for number in range(len(value_at(on, head)))]
    return next((at for at in (path, *places) if at in places and value_at(on, at) == value), None)


def end_of(on: Model, path: str) -> str:
    """The path behind the last entry of the list that `path` points into."""
    head = path[: path.rindex("[")]
    return f"{head}[{len(value_at(on, head))}]"


def _place(data: Any, path: str) -> _Place:  # noqa: ANN401
    *way, last = (int(part) if part.isdigit() else part for part in re.findall(r"[^.\[\]]+", path))
    try:
        for part in way:
            data = data[part]
    except (KeyError, IndexError, TypeError):
        data = None
    if isinstance(data, list):
        fits = isinstance(last, int) and last <= len(data)
    else:
        fits = isinstance(data, dict) and last in data
    if not fits:
        raise InputError("field_not_there", field=path)
    return _Place(data, last)


def _is_slot(on: Model, path: str) -> bool:
    return isinstance(on, FeatureSpec) and pattern(path) in SLOTS


def _slot(old: Any, value: Any, keep_origin: bool) -> dict[str, Any]:  # noqa: ANN401
    if value is None:
        return {"value": None, "origin": "unknown", "evidence": []}
    origin, evidence = (old["origin"], old["evidence"]) if old else ("unknown", [])
    keep = keep_origin and origin != "unknown"
    return {"value": value, "origin": origin if keep else "inferred", "evidence": evidence}


def _row(path: str, old: Any, value: Any) -> dict[str, Any]:  # noqa: ANN401
    if not isinstance(value, dict) or value.keys() - set(ROWS[pattern(path)]):
        raise InputError("field_not_editable", field=path, kind="row")
    return (old or {}) | value | {"origin": "inferred"}


def _validated(on: T, data: dict[str, Any], path: str, value: Any) -> T:  # noqa: ANN401
    try:
        if pattern(path) in _WORDS and not str(value or "").strip():
            raise ValueError("must not be empty")
        if path == "due_date" and value is not None:
            dt.date.fromisoformat(str(value))
        return type(on).model_validate(data)
    except ValidationError as error:
        reason = error.errors()[0]["msg"]
        raise InputError(
            "edit_value_invalid", field=path, value=str(value), reason=reason
        ) from error
    except ValueError as error:
        raise InputError(
            "edit_value_invalid", field=path, value=str(value), reason=str(error)
        ) from error
