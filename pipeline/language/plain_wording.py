"""A requirement as its wording is judged: one width, one blank at a time, quoted words hidden."""

import re

_KEPT_WIDE = {ord(char) for char in "，。；：！？、"}
_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if code not in _KEPT_WIDE}
_AFTER_CHINESE = re.compile(r"(?<=[一-鿿”」』）)])[,;:?!]")
_WIDE = {ord(narrow): wide for narrow, wide in zip(",;:?!", "，；：？！", strict=True)}
_QUOTED = re.compile(
    r"“[^“”]{1,80}”|\"[^\"]{1,80}\"|「[^「」]{1,80}」|『[^『』]{1,80}』|【[^【】]{1,80}】"
)
HIDDEN = "\ue000"
"""Stands for each character between quotation marks: button names and words of others."""


def even(text: str) -> str:
    """The text with half-width letters, digits and signs, and one blank for all white space.

    A comma after a Chinese character is a Chinese one.
    """
    plain = " ".join(text.translate(_NARROW).split())
    return _AFTER_CHINESE.sub(lambda match: match[0].translate(_WIDE), plain)


def unquoted(text: str) -> str:
    """The text, of the same length, with what stands between quotation marks hidden."""
    return _QUOTED.sub(lambda match: HIDDEN * len(match[0]), text)
