"""Which kind of ask it is: the play that its words call for, and the next ones."""

from collections.abc import Mapping

from pipeline.engines.rules.playbook.loader import Play, Playbook, compiled
from pipeline.engines.rules.specification.talk import Talk
from pipeline.models.minutes import Ask

GENERIC = "generic"
_SLOW_BY_PEOPLE = frozenset({"approval", "workflow"})
"""Kinds of asks that are slow because somebody is waited for."""
_MOST_OTHERS = 2
_TEXT, _QUOTE, _TALK, _KIND = 3, 3, 1, 1
_SURE = 3
"""A play must be named in the ask's own words; what only the talk names is touched as well."""


def recognise(ask: Ask, talk: Talk, book: Playbook) -> tuple[str, ...]:
    """Keys of the plays, the best first; the generic one alone where no word fits."""
    own = "\n".join(turn.text for turn in talk.turns if turn.at in talk.own and turn.side != "us")
    scores = {key: _score(play, ask, own) for key, play in book.plays.items()}
    best = sorted((key for key in scores if scores[key] > 0), key=lambda key: -scores[key])
    if not best:
        return (_by_kind(ask, book.plays),)
    if scores[best[0]] < _SURE:
        return (_by_kind(ask, book.plays), best[0])
    others = [key for key in best[1:] if scores[key] >= _SURE]
    if best[0] in _SLOW_BY_PEOPLE:
        others = [key for key in others if key != "performance"]
    return (best[0], *others[:_MOST_OTHERS])


def _score(play: Play, ask: Ask, own: str) -> int:
    hits = 0
    for cue in play.cues:
        pattern = compiled(cue)
        hits += _TEXT * bool(pattern.search(ask.text))
        hits += _QUOTE * bool(pattern.search(ask.raw_quote))
        hits += _TALK * bool(pattern.search(own))
    return hits + _KIND * (ask.kind in play.kinds) if hits else 0


def _by_kind(ask: Ask, plays: Mapping[str, Play]) -> str:
    for key in ("integration", "permission", "report", "cleanup"):
        if ask.kind in plays[key].kinds:
            return key
    return GENERIC
