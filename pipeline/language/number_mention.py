"""A number that a text mentions."""

from decimal import Decimal
from typing import NamedTuple


class NumberMention(NamedTuple):
    """A number with its unit, said as `text` between `start` and `end`.

    A range is two mentions of one place, one for each end. `unit` is the usual name of the unit
    (钟头 is 小时, rows is row), or None where none is said.
    """

    text: str
    start: int
    end: int
    value: Decimal
    unit: str | None = None
    ordinal: bool = False
