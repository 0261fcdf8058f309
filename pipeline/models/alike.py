"""Whether two questions ask the same thing in much the same words."""

import re
from collections import Counter
from collections.abc import Iterable

_COLON = re.compile("[:：]")
_QUOTED = re.compile('[“”"「」『』‘’]')
_LIGHT = re.compile(
    "请问|请|需不需要|是不是|要不要|有没有|是否|需要|一下|[那这]边|[吗呢的了么吧]"
    r"|\b(?:client['’]s|the|an?|please|do|does|is|are|should|will|be|to|which|what|of)\b",
    re.IGNORECASE,
)
"""Words a question keeps its sense without."""
_FACT = re.compile(
    r"[0-9０-９一二两三四五六七八九十百千万半不没无非未除]"
    r"|\b(?:no|not|never|without|except|cannot|only)\b",
    re.IGNORECASE,
)
"""What more must not stand in the longer of two that are called the same."""
_LONGEST_OBJECT = 60
"""Characters before the colon that may be the name of what is asked about."""
_LEAST, _SHARE = 8, 0.7
"""Characters a question needs, and its share of the longer one, to be the same as that."""

_PAIRS, _NEAR = 5, 0.4
"""Pairs a text needs, and Dice of the pairs of letters of two texts that are about the same."""


def bare(text: str) -> str:
    """Letters and digits alone: whether two texts say the same in the same words."""
    return "".join(char for char in text.casefold() if char.isalnum())


def objects(questions: Iterable[str]) -> frozenset[str]:
    """What stands before the colon of several questions of one spec: what they are about."""
    heads = Counter(head for head in map(_head, questions) if head)
    return frozenset(head for head, count in heads.items() if count > 1)


def without_object(text: str, objects: frozenset[str]) -> str:
    """The question by itself, as in "who counts it?" of "Stock: who counts it?"."""
    head = _head(text)
    return text[len(head) + 1 :].strip() if head in objects else text


def core(text: str) -> str:
    """What has to be the same: the question without the words that carry nothing."""
    light = bare(_LIGHT.sub(" ", text))
    return light or bare(text)


def alike(one: str, other: str) -> bool:
    """Whether two cores ask the same: equal, or one with a few words more at an end."""
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    if len(short) < _LEAST or len(short) < _SHARE * len(long) or short not in long:
        return False
    return not _FACT.search(long.replace(short, " ", 1))


def near(one: str, other: str) -> bool:
    """Whether two texts are about the same: enough to rank by, never to merge."""
    a, b = _pairs(one), _pairs(other)
    shared = len(a & b)
    return min(len(a), len(b)) >= _PAIRS and 2 * shared >= _NEAR * (len(a) + len(b))


def _pairs(text: str) -> set[str]:
    words = core(text)
    return {words[n : n + 2] for n in range(len(words) - 1)}


def _head(text: str) -> str:
    colon = _COLON.search(text)
    if colon is None or colon.start() > _LONGEST_OBJECT or colon.end() == len(text.strip()):
        return ""
    head = text[: colon.start()]
    return "" if _QUOTED.search(head) else head
