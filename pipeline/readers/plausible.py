"""Whether text that was guessed from bytes reads as something that people write.

Two bytes of nearly anything are a character of GB18030, and any two are one of UTF-16, so what
comes out tells whether the guess was right: honest text uses the Hanzi of the two old standards
(GB 2312 and the first plane of Big5), letters of one script side by side, and few others; text from
another encoding is a muddle.
"""

import re
from functools import cache

_SAMPLE = 20_000
_MOST_CONTROL = 0.02
_MOST_MUDDLE = 0.25
"""Share of muddled characters among those beyond ASCII above which a guess is wrong."""
_FEW = 2
"""Different muddled characters that a name or two may bring, beside text that is none."""
_SCRIPTS = (
    re.compile(r"[\u0400-\u052f]{2,}"),
    re.compile(r"[\u0370-\u03ff]{2,}"),
    re.compile(r"[\u3040-\u30ff\u31f0-\u31ff]{2,}"),
    re.compile(r"[\uac00-\ud7af]{2,}"),
)
"""Letters of other scripts where they stand as people write them: several together."""


def plausible(text: str | None) -> str | None:
    """The text, or None where it is none or no text that people write."""
    if not text:
        return None
    sample = text[:_SAMPLE]
    control = sum(_is_control(char) for char in sample)
    if control > _MOST_CONTROL * len(sample):
        return None
    for script in _SCRIPTS:
        sample = script.sub("", sample)
    beyond = [char for char in sample if char > "\x7f"]
    muddle = [char for char in beyond if not _usual(char)]
    if len(muddle) <= _MOST_MUDDLE * len(beyond):
        return text
    few = len(set(muddle)) <= _FEW and len(set(beyond)) > len(set(muddle))
    return text if few and all(map(_is_hanzi, muddle)) else None


def _is_control(char: str) -> bool:
    return (char < " " and char not in "\t\n\r\x0b\x0c") or "\x7f" <= char < "\xa0"


@cache
def _usual(char: str) -> bool:
    code = ord(char)
    return (
        0xA0 <= code <= 0x24F
        or char in "ˇˉ"
        or 0x1E00 <= code <= 0x1EFF
        or 0x2010 <= code <= 0x27BF
        or 0x3000 <= code <= 0x303F
        or 0x20000 <= code <= 0x323AF
        or 0x3200 <= code <= 0x33FF
        or 0xFE00 <= code <= 0xFE6F
        or 0xFF00 <= code <= 0xFFEF
        or 0x1F000 <= code <= 0x1FAFF
        or (_is_hanzi(char) and _is_common(char))
    )


def _is_hanzi(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff"


def _is_common(hanzi: str) -> bool:
    try:
        hanzi.encode("gb2312")
    except UnicodeEncodeError:
        return b"\xa4" <= hanzi.encode("big5", "replace") < b"\xc7"
    return True
