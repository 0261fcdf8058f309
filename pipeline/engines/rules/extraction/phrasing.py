"""Phrasing: an ask as one readable clause, and the words of the turn that ask."""

from collections.abc import Sequence
from itertools import takewhile

from pipeline.engines.rules.extraction.turn import Turn
from pipeline.engines.rules.extraction.wording import (
    EDGES,
    capital,
    cut_head,
    names_a_thing,
    sentence_of,
    small,
    stands_alone,
    tells,
    tidy,
    trim,
)
from pipeline.language import cues
from pipeline.language.cues_content import terms
from pipeline.language.script import Piece, clauses, has_cjk, size_in_words

_NAMES = (":", "：")
"""Marks after words that name what is spoken about."""
_BRIEF = 7
"""Characters, an English word counting as two, below which an ask is hard to understand."""
_LONGEST = 110
"""Characters after which an ask takes no further clause along."""
_ARTICLES = frozenset({"a", "an", "the", "my", "our", "your", "their", "of", "to", "with", "and"})
_OPEN = ("再加", "再", "把", "给", "跟", "和", "要", "是", "在", "被", "用")
"""Words after which something must follow."""
_LONGEST_EN = 160
_SUBJECT = 16
"""Characters up to which the words before a trouble name what it is about."""


def headline(turn: Turn, piece: Piece) -> str:
    """The words of a turn that ask, from the asking clause on, as they were said.

    A clause that says too little by itself takes the ones before it in its sentence along, or
    the next sentence.
    """
    sentence = sentence_of(turn, piece)
    pieces = [one for one in turn.clauses if piece.start <= one.start < sentence.end]
    named = [one for one in turn.clauses if one.end <= piece.start and one.text.endswith(_NAMES)]
    if named and sentence.start <= named[-1].start and cues.has("turn.pronoun", piece.text):
        pieces = [named[-1], *pieces]
    if _brief(turn, pieces) or cues.at_start("filler.request", piece.text):
        before = [one for one in turn.clauses if sentence.start <= one.start < piece.start]
        pieces = [*(one for one in before[-2:] if tells(one)), *pieces]
    if _brief(turn, pieces):
        after = [one for one in turn.clauses if one.start >= sentence.end]
        pieces += [one for one in after if names_a_thing(one.text)][:2]
    start, end = pieces[0].start, pieces[0].end
    for one in pieces:
        if one.end - start <= (_LONGEST if has_cjk(turn.text) else _LONGEST_EN):
            end = max(end, one.end)
    return turn.text[start:end].strip()


def wish(text: str) -> str:
    """What is asked for, without the words of asking, the trouble and the reasons around it."""
    parts = clauses(text)
    hurting = list(takewhile(_hurts, parts))
    asking = parts[len(hurting) :]
    while len(asking) > 1 and (_hurts(asking[-1]) or _reasons(asking[-1])):
        asking = asking[:-1]
    if not asking:
        return capital(_bare(text))
    bare = _bare(text[asking[0].start : asking[-1].end])
    subject = _subject(hurting[-1].text) if hurting else ""
    if hurting and subject and not _names(subject):
        return capital(_bare(text[hurting[-1].start :]))
    if subject and not terms(cues.plain(subject)) <= terms(cues.plain(bare)):
        return capital(subject + ("" if has_cjk(subject) else " ") + bare)
    return capital(bare if stands_alone(bare) else _bare(text))


def changed(turn: Turn, piece: Piece) -> tuple[str, bool]:
    """What a clause changes or adds, in its own words, and whether it takes another's place."""
    text = trim(turn.original(piece))
    instead = cues.has("turn.instead", cues.plain(text))
    return small(cut_head(text, "filler.revise")), instead


def with_changes(text: str, changes: Sequence[tuple[str, bool]]) -> str:
    """An ask with what was changed or added later; of two corrections the last counts."""
    chinese = has_cjk(text)
    instead = [one for one, corrects in changes if corrects][-1:]
    added = [one for one, corrects in changes if not corrects][-2:]
    new = [
        one for one in (*added, *instead) if not terms(cues.plain(one)) <= terms(cues.plain(text))
    ]
    marks = {True: "：" if chinese else ": ", False: "，" if chinese else ", "}
    for one in new:
        text += marks[one in instead] + one
    return text


def topic(turn: Turn, piece: Piece) -> str:
    """What a clause points back to, such as the refunds of "about the refunds"."""
    text = trim(turn.original(piece))
    plain = cues.plain(text)
    head, tail = cues.at_start("filler.pointer", plain), cues.at_end("filler.pointer", plain)
    return text[head : len(text) - tail].strip(EDGES) if head or tail else ""


def _bare(text: str) -> str:
    inner = trim(text)
    before = ""
    while inner != before:
        before = inner
        rest = trim(cut_head(inner, "filler.request"))
        if not cues.at_start("filler.dangling", cues.plain(rest)):
            inner = rest
    return cut_head(inner, "filler.to") if inner != trim(text) else inner


def _hurts(piece: Piece) -> bool:
    return cues.has("ask.pain", cues.plain(piece.text))


def _subject(hurting: str) -> str:
    """What a clause complains about: its words before the complaint."""
    match = cues.find("ask.pain", cues.plain(hurting))
    head = trim(hurting[: match.start()]) if match else ""
    plain = cues.plain(head)
    head = head[: len(head) - cues.at_end("filler.copula", plain)].strip(EDGES)
    short = len(head) <= _SUBJECT * (1 if has_cjk(head) else 2)
    return head if short and terms(cues.plain(head)) and not cues.has("person.i", plain) else ""


def _names(subject: str) -> bool:
    """Whether the words before a complaint name a thing, and are no sentence cut in its middle."""
    plain = cues.plain(subject)
    cut = plain.rsplit(" ", 1)[-1] in _ARTICLES or plain.endswith(_OPEN)
    return not cut and not cues.has("person.we", plain)


def _reasons(piece: Piece) -> bool:
    """Whether a clause only says why, or that it is a rule of theirs."""
    return cues.at_start("filler.reason", trim(cues.plain(piece.text))) > 0


def _brief(turn: Turn, pieces: Sequence[Piece]) -> bool:
    chinese, latin = size_in_words(tidy(" ".join(turn.original(piece) for piece in pieces)))
    return chinese + 2 * latin < _BRIEF
