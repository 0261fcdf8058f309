"""Lines of a chat -> a reading: each message a turn, everything else told with its reason."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from pipeline.models.reading import Reading
from pipeline.models.transcript import NOTICE, Dropped, Segment
from pipeline.readers.chat_days import times
from pipeline.readers.chat_lines import Head, notice, plain
from pipeline.readers.chat_stamps import Stamp, day_line, moment_line
from pipeline.readers.chat_words import Said, aside, structure, words
from pipeline.readers.openings import OUTSIDE, SILENT
from pipeline.readers.shape import FAIR, NONE, Content
from pipeline.readers.values import words_of

DATED = 0.9
"""Likelier than any layout of calls: nobody writes the day into each line of one."""
MARKED = 0.85
"""Times alone or none, and something that only chats have."""
_MORNING = 7 * 3600
"""Seconds: no call has its first words so late, a chat has them at a time of day."""
_BEGUN = 300
"""Seconds in which a call has begun."""
_TITLE = re.compile(r"[“\"]?(?P<title>.{1,60}?)[”\"]?(?:群)?的(?:微信)?聊天记录(?:如下)?[:：]?")
_BEFORE = re.compile(
    r"(?i)(?:chat (?:history|transcript)|聊天记录|聊天消息|dear|尊敬的用户)[^a-z]{0,3}"
    r"|消息记录（此消息记录为文本格式.*|消息(?:分组|对象)[:：].*"
)
_GROUP = re.compile(
    r"(?P<title>[^\s,.:;?!，。、：；？！][^,.:;?!，。：；？！]{0,40}(?<![进入加建退拉回到在本个的])群)(?:\s?[(（]\d+[)）])?"
)
"""What a group is called, above its first message; not a sentence about one (进群, 发到群)."""
_NAMELESS = ("群聊", "群", "微信群")
"""What a chat is called that nobody gave a name."""
_TELLS_WHO = re.compile(
    r"撤回了?(?:一条|成员)|(?i: (?:recalled|unsent|deleted|withdrew) a message)"
)


class Message(NamedTuple):
    """A message, or a line between messages that only tells a day (without a head)."""

    line: int
    head: Head | None
    stamp: Stamp | None
    lines: Sequence[tuple[int, str]] = ()


class Thread(NamedTuple):
    """A chat cut into messages."""

    messages: tuple[Message, ...]
    outside: tuple[Dropped, ...]
    title: str | None = None


def read_chat(content: Content, heads: Mapping[int, Head], *, shape: str) -> Reading:
    """Read a whole chat.

    Args:
        content: The file.
        heads: The lines that open a message, by their place among the lines.
        shape: Under which name.
    """
    return _told(cut(content.lines, heads), shape)


def read_messages(rows: Iterable[tuple[int, Head, str]], *, shape: str) -> Reading:
    """Read messages that stand in the rows of a table: number of the row, who and when, words."""
    messages = [
        Message(number, head, head.stamp, tuple((number, plain(one)) for one in text.split("\n")))
        for number, head, text in rows
    ]
    return _told(Thread(tuple(messages), ()), shape)


def _told(thread: Thread, shape: str) -> Reading:
    when = times([one.stamp for one in thread.messages])
    segments: list[Segment] = []
    dropped = list(thread.outside)
    earlier = Said()
    for message, start in zip(thread.messages, when.starts, strict=True):
        if message.head is None:
            continue
        name = words_of(message.head.name) or None
        said = words(message.lines, earlier)
        for line, text, reason in said.aside:
            told = text if reason == NOTICE or _TELLS_WHO.search(text) else f"{name}: {text}"
            dropped.append(Dropped(start=start, line=line, text=told, reason=reason))
        if said.text:
            earlier.add(said.text)
            segments.append(_segment(len(segments), said.text, name, start))
        elif not said.aside:
            silent = Dropped(start=start, line=message.line, text=name or "", reason=SILENT)
            dropped.append(silent)
    return Reading(
        shape=shape,
        kind="chat",
        segments=tuple(segments),
        dropped=tuple(sorted(dropped, key=lambda one: one.line or 0)),
        title=thread.title,
        date=when.date,
    )


def _segment(index: int, text: str, speaker: str | None, start: float | None) -> Segment:
    return Segment(id=f"s{index + 1:04d}", index=index, start=start, speaker=speaker, text=text)


def cut(lines: list[str], heads: Mapping[int, Head]) -> Thread:
    """The messages of a chat, the days named between them, and what stands outside.

    A message without a time of its own has the one of the line above it; below the name of a day
    the message above goes on.
    """
    messages: list[Message] = []
    outside: list[Dropped] = []
    title: str | None = None
    between: Stamp | None = None
    body: list[tuple[int, str]] | None = None
    taken = {at + step for at, head in heads.items() for step in range(1, head.under + 1)}
    inline = next((one.stamp for one in heads.values() if one.where == "inline"), None)
    for at, raw in enumerate(lines):
        if at in taken:
            continue
        line, head = plain(raw), heads.get(at)
        if head is not None:
            body = [(at + 1, head.text)] if head.text else []
            messages.append(Message(at + 1, head, head.stamp or between, body))
        elif stamp := _between(line, messages[-1] if messages else None):
            between = stamp if stamp.hour is not None else None
            messages.append(Message(at + 1, None, stamp))
        elif told := notice(line, inline) if inline else None:
            outside.append(Dropped(line=at + 1, text=told, reason=aside(told) or NOTICE))
        elif body is not None:
            body.append((at + 1, line))
        elif found := _TITLE.fullmatch(line):
            title = None if found["title"] in _NAMELESS else found["title"]
        elif not outside and title is None and (named := _GROUP.fullmatch(line)):
            title = named["title"]
        elif line and not structure(line) and not _BEFORE.fullmatch(line):
            outside.append(Dropped(line=at + 1, text=line, reason=aside(line) or OUTSIDE))
    return Thread(tuple(messages), tuple(outside), title)


def _between(line: str, open_one: Message | None) -> Stamp | None:
    """The day or time of a line between messages; the first line of a message is its words."""
    if not line or (open_one and open_one.head and not open_one.lines):
        return None
    return day_line(line) or moment_line(line)


def signs(content: Content, heads: Mapping[int, Head]) -> Iterator[str]:
    """Lines that only a chat has: notices, pictures, days between messages."""
    for at, raw in enumerate(content.lines):
        line = plain(raw)
        between = at not in heads and (aside(line) or day_line(line))
        if line and (between or words(((at, line),)).aside):
            yield line


def begins_as_call(heads: Mapping[int, Head]) -> bool:
    """Whether times with seconds and without days count from zero: at midnight nobody chats so."""
    stamps = [head.stamp for head in heads.values() if head.stamp]
    first = stamps[0].seconds if stamps else None
    return first is not None and first < _BEGUN and stamps[0].second_of is not None


def by_the_clock(heads: Mapping[int, Head]) -> float:
    """How likely times without days are those of a day: 15:02 is hardly a quarter into a call."""
    stamps = [head.stamp for head in heads.values() if head.stamp]
    late = bool(stamps) and (stamps[0].seconds or 0.0) >= _MORNING
    if not late or len({one.form for one in stamps}) > 1:
        return NONE
    return MARKED if stamps[0].second_of is None else FAIR
