"""How English says dates: patterns in order of precedence, each with what it means."""

from decimal import Decimal

from pipeline.language.numerals import ARABIC, EN_NUMERAL, EN_ORDINAL, arabic_value, en_value
from pipeline.language.when import Rule, Said, When, WhenKind, calendar_day, rule

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH_NAMES = "|".join(_MONTHS)
_DAY_NAMES = "|".join(day[:3] for day in _WEEKDAYS)
_SHIFTS = {"last": -1, "past": -1, "this": 0, "the": 0, "": 0, "next": 1, "coming": 0}
_DAY_WORDS = {"today": 0, "tonight": 0, "tomorrow": 1, "yesterday": -1}
_DAYPARTS = {"morning": 0, "noon": 1, "midday": 1, "afternoon": 2, "evening": 3, "night": 3}
_OFFSETS = {"day": 1, "week": 7, "fortnight": 14, "month": 30, "year": 365}
_FEASTS = {"christmas": (12, 25), "new year": (1, 1), "new year's": (1, 1)}

_WEEKDAY = (
    r"(?P<weekday>(?i:monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
    r"|Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun)\b"
)
_MONTH = (
    r"\b(?P<month>(?i:january|february|april|june|july|august|september|october|november|december)"
    r"|March|May|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)(?![a-z])\.?)(?!\w)"
)
_MONTH_BY_A_DAY = _MONTH.replace("March|May", "[Mm]arch|[Mm]ay")
_DAY = f"(?P<day>\\d{{1,2}}(?:st|nd|rd|th)?|(?i:{EN_ORDINAL}))(?![\\w%])"
_NTH = f"(?P<day>\\d{{1,2}}(?:st|nd|rd|th)|(?i:{EN_ORDINAL}))\\b"
_YEAR = r"(?:,?\s+(?P<year>(?:19|20)\d{2})\b)?"
_SHIFT = r"(?P<shift>last|past|this|next|coming)\s+"
_END = r"(?:the\s+)?(?:very\s+)?(?:end\s+of|close\s+of)\s+"
_NUMBER = f"(?P<number>{ARABIC}|an?\\s+(?:half|couple)|half\\s+an?|an?|{EN_NUMERAL})"
_SPAN = r"(?:(?P<work>working|business|work)\s+)?(?P<unit>hour|day|week|fortnight|month|year)s?\b"
_NOT_COUNTED = (
    r"(?=\s*(?:[.,;:?!)]|$|is\b|was\b|at\b|or\b|and\b|to\b|if\b|so\b|then\b|for\b|because\b))"
)


def _shift(said: Said) -> int | None:
    shift = said.get("shift")
    return None if shift is None else _SHIFTS.get(shift.casefold(), 0)


def _day(text: str) -> int:
    digits = text.rstrip("stndrh")
    return int(digits) if digits.isdigit() else int(en_value(text))


def _date(said: Said) -> When | None:
    month, year = said.get("month"), said.get("year")
    return calendar_day(
        _shift(said) if month is None else None,
        int(year) if year else None,
        _month_number(month) if month else None,
        _day(said["day"] or ""),
    )


def _numeric(said: Said) -> When | None:
    year, month = said.get("year"), int(said["month"] or 0)
    return calendar_day(None, int(year) if year else None, month, int(said["day"] or 0))


def _month_number(text: str) -> int:
    return _MONTHS.index(text[:3].casefold()) + 1


def _weekday(said: Said) -> When:
    name = (said["weekday"] or "")[:3].casefold()
    number = next(i for i, day in enumerate(_WEEKDAYS) if day.startswith(name))
    return When("weekday", _shift(said), weekday=number)


def _month(kind: WhenKind, said: Said) -> When:
    year, month = said.get("year"), said.get("month")
    if month is None:
        return When(kind, _shift(said) or 0)
    return When(kind, year=int(year) if year else None, month=_month_number(month))


def _quarter(kind: WhenKind, said: Said) -> When:
    number = said.get("number")
    return When(kind, month=int(number) * 3) if number else When(kind, _shift(said) or 0)


def _year(kind: WhenKind, said: Said) -> When:
    year = said.get("year")
    return When(kind, None if year else _shift(said) or 0, year=int(year) if year else None)


