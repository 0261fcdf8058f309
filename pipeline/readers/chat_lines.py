"""Lines that open a message: name and time on a line of their own, or before the words."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

from pipeline.readers.chat_stamps import STAMP, Stamp, moment_line, stamp_of

_OPEN, _CLOSE = r"[\[【(（<]", r"[\]】)）>]"
_CLOCK = re.compile(r"\d[:：]\d")
_NAME_FIRST = re.compile(
    rf"(?i)(?P<name>\S.{{0,60}}?)(?:\s+[-–—|]?\s*|\s*[,，]?\s*(?P<open>{_OPEN})\s*|(?<=】)|(?=\d{{4}}[-/年]))"
    rf"{STAMP}\s*{_CLOSE}?[:：]?"
)
_TIME_FIRST = re.compile(
    rf"(?i)(?P<open>{_OPEN})?{STAMP}{_CLOSE}?(?:\s+|\s*[-–—|,，]\s*)(?P<name>\S[^:：]{{0,60}}?)[:：]?"
)
_INLINE = re.compile(
    rf"(?i)(?P<open>{_OPEN})?{STAMP}{_CLOSE}?\s*[-–—|]?\s*"
    r"(?P<from>from\s+|来自\s*|从\s*)?(?P<name>\S[^:：\n]{0,80}?)\s*[:：](?:\s+|(?=\S)|$)(?P<text>.*)"
)
_NAME_INLINE = re.compile(
    rf"(?i)(?P<name>\S[^:：\n]{{0,40}}?)(?:\s+|\s*(?P<open>{_OPEN})\s*){STAMP}\s*{_CLOSE}?"
    r"\s*[:：]\s*(?P<text>\S.*)"
)
_NAME_ALONE = re.compile(r"(?P<name>[^:：\s][^:：]{0,30}?)\s*[:：]")
_STAMPED = re.compile(rf"(?i){_OPEN}?{STAMP}{_CLOSE}?\s*[-–—|]?\s*(?P<rest>\S.*)")
_TO = re.compile(r"(?i)\s+(?:to|到|至|发送给|对)\s+\S.*$")
_MARKS = {
    ord(mark): None
    for mark in "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\ufeff\u2066\u2067\u2068\u2069"
} | {ord(space): " " for space in "\u202f\xa0"}
_OF_APP = re.compile(r"(?i)@(?:微信|wechat)$|^~\s?")
"""Marks that programs put at a name, which are no part of it."""
_NO_NAME = re.compile(
    r"(?i)\d{4}[-/年]\d|[:：]|^(?:https?|www)\b|\b(?:info|warn|error|debug|fatal|trace)\b"
)
"""What stands before a time in other files."""
_NOT_PEOPLE = re.compile(
    r"(?i)[。！？!?；;，,“”\"]|\.\s|…|^\W+$|时间|日期|会议|纪要|记录|主题|地点|截止|上线|开会|下午|上午|明天|今天|昨天|后天|周[一二三四五六日](?![\u4e00-\u9fff])"
    r"|\b(?:date|time|minutes|meeting|notes?|subject|deadline|tomorrow|today|at|by|from|until|due)\b"
)
"""What stands in words before a time; a name has it only where it comes back."""

_DASHES = frozenset("-–—|")
"""What stands between a time and a name, and is no part of it."""
_LONGEST_NAME = 30
_OFTEN = 3
"""Lines with a day in one layout, from which each of them opens a message."""
Where = Literal["own", "inline"]
"""Whether the words follow below the line that opens a message, or stand on it."""


class Head(NamedTuple):
    """A line that opens a message."""

    name: str
    stamp: Stamp | None = None
    text: str = ""
    """Words on the same line."""
    form: str = ""
    """The layout of the line: those of one program are alike."""
    where: Where = "own"
    under: int = 0
    """Lines right below it that belong to it: the time, where it has a line of its own."""


def plain(line: str) -> str:
    """A line without the marks of direction that phones write, with plain spaces."""
    return line.translate(_MARKS).strip()


def heads(lines: Sequence[str], where: Where) -> dict[int, Head]:
    """The lines that open a message, by their place, all in the layout that most of them have.

    A line in another layout is text that only ends in a time, unless its name opens messages too.
    """
    timed = {at: plain(line) for at, line in enumerate(lines) if _CLOCK.search(line)}
    found = {at: head for at, line in timed.items() if (head := _head(line, where))}
    if where == "own":
        found = _two_lined(lines, timed) or found
    if not found:
        return {}
    form = Counter(head.form for head in found.values()).most_common(1)[0][0]
    names = Counter(head.name for head in found.values() if head.form == form)
    kept = {
        at: head
        for at, head in found.items()
        if names[head.name] > 1 or (head.form == form and _may_be_name(head, names))
    }
    sure: dict[int, Head] = {}
    for at, head in kept.items():
        if not _is_text(at, head, sure, names, lines):
            sure[at] = head
    return {} if _is_agenda(kept, sure, names) else sure


def _is_agenda(kept: Mapping[int, Head], sure: Mapping[int, Head], names: Counter[str]) -> bool:
    """Whether times stand before what happens then: line below line, and nobody comes back."""
    below = len(kept) - len(sure)
    plain_times = not any(head.stamp and head.stamp.dated for head in sure.values())
    return plain_times and max(names.values()) == 1 and 2 * below >= len(sure) > 1


def _may_be_name(head: Head, names: Counter[str]) -> bool:
    """Whether what stands once before a time is a name: with a day, as often in a file, it is."""
    sure = head.stamp is not None and head.stamp.dated and names.total() >= _OFTEN
    return sure or not _NOT_PEOPLE.search(head.name)


def _two_lined(lines: Sequence[str], timed: Mapping[int, str]) -> dict[int, Head]:
    """Names with the time on the line below, if that is how most messages open."""
    found: dict[int, Head] = {}
    for at, line in timed.items():
        name = plain(lines[at - 1]) if at else ""
        stamp = moment_line(line) if 0 < len(name) <= _LONGEST_NAME else None
        if stamp and not (_NO_NAME.search(name) or _NOT_PEOPLE.search(name)):
            found[at - 1] = Head(_cleaned(name), stamp, form=f"name/ {stamp.form}", under=1)
    again = len({head.name for head in found.values()}) < len(found)
    apart = all(at == 0 or not lines[at - 1].strip() for at in found)
    return found if len(found) > 1 and (again or apart) and 2 * len(found) > len(timed) else {}


def _cleaned(name: str) -> str:
    """A name without the marks that programs put at it."""
    return _OF_APP.sub("", name).strip().strip("【】").strip()


def _is_text(
    at: int, head: Head, sure: dict[int, Head], names: Counter[str], lines: Sequence[str]
) -> bool:
    """Whether a line is the words of the message that the line above opens and nobody else says."""
    if names[head.name] > 1 or head.where != "own":
        return False
    return bool(lines[at - 1].strip()) and at - 1 in sure if at else False


def _head(line: str, where: Where) -> Head | None:
    forms = ((_TIME_FIRST, "time"), (_NAME_FIRST, "name"))
    inline = ((_INLINE, "time:"), (_NAME_INLINE, "name:"))
    for pattern, form in forms if where == "own" else inline:
        match = pattern.fullmatch(line)
        head = _made(match, form, where) if match else None
        if head is not None:
            return head
    return None


def _made(match: re.Match[str], form: str, where: Where) -> Head | None:
    said = match.groupdict()
    stamp = stamp_of(match)
    name = _cleaned(_TO.sub("", said["name"]) if where == "inline" else said["name"])
    if stamp is None or not name or name[0] in _DASHES or "\t" in name or _NO_NAME.search(name):
        return None
    form = f"{form}{'[' if said.get('open') else ''}{'from' if said.get('from') else ''}"
    return Head(name, stamp, (said.get("text") or "").strip(), f"{form} {stamp.form}", where)


def notice(line: str, stamp: Stamp) -> str | None:
    """What the program itself says in a line with the stamp of messages and nobody's name."""
    match = _STAMPED.fullmatch(plain(line))
    own = stamp_of(match) if match else None
    return match["rest"] if match and own and own.form == stamp.form else None


def named_heads(lines: Sequence[str]) -> dict[int, Head]:
    """Lines that hold a name and a colon alone, over the words of a message."""
    found: dict[int, Head] = {}
    for at, line in enumerate(lines):
        match = _NAME_ALONE.fullmatch(plain(line))
        if match and not (_NO_NAME.search(match["name"]) or _NOT_PEOPLE.search(match["name"])):
            found[at] = Head(_cleaned(match["name"]) or match["name"], form="name")
    return found
