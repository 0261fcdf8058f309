"""Lines that are a heading of a part: where the transcript begins, and what a program wrote about it."""

import re
from collections.abc import Sequence

_BEFORE = r"[\W_]*(?:[一二三四五六七八九十\d]{1,2}\s*[、.)）]\s*)?"
_AFTER = r"[\W_]*\Z"
_TITLED = r"(?:\s*[:：]\s*(?P<title>\S.{0,120}))?"
_TRANSCRIPT = re.compile(
    rf"(?i){_BEFORE}(?:文字记录|文字稿|会议转写|转写记录|转写内容|转写文本|转写结果|转写|逐字稿|会议原文|原文|对话记录|发言记录|会议记录"
    rf"|(?:full |meeting |call )?transcript(?:ion)?){_TITLED}{_AFTER}"
)
_TITLED_TRANSCRIPT = re.compile(r"(?i)[\W_]*(?P<title>\S.{0,120}?)\s+[-–—]\s+transcript[\W_]*\Z")
_SUMMARY = re.compile(
    rf"(?i){_BEFORE}(?:智能纪要|会议纪要|智能摘要|会议摘要|全文摘要|内容摘要|摘要|全文概要|全文总结|会议总结|智能总结|总结|智能章节|章节速览|章节概览"
    rf"|会议章节|章节|发言总结|发言人总结|问答回顾|要点回顾|重点内容|会议要点|关键要点|要点|会议待办|待办事项|待办|行动项|思维导图|金句时刻"
    rf"|ai\s*(?:纪要|摘要|总结|章节|待办|速览|notes|summary)"
    rf"|(?:ai |meeting |quick |executive )?(?:summary|recap|overview)|outline|chapters|highlights|details|decisions"
    rf"|action items|(?:suggested )?next steps|to-?dos?|key (?:points|takeaways)|notes){_TITLED}{_AFTER}"
)
_KEYWORDS = re.compile(rf"(?i){_BEFORE}(?:关键词|关键字|标签|keywords?|tags){_TITLED}{_AFTER}")
_PEOPLE = re.compile(
    rf"(?i){_BEFORE}(?:参会人员?|参会者|与会人员?|参与人员?|参与者|出席人员?|出席|参加人员|发言人列表|成员"
    rf"|attendees|participants|invited|present)(?:\s*[(（]?\d+\s*人?[)）]?)?{_TITLED}{_AFTER}"
)
_GEMINI = re.compile(r"(?P<title>)\W*(?:Invited|Attachments|Meeting records)\s\S.*\Z")
_LONGEST = 160
_LONGEST_LIST = 2_000
_DEEPEST = 4_000
"""Lines of a summary above the transcript."""


def opens_transcript(line: str) -> re.Match[str] | None:
    """Whether the line says that the words of the call follow; the group title may name the call."""
    if len(line) > _LONGEST:
        return None
    return _TRANSCRIPT.match(line) or _TITLED_TRANSCRIPT.match(line)


def opens_summary(line: str) -> re.Match[str] | None:
    """Whether a program's own words about the call follow; the group title may name the call."""
    return _SUMMARY.match(line) if len(line) <= _LONGEST else None


def opens_list(line: str) -> re.Match[str] | None:
    """Whether keywords or people are listed here; the group title is empty where they follow below."""
    if len(line) > _LONGEST_LIST:
        return None
    return _GEMINI.match(line) or _KEYWORDS.match(line) or _PEOPLE.match(line)


def transcript_begins(lines: Sequence[str], spoken: Sequence[tuple[int, str | None]]) -> int:
    """The line behind the heading of the transcript; 0 where there is none.

    Args:
        lines: All lines of the file.
        spoken: Line and speaker of what seem turns in the whole file. A heading among turns of
            people who speak on below it was said, unless a heading of a summary stands above all.
    """
    first = spoken[0][0] if spoken else len(lines)
    summed = any(opens_summary(line) for line in lines[:first])
    for number, line in enumerate(lines[:_DEEPEST]):
        if not opens_transcript(line):
            continue
        above = {who for place, who in spoken if place < number}
        below = {who for place, who in spoken if place > number}
        if below and (summed or not above & below):
            return number + 1
    return 0
