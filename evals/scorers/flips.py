"""True quotes -> the same with one fact turned around: a number, a yes or no, a weekday.

The patterns are our own and no part of what they measure: a negation that grounding does not know
is tried all the same.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Literal, NamedTuple

Turned = Literal["number", "negation", "weekday"]
_ZH_DIGITS = "一二三四五六七八九"
_UNITS = "条个天次点月号年万千百元块家周笔张台人行页秒分小种级遍份套批成项吨件"
_NUMBER = re.compile(
    r"(?<![A-Za-z0-9_.-])[1-9]\d*(?:\.\d+)?(?![0-9-]*[A-Za-z_-])"
    rf"|(?<![{_ZH_DIGITS}十百千万星期周礼拜第])(?:[两二三四五六七八九](?=[十百千{_UNITS}])|十(?=[{_UNITS}]))"
    r"|(?i:\b(?:two|three|four|five|six|seven|eight|nine|ten|twenty|thirty|forty|fifty)\b)"
)
_EN_NUMBERS = [
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "twenty",
    "thirty",
    "forty",
    "fifty",
]
_WEEKDAY = re.compile(
    r"(?:周|星期|礼拜)[一二三四五](?![百千万])"
    r"|(?i:\b(?:monday|tuesday|wednesday|thursday|friday)\b)"
)
_EN_DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday"]
_NO = re.compile(
    r"(?<![能要可会用是好对行得一])(?:不(?=[能要可会用让行给许算改动做看])|没有?(?=[法办人做改]))"
    r"(?!能不|可不|问题)|(?i:\b(?:never|not)\s)"
    r"|(?i:\b(?:ca|wo|is|are|was|were|do|does|did|has|have|would|could|should|must|need)n['’]t\b)"
)
_YES = re.compile(
    r"(?<![不没别可只就还能所一要])(?:能|可以|必须|需要)(?=[导看改用做查打录写发传直在自由先把按])"
    r"|(?i:\b(?:can|must|should|will)(?=\s[a-z])(?!\s(?:not|you|we|i|they|he|she|it|that|never)\b))"
)
_ZH_NO = {"能": "不能", "可以": "不可以", "必须": "不必", "需要": "不需要"}


class Flip(NamedTuple):
    """A quote that nobody said."""

    what: Turned
    text: str


def flips(quote: str) -> Iterator[Flip]:
    """Every fact of a quote turned around, one at a time."""
    makers: Mapping[re.Pattern[str], tuple[Turned, Callable[[str], str]]] = {
        _NUMBER: ("number", _other_number),
        _WEEKDAY: ("weekday", _other_day),
        _NO: ("negation", _allowed),
        _YES: ("negation", _denied),
    }
    for pattern, (what, change) in makers.items():
        for match in pattern.finditer(quote):
            changed = f"{quote[: match.start()]}{change(match[0])}{quote[match.end() :]}"
            yield Flip(what, changed.strip())


def _other_number(said: str) -> str:
    if said.isascii() and said[0].isdigit():
        whole, point, rest = said.partition(".")
        return f"{int(whole) + 1}{point}{rest}"
    if said.isascii():
        return _next(said, _EN_NUMBERS)
    if said == "十":
        return "八"
    return "四" if said == "两" else _next(said, "二三四五六七八九")


def _other_day(said: str) -> str:
    if said.isascii():
        return _next(said, _EN_DAYS)
    return said[:-1] + _next(said[-1], "一二三四五")


def _allowed(said: str) -> str:
    """Without the no: can't is can, don't is do."""
    if not said.isascii() or said.endswith(" "):
        return ""
    word = re.sub("(?i)n?['’]t$", "", said)
    return {"ca": "can", "wo": "will"}.get(word.lower(), word)


def _denied(said: str) -> str:
    return _ZH_NO.get(said, f"{said} not")


def _next(said: str, row: str | list[str]) -> str:
    """The one after it, with a large letter where it had one."""
    other = row[(row.index(said.lower()) + 1) % len(row)]
    return other.capitalize() if said[0].isupper() else other
