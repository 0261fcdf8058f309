"""When something was, in the time of whoever reads it."""

import datetime as dt
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


def moment(instant: str | None, zone: str) -> str:
    """An instant of ours, to the minute, in a time zone; as it stands where it is none."""
    try:
        then = dt.datetime.fromisoformat(instant or "")
        local = (then if then.tzinfo else then.replace(tzinfo=dt.UTC)).astimezone(ZoneInfo(zone))
    except (ValueError, OSError, ZoneInfoNotFoundError):
        return instant or "–"
    return local.strftime("%Y-%m-%d %H:%M")
