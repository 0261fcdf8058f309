"""A word that was refused is no value: "not Excel", 不要Excel."""

import re
from collections.abc import Iterator

_ZH_BEFORE = re.compile(
    r"(?:不要|别|不用|不需要|不想要?|不做|不走|不发|不买|不是|不带|不含|不写|不显示|不给|没有|而非|无需)"
    r"(?:(?!要|用|改|就|是|而|只|光)[^，。；！？,.;!?]){0,8}$"
)
_ZH_AFTER = re.compile(r"(?:[那这]个)?(?:就|都|也)?(?:不要|不用|不需要|不行|不可以|算了|免了|别)")
_EN_BEFORE = re.compile(
    r"\b(?:not(?! only| just)|no|without|instead of|rather than|don'?t|never|except|neither|nor)\s+"
    r"(?:(?!but\b|just\b|only\b|mind\b|forget\b|need to\b)[\w'-]+\s+){0,3}$",
    re.IGNORECASE,
)
_EN_AFTER = re.compile(
    r"\s+(?:is|are|was)\s?(?:not|n't)\b|\s+isn'?t\b|\s+(?:won'?t do|will not do)", re.IGNORECASE
)


def refused(text: str, start: int, end: int) -> bool:
    """Whether the words from start to end are what the sentence turns down."""
    before, after = text[:start], text[end:]
    return bool(
        _ZH_BEFORE.search(before)
        or _EN_BEFORE.search(before)
        or _ZH_AFTER.match(after)
        or _EN_AFTER.match(after)
    )


def wanted(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """The matches of an expression that are not turned down in the same breath."""
    return (m for m in pattern.finditer(text) if not refused(text, *_word(m)))


def turned_down(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """The matches of an expression that are turned down in the same breath."""
    return (m for m in pattern.finditer(text) if refused(text, *_word(m)))


def _word(match: re.Match[str]) -> tuple[int, int]:
    """Where the word itself stands: the last named group that matched, else all of it."""
    names = [name for name, value in match.groupdict().items() if value]
    return match.span(names[-1]) if names else match.span()
