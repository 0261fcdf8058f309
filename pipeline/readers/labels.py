"""Words that stand before a colon or a time and are nobody's name, in Chinese and English."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from pipeline.language.named_lines import believed
from pipeline.readers.clock import begins_with_clock
from pipeline.readers.dated import find_date

LONGEST_NAME = 60
"""Characters: "Last name, First name (Department, Company)"."""
_WORDS = (
    "日期 时间 会议时间 会议日期 开始时间 结束时间 录制时间 创建时间 导出时间 时长 会议时长 录音时长 总时长 地点 会议地点"
    " 会议号 会议id 会议主题 会议名称 主题 议题 标题 文件名 主持 主持人 组织者 记录 记录人 参会人 参会人员 参会者 与会人"
    " 与会人员 参与人 参与者 出席 出席人员 列席 缺席 请假 抄送 关键词 关键字 标签 备注 注 说明 背景 目标 目的 结论 决定 决议"
    " 待办 待办事项 行动项 摘要 总结 纪要 会议纪要 议程 问题 答复 需求 风险 附件 链接 网址 来源 项目 客户 系统 版本 状态"
    " 现状 期望 痛点 方案 建议 原因 影响 优先级 范围 功能 流程 规则 权限 字段 反馈 疑问 需求点 要点 讨论 内容 预期 想法 改进 "
    "负责人 截止时间 截止日期 下一步 例如 比如 注意 补充 如下 其他 其它 文字记录 转写 逐字稿 原文 发言人 姓名 内容"
    " date time starttime endtime start end duration length location place meeting meetingid title topic subject agenda"
    " host organizer organiser attendees participants present absent apologies invited cc keywords tags notes note"
    " background goal goals purpose decision decisions action actions actionitems summary overview outline chapters"
    " nextsteps todo todos question questions answer risk risks requirement requirements attachment link url source"
    " today wanted current expected pain painpoint painpoints idea ideas solution suggestion suggestions reason impact "
    "priority scope fields rules permissions workflow feature features feedback issue issues problem problems topics remarks "
    "project client system version status owner due example eg ie ps transcript transcription recording speaker text"
    " http https ftp file"
)
_LABELS = frozenset(_WORDS.split())
_PARTIES = frozenset(
    [
        "主持",
        "主持人",
        "组织者",
        "记录人",
        "负责人",
        "客户",
        "host",
        "organizer",
        "organiser",
        "client",
        "owner",
        "speaker",
    ]
)
"""Labels that people go by as well, where a time stands beside them."""
_COLON = re.compile(r"[:：]")
_FAR = 160
"""Characters in which a name and a colon stand."""
_OPENS = re.compile(r"([^:：<>&]{1,60}?)\s*[:：]\s*(?=\S)")
_NEARLY_ALL = 0.8
_NOISE = re.compile(r"[\s_\-*#:：/()（）\[\]【】.]+")
_SENTENCE = re.compile(r"[。！？!?；;…]|[，,、]\s*\Z|\.\s+\S+\s+\S+\s+\S+\s")
_CLOCK_AHEAD = re.compile(r"[^:：]*\d[:：][0-5０-５]\d(?!\d)")
_SAYS = re.compile(
    r"(?i)(?:说|问|道|讲|是|想|叫|写|有|为|如下|例如|的话|意思|时候|之后|says|said|asks?|asked|is|are|was|means?)\Z"
)
"""How words end before somebody else's words."""
_MARKS = frozenset("[(（【<#*>|_-")
"""What no name begins with."""
_DIALLED = re.compile(r"\+?\d[\d*xX \-]{4,}\Z")
"""Who has dialled in is shown by number."""
GENERIC = re.compile(
    r"(?i)(?:说话人|发言人|讲话人|讲述人|speaker|spk|unknown speaker|guest|participant)[\s_-]*(?:[\da-z]{1,3})?\Z"
)
"""What programs call somebody whom they do not know."""


def folded(text: str) -> str:
    """A label without case, width, spaces and marks."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", text[:80])).casefold()


def is_label(text: str) -> bool:
    """Whether it says what follows, not who speaks."""
    if folded(text) in _LABELS:
        return GENERIC.match(text.strip()) is None
    return find_date(text) is not None


@lru_cache(maxsize=10_000)
def is_name(text: str) -> bool:
    """Whether somebody can be called so: short, no sentence, no label, no time and no day."""
    if (
        not 0 < len(text) <= LONGEST_NAME
        or text[0] in _MARKS
        or _SENTENCE.search(text)
        or begins_with_clock(text)
    ):
        return False
    if is_label(_COLON.split(text, maxsplit=1)[0]):
        return False
    named = any(char.isalpha() for char in text) or _DIALLED.match(text) is not None
    return named and not is_label(text)


def is_party(text: str) -> bool:
    """Whether somebody goes by it though before a colon it is a label: 主持人, Client."""
    return folded(text) in _PARTIES


def can_speak(text: str) -> bool:
    """Whether a name before a colon is a speaker's, and no "he said: …"."""
    return is_name(text) and (len(text) == 1 or _SAYS.search(text) is None)


def tells_time(line: str) -> bool:
    """Whether the first colon of a line is that of a time, as in `Speaker 1 00:05`."""
    return _CLOCK_AHEAD.match(line) is not None


def name_before_colon(line: str) -> str | None:
    """The name that a line opens with; None where it opens with none."""
    begins = line[:_FAR].strip()
    found = None if tells_time(begins) else _OPENS.match(begins)
    return found[1] if found and can_speak(found[1]) else None


def speakers(lines: Sequence[str], *, most: float = _NEARLY_ALL) -> frozenset[str]:
    """Names before a colon that come back, or all where this share of the lines has one."""
    names = Counter(filter(None, map(name_before_colon, lines)))
    if names.total() >= most * len(lines):
        return frozenset(names)
    back = {name for name, times in names.items() if times > 1}
    whole = [line.strip() for line in lines if not tells_time(line[:_FAR])]
    return frozenset(back) | frozenset(filter(can_speak, believed(whole)))
