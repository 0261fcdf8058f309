"""Lengths of time as people read them."""

import datetime as dt


def clock(seconds: float) -> str:
    """A length of time: 07:41, or 1:12:05."""
    text = str(dt.timedelta(seconds=int(seconds)))
    return text[2:] if text.startswith("0:") else text
