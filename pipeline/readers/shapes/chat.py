"""Messages below a line with name and time: 微信, 企业微信, 钉钉, 飞书, QQ, Slack, Teams."""

from collections.abc import Mapping

from pipeline.models.reading import Reading
from pipeline.readers.chat import DATED, MARKED, begins_as_call, by_the_clock, read_chat, signs
from pipeline.readers.chat_lines import Head, heads
from pipeline.readers.cues import looks_timed
from pipeline.readers.shape import FAINT, NONE, Content, Shape

_FEW = 100
"""Messages below which single lines may only look like openings."""


def _likely(content: Content) -> float:
    if content.form not in ("text", "document") or looks_timed(content.text):
        return NONE
    content = content.beginning
    found = heads(content.lines, "own")
    if not found or not _below(content, found) or _on_lines(content, found):
        return NONE
    stamps = [head.stamp for head in found.values() if head.stamp]
    first = min(found)
    before = sum(bool(line.strip()) for line in content.lines[:first])
    if before > 4 * len(found) + 4:
        return NONE
    if sum(one.dated or one.named for one in stamps) * 2 > len(stamps):
        return DATED if len(found) > 1 or before == 0 else FAINT
    if any(one.form.endswith("h") for one in stamps) or (
        not begins_as_call(found) and any(signs(content, found))
    ):
        return MARKED
    return by_the_clock(found)


def _below(content: Content, found: Mapping[int, Head]) -> bool:
    """Whether most of the lines have words below them; those of a log have not."""
    lines = content.lines
    worded = sum(at + 1 < len(lines) and at + 1 not in found for at in found)
    return worded * 2 >= len(found)


def _on_lines(content: Content, found: Mapping[int, Head]) -> bool:
    """Whether more messages stand on a line with their name and time than below one."""
    return len(found) < _FEW and len(heads(content.lines, "inline")) > len(found)


def _read(content: Content) -> Reading:
    return read_chat(content, heads(content.lines, "own"), shape=SHAPE.name)


SHAPE = Shape("chat", "chat", _likely, _read)
