"""Where a text says no: negations in Chinese and English, without what only looks like one."""

import re
from typing import NamedTuple


class Negation(NamedTuple):
    """A negating word in a text, between `start` and `end`."""

    text: str
    start: int
    end: int


_ZH_OTHER = (
    r"(?P<same>[\u4e00-\u9fff])[不没](?P=same)",  # 能不能, 有没有: a question
    r"非[^，。,.？！ ]{1,6}不可|不得不|不能不|不会不|无不|莫不",  # twice no is yes
    "不过(?![来去关期])|不错|差不多|不好意思|对不起|不仅|不但|不光|不只|不止|不断|不管|不论|不同",
    "不少|不妨|不如|不愧|不久|不然|要不(?![到了得起])|巴不得|说不定|不禁|忍不住|不等(?![于我你他])",
    r"不是(?=[^，。！？,.!? ]{1,20}[吗嘛])",  # 不是说过吗: a question that says yes
    "不客气|了不起|不用谢|不是吗|怪不得|来不及了吗|不小心|不由|不亚于|不外乎|不满意度",
    "没问题|没关系|没事|没错|没准|没收|沉没|淹没|埋没|没落",
    "特别|分别|区别|级别|类别|识别|性别|个别|差别|辨别|鉴别|告别|国别|组别|派别|诀别|判别|别人|别的"
    "|别处|别家|别名|别称|别墅|别字|别样|别国|别号|别克",
    "无论|无非|无锡|无比|无线|无缝|无形|无数|无偿|无疑|无损|无妨|无所谓|无人机|无菌|无纺|无忧",
    "未来|未免|非常|是非|非洲|除非|莫非|非得|非要|并非常|非凡|非遗|是否|否则",
)
_ZH_CUE = "没有|并非|无法|无需|无须|未必|禁止|严禁|请勿|切勿|[不没别无未非勿甭]"
_EN_OTHER = (
    r",\s*(?:is|are|was|were|do|does|did|has|have|wo|would|ca|could|should)n['’]?t\s+"
    r"(?:it|they|you|we|i|he|she|that)\s*(?=\?)",  # , isn't it?: a question
    r"\bnot\s+only\b|\bwhy\s+not\b|\bor\s+not\b|\bno\s+(?:problem|worries|doubt|wonder)\b|\bif\s+not\b",
)
_EN_CUE = (
    r"\b(?:is|are|was|were|do|does|did|has|have|had|wo|would|ca|could|should|must|need|might|ai)"
    r"n['’]?t\b|\bcannot\b|\bnot\b|\bno\s+one\b|\bno\b|\bnever\b|\bnone\b|\bnobody\b|\bnothing\b"
    r"|\bnowhere\b|\bneither\b|\bnor\b|\bwithout\b"
)
_PATTERN = re.compile(f"(?i)(?:{'|'.join((*_ZH_OTHER, *_EN_OTHER))})|(?P<cue>{_ZH_CUE}|{_EN_CUE})")


def find_negations(text: str) -> tuple[Negation, ...]:
    """Every negating word in order; questions (能不能) and set phrases (不过, 特别) are none."""
    return tuple(
        Negation(match[0], match.start(), match.end())
        for match in _PATTERN.finditer(text)
        if match["cue"]
    )


def without_negations(text: str) -> str:
    """The text with every negating word blanked out: what it would say if it said yes."""
    for one in reversed(find_negations(text)):
        text = f"{text[: one.start]} {text[one.end :]}"
    return text


def negated_at(text: str, start: int) -> bool:
    """Whether a negating word stands right before `start`: a quote from there loses it."""
    before = len(text[:start].rstrip())
    return any(one.start < start and one.end >= before for one in find_negations(text))
