"""Languages that a speech model may know, by their codes."""

from collections.abc import Iterable

_CODES = """
af am ar as az ba be bg bn bo br bs ca cs cy da de el en es et eu fa fi fo fr gl gu ha
haw he hi hr ht hu hy id is it ja jw ka kk km kn ko la lb ln lo lt lv mg mi mk ml mn
mr ms mt my ne nl nn no oc pa pl ps pt ro ru sa sd si sk sl sn so sq sr su sv sw ta te
tg th tk tl tr tt uk ur uz vi yi yo zh yue
"""
CODES = frozenset(_CODES.split())
"""Those that Whisper has a mark for; which of them a model really knows, only the model tells."""


def unknown(codes: Iterable[str]) -> str | None:
    """The first code that stands for no language, if any."""
    return next((code for code in codes if code not in CODES), None)
