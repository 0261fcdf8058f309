"""Wording: a short clean sentence made of the speaker's own words."""

from collections.abc import Iterable, Sequence

from pipeline.engines.rules.extraction.turn import Turn
from pipeline.language import cues
from pipeline.language.cues_content import terms
from pipeline.language.script import Piece, has_cjk, size_in_words

_EDGES = " \t,，。.;；:：、!！?？…—-·"
_FEWEST_ZH = 3
_FEWEST_EN = 2
"""Characters, and words, below which a text says too little to stand alone."""

_BRIEF = 7
"""Characters, an English word counting as two, below which an ask is hard to understand."""
_LONGEST = 110
"""Characters after which an ask takes no further clause along."""


def tidy(text: str) -> str:
    """Without lead-ins, fillers and closing particles; nothing is added."""
    return _capital(_trim(text))


def wish(text: str) -> str:
    """The same, also without the words of asking, where enough is left."""
    inner = _trim(text)
    before = ""
    while inner != before:
        before = inner
        inner = _trim(_cut_head(inner, "filler.request"))
    return _capital(inner)


def told(turn: Turn, pieces: Sequence[Piece]) -> str:
    """Clauses of a turn as one tidy text."""
    return join(tidy(turn.original(piece)) for piece in pieces)


def join(parts: Iterable[str]) -> str:
    """Parts as one sentence, each said once."""
    kept = [part for part in dict.fromkeys(parts) if part]
    return ("，" if has_cjk("".join(kept)) else "; ").join(kept)


def _trim(text: str) -> str:
    text = text.strip(_EDGES)
    before = ""
    while text != before:
        before = text
        text = _cut_tail(_cut_head(text, "filler.lead"))
    return text


def _cut_head(text: str, cue: str) -> str:
    rest = text[cues.at_start(cue, cues.plain(text)) :].lstrip(_EDGES)
    return rest if _stands_alone(rest) else text


def _cut_tail(text: str) -> str:
    rest = text[: len(text) - cues.at_end("filler.tail", cues.plain(text))].rstrip(_EDGES)
    return rest if _stands_alone(rest) else text


def _stands_alone(text: str) -> bool:
    chinese, latin = size_in_words(text)
    return chinese >= _FEWEST_ZH or latin >= _FEWEST_EN or (chinese > 0 and latin > 0)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def headline(turn: Turn, piece: Piece) -> str:
    """The words of a turn that ask, from the asking clause on, as they were said.

    A clause that says too little by itself takes the ones before it in its sentence along, or
    the next sentence.
    """
    sentence = _around(turn, piece)
    pieces = [one for one in turn.clauses if piece.start <= one.start < sentence.end]
    if _brief(turn, pieces) or cues.at_start("filler.request", piece.text):
        before = [one for one in turn.clauses if sentence.start <= one.start < piece.start]
        pieces = [*(one for one in before[-2:] if _tells(one)), *pieces]
    if _brief(turn, pieces):
        pieces += [one for one in turn.clauses if one.start >= sentence.end][:2]
    start, end = pieces[0].start, pieces[0].end
    for one in pieces:
        if one.end - start <= _LONGEST:
            end = max(end, one.end)
    return turn.text[start:end].strip()


def _around(turn: Turn, piece: Piece) -> Piece:
    return next(one for one in turn.sentences if one.start <= piece.start < one.end)


def _tells(piece: Piece) -> bool:
    """Whether a clause is more than a way to take the floor."""
    return bool(terms(piece.text)) and not cues.at_start("turn.opener", piece.text)


def _brief(turn: Turn, pieces: Sequence[Piece]) -> bool:
    chinese, latin = size_in_words(tidy(" ".join(turn.original(piece) for piece in pieces)))
    return chinese + 2 * latin < _BRIEF
