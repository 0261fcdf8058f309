"""Numbers of what a model takes, as people read them."""

from math import floor, log10

from pipeline.words.loader import Language
from ui.words.loader import tin

DIGITS = 2
"""Digits of an estimate that mean anything."""
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
    value = _rounded(amount) if guessed else amount
    return f"{value:,.2f}" if value >= 1 or not value else f"{value:.4f}".rstrip("0")


def lasting(seconds: float, language: Language) -> str:
    """A length of time, to the second or the minute."""
    if seconds < LONG:
        return tin(language, "cost.seconds", count=max(1, round(seconds)) if seconds else 0)
    return tin(language, "cost.minutes", count=round(seconds / 60))


def _rounded(number: float) -> float:
    return round(number, DIGITS - 1 - floor(log10(abs(number)))) if number else 0.0
