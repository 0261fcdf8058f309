"""Messages below a name with a colon, without times: what 微信 gives when messages are copied."""

from pipeline.models.reading import Reading
from pipeline.readers.chat import MARKED, read_chat, signs
from pipeline.readers.chat_lines import named_heads
from pipeline.readers.cues import looks_timed
from pipeline.readers.shape import FAINT, NONE, Content, Shape


def _likely(content: Content) -> float:
    if content.form not in ("text", "document") or looks_timed(content.text):
        return NONE
    content = content.beginning
    found = named_heads(content.lines)
    names = [head.name for head in found.values()]
    last = len(content.lines) - 1
    worded = sum(at < last and at + 1 not in found for at in found)
    if not found or worded * 2 < len(found):
        return NONE
    if any(signs(content, found)):  # else the layout is that of a call as well
        return MARKED
    return FAINT * 2 if len(set(names)) < len(names) else NONE


def _read(content: Content) -> Reading:
    return read_chat(content, named_heads(content.lines), shape=SHAPE.name)


SHAPE = Shape("chat_names", "chat", _likely, _read)
