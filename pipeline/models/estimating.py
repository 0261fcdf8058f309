"""Effort: an estimate is somebody's word, so it has their name or it is none."""

from collections.abc import Iterable

from pydantic import ValidationError

from pipeline.errors import InputError
from pipeline.models.actor import Actor
from pipeline.models.project import Participant
from pipeline.models.review import Edit
from pipeline.models.spec import MOST_DAYS, Effort

FIELD = "effort"


def is_estimate(edit: Edit) -> bool:
    """Whether an edit writes an effort; one that takes another back only restores what was."""
    return edit.operation in ("set", "erratum") and edit.field == FIELD and not edit.undoes


def estimated(edit: Edit, actor: Actor, people: Iterable[Participant]) -> Edit:
    """The edit of an effort with the name of whoever estimated it: the actor, unless one is named.

    Raises:
        InputError: the days are none, or the name is nobody's on our side.
    """
    value = edit.after if isinstance(edit.after, dict) else {}
    ours = {actor.name, *(one.name for one in people if one.side == "us")}
    by = str(value.get("by") or "").strip() or actor.name
    if by not in ours:
        raise InputError("effort.by", who=by, names=", ".join(sorted(ours)))
    try:
        effort = Effort.model_validate(value | {"by": by})
    except ValidationError as error:
        raise InputError("effort.days", days=str(value.get("days")), most=MOST_DAYS) from error
    kept = effort if effort.days is not None else Effort()
    return edit.with_(after=kept.model_dump(mode="json"))


def with_name(after: object, actor: Actor) -> object:
    """The value of an edit kept before a name was needed, with the name of who made it."""
    if isinstance(after, dict) and after.get("days") is not None and not after.get("by"):
        return after | {"by": actor.name}
    return after
