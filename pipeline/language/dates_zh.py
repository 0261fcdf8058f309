"""How Chinese says dates: patterns in order of precedence, each with what it means."""

import re
from collections.abc import Callable

from pipeline.language.numerals import ARABIC, ZH_DIGIT, ZH_DIGITS, ZH_NUMERAL, arabic_value, zh_values
from pipeline.language.when import When

Rule = tuple[re.Pattern[str], Callable[[re.Match[str]], When | None]]

_DAYS = "零一二三四五六七八九十"
_N = r"(?:[二三]?十[一二三四五六七八九]?|[一二三四五六七八九]|\d{1,2})"
_YEAR = f"(?:(?:19|20)\\d{{2}}|二[零〇]{ZH_DIGIT}{{2}})"
_YEARS = f"(?P<year>{_YEAR}年|今年|明年|后年|去年|本年)"
_SHIFT = "(?P<shift>上上|下下|上|这|本|下)个?"
_NUMBER = f"(?P<n>{ARABIC}|{ZH_NUMERAL}|半)"
_NOT_A_PLACE = "(?![线楼机车窗磨仓库门店井炉厂床位台柜桌铺院区馆口码段房员文])"
_SHIFTS = {"上上": -2, "上": -1, "这": 0, "本": 0, "下": 1, "下下": 2}
_YEAR_SHIFTS = {"去年": -1, "今年": 0, "本年": 0, "明年": 1, "后年": 2}
_DAY_SHIFTS = {
    "大前天": -3, "前天": -2, "昨天": -1, "昨晚": -1, "昨日": -1, "今天": 0, "今日": 0, "今儿": 0,
    "今晚": 0, "今早": 0, "明天": 1, "明日": 1, "明儿": 1, "明早": 1, "明晚": 1, "后天": 2,
    "明后天": 2, "明后两天": 2, "大后天": 3,
}  # fmt: skip
_FEASTS = {"元旦": (1, 1), "五一": (5, 1), "国庆": (10, 1), "双十一": (11, 11), "双11": (11, 11),
           "双十二": (12, 12), "双12": (12, 12), "圣诞": (12, 25)}  # fmt: skip
_OFFSETS = {"天": 1, "日": 1, "周": 7, "星期": 7, "礼拜": 7, "月": 30, "年": 365}


def small(text: str) -> int:
    """The value of a day, month or year numeral, in digits or Chinese."""
    if text.isdigit():
        return int(text)
    values = zh_values(text)
    return int(values[0]) if len(values) == 1 else 0


def _shift(match: re.Match[str]) -> int | None:
    return _SHIFTS.get(match["shift"] or "")


def _year(match: re.Match[str]) -> tuple[int | None, int | None]:
    """Shift and year: 明年 is (1, None), 2026年 is (None, 2026)."""
    said = match["year"]
    if not said or said in _YEAR_SHIFTS:
        return _YEAR_SHIFTS.get(said or ""), None
    digits = said.removesuffix("年")
    if not digits.isdigit():
        digits = "".join(str(ZH_DIGITS[char]) for char in digits)
    return None, int(digits)


def _full(match: re.Match[str]) -> When | None:
    _, year = _year(match)
    return _valid(When("date", year=year, month=small(match["month"]), day=small(match["day"])))


def _month_day(match: re.Match[str]) -> When | None:
    shift, year = _year(match)
    month, day = small(match["month"]), small(match["day"])
    return _valid(When("date", shift, year=year, month=month, day=day))


def _short(match: re.Match[str]) -> When | None:
    return _valid(When("date", month=small(match["month"]), day=small(match["day"])))


def _day(match: re.Match[str]) -> When | None:
    return _valid(When("date", day=small(match["day"])))


def _shifted_day(match: re.Match[str]) -> When | None:
    return _valid(When("date", _shift(match), day=small(match["day"])))


def _valid(when: When) -> When | None:
    month_holds = when.month is None or 1 <= when.month <= 12
    return when if month_holds and 1 <= (when.day or 0) <= 31 else None


def _month_part(match: re.Match[str]) -> When | None:
    shift, year = _year(match)
    return _part(When("month", shift, year=year, month=small(match["month"])), match["part"])


def _shifted_month_part(match: re.Match[str]) -> When | None:
    return _part(When("month", _shift(match) or 0), match["part"])


def _part(month: When, part: str | None) -> When | None:
    if month.month is not None and not 1 <= month.month <= 12:
        return None
    if part in ("底", "末", "下旬"):
        return month._replace(kind="month_end")
    if part in ("上旬", "中旬"):
        return month._replace(kind="date", day=10 if part == "上旬" else 20)
    return month._replace(kind="month_mid") if part == "中" else month


def _weekday(match: re.Match[str]) -> When:
    said = match["weekday"]
    number = int(said) if said.isdigit() else 7 if said in "日天" else _DAYS.index(said)
    return When("weekday", _shift(match), weekday=number - 1)


