"""Corrections as somebody edits them: a line for each, `heard = meant | where it stands rightly`."""

import re
from collections.abc import Iterable, Sequence

from pipeline.models.correction import Correction

_SIGN = re.compile("[=＝]")
_BAR = re.compile("[|｜]")


def corrections_text(corrections: Iterable[Correction]) -> str:
    """A line for each correction."""
    return "\n".join(" | ".join((f"{one.heard} = {one.meant}", *one.not_in)) for one in corrections)


def corrections(text: str) -> tuple[tuple[Correction, ...], tuple[str, ...]]:
    """The corrections in their order, and the lines that say none."""
    found: list[Correction] = []
    unclear: list[str] = []
    for line in filter(None, (" ".join(one.split()) for one in text.splitlines())):
        pair, *words = (part.strip() for part in _BAR.split(line))
        heard, *meant = (part.strip() for part in _SIGN.split(pair))
        if len(meant) == 1 and heard and meant[0] and all(words):
            found.append(Correction(heard=heard, meant=meant[0], not_in=tuple(words)))
        else:
            unclear.append(line)
    return tuple(dict.fromkeys(found)), tuple(unclear)


def unchanged(text: str, before: Sequence[Correction]) -> bool:
    """Whether nobody touched the lines."""
    return text == corrections_text(before)
