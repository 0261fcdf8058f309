"""A message a line, time before name: WhatsApp exports, the chat of Zoom and of other meetings."""

from pipeline.models.reading import Reading
from pipeline.readers.chat import DATED, MARKED, begins_as_call, by_the_clock, read_chat, signs
from pipeline.readers.chat_lines import heads
from pipeline.readers.cues import looks_timed
from pipeline.readers.shape import NONE, Content, Shape

_FEWEST = 0.3
"""Share of lines that open a message; a message may have several."""


def _likely(content: Content) -> float:
    if content.form not in ("text", "document") or looks_timed(content.text):
        return NONE
    content = content.beginning
    found = heads(content.lines, "inline")
    lines = [line for line in content.lines if line.strip()]
    if len(found) < _FEWEST * len(lines) or not _people([head.name for head in found.values()]):
        return NONE
    stamps = [head.stamp for head in found.values() if head.stamp]
    if sum(one.dated for one in stamps) * 2 > len(stamps):
        return DATED
    of_chat = any("from" in head.form or head.form.endswith("h") for head in found.values())
    marked = not begins_as_call(found) and any(signs(content, found))
    return MARKED if of_chat or marked else by_the_clock(found)


def _people(names: list[str]) -> bool:
    """Whether these are names: in a log each line has words of its own there, or a level."""
    levels = {"info", "warn", "warning", "error", "debug", "fatal", "trace"}
    if {one.lower().split(" ")[0] for one in names} & levels:
        return False
    return len(names) < 4 or len(set(names)) <= max(3, len(names) / 2)


def _read(content: Content) -> Reading:
    return read_chat(content, heads(content.lines, "inline"), shape=SHAPE.name)


SHAPE = Shape("chat_lines", "chat", _likely, _read)