def _quarter(match: re.Match[str]) -> When:
    number = match["number"] or match["q"]
    kind = "quarter_end" if match["end"] else "quarter"
    if number:
        return When(kind, month=small(number) * 3)
    return When(kind, _shift(match) or 0)


def _year_end(match: re.Match[str]) -> When:
    shift, year = _year(match)
    return When("year_end", None if year else shift or 0, year=year)


def _plain_year(match: re.Match[str]) -> When:
    shift, year = _year(match)
    return When("year", shift, year=year)


def _offset(match: re.Match[str]) -> When | None:
    said, unit = match["n"], match["unit"].removeprefix("个")
    if said == "半":
        return When("offset", {"天": 1, "年": 182}.get(unit, 15)) if unit != "工作日" else None
    values = zh_values(said) if not said[0].isdigit() else (arabic_value(said),)
    if not values:
        return None
    if unit == "工作日":
        return When("workdays", int(values[-1]))
    if unit in ("小时", "钟头"):
        return When("offset", -int(-values[-1] // 24))
    return When("offset", int(values[-1] * _OFFSETS[unit]))


RULES: tuple[Rule, ...] = tuple(
    (re.compile(pattern), means)
    for pattern, means in (
        (f"(?P<year>{_YEAR})[年./-](?P<month>{_N})[月./-](?P<day>{_N})[号日]?(?!\\d)", _full),
        (f"{_YEARS}?的?(?P<month>(?<!\\d){_N})月份?的?(?P<day>{_N})(?:[号日]|(?=之?前|以前))", _month_day),
        (r"(?<![\d./])(?P<month>\d{1,2})[./](?P<day>\d{1,2})(?=号|日|之?前|以前|截止)", _short),
        (f"{_YEARS}?的?(?P<month>(?<!\\d){_N})月份?(?P<part>底|末|上旬|中旬|下旬|中|初)", _month_part),
        (f"{_SHIFT}月的?(?P<day>{_N})[号日]", _shifted_day),
        (f"(?:{_SHIFT})?月(?P<part>底|末|上旬|中旬|下旬|中(?!国)|初)", _shifted_month_part),
        (f"(?:{_SHIFT})?(?<![一二两三四五六七八九十\\d])(?:周|星期|礼拜)"
         "(?P<weekday>[一二三四五六日天]|[1-7](?!\\d))(?![次个遍回趟轮天期线份])", _weekday),
        (f"(?:{_SHIFT})?周末", lambda m: When("weekend", _shift(m) or 0)),
        (f"{_SHIFT}(?:周|星期|礼拜)初", lambda _: When("vague")),
        (f"{_SHIFT}(?:周|星期|礼拜)", lambda m: When("week", _shift(m))),
        ("|".join(sorted(_DAY_SHIFTS, key=len, reverse=True)),
         lambda m: When("day", _DAY_SHIFTS[m[0]])),
        (f"(?:{'|'.join(_FEASTS)})(?![\\d{_DAYS[1:]}])节?",
         lambda m: When("date", month=_FEASTS[m[0].removesuffix('节')][0],
                        day=_FEASTS[m[0].removesuffix('节')][1])),
        (f"(?<![第\\dA-Za-z月点{_DAYS}])(?P<day>{_N})[号日](?!内|之内|以内){_NOT_A_PLACE}", _day),
        (f"(?:{_SHIFT}|第?(?P<number>[一二三四1-4])(?!个)|(?P<q>(?!)))?季度?(?P<end>末|底)", _quarter),
        (f"(?:{_SHIFT}|第?(?P<number>[一二三四1-4])|(?P<q>(?!)))季度(?P<end>(?!))?", _quarter),
        (f"(?:{_YEARS}(?:年)?|年)[底末]", _year_end) if False else
        (f"(?:{_YEARS}年?|(?P<bare>年))[底末]", _year_end),
        (f"{_YEARS}", _plain_year),
        (f"(?:再?过)?{_NUMBER}多?(?P<unit>个?工作日|天|日|周|个?星期|个?礼拜|个月|个?小时|个?钟头|年)"
         "(?:之内|以内|内|之后|以后|后)", _offset),
        (f"再?过{_NUMBER}(?P<unit>个?工作日|天|周|个?星期|个?礼拜|个月|年)", _offset),
        ("下班(?:之?前)", lambda _: When("daypart", 4)),
        ("凌晨|清晨|早上|早晨|上午", lambda _: When("daypart", 0)),
        ("中午", lambda _: When("daypart", 1)),
        ("下午|午后", lambda _: When("daypart", 2)),
        ("傍晚|晚上|夜里|半夜", lambda _: When("daypart", 3)),
        (f"{_SHIFT}月(?![{_DAYS[1:]}\\d])", lambda m: When("month", _shift(m))),
        (f"{_YEARS}?(?P<month>(?<![\\d{_DAYS}]){_N})月(?P<part>(?!))?份?(?!\\d)", _month_part),
    )
)  # fmt: skip