def _offset(said: Said) -> When | None:
    number, unit = (said["number"] or "").casefold(), (said["unit"] or "").casefold()
    if "couple" in number:
        return When("vague")
    value = Decimal(1)
    if "half" in number:
        value = Decimal("0.5")
    elif number[0].isdigit():
        value = arabic_value(number)
    elif number not in ("a", "an"):
        value = en_value(number)
    if said.get("work"):
        return When("workdays", int(value))
    if unit == "hour":
        return When("offset", -int(-value // 24))
    return When("offset", int(value * _OFFSETS[unit]))


def _feast(said: Said) -> When:
    month, day = _FEASTS[(said["word"] or "").casefold()]
    return When("date", month=month, day=day)


RULES: tuple[Rule, ...] = (
    rule("-|/|.", r"(?<!\d)(?P<year>(?:19|20)\d{2})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?!\d)", _numeric),
    rule(_MONTH_NAMES, f"{_MONTH_BY_A_DAY}\\s+(?:the\\s+)?{_DAY}{_YEAR}", _date),
    rule(_MONTH_NAMES, f"(?<![\\w.,]){_DAY}\\s+(?:of\\s+)?{_MONTH_BY_A_DAY}{_YEAR}", _date),
    rule("month", f"(?i:the\\s+){_NTH}(?i:\\s+of\\s+{_SHIFT}month\\b)", _date),
    rule(_MONTH_NAMES, f"(?i:{_END}){_MONTH}{_YEAR}", lambda said: _month("month_end", said)),
    rule(_MONTH_NAMES, f"(?i:\\bmid-?\\s?){_MONTH}{_YEAR}", lambda said: _month("month_mid", said)),
    rule("early", f"(?i)\\bearly\\s+{_SHIFT}(?:week|month|quarter|year)\\b", lambda _: When("vague")),
    rule("week", f"{_WEEKDAY}(?i:\\s+(?:of\\s+)?{_SHIFT}week\\b)", _weekday),
    rule(_DAY_NAMES, f"\\b(?i:{_SHIFT})?{_WEEKDAY}", _weekday),
    rule("after next", r"(?i)\b(?:the\s+)?week\s+after\s+next\b", lambda _: When("week", 2)),
    rule("week", f"(?i)\\b(?:{_END})?{_SHIFT}week\\b", lambda said: When("week", _shift(said))),
    rule("week|eow", r"(?i:\bend\s+of\s+(?:the\s+)?week\b|\bweek[\s-]end\b(?=ing))|\bEOW\b", lambda _: When("week", 0)),
    rule("weekend", f"(?i)\\b(?:{_SHIFT}|the\\s+)?weekend\\b", lambda said: When("weekend", _shift(said) or 0)),
    rule("tomorrow", r"(?i)\b(?:the\s+)?day\s+after\s+tomorrow\b", lambda _: When("day", 2)),
    rule("today|tonight|tomorrow|yesterday", r"(?i)\b(?P<word>today|tonight|tomorrow|yesterday)\b",
        lambda said: When("day", _DAY_WORDS[(said["word"] or "").casefold()]),
    ),
    rule("month", f"(?i)\\b{_END}{_SHIFT}month\\b", lambda said: _month("month_end", said)),
    rule("month|eom", r"(?i:\bend\s+of\s+(?:the\s+)?month\b|\bmonth[\s-]?end\b)|\bEOM\b",
         lambda said: _month("month_end", said)),
    rule("month", f"(?i)\\b{_SHIFT}month\\b", lambda said: _month("month", said)),
    rule("of q", r"(?i)\b(?:end\s+of\s+)Q(?P<number>[1-4])\b", lambda said: _quarter("quarter_end", said)),
    rule("quarter", f"(?i)\\b{_END}(?:{_SHIFT}|the\\s+)?quarter\\b", lambda said: _quarter("quarter_end", said)),
    rule("quarter|eoq", r"(?i:\bquarter[\s-]end\b)|\bEOQ\b", lambda said: _quarter("quarter_end", said)),
    rule("q", r"\bQ(?P<number>[1-4])\b", lambda said: _quarter("quarter", said)),
    rule("quarter", f"(?i)\\b{_SHIFT}quarter\\b", lambda said: _quarter("quarter", said)),
    rule("of", f"(?i)\\b{_END}(?P<year>20\\d{{2}})\\b", lambda said: _year("year_end", said)),
    rule("year", f"(?i)\\b{_END}(?:{_SHIFT}|the\\s+)?year\\b", lambda said: _year("year_end", said)),
    rule("year|eoy", r"(?i:\byear[\s-]end\b)|\bEOY\b", lambda said: _year("year_end", said)),
    rule("year", f"(?i)\\b{_SHIFT}year\\b", lambda said: _year("year", said)),
    rule("19|20", r"(?i)\b(?:in|since|from|until|back to|of)\s+(?P<year>(?:19|20)\d{2})\b(?!\s*[a-z]*s\b)",
         lambda said: _year("year", said)),
    rule("day|week|fortnight|month|year|hour", f"(?i)\\b(?:(?:in|within|over)|for\\s+the\\s+next)\\s+(?:the\\s+next\\s+)?{_NUMBER}\\s+{_SPAN}(?=.|$)", _offset),
    rule("now|today|later", f"(?i)\\b{_NUMBER}\\s+{_SPAN}\\s+(?:from\\s+(?:now|today)|later)\\b", _offset),
    rule("the ", f"(?i:\\b(?:by|on|before|until|till|after|from|since|around)\\s+the\\s+){_NTH}{_NOT_COUNTED}", _date),
    rule("0|1|2|3|4|5|6|7|8|9", f"(?<![\\w.,])(?:the\\s+)?(?P<day>\\d{{1,2}}(?:st|nd|rd|th))\\b{_NOT_COUNTED}", _date),
    rule("day|close of|eod|cob", r"(?i:\b(?:end\s+of\s+(?:the\s+)?(?:working\s+|business\s+)?day|close\s+of\s+(?:play|business))\b)"
         r"|\bEOD\b|\bCOB\b", lambda _: When("daypart", 4)),
    rule("morning|noon|midday|night|evening", r"(?i)\b(?:(?:this|in the|at|by)\s+)?(?P<word>morning|noon|midday|afternoon|evening|night)s?\b",
        lambda said: When("daypart", _DAYPARTS[(said["word"] or "").casefold()]),
    ),
    rule("christmas|new year", r"(?i)\b(?P<word>christmas|new year(?:'s)?)\b", _feast),
    rule(_MONTH_NAMES, f"\\b{_MONTH}{_YEAR}", lambda said: _month("month", said)),
)  # fmt: skip
