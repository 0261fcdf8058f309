"""Days and times of day as chats write them: 2026/6/15 15:02:11, 6月15日 下午3:02, 6/15 3:02 PM."""

import re
from typing import NamedTuple

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_WEEKDAY = (
    r"(?:(?:星期|周|礼拜)[一二三四五六日天]"
    r"|(?:mon|tue(?:s)?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?(?![a-z]))"
)
_DATE = (
    r"(?P<y>\d{4})[-/.年] ?(?P<m>\d{1,2})[-/.月] ?(?P<d>\d{1,2})(?: ?日)?(?!\d)"
    r"|(?P<cm>\d{1,2})月(?P<cd>\d{1,2})日"
    r"|(?P<a>\d{1,2})[/.](?P<b>\d{1,2})[/.](?P<ay>\d{4}|\d{2})(?!\d)"
    r"|(?P<sa>\d{1,2})[/-](?P<sb>\d{1,2})(?![\d/-])"
    rf"|(?P<em>{_MONTH}) (?P<ed>\d{{1,2}})(?:st|nd|rd|th)?(?:,? (?P<ey>\d{{4}}))?(?!\d)"
    rf"|(?P<gd>\d{{1,2}}) (?P<gm>{_MONTH})(?:,? (?P<gy>\d{{4}}))?(?!\d)"
    r"|(?P<ago>今天|昨天|前天|today|yesterday)"
)
_TIME = (
    r"(?P<half>上午|下午|凌晨|早上|中午|晚上|[ap]m)? ?(?P<h>\d{1,2})[:：](?P<min>\d{2})"
    r"(?:[:：](?P<s>\d{2}))?(?: ?(?P<ap>[ap]\.? ?m\b\.?))?(?![\d:：])"
)
STAMP = (
    rf"(?:{_WEEKDAY}[,，]? *)?(?:(?:{_DATE})[,，t]? *(?:{_WEEKDAY}[,，]? *)?(?:at )? *)?"
    rf"(?:{_WEEKDAY} *)?{_TIME}"
)
"""A time of day, mostly with a day before it; to be matched without regard to case."""
_LINE = r"[-—–─_=*~·•\s]*"
_DAY = re.compile(
    rf"(?i)(?P<before>{_LINE})(?:{_WEEKDAY}[,，]? *)?(?:{_DATE})(?P<week>[,， ]*{_WEEKDAY})?"
    rf"(?P<after>{_LINE})"
)
_ANY_DAY = re.compile(rf"(?i)(?<![\d/.-])(?:{_DATE})")
_MOMENT = re.compile(rf"(?i){_LINE}{STAMP}{_LINE}")
_SHORT = 80
"""Characters of the longest line that only names a day."""
_LATE = ("下午", "晚上", "pm")


class Stamp(NamedTuple):
    """When a message was sent, as far as its line says it."""

    year: int | None = None
    first: int | None = None
    """The month, or the day where `swaps` and the file puts days first."""
    second: int | None = None
    """The day, or the month."""
    swaps: bool = False
    """Whether the line leaves open which of the two numbers is the month."""
    hour: int | None = None
    minute: int = 0
    second_of: int | None = None
    form: str = ""
    """How it is written: stamps of one program have the same."""
    named: bool = False
    """Whether a word for a day stands there that only its writer can tell, such as 昨天."""

    @property
    def dated(self) -> bool:
        """Whether it names a day."""
        return self.first is not None

    @property
    def seconds(self) -> float | None:
        """Seconds since midnight; None where it names only a day."""
        if self.hour is None:
            return None
        return float(self.hour * 3600 + self.minute * 60 + (self.second_of or 0))


def stamp_of(found: re.Match[str]) -> Stamp | None:
    """The stamp that a match of STAMP holds; None where no clock and no calendar has it."""
    said = found.groupdict()
    day = day_of(said)
    if day is None:
        return None
    hour, minute, second = int(said["h"]), int(said["min"]), int(said["s"] or 0)
    half = (said["half"] or said["ap"] or "").lower().replace(".", "").replace(" ", "")
    if half and not 0 <= hour <= 12:
        half = "" if hour <= 23 else half
    if half in _LATE or (half == "中午" and hour < 6):
        hour = hour % 12 + 12
    elif half in ("am", "凌晨") and hour == 12:
        hour = 0
    if hour > 23 or minute > 59 or second > 59:
        return None
    seconds = "s" if said["s"] else ""
    return day._replace(
        hour=hour,
        minute=minute,
        second_of=second if said["s"] else None,
        form=f"{day.form} t{seconds}{'h' if half else ''}",
    )


def day_of(said: dict[str, str | None]) -> Stamp | None:
    """The day that the named groups of a date hold; no day where there are none, None if it is wrong."""
    if said["y"]:
        return _checked(said["y"], said["m"], said["d"], "ymd")
    if said["cm"]:
        return _checked(None, said["cm"], said["cd"], "cn")
    if said["a"]:
        return _checked(said["ay"], said["a"], said["b"], "aby", swaps=True)
    if said["sa"]:
        return _checked(None, said["sa"], said["sb"], "ab", swaps=True)
    if said["em"] or said["gm"]:
        month = _MONTHS.index((said["em"] or said["gm"] or "")[:3].lower()) + 1
        return _checked(said["ey"] or said["gy"], str(month), said["ed"] or said["gd"], "en")
    return Stamp(form="ago" if said["ago"] else "", named=bool(said["ago"]))


def _checked(
    year: str | None, first: str | None, second: str | None, form: str, *, swaps: bool = False
) -> Stamp | None:
    one, two = int(first or 0), int(second or 0)
    small, large = sorted((one, two))
    fits = 1 <= small <= 12 and large <= 31 if swaps else 1 <= one <= 12 and 1 <= two <= 31
    if not fits:
        return None
    full = None if year is None else int(year) + (2000 if len(year) == 2 else 0)
    return Stamp(full, one, two, swaps, form=form)


def day_in(text: str) -> Stamp | None:
    """The first day with its year that a text names."""
    stamps = (day_of(found.groupdict()) for found in _ANY_DAY.finditer(text))
    return next((one for one in stamps if one and one.year), None)


def day_line(line: str) -> Stamp | None:
    """The day that a line between messages names, set off as such lines are; else None."""
    found = _DAY.fullmatch(line) if len(line) <= _SHORT else None
    if found is None:
        return None
    stamp = day_of(found.groupdict())
    set_off = found["before"].strip() or found["after"].strip() or found["week"]
    known = stamp is not None and (stamp.dated or stamp.named)
    return stamp if known and (set_off or (stamp and stamp.year)) else None


def moment_line(line: str) -> Stamp | None:
    """The time that stands in a line of its own between messages."""
    found = _MOMENT.fullmatch(line) if len(line) <= _SHORT else None
    return stamp_of(found) if found else None
