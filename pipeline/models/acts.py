"""What one person did in a meeting, act by act: what they may take back next, and what they did."""

from collections.abc import Collection, Sequence
from itertools import groupby

from pipeline.models.review import EditEvent
from pipeline.models.undoing import undone


def lately(
    actor: str, events: Sequence[EditEvent], *, most: int
) -> tuple[tuple[EditEvent, ...], ...]:
    """The newest acts of one person that still hold, oldest first; what one command did is one.

    What was taken into the minutes is taken back where it was taken, and is none of these.
    """
    gone = undone(events)
    mine = [
        event
        for event in events
        if event.actor.id == actor and event.uid not in gone and event.operation != "add"
        if event.body and not event.body.undoes and not event.body.together
    ]
    acts = groupby(mine, key=lambda one: (one.body and one.body.command) or one.uid)
    return tuple(tuple(act) for _, act in acts)[-most:]


def of_command(actor: str, command: str, events: Sequence[EditEvent]) -> tuple[EditEvent, ...]:
    """What one command of one person did."""
    return tuple(
        event
        for event in events
        if event.actor.id == actor and event.body and event.body.command == command
    )


def taken_back(actor: str, named: Collection[str], events: Sequence[EditEvent]) -> bool:
    """Whether that person took all of the named events back, and they still are."""
    gone = undone(events)
    by_them = {
        event.body.undoes
        for event in events
        if event.actor.id == actor and event.uid not in gone and event.body
    }
    return bool(named) and by_them.issuperset(named)
