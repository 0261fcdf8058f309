"""Moments: where something stands in a meeting, as people tell it."""

import datetime as dt

from pipeline.models.meeting import Meeting

_DAY = 86_400


def moment(meeting: Meeting, seconds: float | None) -> str | None:
    """The day and time of a message: 06-15 15:02, with its year where that is another.

    The time alone where nobody knows the day. None for anything but a chat, and without a time.
    """
    if meeting.kind != "chat" or seconds is None:
        return None
    if meeting.begun is None:
        minutes = int(seconds) % _DAY // 60
        return f"{minutes // 60:02d}:{minutes % 60:02d}"
    begun = dt.datetime.fromisoformat(meeting.begun)
    told = begun + dt.timedelta(seconds=seconds)
    return f"{told:%m-%d %H:%M}" if told.year == begun.year else f"{told:%Y-%m-%d %H:%M}"


def dial(meeting: Meeting) -> dict[str, str | None] | None:
    """The same for a browser: when second 0 was; None for a call, whose places have a sound."""
    return {"begun": meeting.begun} if meeting.kind != "call" else None
