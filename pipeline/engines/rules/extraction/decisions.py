"""Decisions: what was settled, for now, put off or turned down, and by whom."""

from collections.abc import Iterator, Sequence

from pipeline.engines.rules.extraction.dialogue import Dialogue
from pipeline.engines.rules.extraction.naming import named_before, people_of
from pipeline.engines.rules.extraction.phrasing import topic
from pipeline.engines.rules.extraction.turn import Turn
from pipeline.engines.rules.extraction.verdicts import Verdict, sounding, verdict_of
from pipeline.engines.rules.extraction.wording import (
    EDGES,
    after_what,
    capital,
    cut_head,
    small,
    things,
    told,
)
from pipeline.language import cues
from pipeline.language.cues_strength import promises, subject, tells_something
from pipeline.language.script import Piece, has_cjk, size_in_words
from pipeline.models.draft import DraftDecision

_NEAR = 4
"""Turns apart, and share of content words, within which two verdicts are one decision."""
_AKIN = 0.2
_ASKED = 6
"""Turns before a decision in which the question it answers is looked for."""
_YES = ("answer.yes", "decision.assent", "decision.yielded")
_SETTLING = ("decision.settled", "decision.rejected", "decision.deferred", "ask.withdraw")
_VAGUE = 1
"""Content words up to which a no or a "later" does not say what it turns down."""
_ECHO = 2
"""Characters or words up to which a turn only says yes."""


def read_decisions(dialogue: Dialogue) -> tuple[DraftDecision, ...]:
    """Every decision of the call, in order."""
    found = enumerate(verdicts(dialogue), 1)
    return tuple(_decision(number, verdict, dialogue) for number, verdict in found)


def verdicts(dialogue: Dialogue) -> list[Verdict]:
    """The same before they are written down."""
    return _merged(list(_read(dialogue)), dialogue)


def _read(dialogue: Dialogue) -> Iterator[Verdict]:
    """Verdicts in so many words, and turns that sound like one without a word for it."""
    for turn in dialogue.open_turns():
        verdict = verdict_of(turn, dialogue)
        loudest = max(
            verdict.turns if verdict else (turn,), key=lambda one: dialogue.senses("decision", one)
        )
        taken = dialogue.takes("decision", loudest, cue=verdict is not None)
        if taken and (verdict or not _beside_a_louder(turn, dialogue)):
            yield verdict or sounding(turn, dialogue)


def _beside_a_louder(turn: Turn, dialogue: Dialogue) -> bool:
    here = dialogue.senses("decision", turn)
    beside = (*dialogue.before(turn, 2), *dialogue.after(turn, 2))
    return any(dialogue.senses("decision", one) > here for one in beside)


def _merged(some: Sequence[Verdict], dialogue: Dialogue) -> list[Verdict]:
    """Verdicts close together on the same thing are one; the last word counts."""
    kept: list[Verdict] = []
    for verdict in some:
        if kept and _same(kept[-1], verdict, dialogue):
            before = kept.pop()
            turns = {turn.index: turn for turn in (*before.turns, *verdict.turns)}
            together = tuple(turns[index] for index in sorted(turns))
            verdict = Verdict(together, verdict.state, verdict.by)
        kept.append(verdict)
    return kept


def _same(one: Verdict, other: Verdict, dialogue: Dialogue) -> bool:
    gap = other.turns[0].index - one.turns[-1].index
    if other.by.has("turn.correct") and other.by not in one.turns:
        return False
    return gap <= 0 or (gap <= _NEAR and dialogue.akin(one.terms, other.terms) >= _AKIN)


def _text(verdict: Verdict) -> str:
    """The words of the turn that settles, or of the last one that says what.

    A no is told together with what it answers.
    """
    if verdict.state == "rejected" and _proposed(verdict.turns[0]):
        return _refusal(verdict)
    for turn in (verdict.by, *reversed(verdict.turns)):
        pieces = [piece for piece in turn.clauses if _says(piece)]
        pieces = [piece for piece in pieces if not promises(piece.text)] or pieces
        if sum(sum(size_in_words(piece.text)) for piece in pieces) > _ECHO:
            return _settled(turn, pieces)
    return told(verdict.turns[0], verdict.turns[0].clauses)


