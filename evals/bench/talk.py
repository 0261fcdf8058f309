"""Made-up calls of any length, and what becomes of their sentences when they are quoted."""

import random
import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Literal

from pipeline.language.numbers import find_numbers

Lang = Literal["zh", "en"]

_WORDS: Mapping[Lang, Mapping[str, Sequence[str]]] = {
    "zh": {
        "who": ["财务", "仓库", "质检", "护士", "调度", "班组长", "客服", "采购", "门店", "区域经理", "药房", "审计", "总部", "司机"],
        "what": ["订单", "退货单", "对账单", "批次", "库存", "合同", "发票", "处方", "报工", "运单", "工单", "凭证", "采购单", "盘点表"],
        "column": ["金额", "状态", "单号", "日期", "备注", "供应商", "炉号", "数量", "税率", "部门", "到货时间", "审核人", "库位"],
        "do": ["导出", "打印", "审核", "提醒", "撤回", "合并", "锁定", "查询", "上传", "推送", "归档", "拆分", "登记", "核对"],
        "unit": ["条", "个", "天", "分钟", "次", "万元", "家", "小时", "笔", "%"],
        "no": ["不能", "不要", "没法", "别"],
        "yes": ["可以", "必须", "最好", "一定要"],
        "day": ["周一", "周二", "周三", "周四", "周五"],
        "part": ["早上", "下午", "月底", "季度末", "下班前", "开会的时候", "高峰期", "盘点那天", "交接班", "换季"],
        "why": ["老板催得很", "客户天天问", "上次出过错", "手工太慢", "审计要看", "系统里对不上", "现场等不起", "领导要签字"],
        "filler": ["那个", "就是说", "嗯", "呃", "然后", "其实"],
    },
    "en": {
        "who": ["finance", "the warehouse", "quality", "the nurses", "dispatch", "the shift lead", "support", "purchasing"],
        "what": ["orders", "returns", "statements", "batches", "stock lines", "contracts", "invoices", "waybills", "vouchers"],
        "column": ["amount", "status", "order number", "date", "comment", "supplier", "lot number", "quantity", "tax rate"],
        "do": ["export", "print", "approve", "flag", "withdraw", "merge", "lock", "search", "upload", "archive", "split", "register"],
        "unit": ["rows", "days", "minutes", "times", "dollars", "hours", "percent", "users", "pages"],
        "no": ["can't", "must not", "should never", "don't want to"],
        "yes": ["can", "must", "should really", "want to"],
        "day": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"],
        "part": ["in the morning", "at month end", "before the shift ends", "during the count", "in peak season"],
        "why": ["the boss keeps asking", "customers call every day", "it went wrong last time", "auditors look at it", "nothing matches in the system", "doing it by hand is too slow", "the floor is waiting"],
        "filler": ["well", "I mean", "you know", "um", "basically", "so"],
    },
}  # fmt: skip
_CLAUSES: Mapping[Lang, Sequence[str]] = {
    "zh": (
        "{filler}，{who}那边{part}要看{what}的{column}",
        "{who}{yes}自己{do}{what}",
        "超过{n}{unit}的{what}{no}直接{do}",
        "{day}之前{who}要把{what}{do}完",
        "我们一天大概{n}{unit}{what}，{part}更多",
        "{what}里的{column}跟{column}对不上，{why}",
        "{filler}，这个{what}{no}让{who}{do}，{why}",
        "{do}的时候{column}要带出来，{filler}，最多{n}{unit}",
    ),
    "en": (
        "{filler}, {who} needs the {column} of the {what} {part}",
        "{who} {yes} {do} the {what} themselves",
        "anything above {n} {unit} we {no} {do} directly",
        "{who} has to {do} the {what} by {day}",
        "we get about {n} {unit} of {what} a day, more {part}",
        "the {column} on the {what} never agrees with the {column}, {why}",
        "{filler}, {who} {no} {do} those {what}, {why}",
        "when you {do} them the {column} comes along, {filler}, at most {n} {unit}",
    ),
}
_FILLER = re.compile(
    r"(?i)(?:那个|就是说|嗯|呃|然后|其实)，?|(?:well|i mean|you know|um|basically|so),\s"
)
_NUMERAL: Mapping[Lang, re.Pattern[str]] = {
    "zh": re.compile(r"\d+|[二三四五六七八九][十百千]"),
    "en": re.compile(
        r"\b\d+|\b(?:two|three|four|five|six|seven|eight|nine) (?:hundred|thousand)|\b(?:twen|thir|for|fif|six|seven|eigh|nine)ty\b"
    ),
}
_ANSWERS: Mapping[Lang, Sequence[tuple[str, str]]] = {
    "zh": (("不能", "能"), ("不要", "要"), ("没法", "可以"), ("别", "要"), ("可以", "不可以"), ("必须", "不必")),
    "en": (
        ("can't", "can"), ("must not", "must"), ("should never", "should"), ("don't want", "want"),
        ("never agrees", "agrees"), (" can ", " cannot "), (" must ", " must not "),
    ),
}  # fmt: skip
_LETTERS: Mapping[Lang, str] = {
    "zh": "的一了是我在有他这来到时大地为子中你说生",
    "en": "etaoinshrdlucm",
}


