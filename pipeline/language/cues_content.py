"""Terms: the content words of a text, and how much two texts share of them."""

import re

from pipeline.language.script import CJK

_ZH_EMPTY = frozenset(
    "的了是我你您他她它们咱这那哪就也都还要能会可以不没有在和跟与或把被给让说讲个一些"
    "着得地吗呢吧啊呀哦嗯嘛啦么什怎为因所如果但然再又只先好行对刚才很太最更想另自己请谢"
)
"""Characters no word of content is made of."""
_ZH_LIGHT = frozenset("点下上里出来去到过用做弄搞现每次时候多少几第外东西事知道看加前后后中心")
"""Characters that make a word of content only together with another one."""
_EN_EMPTY = frozenset(
    "the and that this with for you your our they them their there then than have has had are was were "
    "will would could should can may must not don't doesn't didn't isn't it's i'm i'll we'll what when "
    "where which who how why want need like just also from into about out all any some one two get got "
    "make made know think say said see let please okay yes yeah well very much more most other same "
    "thing things something anything everything nothing really still here now only every each because wait oh hey sorry yeah "
    "but its it been being does did going gonna time way lot good right back over those these i'd we'd".split()
)
_RUN = re.compile(f"[{CJK}]+|[a-z][a-z0-9'&]+|[0-9]+")
_ENDINGS = ("ings", "ing", "ies", "ied", "ers", "ly", "ed", "es", "er", "s", "y")


def terms(plain: str) -> frozenset[str]:
    """Content words of a plain text: pairs of Chinese characters, stems of Latin words."""
    found: set[str] = set()
    for run in _RUN.findall(plain):
        if run[0].isascii():
            if len(run) > 2 and run not in _EN_EMPTY:
                found.add(_stem(run))
        else:
            found.update(_pairs(run))
    return frozenset(found)


def shared(one: frozenset[str], other: frozenset[str]) -> float:
    """How much of the smaller one the other holds, from 0 to 1."""
    return len(one & other) / min(len(one), len(other)) if one and other else 0.0


def _pairs(run: str) -> set[str]:
    pairs = (run[at : at + 2] for at in range(len(run) - 1))
    return {
        pair
        for pair in pairs
        if not _ZH_EMPTY.intersection(pair) and not _ZH_LIGHT.issuperset(pair)
    }


def _stem(word: str) -> str:
    word = word.removesuffix("'s")
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word.removesuffix(ending)
    return word
