"""Wording: a short clean sentence made of the speaker's own words."""

import re
from collections.abc import Sequence

from pipeline.engines.rules.extraction.turn import Turn
from pipeline.language import cues
from pipeline.language.script import Piece, has_cjk

_EDGES = " \t,，。.;；:：、!！?？…—-·"
_SHORTEST_ZH = 3
_SHORTEST_EN = 2
"""Characters, and words, below which a text says too little to stand alone."""
_LONGEST = 80


def tidy(text: str) -> str:
    """Without lead-ins, fillers and closing particles; nothing is added."""
    return _finish(_trim(text))


def wish(text: str) -> str:
    """The same, also without the words of asking, where enough is left."""
    trimmed = _trim(text)
    inner = _strip_head(trimmed, "filler.request")
    inner = _trim(inner) if inner != trimmed else inner
    return _finish(inner if _stands_alone(inner) else trimmed)


def told(turn: Turn, pieces: Sequence[Piece]) -> str:
    """Clauses of a turn as one tidy text."""
    parts = [tidy(turn.original(piece)) for piece in pieces]
    return join(part for part in parts if part)


def join(parts: "Iterable[str]") -> str:
    """Parts as one sentence, each said once."""
    kept = list(dict.fromkeys(part for part in parts if part))
    if not kept:
        return ""
    glue = "，" if has_cjk(kept[0]) else ", "
    return glue.join(kept)


def _trim(text: str) -> str:
    before = None
    text = text.strip(_EDGES)
    while text != before:
        before = text
        text = _strip_head(text, "filler.lead")
    return _strip_tail(text)


def _strip_head(text: str, cue: str) -> str:
    for match in cues.finditer(cue, cues.plain(text)):
        rest = text[match.end() :].lstrip(_EDGES)
        if match.start() == 0 and _cut_is_clean(text, match.end()) and _stands_alone(rest):
            return rest
    return text
