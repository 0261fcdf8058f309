"""A chat as a table: a row a message, with when, who and what, as CSV or XLSX."""

import csv
import re
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.models.reading import Reading
from pipeline.models.transcript import Dropped
from pipeline.readers.chat import read_messages
from pipeline.readers.chat_lines import Head
from pipeline.readers.chat_stamps import Stamp, moment_line
from pipeline.readers.openings import OUTSIDE
from pipeline.readers.shape import NONE, SAMPLE, Content, Shape

_DATED = 0.95
"""Columns with these names, and a day in most rows."""
_WHEN = re.compile(
    r"(?i)(?:消息|发送|聊天)?(?:时间|日期)|发送日期时间|(?:message |sent |create)?(?:date|time|timestamp|date ?time)"
    r"|(?:str|create)_?time|sent(?: at)?"
)
_WHO = re.compile(
    r"(?i)发送[人者]|发言人|发信人|昵称|群昵称|姓名|用户名?|成员|发件人|sender(?:_?name)?|from|name|nick ?name"
    r"|user(?: ?name)?|author|talker|speaker|备注"
)
_WHAT = re.compile(
    r"(?i)(?:消息|聊天|发言)?内容|消息|正文|文本|(?:str)?content|message|text|body|msg"
)
_NEAR = 10
"""Rows in which the names of the columns stand."""
_MARKS = (",", "\t", ";")


class _Columns(NamedTuple):
    """Where the cells of a message stand."""

    when: int
    who: int
    what: int


def _rows(content: Content) -> Sequence[Sequence[str]]:
    if content.form == "table":
        return content.rows
    if content.form != "text":
        return ()
    text = content.text.lstrip("\ufeff\n ")
    head = text.split("\n", _NEAR)[:_NEAR]
    mark = max(_MARKS, key=lambda sign: sum(min(line.count(sign), 2) for line in head))
    try:
        return list(csv.reader(text.splitlines(keepends=True), delimiter=mark))
    except csv.Error:
        return ()


def _headed(rows: Sequence[Sequence[str]]) -> tuple[int, _Columns | None]:
    """Below how many rows the messages begin, and where their cells stand."""
    for place, row in enumerate(rows[:_NEAR], 1):
        columns = _columns(row)
        if columns is not None:
            return place, columns
    return 1, None


def _columns(row: Sequence[str]) -> _Columns | None:
    names = [name.strip().strip("\ufeff") for name in row]
    found = [
        next((at for at, name in enumerate(names) if pattern.fullmatch(name)), None)
        for pattern in (_WHEN, _WHO, _WHAT)
    ]
    when, who, what = found
    if when is None or who is None or what is None or len(set(found)) < 3:
        return None
    return _Columns(when, who, what)


def _likely(content: Content) -> float:
    rows = _rows(content.beginning)[:SAMPLE]
    begins, columns = _headed(rows)
    if columns is None or len(rows) <= begins:
        return NONE
    stamps = [_stamp(row, columns) for row in rows[begins:] if any(row)]
    dated = sum(stamp is not None and stamp.dated for stamp in stamps)
    return _DATED if dated * 2 > len(stamps) else NONE


def _read(content: Content) -> Reading:
    rows = _rows(content)
    begins, found = _headed(rows)
    columns = found or _Columns(0, 1, 2)
    filled = [(number, row) for number, row in enumerate(rows, 1) if any(row)]
    messages = [
        (number, Head(_cell(row, columns.who), _stamp(row, columns)), _cell(row, columns.what))
        for number, row in filled
        if number > begins and _is_message(row, columns)
    ]
    strays = tuple(
        Dropped(line=number, text=" ".join(filter(None, row)).strip(), reason=OUTSIDE)
        for number, row in filled
        if number < begins or (number > begins and not _is_message(row, columns))
    )
    reading = read_messages(messages, shape=SHAPE.name)
    return reading.with_(dropped=(*reading.dropped, *strays))


def _is_message(row: Sequence[str], columns: _Columns) -> bool:
    """Whether it has words, or at least somebody at some time who sent none."""
    return bool(_cell(row, columns.what) or (_cell(row, columns.who) and _stamp(row, columns)))


def _cell(row: Sequence[str], at: int) -> str:
    return row[at].strip() if at < len(row) else ""


def _stamp(row: Sequence[str], columns: _Columns) -> Stamp | None:
    return moment_line(_cell(row, columns.when).replace("T", " ").partition(".")[0])


SHAPE = Shape("chat_table", "chat", _likely, _read)
