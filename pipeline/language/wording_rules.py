"""Rules of wording that take a look at the sentence: pure functions from a text to weak words.

Texts come evened and with quoted words hidden (see plain_wording).
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import zip_longest

from pipeline.language.number_mention import NumberMention
from pipeline.language.numbers import find_numbers
from pipeline.language.plain_wording import HIDDEN

_CLAUSES = re.compile(r"[^，。；;！？!?]+")
_SENTENCES = re.compile(r"(?:[^。；;！？!?.]|\.(?=\S))+")

_AGENT_ZH = re.compile(
    r"由|经理|主管|主任|总监|班组?长|店长|院长|[人员师医护]|会计|出纳|用户|客户|系统|部|[科处][室长]|科(?=须|应|要|需)|"
    r"岗|财务|仓库|采购部?(?!订?单)|销售部?(?!订?单)|质检|老板|[王李张陈]总|供应商|司机|家属|上级"
)
_WORK_ZH = (
    "审批|审核|复核|确认|批准|检查|核对|通知|处理|修改|删除|更新|录入|保存|发送|提交|记录|拒绝|关闭"
)
_PASSIVE_ZH = re.compile(
    rf"被(?:{_WORK_ZH})|(?<![不无])(?:需要?|必须|须|应该?|要)(?:先|再|及)?(?:经过?|通过)?"
    r"(?:审批|审核|复核|确认|批准|核对)(?!人|单|中|状态|后的|的|日|时)"
)
_PASSIVE_EN = re.compile(
    r"\b(?:shall|must|should|will|has to|have to|needs? to|is to|are to)(?: not| only| also)? "
    r"be (?!allowed|required|limited|based|sorted|located|related|supposed|red\b|open|hidden|even|"
    r"disabled|enabled|numbered|rounded|named|called|entitled|equipped)"
    r"(?:[a-z]+(?:ed|ten|wn|ven|sen|ken)|sent|done|made|put|held|kept|read|set|paid|built|told|"
    r"found|left)\b",
    re.IGNORECASE,
)
_BY_SOMEBODY = re.compile(
    r"\bby (?!\d|e-?mail|default|means|then|the end|noon|clicking|using|name|date|hand\b|batch|"
    r"phone|post|month|week|day|year|tomorrow|(?:mon|tues|wednes|thurs|fri|satur|sun)day)",
    re.IGNORECASE,
)

_DUTY_ZH = r"(?:(?<![相适供对响反])应(?![收付用急计届聘])该?|必须|(?<![所无])须|需要)"
_SEVERAL = re.compile(
    rf"{_DUTY_ZH}[^。；]{{0,80}}?(并且|同时|另外|以及|[，,]并|[，,]且)[^。；]{{0,24}}{_DUTY_ZH}|"
    r"\b(?:shall|must)\b[^.;]{0,160}?\b(and|or|also|while)\b[^.;]{0,60}\b(?:shall|must)\b",
    re.IGNORECASE,
)

_SLASH = re.compile(r"([A-Za-z]{1,24}|[一-鿿]{1,6}) ?/ ?([A-Za-z]{1,24}|[一-鿿]{1,6})")
_UNIT_AFTER = re.compile(
    r"(?:[天日月年周时分秒吨箱托人次件个台米条票单]|小时|分钟|公里|公斤|平方米|立方米)|"
    r"(?:day|hour|h|s|min|minute|second|month|week|year|kg|l|ml|m|km|box|pallet|unit|item|"
    r"person|user|piece|pcs|case|ton|order|line|page)s?$",
    re.IGNORECASE,
)
_PAIRS = re.compile(
    "是/否|有/无|男/女|进/出|借/贷|收/发|开/关|yes/no|on/off|true/false|pass/fail|in/out|n/a|w/o|y/n|"
    "read/write|client/server",
    re.IGNORECASE,
)

_NO = re.compile(
    r"不得|不能|不应|不允许|禁止|不可以?(?![用靠])|不准|"
    r"\b(?:shall|must|may|will|should) not\b|\bcannot(?! be)\b|\bcan't\b",
    re.IGNORECASE,
)
_INSTEAD = re.compile(
    r"提示|显示|只能|仅|报错|拒绝|拦|退回|除非|除了|否则|置灰|弹出|只有|须先|之前|"
    r"\b(?:shows?|message|rejects?|only|instead|unless|until|disables?|warns?|returns?|except|before)\b"
    f"|{HIDDEN}",
    re.IGNORECASE,
)

_VERDICT = re.compile(
    r"一切正常|正常|正确|成功|没有?问题|无误|无异常|符合(?:预期|要求|规定)|满足(?:要求|需求)|达到预期|"
    r"\b(?:correct(?:ly)?|success(?:ful(?:ly)?)?|succeeds?|proper(?:ly)?|works?|(?:is|are) (?:ok|okay|fine|"
    r"right)|as (?:expected|intended|required|desired)|normal(?:ly)?|without (?:any )?"
    r"(?:problems?|errors?|issues?)|fine|well)\b",
    re.IGNORECASE,
)
_FILLER = re.compile(
    r"系统|功能|页面|界面|数据|结果|操作|流程|程序|用户|可以|能够|能|应该?|都|均|已|了|地|的|并|且|和|"
    r"显示|运行|工作|处理|完成|保存|导出|导入|执行|使用|查询|提交|打开|展示|返回|[，。、；,.;!]|\s|"
    r"\b(?:the|an?|system|function|feature|page|screen|data|result|operation|process|user|it|all|"
    r"everything|shall|should|must|will|can|is|are|be|and|runs?|displayed|shown|processed|"
    r"flows?|workflows?|completed?|saved|exported|imported|export|import|action)\b",
    re.IGNORECASE,
)

_NAMED = re.compile(
    r"(?:(?<![.;] )(?<!^)\b[A-Z][A-Za-z.&]*[ -]|\b[A-Z]{2,}[ -]|[A-Za-z_-]$|编[码号]|代码|合同|条款|章节|附件|[单科][号目]|账户|状态|版本|等于|型号|"
    r"类型|级别|端口|标准|[为是第=#:/.]|\b(?i:step|version|no\.?|code|status|type|line|page|level|rule|"
    r"equals?|is|class|grade|account|table|column|field|port|room|img|aisle|bin|bed|ward|gate|dock|window|day|shift))[ ]?$"
)
_COUNTED = re.compile(
    r"[ -]?(?:[A-Za-z]+[ -])?[A-Za-z]+s\b|[ -]?(?:digits?|characters?|people|staff)\b|"
    r"-?[A-Za-z]|[-.:/x×]\d|[级号类期位栏列码层字库边者样种]|个|[+]| of (?:them|these|those)\b|"
    r"[ ]?(?:[munkc]?m|[kmu]?g|m?l|°?[CF]|k?[VWA]|[kMG]?B|px|dpi|bar|[kM]?Hz|rpm|pH)\b"
)

_PURE_NUMBER = re.compile(
    r"整数|自然数|得分|评分|分值|\b(?:whole number|integer|score|rating)\b", re.IGNORECASE
)
_READ = 3000
"""Characters of a requirement in which numbers are looked for: a longer one is a file by mistake."""
_WHOLE = Decimal(100)
_AND_NEXT = re.compile(r"\s*(?:,|、|，|or|and|或|和)\s*")
"""Between two numbers of one list: the unit stands after the last."""


def slashes(text: str) -> Iterator[str]:
    """`import/export`, 新增/修改: nobody can tell whether both are meant, or one of the two."""
    for match in _SLASH.finditer(text):
        left, right = match[1], match[2]
        whole = f"{left}/{right}"
        around = text[match.start() - 1 : match.start()] + text[match.end() : match.end() + 1]
        path = any(char in "/_.:@0123456789" for char in around.strip())
        known = _PAIRS.fullmatch(whole) or _UNIT_AFTER.match(right)
        if path or known or (whole.isupper() and whole.isascii()) or "或" in (left, right[0]):
            continue
        if {left.lower(), right.lower()} != {"and", "or"}:
            yield f"{_near(left, -2)}{match[0][len(left) : len(match[0]) - len(right)]}{_near(right, 2)}"


def _near(side: str, count: int) -> str:
    """What stands next to the slash: of a run of Chinese characters the word, most likely."""
    if side.isascii() or len(side) <= 3:
        return side
    return side[count:] if count < 0 else side[:count]


def passives(text: str) -> Iterator[str]:
    """Passive sentences that do not say who does it, by the words that show it."""
    for clause in _CLAUSES.finditer(text):
        match = _PASSIVE_ZH.search(clause[0])
        if match and not _AGENT_ZH.search(clause[0][: match.start()]):
            yield match[0]
    for sentence in _SENTENCES.finditer(text):
        match = _PASSIVE_EN.search(sentence[0])
        if match and not _BY_SOMEBODY.search(sentence[0], match.end()):
            yield match[0]


def several(text: str) -> Iterator[str]:
    """The word that joins two requirements in one sentence."""
    for match in _SEVERAL.finditer(text):
        yield (match[1] or match[2]).strip("，, ")


def negatives(text: str) -> Iterator[str]:
    """What the system is not to do, where the sentence does not say what it does instead."""
    for sentence in _SENTENCES.finditer(text):
        match = _NO.search(sentence[0])
        if match and not _INSTEAD.search(sentence[0]):
            yield match[0]


def untestable(text: str, shown: str) -> str | None:
    """The word that says all is well, where a result says nothing else.

    Args:
        text: The result with quoted words hidden.
        shown: The same result as written; numbers and quotes in it make it testable.
    """
    verdict = _VERDICT.search(text)
    if not verdict or HIDDEN in text or any(char.isdigit() for char in shown):
        return None
    rest = _FILLER.sub(" ", _VERDICT.sub(" ", text))
    words = re.findall(r"[A-Za-z]+", rest)
    signs = [char for char in rest if not char.isascii() and char.isalnum()]
    return verdict[0] if len(words) <= 1 and len(signs) <= 2 else None


def bare_numbers(text: str) -> Iterator[NumberMention]:
    """Numbers above one without a unit that are no name, code, version, state or ratio."""
    numbers = () if _PURE_NUMBER.search(text) else find_numbers(text[:_READ])
    shares = any(number.unit == "%" for number in numbers)
    for number, following in zip_longest(numbers, numbers[1:]):
        if number.unit is not None or number.ordinal or number.value <= Decimal(1):
            continue
        if shares and number.value <= _WHOLE:
            continue
        if _NAMED.search(text[: number.start]) or _COUNTED.match(text, number.end):
            continue
        if following is None or not _AND_NEXT.fullmatch(text, number.end, following.start):
            yield number
