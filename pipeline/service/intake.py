"""What somebody says about a file they hand in, filled up with what the file says of itself."""

import datetime as dt

from pipeline.models.base import Language, Model
from pipeline.models.project import DEFAULT_CLIENT, Project
from pipeline.models.reading import Reading


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
    """The time of day that the file gives, unless somebody says that it was another day."""
    if not reading.date or len(reading.date) <= len("YYYY-MM-DD"):
        return None
    try:
        began = dt.datetime.fromisoformat(reading.date)
    except ValueError:
        return None
    return began.time() if date in (None, began.date()) else None


def filled(intake: Intake, reading: Reading, *, named: str) -> Intake:
    """What the file says of itself fills what nobody said.

    People without a client are a project of their own: they are not everybody's.
    """
    date = intake.date
    if date is None and reading.date:
        try:
            date = dt.date.fromisoformat(reading.date[:10])
        except ValueError:
            date = None
    own = reading.project
    if own is not None and own.client == DEFAULT_CLIENT and not own.system:
        own = own.with_(system=reading.title or named)
    return intake.with_(
        project=intake.project or own,
        title=intake.title or reading.title,
        date=date,
        languages=intake.languages or reading.languages,
    )
