"""Notes that somebody wrote: prose, bullets, headings, Markdown. What is nothing else and reads so."""

import re
from collections import Counter

from pipeline.language.labels import is_label, label_of
from pipeline.models.reading import Reading
from pipeline.models.transcript import Dropped, Segment
from pipeline.readers.chat_days import times
from pipeline.readers.chat_stamps import day_in
from pipeline.readers.note_lines import Line, note_lines
from pipeline.readers.openings import OUTSIDE
from pipeline.readers.prose import is_prose
from pipeline.readers.shape import FAINT, NONE, Content, Shape
from pipeline.readers.values import words_of

_LABELLED = 0.85
"""Every line opens with a word for what it holds; as turns they would all be people."""
_SIDES = frozenset({"客户", "客户方", "甲方", "乙方", "我方", "client", "customer", "us"})
"""Labels of notes that people go by in a talk as well."""
_HEAD = 12
"""Lines in which a note says when it was."""
_WHEN = re.compile(
    r"(?i)(?:会议|访谈|沟通|调研|记录)?(?:时间|日期)|(?:meeting )?(?:date|time|when)|on"
)


def _likely(content: Content) -> float:
    content = content.beginning
    if content.form not in ("text", "document") or not is_prose(content.lines):
        return NONE
    lines = [line for line in content.lines if line.strip()]
    names = [name for line in lines if (name := label_of(line))]
    labels = 0 if _speak_in_turns(names) else sum(map(is_label, names))
    labelled = len(names) == len(lines) and labels > 1 and labels * 2 >= len(lines)
    return _LABELLED if labelled else FAINT


def _speak_in_turns(names: list[str]) -> bool:
    """Whether two sides talk to each other: both come back, and nothing else is named."""
    return set(names) <= _SIDES and len(set(names)) > 1 and min(Counter(names).values()) > 1


def _read(content: Content) -> Reading:
    lines = note_lines(content.lines)
    title = _title(content, lines)
    told = [line for line in lines[title is not None :] if not line.heading]
    said = told or list(lines)
    return Reading(
        shape=SHAPE.name,
        kind="note",
        segments=tuple(_segment(index, line) for index, line in enumerate(said)),
        dropped=tuple(
            Dropped(line=line.number, text=words_of(line.text), reason=OUTSIDE)
            for line in lines[title is not None :]
            if line.heading and told
        ),
        title=title,
        date=_date(content.lines),
    )


def _segment(index: int, line: Line) -> Segment:
    return Segment(
        id=f"s{index + 1:04d}", index=index, speaker=line.speaker, text=words_of(line.text)
    )


def _title(content: Content, lines: tuple[Line, ...]) -> str | None:
    """The heading over everything, in Markdown."""
    first = next((line for line in content.lines if line.strip()), "")
    heads = first.lstrip().startswith("# ") and lines and not lines[0].heading
    return lines[0].text if heads else None


def _date(lines: list[str]) -> str | None:
    """The day that a line such as 时间：2026-06-15 names, or the first line of all."""
    said = [line for line in lines if line.strip()][:_HEAD]
    for line in said:
        label = (label_of(line) or "").strip()
        if line is said[0] or _WHEN.fullmatch(label):
            stamp = day_in(line)
            if stamp is not None:
                return times([stamp]).date
    return None


SHAPE = Shape("note", "note", _likely, _read)
