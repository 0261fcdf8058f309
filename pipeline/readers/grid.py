"""Tables of turns: which column holds who, what and when, told by the heading or by the cells."""

import re
from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple

from pipeline.readers.clock import CLOCK
from pipeline.readers.dated import find_date
from pipeline.readers.labels import folded, is_name

Part = Literal["speaker", "text", "start", "end"]
_WORDS: dict[Part, str] = {
    "speaker": "发言人 说话人 讲话人 发言者 说话者 讲述人 讲者 发言人姓名 说话人姓名 姓名 名字 名称 人员 角色 昵称 用户 参会人"
    " 发送人 发送者 speaker speakername speakerlabel name who participant person user username author sender from",
    "text": "发言内容 说话内容 讲话内容 转写内容 转写文本 转写结果 识别结果 语音内容 对话内容 文字内容 内容 文本 文字 发言 原文 字幕 话术 转写"
    " 语句 句子 消息 消息内容 text transcript transcription content speech utterance words said sentence caption subtitle message dialogue",
    "start": "开始时间 起始时间 开始 起始 起点 发言时间 说话时间 时间戳 时间点 时间 时刻 时间码 start starttime startoffset begin"
    " begintime timestamp timecode time offset in",
    "end": "结束时间 终止时间 截止时间 结束 终止 终点 end endtime endoffset stop stoptime finish out",
}
_RANKED = {
    part: {word: n for n, word in enumerate(words.split())} for part, words in _WORDS.items()
}
_SENT = frozenset({"发送人", "发送者", "sender", "from", "消息", "消息内容", "message"})
"""What messages have: a chat, more likely than a call."""
_UNIT = re.compile(
    r"(?i)(?:[\s_(（\[,，/-]+|(?<=[\u4e00-\u9fff]))(?:(?P<ms>毫秒|ms|msecs?|milliseconds?)|(?P<s>秒|s|secs?|seconds?))\s*[)）\]]?\s*\Z"
)
_CLOCK = re.compile(rf"\s*[\[(（]?\s*{CLOCK}\s*[\])）]?\s*\Z")
_LONGEST_TIME = 30
_SAMPLE = 60
_MOST = 0.9
_FEWEST = 3


class Columns(NamedTuple):
    """Where in a row the parts of a turn stand."""

    text: int
    speaker: int | None = None
    start: int | None = None
    end: int | None = None
    unit: float | None = None
    """Seconds that a number of the time columns stands for, where the heading says so."""
    sent: bool = False
    """Whether the heading speaks of messages."""


def columns_of(cells: Sequence[str]) -> Columns | None:
    """Where what stands, if this row is a heading: it names the words, and who or when besides."""
    found: dict[Part, tuple[int, int]] = {}
    unit: float | None = None
    words = [_word(cell) for cell in cells]
    for place, (word, scale) in enumerate(words):
        for part, ranks in _RANKED.items():
            if word in ranks and (ranks[word], place) < found.get(part, (99, 0)):
                found[part] = (ranks[word], place)
                unit = scale or unit
    if "text" not in found or not {"speaker", "start"} & set(found):
        return None
    places = {part: place for part, (_, place) in found.items()}
    sent = any(words[place][0] in _SENT for place in places.values())
    return Columns(
        places["text"], places.get("speaker"), places.get("start"), places.get("end"), unit, sent
    )


def _word(cell: str) -> tuple[str, float | None]:
    """A heading without its unit, and the seconds of that unit."""
    if len(cell) > 40:
        return "", None
    found = _UNIT.search(cell)
    if found is None:
        return folded(cell), None
    return folded(cell[: found.start()]), 0.001 if found["ms"] else 1.0


def columns_seen(rows: Sequence[Sequence[str]]) -> Columns | None:
    """Where what stands in rows without a heading: times, names that come back, and words."""
    sample = [row for row in rows if any(row)][:_SAMPLE]
    width = min((len(row) for row in sample), default=0)
    if len(sample) < _FEWEST or width < _FEWEST or width > 8:
        return None
    columns = [[row[place] for row in sample] for place in range(width)]
    times = [place for place in range(width) if _share(columns[place], _is_time) >= _MOST]
    names = [
        place
        for place in range(width)
        if place not in times
        and _share(columns[place], is_name) >= _MOST
        and len(set(columns[place])) <= max(2, len(sample) // 2)
    ]
    rest = [place for place in range(width) if place not in times and place not in names[:1]]
    if not times or not names or not rest:
        return None
    text = max(rest, key=lambda place: sum(map(len, columns[place])))
    return Columns(text, names[0], times[0], times[1] if len(times) > 1 else None)


def _is_time(cell: str) -> bool:
    """Whether a cell holds a time and at most its day."""
    if _CLOCK.match(cell):
        return True
    day = find_date(cell) if len(cell) <= _LONGEST_TIME else None
    return day is not None and not cell[: day.start].strip() and not cell[day.end :].strip()


def _share(cells: Sequence[str], holds: Callable[[str], object]) -> float:
    return sum(bool(holds(cell)) for cell in cells) / len(cells)
