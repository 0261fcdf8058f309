"""Seconds as people write them."""


def clock(seconds: float | None) -> str:
    """`7:41`, or `1:02:05` above an hour; `--:--` where a source has no times."""
    if seconds is None:
        return "--:--"
    whole = int(seconds)
    hours, rest = divmod(whole, 3600)
    minutes, left = divmod(rest, 60)
    return f"{hours}:{minutes:02d}:{left:02d}" if hours else f"{minutes:02d}:{left:02d}"
