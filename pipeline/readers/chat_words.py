"""What stands in a message besides words: pictures and files, notices, words of others quoted."""

import re
from collections import deque
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.language.normalise import folded
from pipeline.models.transcript import ATTACHED, NOTICE, QUOTED, QUOTED_ALONE, WITHDRAWN

_PICTURE = (
    r"图片|照片|视频|动画表情|表情包|实况照片|photo|picture|image|video|gif|sticker|animation"
)
_OTHER = (
    r"文件|语音|语音消息|链接|位置|地理位置|小程序|名片|个人名片|红包|微信红包|转账|聊天记录|合并转发|音乐"
    r"|语音通话|视频通话|音视频通话|视频号|接龙|卡片|云文档|file|voice|voice message|audio|link"
    r"|location|contact|contact card|mini program|chat history|document|attachment"
)
_ATTACHED = re.compile(rf"(?i)[\[【](?:{_PICTURE}|{_OTHER})[\]】]")
_ALONE = re.compile(
    rf"(?i)(?:[\[【](?:{_PICTURE})[\]】]\s*(?:[^\s\[\]【】]+\.\w{{2,4}}|\d+\s*(?:[\"″'秒s]+)?)?\s*)+"
    rf"|[\[【](?:{_OTHER})[\]】].*"
    r"|<(?:media|image|video|audio|gif|sticker|document|contact card) omitted>"
    r"|(?:image|video|audio|gif|sticker|document|contact card|media) omitted"
    r"|<省略(?:媒体|多媒体)文件>|<媒体文件已省略>|<未包含媒体(?:文件)?>|<attached: [^>]+>|.+\((?:file attached|文件附件)\)"
)
_WRITTEN_OUT = re.compile(
    r"(?i)[\[【](?:语音|语音消息|voice|voice message)[\]】].*?(?:转文字|转写)[)）:：]*\s*(?P<text>\S.*)"
)
_WITHDRAWN = re.compile(
    r"(?i)[\[【\"“]?.{0,40}?[\"”]?\s?撤回了?(?:一条|成员.{0,20}的一条)消息[\]】]?[。.]?(?:\s*重新编辑)?"
    r"|(?:this message was deleted|you deleted this message|.{1,40} (?:recalled|unsent|deleted|withdrew) a message|"
    r"此消息已被?撤回|此消息已被?删除|该消息已被?撤回|消息已删除)[。.]?"
)
_NOTICE = re.compile(
    r"(?i).{1,60}(?:加入了?群聊|移出了?群聊|退出了?群聊|修改群名为.*|开启了群聊邀请确认|成为新群主"
    r"|拍了拍.{0,40}|加入了群组|离开了群组)[。.]?"
    r"|.{1,40}通过扫描.{0,60}二维码加入群聊|.{1,20}邀请.{1,60}加入了?群聊|以上是打招呼的内容"
    r"|你已添加了.{1,40}现在可以开始聊天了。?|.{0,20}端到端加密.{0,60}"
    r"|messages (?:and calls )?(?:to this .{1,20} )?are (?:now )?(?:secured with )?end-to-end encrypt.*"
    r"|.{1,60} (?:created group .{1,60}|joined using .{1,60} link|pinned a message)\.?"
)
_TOLD = re.compile(r"(?i)消息|群|拍了拍|加密|打招呼|添加了|message|encrypt|joined")
"""A word that every notice has."""
_RULE = "-—–─=_*~·• \t"
_STRUCTURE = re.compile(
    r"(?i)以[下上][为是]新消息|新消息|查看更多消息|new messages?|unread messages?"
)
_DASHES = re.compile(r"(?:[-—–─]\s?){4,}")
_QUOTES = {"「": "」", "『": "』", "“": "”", '"': '"'}
_REPLY = re.compile(
    r"(?i)(?:(?:引用|回复|答复)\s?@?(?P<who>[^:：]{0,40}?)(?:的消息)?\s?[:：]"
    r"|(?:in reply to|replying to|replied to)\s?(?P<to>[^:：\"“]{0,40}?)\s?[:：]?)\s*(?P<said>.*)"
)
_NEAR = 500
"""Messages in which part of what is quoted is looked for."""
_MARKED = re.compile(r">+\s?(?P<said>[^\d\s>=].*)")