def _proposed(turn: Turn) -> bool:
    return turn.ours and (turn.has("turn.proposal") or turn.has("turn.listed"))


def _decision(number: int, verdict: Verdict, dialogue: Dialogue) -> DraftDecision:
    text = _text(verdict)
    about = _asked_before(verdict, text, dialogue)
    if about:
        mark = "：" if has_cjk(text) else ": "
        text = told(about, about.clauses).rstrip("？?") + mark + small(text)
    thing = None if about else _thing_before(verdict, text, dialogue)
    turns = verdict.turns if thing is None or thing in verdict.turns else (thing, *verdict.turns)
    return DraftDecision(
        ref=f"d{number}",
        text=after_what(thing, text),
        state=verdict.state,
        by=verdict.by.speaker,
        citations=tuple(turn.citation() for turn in turns),
    )


def _asked_before(verdict: Verdict, text: str, dialogue: Dialogue) -> Turn | None:
    """The question of ours that a decision answers which names only a date or a person."""
    people = people_of(dialogue)
    if subject(cues.plain(text)) - people or verdict.state == "rejected":
        return None
    for turn in dialogue.before(verdict.turns[-1], _ASKED):
        about = subject(turn.plain) - people
        open_to_all = turn.index not in dialogue.private
        if turn not in verdict.turns and turn.question and turn.ours and about and open_to_all:
            return turn
    return None


def _thing_before(verdict: Verdict, text: str, dialogue: Dialogue) -> Turn | None:
    """The turn that tells what is settled by words that name nothing, such as "leave that"."""
    named = things(text, besides=_SETTLING) - people_of(dialogue)
    if len(named) > (_VAGUE if verdict.state in ("deferred", "rejected") else 0):
        return None
    earlier = [one for one in reversed(verdict.turns) if one.index < verdict.by.index]
    if any(named & one.terms for one in earlier):
        return None
    naming = (one for one in earlier if after_what(one, "") and dialogue.tells(one))
    return next(naming, None) or named_before(verdict.by, dialogue)


def _settled(turn: Turn, pieces: Sequence[Piece]) -> str:
    """What is settled, after the word that says what it is about."""
    about = next((name for piece in pieces[:-1] if (name := topic(turn, piece))), "")
    rest = [piece for piece in pieces if not topic(turn, piece) and not _nods(piece)] or pieces
    text = told(turn, rest, cut="filler.settle")
    if not about:
        return capital(cut_head(text, "filler.revise"))
    mark = "：" if has_cjk(text) else ": "
    return capital(about) + mark + small(cut_head(text, "filler.revise"))


def _nods(piece: Piece) -> bool:
    """Whether a clause is nothing but a yes, such as "that's fair"."""
    bare = len(piece.text.strip(EDGES))
    return any(cues.at_start(cue, piece.text) >= bare for cue in _YES)


def _refusal(verdict: Verdict) -> str:
    """What we proposed, and in brackets why the client would not have it."""
    ours = verdict.turns[0]
    proposed = [piece for piece in ours.clauses if cues.has("turn.proposal", piece.text)]
    pieces = [piece for piece in ours.clauses if not proposed or piece.start >= proposed[0].start]
    pieces = [piece for piece in pieces if not promises(piece.text)] or pieces
    text = told(ours, pieces, cut="filler.propose")
    no = ("decision.rejected", "answer.no")
    by = verdict.by
    reasons = [
        one for one in by.clauses if _says(one) and not any(cues.has(cue, one.text) for cue in no)
    ]
    if not reasons:
        return text
    marks = ("（", "）") if has_cjk(text) else (" (", ")")
    return (
        text + marks[0] + small(by.text[reasons[0].start : reasons[-1].end].strip(EDGES)) + marks[1]
    )


def _says(piece: Piece) -> bool:
    """Whether a clause says what is settled, not only that it is, or asks for it."""
    said = tells_something(piece.text, besides=("decision.settled", "decision.seek"))
    return said and not cues.has("internal.bye", piece.text)
