"""What somebody says about a file they hand in, filled up with what the file says of itself."""

import datetime as dt

from pipeline.models.base import Language, Model
from pipeline.models.project import DEFAULT_CLIENT, Project
from pipeline.models.reading import Reading

_LEAP = 9
"""Years within which every day of the calendar comes at least once."""


class Intake(Model):
    """What somebody says about a file they hand in; null means found out from the file."""

    project: Project | None = None
    shape: str | None = None
    """The layout that a transcript, chat or note is read as."""
    words: Project | None = None
    """Tables, capabilities and contract lines for a call whose project nobody named."""
    title: str | None = None
    date: dt.date | None = None
    languages: tuple[str, ...] = ()
    text_language: Language | None = None
    consent: bool | None = None
    """Whether everybody in the call knew that it is recorded; null where nobody said so."""


def began_at(reading: Reading, date: dt.date | None) -> dt.time | None:
    """The time of day that the file gives, unless somebody says that it was another day.

    A chat keeps its own: its messages count from there.
    """
    _, _, clock = (reading.date or "").partition("T")
    try:
        began = dt.time.fromisoformat(clock).replace(tzinfo=None)
    except ValueError:
        return None
    return began if reading.kind == "chat" or date in (None, day_of(reading)) else None


def day_of(reading: Reading, told: dt.date | None = None) -> dt.date | None:
    """The day that the file gives, or its first message; None where it gives none.

    Where a chat writes no years it is the last such day that is not after the one that somebody
    told, or after today.

    Args:
        reading: What was read.
        told: The day that somebody says it was.
    """
    day = (reading.date or "").partition("T")[0]
    if day.startswith("--"):
        latest = told or dt.datetime.now(dt.UTC).date() + dt.timedelta(days=1)
        days = (_date(f"{latest.year - back:04d}{day[1:]}") for back in range(_LEAP))
        return next((one for one in days if one and one <= latest), None)
    return _date(day)


def _date(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text[:10])
    except ValueError:
        return None


def _when(intake: Intake, reading: Reading) -> dt.date | None:
    """What somebody says wins, but for a chat whose messages say themselves when they were sent."""
    read = day_of(reading, intake.date)
    return (read or intake.date) if reading.kind == "chat" else (intake.date or read)


def filled(intake: Intake, reading: Reading, *, named: str) -> Intake:
    """What the file says of itself fills what nobody said.

    People without a client are a project of their own: they are not everybody's.
    """
    own = reading.project
    if own is not None and own.client == DEFAULT_CLIENT and not own.system:
        own = own.with_(system=reading.title or named)
    return intake.with_(
        project=intake.project or own,
        title=intake.title or reading.title,
        date=_when(intake, reading),
        languages=intake.languages or reading.languages,
    )