class Words(NamedTuple):
    """A message taken apart."""

    text: str
    """Its sender's own words; empty where there are none."""
    aside: tuple[tuple[int, str, str], ...]
    """Line, what stands there, and why it is not the sender's words."""


def structure(line: str) -> bool:
    """Whether a line only parts messages from each other."""
    bare = line.strip(_RULE)
    return not bare or _STRUCTURE.fullmatch(bare) is not None


def aside(line: str) -> str | None:
    """Why a line is not anybody's words: a notice of the program itself; else None."""
    if not _TOLD.search(line):
        return None
    if _WITHDRAWN.fullmatch(line):
        return WITHDRAWN
    return NOTICE if len(line) <= 400 and _NOTICE.fullmatch(line) else None


class Said:
    """What was said so far: words quoted from there are told already.

    Part of a message is looked for in the latest ones, a whole message in all.
    """

    def __init__(self) -> None:
        self._whole: set[str] = set()
        self._latest: deque[str] = deque(maxlen=_NEAR)

    def add(self, text: str) -> None:
        """Remember a message."""
        self._whole.add(folded(text))
        self._latest.append(folded(text))

    def holds(self, part: str) -> bool:
        """Whether these words, folded, were said."""
        return part in self._whole or any(part in one for one in self._latest)


def words(lines: Sequence[tuple[int, str]], earlier: Said | None = None) -> Words:
    """Take a message apart.

    Args:
        lines: Its lines with their numbers.
        earlier: What was said before it.
    """
    lines = [(number, line) for number, line in lines if line]
    quoted, own = _quotation(lines)
    found = [(number, line, _why(line, earlier or Said())) for number, line in quoted]
    kept: list[str] = []
    for number, line in own:
        if structure(line):
            continue
        reason = aside(line) or (ATTACHED if _ALONE.fullmatch(line) else None)
        heard = _WRITTEN_OUT.fullmatch(line)
        if heard or reason is None:
            kept.append(line)
        if reason and not heard:
            found.append((number, line, reason))
        elif not heard:
            found += [(number, one, ATTACHED) for one in _ATTACHED.findall(line)]
    return Words("\n".join(kept).strip(), tuple(found))


def _why(line: str, earlier: Said) -> str:
    reply = _REPLY.fullmatch(line)
    said = folded((reply["said"] if reply else line).strip(' 「」『』“”">….'))
    _, _, after = line.partition("：" if "：" in line else ":")
    named = folded(after.strip(' 「」『』“”">….')) or said
    known = any(part and earlier.holds(part) for part in (said, named))
    pointer = not said or _ATTACHED.search(line) is not None
    return QUOTED if known or pointer else QUOTED_ALONE


Lines = Sequence[tuple[int, str]]


def _quotation(lines: Lines) -> tuple[Lines, Lines]:
    """The lines that somebody else said, and the sender's own."""
    for taken in (_bracketed(lines), _replied(lines), _marked(lines)):
        if taken is not None:
            return taken
    return (), lines


def _bracketed(lines: Lines) -> tuple[Lines, Lines] | None:
    """「name: words」 over a line of dashes, then the reply."""
    if not lines or not lines[0][1].startswith(tuple(_QUOTES)):
        return None
    closing = _QUOTES[lines[0][1][0]]
    for place, (_, line) in enumerate(lines):
        if _DASHES.fullmatch(line) and place and lines[place - 1][1].endswith(closing):
            return lines[:place], lines[place + 1 :]
    first = lines[0][1]
    whole = first.endswith(closing) and (":" in first or "：" in first) and len(lines) > 1
    return (lines[:1], lines[1:]) if whole and closing in "」』" else None


def _replied(lines: Lines) -> tuple[Lines, Lines] | None:
    """A line that names whom it answers: words below it are the answer, else its own are."""
    match = _REPLY.fullmatch(lines[0][1]) if lines else None
    if match is None:
        return None
    rest = lines[1:]
    if rest and _DASHES.fullmatch(rest[0][1]):
        rest = rest[1:]
    return (lines[:1], rest) if rest else None


def _marked(lines: Lines) -> tuple[Lines, Lines] | None:
    """Lines with a > before them; "> 500" is an amount."""
    quoted = [one for one in lines if _MARKED.fullmatch(one[1])]
    own = [one for one in lines if not _MARKED.fullmatch(one[1])] if quoted else []
    return (quoted, own) if quoted and own else None
