"""Corrections of the call's words, and of who said them, as they come from the browser."""

from collections.abc import Mapping, Sequence
from typing import Any

from pipeline.models.actor import Actor
from pipeline.models.base import Model
from pipeline.models.transcript import Transcript
from pipeline.service import naming, review, transcripts
from pipeline.service.house import House
from ui.commands import Command


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


def name(actor: Actor, house: House, meeting: str, commands: Sequence[Command]) -> list[Corrected]:
    """Give turns to people: however many presses of a key they were, one version of the words.

    Of the events of each there is one: it stands for the whole act.

    Raises:
        DragomanError: one of them was refused, and nothing was kept.
    """
    gifts = [(one.gift or naming.Gift(turns=())).with_(command=one.id) for one in commands]
    given = naming.give(actor, house, meeting, gifts)
    return [
        Corrected(transcript=given.transcript, events=tuple(one.uid for one in events[:1]))
        for events in given.events
    ]


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
