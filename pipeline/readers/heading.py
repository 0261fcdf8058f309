"""Lines above the first turn: the title and the day of the call; what nobody said is told."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.models.transcript import REMARK, SUMMARY, Dropped
from pipeline.readers.dated import find_date
from pipeline.readers.labels import folded
from pipeline.readers.openings import OUTSIDE
from pipeline.readers.sections import opens_list, opens_summary, opens_transcript

_TITLE_LABELS = "标题 主题 会议主题 会议名称 文件名 文件名称 title topic subject meeting meetingtitle meetingtopic"
_LABELLED = re.compile(r"\s*(?P<label>[^:：]{1,20}?)\s*[:：]\s*(?P<value>\S.*)")
_UNIT = r"(?:小时|时|分钟|分|秒钟|秒|hours?|hrs?|h|minutes?|mins?|m|seconds?|secs?|s)"
_DURATION = re.compile(
    rf"(?i)\W*(?:(?:会议|录音|录制|总)?时长|duration|length)?\s*[:：]?\s*"
    rf"(?:(?:\d+\s*{_UNIT}\s*)+|\d{{1,3}}[:：]\d{{2}}(?:[:：]\d{{2}})?)\W*\Z"
)
_KIND = re.compile(
    r"(?i)[\s_-]*(?:meeting\s+)?(?:recording|transcript(?:ion)?|录制文件|录制|会议录制|会议转录|转写|原文|文字记录|notes by gemini)\W*\Z"
)
_NOTICE = re.compile(
    r"(?i)(?:.{1,60}\s(?:started|stopped) transcription|.{1,60}\s已?(?:启动|停止|开始|开启|结束)了?(?:听录|转录|转写))\W*\Z"
    r"|\W*transcribed by https?://\S+\W*\Z|\W*transcription ended after [\d:]+\W*\Z"
    r"|\W*this editable transcript was computer generated.*|\W*people can also change the text after it was created\W*\Z"
    r"|\W*(?:以上|本)?(?:内容|文档|文字|记录|转写|结果)\S{0,12}由\s*(?:ai|人工智能|智能|机器|腾讯会议|飞书|通义|讯飞|钉钉)\S{0,30}(?:生成|转写|提供)\S{0,30}\Z"
    r"|\W*(?:ai|人工智能)\s*生成\S{0,20}仅供参考\W*\Z"
)
_DAY_LABELS = "日期 时间 会议时间 会议日期 开始时间 录制时间 创建时间 导出时间 date time starttime started recordedon meetingdate"
_HOLLOW = re.compile(r"(?i)[\[(（]\s*(?:[a-z]{2,4}[+-]?\d*)?\s*[\])）]")
"""Brackets that are empty once the day is taken out."""
_LONGEST_TITLE, _LONGEST = 120, 400
_AROUND = " \t-–—_|#*>:："


class Heading(NamedTuple):
    """What the lines above the turns say."""

    title: str | None = None
    date: str | None = None
    """ISO, with the time of day where it stands there."""
    dropped: tuple[Dropped, ...] = ()


def is_notice(line: str) -> bool:
    """Whether a program says so of itself: "X started transcription", "made by …"."""
    return len(line) <= 300 and _NOTICE.match(line) is not None


def read_heading(lines: Sequence[str]) -> Heading:
    """Title and day; lists of keywords and people are told as remarks, what else stands there as outside."""
    state = _State()
    for number, line in enumerate(lines, 1):
        state.take(number, line.strip())
    return Heading(state.title, state.date, tuple(state.dropped))


class _State:
    """Where we are while going down the lines."""

    def __init__(self) -> None:
        self.title: str | None = None
        self.date: str | None = None
        self.dropped: list[Dropped] = []
        self._listing = False
        self._listed = False
        self._summed = False
        self._seen = False

    def take(self, number: int, line: str) -> None:
        if not line:
            self._listing = self._listing and not self._listed
            return
        if self._opens_part(number, line) or not any(map(str.isalnum, line)):
            return
        if self._summed:
            self._drop(number, line, SUMMARY)
        elif self._listing:
            self._listed = True
            self._drop(number, line, REMARK)
        elif is_notice(line) or _DURATION.match(line):
            self._drop(number, line, REMARK)
        elif not self._understood(line):
            self._drop(number, line, OUTSIDE)

    def _opens_part(self, number: int, line: str) -> bool:
        transcript = opens_transcript(line)
        if transcript:
            self._summed = self._listing = False
            self._titled(transcript["title"] or "")
            return True
        summary = opens_summary(line)
        if summary:
            self._titled(summary["title"] or "")
            self._summed, self._listing = True, False
            self._drop(number, line, SUMMARY)
            return True
        listed = None if self._summed else opens_list(line)
        if listed:
            self._listing, self._listed = not listed["title"], False
            if listed["title"] is not None:
                self._drop(number, line, REMARK)
        return listed is not None

    def _understood(self, line: str) -> bool:
        if len(line) > _LONGEST:
            return False
        labelled = _LABELLED.match(line)
        if labelled and folded(labelled["label"]) in _TITLE_LABELS.split():
            return self._titled(labelled["value"])
        dated = find_date(line)
        if dated:
            if self.date and self.date[:10] != dated.iso[:10]:
                return False
            self.date = self.date or dated.iso
            around = f"{line[: dated.start]} {line[dated.end :]}".strip(_AROUND)
            length = all(map(_DURATION.match, filter(None, map(str.strip, around.split("|")))))
            return length or folded(around) in _DAY_LABELS.split() or self._titled(line)
        first, self._seen = not self._seen, True
        return (first or _KIND.search(line) is not None) and self._titled(line)

    def _titled(self, text: str) -> bool:
        """Take what is left of a line without its day and kind as the title, if there is none yet."""
        if self.title is not None or not text or len(text) > _LONGEST_TITLE:
            return False
        dated = find_date(text)
        if dated:
            self.date = self.date or dated.iso
            text = f"{text[: dated.start].rstrip(_AROUND)}{text[dated.end :]}"
            text = _HOLLOW.sub("", text)
        text = _KIND.sub("", text).strip(_AROUND)
        self.title = text or None
        return True

    def _drop(self, number: int, line: str, reason: str) -> None:
        self.dropped.append(Dropped(line=number, text=line, reason=reason))
