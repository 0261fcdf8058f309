"""Numbers of what a model takes, as people read them."""

from math import floor, log10

from pipeline.words.loader import Language
from ui.words.loader import tin

DIGITS = 2
"""Digits of an estimate that mean anything."""
DIGITS_OF_MONEY = 3
"""Digits of an amount below 1 that are shown."""
SHORT = 9.95
"""Seconds up to which a time is told with a decimal."""
LONG = 90
"""Seconds from which a time is told in minutes."""


def count(number: float) -> str:
    """A whole number with its thousands apart."""
    return f"{round(number):,}"


def about(number: float) -> str:
    """A guess, without digits that nobody can know."""
    return count(_rounded(number))


def money(amount: float, *, guessed: bool = False) -> str:
    """Money in whatever currency the prices have."""
    digits = DIGITS if guessed else DIGITS_OF_MONEY
    value = _rounded(amount, digits)
    if abs(value) >= 1 or not value:
        return f"{value if guessed else amount:,.2f}"
    return f"{value:.{digits - 1 - _magnitude(value)}f}"


def lasting(seconds: float, language: Language) -> str:
    """A length of time, to a tenth of a second, the second or the minute."""
    if 0 < seconds < SHORT:
        return tin(language, "cost.seconds", count=f"{seconds:.1f}")
    if seconds < LONG:
        return tin(language, "cost.seconds", count=round(seconds))
    return tin(language, "cost.minutes", count=round(seconds / 60))


def _rounded(number: float, digits: int = DIGITS) -> float:
    return round(number, digits - 1 - _magnitude(number)) if number else 0.0


def _magnitude(number: float) -> int:
    return floor(log10(abs(number)))
