"""Corrections of the call's words, as they come from the browser."""

from collections.abc import Mapping
from typing import Any

from pipeline.models.actor import Actor
from pipeline.models.base import Model
from pipeline.models.transcript import Transcript
from pipeline.service import review, transcripts
from pipeline.service.house import House


class Corrected(Model):
    """The words as they are now, and what an undo takes back."""

    transcript: Transcript
    events: tuple[str, ...]


def correct(actor: Actor, house: House, meeting: str, command: Mapping[str, Any]) -> Corrected:
    """Do one correction.

    Raises:
        DragomanError: it was refused.
    """
    before = _mine(actor, house, meeting)
    transcript = _correct(actor, house, meeting, command)
    return Corrected(
        transcript=transcript, events=tuple(_mine(actor, house, meeting)[len(before) :])
    )


def _mine(actor: Actor, house: House, meeting: str) -> list[str]:
    events = review.history(actor, house, meeting, "segment")
    return [event.uid for event in events if event.actor.id == actor.id]


def _correct(actor: Actor, house: House, meeting: str, command: Mapping[str, Any]) -> Transcript:
    uid, before, after = str(command["uid"]), command["before"], command["after"]
    if command["operation"] == "split":
        at = after if isinstance(after, int) else 0
        return transcripts.split(actor, house, meeting, uid, at=at, before=str(before))
    field, was, new = str(command["field"]), _text(before), _text(after)
    if command["all"] and command["named"] and field != "text":
        named = str(command["named"])
        return transcripts.rename(
            actor, house, meeting, named, turn=uid, field=field, before=was, after=new
        )
    return transcripts.correct(actor, house, meeting, uid, field=field, before=was, after=new)


def _text(value: object) -> str | None:
    return None if value is None else str(value)
