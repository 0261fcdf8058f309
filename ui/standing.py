"""How far people are with the minutes of a meeting."""

from collections.abc import Sequence
from typing import NamedTuple

from pipeline.models.minutes import Minutes
from pipeline.models.review import EditEvent
from pipeline.models.undoing import undone


class Standing(NamedTuple):
    """What is left to do, and who did the last of it."""

    total: int
    left: int
    """Items that nobody decided on, or that changed since."""
    ask_client: int
    taken_up: int
    """Turns that somebody took up and that no item says yet."""
    by: str = ""
    """Who approved last."""
    at: str = ""


def standing(minutes: Minutes, events: Sequence[EditEvent]) -> Standing:
    """The state of the minutes as they are now."""
    items = [item for _, item in minutes.items()]
    gone = undone(events)
    yes = (one for one in reversed(events) if one.operation == "approve" and one.uid not in gone)
    last = next(yes, None)
    approved = any(item.review == "approved" for item in items)
    return Standing(
        total=len(items),
        left=sum(item.review == "draft" or bool(item.stale) for item in items),
        ask_client=sum(item.review == "needs_client" for item in items),
        taken_up=sum(
            one.state == "accepted" and one.item is None for one in minutes.coverage.uncited
        ),
        by=last.actor.name if last and approved else "",
        at=last.at if last and approved else "",
    )
