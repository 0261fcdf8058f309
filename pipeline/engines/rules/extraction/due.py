"""Due: by when something was promised, in the words used and as a date."""

import datetime as dt
from typing import NamedTuple

from pipeline.language import cues
from pipeline.language.dates import find_dates, resolve_due


class Due(NamedTuple):
    """The words of a due date."""

    verbatim: str
    open_ended: bool = False
    """Whether it says only from when on, so that it names no day."""

    def date(self, on: dt.date | None) -> str | None:
        """The ISO date they mean, seen from the day of the call."""
        if self.open_ended:
            return None
        day = resolve_due(self.verbatim, on)
        return day.isoformat() if day else None


def _nameless(text: str) -> str:
    """The text with a person's name blanked: the last character of 张三 is no part of a date."""
    match = cues.find("action.told", cues.plain(text))
    if not match:
        return text
    start, end = match.span(1)
    return text[:start] + " " * (end - start) + text[end:]


def due_of(text: str) -> Due | None:
    """The first date a text names, with the words around it that say before or perhaps."""
    dates = [
        date
        for date in find_dates(_nameless(text))
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
