"""How Chinese says dates: patterns in order of precedence, each with what it means."""

from collections.abc import Mapping

from pipeline.language.numerals import (
    ARABIC,
    ZH_DIGIT,
    ZH_DIGITS,
    ZH_NUMERAL,
    arabic_value,
    zh_values,
)
from pipeline.language.when import Rule, Said, When, WhenKind, calendar_day, rule

_DAYS = "一二三四五六七八九十"
_N = r"(?:[二三]?十[一二三四五六七八九]?|[一二三四五六七八九]|\d{1,2})"
_YEAR = f"(?:(?:19|20)\\d{{2}}|二[零〇]{ZH_DIGIT}{{2}})"
_YEARS = f"(?P<year>{_YEAR}年|今年|明年|后年|去年|本年)"
_MONTH = f"(?P<month>(?<![\\d{_DAYS}]){_N})月"
_SHIFT = "(?P<shift>上上|下下|上|这|本|下)个?"
_WEEK = "(?:周|星期|礼拜)"
_NO_NUMBER = f"(?:(?<![{_DAYS}两\\d])|(?<=张三)|(?<=李四)|(?<=王五)|(?<=赵六))"
"""三周 is three weeks, but 张三 a man whose week begins after his name."""
_NUMBER = f"(?P<number>{ARABIC}|{ZH_NUMERAL}|半)"
_SPAN = "(?P<unit>工作日|天|日|周|星期|礼拜|月|小时|钟头|年)"
_NOT_A_PLACE = "(?![线楼机车窗磨仓库门店井炉厂床位台柜桌铺院区馆口码段房员文])"
_SHIFTS = {"上上": -2, "上": -1, "这": 0, "本": 0, "下": 1, "下下": 2}
_YEAR_SHIFTS = {"去年": -1, "今年": 0, "本年": 0, "明年": 1, "后年": 2}
_DAY_SHIFTS = {
    "大前天": -3, "前天": -2, "昨天": -1, "昨晚": -1, "昨日": -1, "今天": 0, "今日": 0, "今儿": 0,
    "今晚": 0, "今早": 0, "明天": 1, "明日": 1, "明儿": 1, "明早": 1, "明晚": 1, "后天": 2,
    "明后天": 2, "明后两天": 2, "大后天": 3,
}  # fmt: skip
_DAYPARTS = {
    "凌晨": 0, "清晨": 0, "早上": 0, "早晨": 0, "上午": 0, "中午": 1, "下午": 2, "午后": 2,
    "傍晚": 3, "晚上": 3, "夜里": 3, "半夜": 3, "下班前": 4, "下班之前": 4,
}  # fmt: skip
_FEASTS = {
    "元旦": (1, 1), "五一": (5, 1), "国庆": (10, 1), "双十一": (11, 11), "双11": (11, 11),
    "双十二": (12, 12), "双12": (12, 12), "圣诞": (12, 25),
}  # fmt: skip
_OFFSETS = {"天": 1, "日": 1, "周": 7, "星期": 7, "礼拜": 7, "月": 30, "年": 365}
_HALVES = {"天": 1, "月": 15, "年": 182}


def _any(words: Mapping[str, object]) -> str:
    return f"(?P<word>{'|'.join(sorted(words, key=len, reverse=True))})"


def _small(text: str) -> int:
    values = (int(text),) if text.isdigit() else zh_values(text)
    return int(values[0]) if len(values) == 1 else 0


def _shift(said: Said) -> int | None:
    return _SHIFTS.get(said.get("shift") or "")


def _year(said: Said) -> tuple[int | None, int | None]:
    """Shift and year: 明年 is (1, None), 2026年 is (None, 2026)."""
    year = said.get("year") or ""
    if not year or year in _YEAR_SHIFTS:
        return _YEAR_SHIFTS.get(year), None
    digits = "".join(str(ZH_DIGITS.get(char, char)) for char in year.removesuffix("年"))
    return None, int(digits)


def _date(said: Said) -> When | None:
    shift, year = _year(said)
    month = said.get("month")
    if month is None:
        shift = _shift(said)
    return calendar_day(shift, year, _small(month) if month else None, _small(said["day"] or ""))


def _month_part(said: Said) -> When | None:
    shift, year = _year(said)
    number = said.get("month")
    month = _small(number) if number else None
    if month is None:
        shift = _shift(said) or 0
    elif not 1 <= month <= 12:
        return None
    part = said.get("part") or ""
    if part in ("上旬", "中旬"):
        return When("date", shift, year=year, month=month, day=10 if part == "上旬" else 20)
    kinds: dict[str, WhenKind] = {"底": "month_end", "末": "month_end", "下旬": "month_end"}
    kinds["中"] = "month_mid"
    return When(kinds.get(part, "month"), shift, year=year, month=month)


