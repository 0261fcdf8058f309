"""How far the hearing of a recording is, how fast it goes and how long it takes yet, in words."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from ui.lengths import clock

if TYPE_CHECKING:
    from pipeline.models.job import Hearing

Say = Callable[..., str]
"""A sentence by its key, in the language of whoever reads it."""
SOON = 10.0
"""Seconds left that are not counted any more."""
LONG = 90 * 60.0
"""Seconds from which on hours are told."""


def how_far(done: float, total: float | None, hearing: "Hearing | None", say: Say) -> str:
    """Such as "hearing 12:40 of 1:00:00 · 6.2× real time · about 8 min left".

    Args:
        done: Seconds of sound heard.
        total: Seconds there are; None where nobody knows. A file that says less than was heard
            already knows nothing either.
        hearing: How it goes; None before it was begun.
        say: Sentences.
    """
    told = [say("hearing.heard", so_far=so_far(done, total, say))] if done else []
    if hearing is None or not hearing.pieces:
        told.append(say("hearing.again" if done else "hearing.loading"))
    elif hearing.speed is not None:
        told.append(say("hearing.speed", speed=f"{hearing.speed:.1f}"))
    if hearing is not None and hearing.left is not None:
        told.append(left(hearing.left, say))
    return " · ".join(told) or say("hearing.heard", so_far=so_far(done, total, say))


def so_far(done: float, total: float | None, say: Say) -> str:
    """How much of the sound is heard."""
    if total is None or total < done:
        return clock(done)
    return say("hearing.of", done=clock(done), total=clock(total))


def left(seconds: float, say: Say) -> str:
    """A time left, as exact as it can be meant."""
    if seconds < SOON:
        return say("hearing.left.soon")
    if seconds < 55:
        return say("hearing.left.seconds", count=round(seconds / 10) * 10)
    if seconds < LONG:
        return say("hearing.left.minutes", count=round(seconds / 60))
    hours, quarter = divmod(round(seconds / 900), 4)
    if not quarter:
        return say("hearing.left.hours", count=hours)
    return say("hearing.left.long", hours=hours, minutes=quarter * 15)
