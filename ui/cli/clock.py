"""Seconds as people write them."""

from pipeline.errors import InputError


def clock(seconds: float | None) -> str:
    """`7:41`, or `1:02:05` above an hour; `--:--` where a source has no times."""
    if seconds is None:
        return "--:--"
    whole = int(seconds)
    hours, rest = divmod(whole, 3600)
    minutes, left = divmod(rest, 60)
    return f"{hours}:{minutes:02d}:{left:02d}" if hours else f"{minutes:02d}:{left:02d}"


def seconds(text: str) -> float:
    """`00:12:30`, `12:30` or `750` as seconds.

    Raises:
        InputError: it is none of these.
    """
    try:
        parts = [float(part) for part in text.strip().split(":")]
    except ValueError:
        parts = []
    fits = 1 <= len(parts) <= 3 and all(0 <= part < 60 for part in parts[1:]) and parts[0] >= 0
    if not fits or parts[0] == float("inf"):
        raise InputError("turns_clock", given=text)
    total = 0.0
    for part in parts:
        total = 60 * total + part
    return total
