"""Due: by when something was promised, in the words used and as a date."""

import datetime as dt
from typing import NamedTuple

from pipeline.language import cues
from pipeline.language.dates import find_dates, resolve_due


class Due(NamedTuple):
    """The words of a due date."""

    verbatim: str

    def date(self, on: dt.date | None) -> str | None:
        """The ISO date they mean, seen from the day of the call."""
        day = resolve_due(self.verbatim, on)
        return day.isoformat() if day else None


def due_of(text: str) -> Due | None:
    """The first date a text names, with the words around it that say before or perhaps."""
    dates = [
        date
        for date in find_dates(text)
        if date.when.kind != "vague"
        and not cues.has("due.past", cues.plain(text[date.start : date.end]))
    ]
    if not dates:
        return None
    start, end = dates[0].start, dates[0].end
    for date in dates[1:]:
        if not text[end : date.start].strip():
            end = date.end
    plain = cues.plain(text)
    start -= cues.at_end("due.before", plain[:start])
    end += cues.at_start("due.after", plain[end:])
    return Due(text[start:end].strip())