def _weekday(said: Said) -> When:
    day = said["weekday"] or ""
    number = int(day) if day.isdigit() else 7 if day in "日天" else _small(day)
    return When("weekday", _shift(said), weekday=number - 1)


def _quarter(said: Said) -> When:
    number = said.get("number")
    kind: WhenKind = "quarter_end" if said.get("end") else "quarter"
    return When(kind, month=_small(number) * 3) if number else When(kind, _shift(said) or 0)


def _year_end(said: Said) -> When:
    shift, year = _year(said)
    return When("year_end", None if year else shift or 0, year=year)


def _plain_year(said: Said) -> When:
    shift, year = _year(said)
    return When("year", shift, year=year)


def _feast(said: Said) -> When:
    month, day = _FEASTS[said["word"] or ""]
    return When("date", month=month, day=day)


def _offset(said: Said) -> When | None:
    number, unit = said["number"] or "", said["unit"] or ""
    if number == "半":
        return When("offset", _HALVES[unit]) if unit in _HALVES else None
    values = (arabic_value(number),) if number[0].isdigit() else zh_values(number)
    if not values:
        return None
    if unit == "工作日":
        return When("workdays", int(values[-1]))
    if unit in ("小时", "钟头"):
        return When("offset", -int(-values[-1] // 24))
    return When("offset", int(values[-1] * _OFFSETS[unit]))


RULES: tuple[Rule, ...] = (
    rule("天", "再?过[两几]天|[这近][两几]天", lambda _: When("vague")),
    rule(
        "年|-|.|/",
        f"(?P<year>{_YEAR})[年./-](?P<month>{_N})[月./-](?P<day>{_N})[号日]?(?!\\d)",
        _date,
    ),
    rule("月", f"{_YEARS}?的?{_MONTH}份?的?(?P<day>{_N})(?:[号日]|(?=之?前|以前))", _date),
    rule(
        "前|号|日|截止",
        r"(?<![\d./])(?P<month>\d{1,2})[./](?P<day>\d{1,2})(?=号|日|之?前|以前|截止)",
        _date,
    ),
    rule("月", f"{_YEARS}?的?{_MONTH}份?(?P<part>底|末|上旬|中旬|下旬|中|初)", _month_part),
    rule("月", f"{_SHIFT}月的?(?P<day>{_N})[号日]", _date),
    rule("月", f"(?:{_SHIFT})?月(?P<part>底|末|上旬|中旬|下旬|中(?!国)|初)", _month_part),
    rule(
        "周|星期|礼拜",
        f"(?:{_SHIFT})?{_NO_NUMBER}{_WEEK}"
        "(?P<weekday>[一二三四五六日天]|[1-7](?!\\d))(?![次个遍回趟轮天期线份])",
        _weekday,
    ),
    rule("周末", f"(?:{_SHIFT})?周末", lambda said: When("weekend", _shift(said) or 0)),
    rule("周|星期|礼拜", f"{_SHIFT}{_WEEK}初", lambda _: When("vague")),
    rule("周|星期|礼拜", f"{_SHIFT}{_WEEK}", lambda said: When("week", _shift(said))),
    rule(
        "天|今|昨|明", _any(_DAY_SHIFTS), lambda said: When("day", _DAY_SHIFTS[said["word"] or ""])
    ),
    rule("旦|五一|国庆|双|圣诞", f"{_any(_FEASTS)}节?(?![\\d{_DAYS}])", _feast),
    rule(
        "号|日",
        f"(?<![第\\dA-Za-z月点.{_DAYS}])(?P<day>{_N})[号日](?!之内|以内|内){_NOT_A_PLACE}",
        _date,
    ),
    rule("季", f"(?:{_SHIFT}|第?(?P<number>[一二三四1-4])(?!个))?季度?(?P<end>末|底)", _quarter),
    rule("季度", f"(?:{_SHIFT}|第?(?P<number>[一二三四1-4]))季度", _quarter),
    rule("年|底|末", f"(?:{_YEARS}年?|年)[底末]", _year_end),
    rule("月", f"{_YEARS}?{_MONTH}份?(?!\\d)", _month_part),
    rule("年", _YEARS, _plain_year),
    rule("内|后", f"(?:再?过)?{_NUMBER}个?{_SPAN}(?:之内|以内|内|之后|以后|后)", _offset),
    rule("过", f"再?过{_NUMBER}个?{_SPAN}", _offset),
    rule(
        "早|晨|午|晚|夜|下班",
        _any(_DAYPARTS),
        lambda said: When("daypart", _DAYPARTS[said["word"] or ""]),
    ),
    rule("月", f"{_SHIFT}月(?![{_DAYS}\\d])", _month_part),
)
