"""Below zero: the sign that stands before a number, as a mark or as a word."""

import re
from collections.abc import Sequence

from pipeline.language.number_mention import NumberMention
from pipeline.language.script import has_cjk

_SIGN = re.compile(r"(?i)(?:(?P<mark>[-\u2212\u2013])|零下\s?|负\s?|\b(?:minus|negative)\s+)$")
_BELOW = re.compile(r"(?i)\s+(?:degrees\s+)?below\s+zero\b")
_LEADING = frozenset("到至是为于过达约从和或与在成即等")
"""Characters after which a dash before a number is a sign, as in 低于-5, and joins no name to it."""
_LONGEST = 12
"""Characters before a number in which its sign stands."""
_UNSIGNED = frozenset({"点", "o'clock"})


def signed(text: str, mention: NumberMention, taken: Sequence[int]) -> NumberMention:
    """The mention with its sign, if it has one; `taken` marks what belongs to other mentions.

    The dash of a range (3-5, 三天-五天) and of a name (华东-3号) is no sign.
    """
    if mention.ordinal or mention.unit in _UNSIGNED:
        return mention
    start, end = mention.start, mention.end
    found = _SIGN.search(text[max(0, start - _LONGEST) : start])
    if found:
        begin = start - len(found[0])
        if _is_sign(text, begin, mention, taken, mark=bool(found["mark"])):
            return _below(text, mention, begin, end)
    after = _BELOW.match(text, end)
    return _below(text, mention, start, after.end()) if after else mention


def _is_sign(
    text: str, begin: int, mention: NumberMention, taken: Sequence[int], *, mark: bool
) -> bool:
    before = len(text[:begin].rstrip()) - 1
    if before >= 0 and taken[before]:
        return False
    close = text[begin - 1 : begin]
    if not mark or not close.isalnum():
        return close not in ("_", ".", ")", "）") if mark else True
    return has_cjk(close) and (close in _LEADING or mention.unit in ("度", "degree"))


def _below(text: str, mention: NumberMention, start: int, end: int) -> NumberMention:
    return mention._replace(text=text[start:end], start=start, end=end, value=-mention.value)