def call(turns: int, lang: Lang, dice: random.Random) -> list[str]:
    """Turns of one to four clauses; none is empty, few are alike."""
    return [_turn(lang, dice) for _ in range(turns)]


def _turn(lang: Lang, dice: random.Random) -> str:
    clauses = [_clause(lang, dice) for _ in range(dice.choice((1, 1, 2, 2, 3, 4)))]
    if lang == "zh":
        return "，".join(clauses) + "。"
    return ". ".join(clause[0].upper() + clause[1:] for clause in clauses) + "."


def _clause(lang: Lang, dice: random.Random) -> str:
    words = _WORDS[lang]
    pattern = dice.choice(_CLAUSES[lang])
    filled = re.sub(r"\{(\w+)\}", lambda m: _word(m[1], words, lang, dice), pattern)
    return filled.strip()


def _word(name: str, words: Mapping[str, Sequence[str]], lang: Lang, dice: random.Random) -> str:
    return numeral(lang, dice) if name == "n" else dice.choice(words[name])


def numeral(lang: Lang, dice: random.Random) -> str:
    """A number as people say it or as recognisers write it."""
    digit, scale = dice.randint(2, 9), dice.choice((10, 100, 1000))
    if dice.random() < 0.4:
        return str(digit * scale + dice.randint(0, 9))
    if lang == "zh":
        return "零一二三四五六七八九"[digit] + {10: "十", 100: "百", 1000: "千"}[scale]
    word = ["two", "three", "four", "five", "six", "seven", "eight", "nine"][digit - 2]
    tens = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"][digit - 2]
    return {10: tens, 100: f"{word} hundred", 1000: f"{word} thousand"}[scale]


def clauses_of(text: str) -> list[str]:
    """The clauses a turn was made of, or the nearest to them."""
    return [
        piece.strip(" ，。,.") for piece in re.split(r"[，。.]\s?", text) if piece.strip(" ，。,.")
    ]


def punctuated(text: str, dice: random.Random) -> str:
    """Other marks and spaces, the same letters."""
    return re.sub(r"[，。,.]\s?", lambda _: dice.choice(("。", "，", " ", "; ")), text)


def without_fillers(text: str) -> str:
    """As a model tidies a sentence."""
    return _FILLER.sub("", text)


def noisy(text: str, share: float, lang: Lang, dice: random.Random) -> str:
    """That share of the letters lost or replaced, as by another recogniser."""
    chars = list(text)
    for place in dice.sample(range(len(chars)), round(len(chars) * share)):
        chars[place] = "" if dice.random() < 0.4 else dice.choice(_LETTERS[lang])
    return "".join(chars)


def flip_number(text: str, lang: Lang, dice: random.Random) -> str | None:
    """Another number in the place of one."""
    found = _NUMERAL[lang].search(text)
    if not found:
        return None
    others = (numeral(lang, dice) for _ in range(99))
    other = next(one for one in others if _value(one) != _value(found[0]))
    return text[: found.start()] + other + text[found.end() :]


def _value(text: str) -> Decimal:
    return find_numbers(text)[0].value


def flip_negation(text: str, lang: Lang, _dice: random.Random) -> str | None:
    """Yes for no, or no for yes."""
    known = [pair for pair in _ANSWERS[lang] if pair[0] in text]
    return text.replace(*known[0], 1) if known else None


def flip_weekday(text: str, lang: Lang, dice: random.Random) -> str | None:
    """Another weekday in the place of one."""
    days = _WORDS[lang]["day"]
    for day in days:
        if day in text:
            return text.replace(day, dice.choice([one for one in days if one != day]), 1)
    return None


FLIPS: Mapping[str, Callable[[str, Lang, random.Random], str | None]] = {
    "number": flip_number,
    "negation": flip_negation,
    "weekday": flip_weekday,
}
