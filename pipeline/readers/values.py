"""Values of somebody else's turns -> segments: checked, shown as text, named where they are wrong."""

import datetime as dt

from pydantic import ValidationError

from pipeline.errors import NotReadableError
from pipeline.language.normalise import visible
from pipeline.models.transcript import Segment

LONGEST = 3_600_000
"""Seconds (a thousand hours) that no call lasts: a larger time is none."""
LONGEST_CHAT = 630_000_000
"""Seconds, twenty years: a message further away from the first has a wrong date."""


def segment(
    index: int,
    text: str,
    *,
    speaker: object = None,
    start: object = None,
    end: object = None,
    at: str,
    name: str,
) -> Segment:
    """A turn, checked.

    Args:
        index: its place among the turns that are kept.
        text: its words.
        speaker: who said it.
        start: seconds.
        end: seconds.
        at: where it stands in the file, for the error.
        name: the file, for the error.

    Raises:
        NotReadableError: a value is none, or a time that cannot be.
    """
    try:
        made = Segment.model_validate(
            {
                "id": f"s{index + 1:04d}",
                "index": index,
                "start": start,
                "end": end,
                "speaker": speaker,
                "text": text,
            }
        )
    except ValidationError as error:
        raise wrong(error, name, at) from error
    check_times(made, at, name)
    return shown(made)


def words_of(value: object) -> str:
    """Text without control characters and outer space; empty where it is no text."""
    return visible(value).strip() if isinstance(value, str) else ""


def shown(made: Segment) -> Segment:
    """Without control characters: what stands in a transcript is shown in terminals."""
    speaker = visible(made.speaker).strip() if made.speaker else None
    return made.with_(text=visible(made.text).strip(), speaker=speaker or None)


def check_times(made: Segment, at: str, name: str, most: int = LONGEST) -> None:
    """Raises NotReadableError where a time is below 0, beyond `most` or ends before it begins."""
    for field in ("start", "end"):
        value = getattr(made, field)
        if value is not None and not 0 <= value <= most:
            reason = f"{value:g} < 0" if value < 0 else f"{value:g} > {most}"
            raise NotReadableError("wrong_value", file=name, field=f"{at}.{field}", reason=reason)
    if made.start is not None and made.end is not None and made.end < made.start:
        reason = f"{made.end:g} < {made.start:g}"
        raise NotReadableError("wrong_value", file=name, field=f"{at}.end", reason=reason)


def date_of(value: object, name: str) -> str | None:
    """The day of the call as ISO text, with or without a time; None where none is given."""
    if value is None or value == "":
        return None
    try:
        dt.datetime.fromisoformat(str(value))
        dt.date.fromisoformat(str(value)[:10])
    except ValueError as error:
        reason = f"{value} ≠ YYYY-MM-DD"
        raise NotReadableError("wrong_value", file=name, field="date", reason=reason) from error
    return str(value)


def languages_of(lang: object) -> tuple[str, ...]:
    """The languages that a word such as "zh" or "mixed" stands for."""
    return {"zh": ("zh",), "en": ("en",), "mixed": ("zh", "en")}.get(str(lang), ())


def wrong(error: ValidationError, name: str, at: str = "") -> NotReadableError:
    """The first thing wrong; `at` is where the value that was read stands."""
    first = error.errors()[0]
    place = at
    for part in first["loc"]:
        place += f"[{part}]" if isinstance(part, int) else f".{part}" if place else str(part)
    return NotReadableError("wrong_value", file=name, field=place, reason=first["msg"])
