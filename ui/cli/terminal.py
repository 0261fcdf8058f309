"""Text of calls and files on a terminal: what is no visible character does not get there."""

import unicodedata

_KEPT = "\n\t"
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
"""Control, format (bidi, zero width), surrogate, private use, line and paragraph separators."""


def visible(text: object) -> str:
    """The text without characters that could move the cursor, recolour or reorder the line."""
    return "".join(
        char for char in str(text) if char in _KEPT or unicodedata.category(char) not in _HIDDEN
    )
