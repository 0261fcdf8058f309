"""A plain yes: an answer that agrees and does nothing else."""

import re
from functools import lru_cache

from pipeline.language import cues
from pipeline.language.negation import find_negations
from pipeline.language.script import clauses

_YES = re.compile(
    r"(?:[那嗯哦啊噢]+)?(?:好的?|行|可以的?|对|是的|没问题|没意见|同意|成|就这样|就这么[办定])[吧啊呀嘛哈]?"
    r"|(?:(?:oh|well|and|ok|okay|yeah|yes) )?(?:yes|yeah|yep|yup|sure|ok|okay|fine|fine by (?:me|us)"
    r"|agreed|absolutely|definitely|of course|deal|sounds good|works for (?:me|us)|that works|perfect"
    r"|go ahead|please do|no problem|no objections?|i agree|we agree)"
)
_HEDGE = re.compile(
    r"[?？]|但|不过|可是|只是|除非|如果|要是|的话|再说|再看|看看|考虑|想想|商量|问问|要问|请示|领导|回头|吗|呢"
    r"|\b(?:but|however|though|unless|if|once|maybe|perhaps|check|ask|think|see|rather|later|depends)\b"
)
_FILLER = re.compile(r"^(?:[嗯哦啊噢]+|oh|well|mm+|hm+)[，,、 ]+")
_ENDS = "，,。.！!；;、 "


@lru_cache(8_192)
def agrees(text: str) -> bool:
    """Whether a turn says yes outright: its first clause is a yes, and nothing in it takes it back.

    Rather a real yes too few: whoever takes one that was none speaks for somebody else.
    """
    plain = _FILLER.sub("", cues.plain(text))
    first = next((piece.text.strip(_ENDS) for piece in clauses(plain)), "")
    if not _YES.fullmatch(first):
        return False
    rest = plain.replace(first, "", 1)
    return not _HEDGE.search(plain) and not find_negations(rest)
