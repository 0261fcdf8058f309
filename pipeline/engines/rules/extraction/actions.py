"""Actions: what somebody took on, who, and by when."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline.engines.rules.extraction.addressed import owner_of
from pipeline.engines.rules.extraction.dialogue import Dialogue
from pipeline.engines.rules.extraction.due import Due, due_of
from pipeline.engines.rules.extraction.naming import named_before
from pipeline.engines.rules.extraction.turn import Turn
from pipeline.engines.rules.extraction.wording import (
    after_what,
    bare,
    sentence_of,
    stands_alone,
    telling,
    tells,
    things,
    told,
)
from pipeline.language import cues
from pipeline.language.cues_strength import promises, subject, tells_something
from pipeline.language.script import Piece, size_in_words
from pipeline.models.base import Side
from pipeline.models.draft import DraftAction

_AKIN = 0.3
"""Share of content words from which two promises of one person are the same."""
_BRIEF = 6
"""Characters, an English word counting as two, up to which one word alone tells no thing."""
_NEAR = 2
"""Turns within which a person's next promise is taken for the same one."""


class Promise(NamedTuple):
    """A promise as it was read: the turns it rests on, and the one that makes it."""

    turns: tuple[Turn, ...]
    turn: Turn
    pieces: tuple[Piece, ...]
    owner: str | None
    due: Due | None
    weak: bool
    moved: bool = False
    """Whether the other side put another date in the place of the one promised."""


def read_actions(dialogue: Dialogue) -> tuple[DraftAction, ...]:
    """Every promise of the call, in order."""
    found = [_corrected(promise, dialogue) for promise in _read(dialogue)]
    return tuple(
        DraftAction(
            ref=f"t{number}",
            text=after_what(_thing_before(promise, dialogue), _text(promise)),
            owner=promise.owner,
            side=_side(promise, dialogue),
            due_verbatim=promise.due.verbatim if promise.due else None,
            due_date=promise.due.date(dialogue.day_of(promise.turn)) if promise.due else None,
            weak=promise.weak,
            citations=tuple(turn.citation() for turn in _cited(promise, dialogue)),
        )
        for number, promise in enumerate(_merged(found, dialogue), 1)
    )


def _read(dialogue: Dialogue) -> Iterator[Promise]:
    """Promises in so many words, and turns that sound like one without a word for it."""
    for turn in dialogue.turns:
        told_so = [promise for promise in _promises(turn, dialogue) if _says(promise)]
        if dialogue.takes("action", turn, cue=bool(told_so)):
            yield from told_so or _sounding(turn, dialogue)


def _sounding(turn: Turn, dialogue: Dialogue) -> Iterator[Promise]:
    """What a turn that sounds like a promise takes on, unless one beside it says it better."""
    beside = (*dialogue.before(turn, _NEAR), *dialogue.after(turn, _NEAR))
    here = dialogue.senses("action", turn)
    if any(dialogue.senses("action", one) > here for one in beside):
        return
    idle = turn.has("action.not") or turn.has("turn.greeting") or turn.has("turn.past")
    if turn.question or idle or dialogue.nods(turn) or not turn.terms:
        return
    asked = _request_before(turn, dialogue)
    due = due_of(turn.text)
    weak = turn.has("action.weak") or dialogue.senses("action_weak", turn) > 0
    owner = owner_of(turn.text, turn, dialogue)
    pieces = tuple(telling(turn, turn.clauses))
    yield Promise((*asked, turn), turn, pieces, owner, due, weak)


def _says(promise: Promise) -> bool:
    """Whether a promise says what is done or by when, more than that somebody looks at it."""
    if promise.due or len(promise.turns) > 1:
        return True
    around = {sentence_of(promise.turn, piece) for piece in promise.pieces}
    beside = [one for one in promise.turn.clauses if sentence_of(promise.turn, one) in around]
    if any(one not in promise.pieces and tells(one) for one in beside):
        return True
    return any(
        tells_something(piece.text, besides=("action.promise", "action.empty"))
        or tells_something(piece.text, besides=("filler.promise", "action.empty"))
        for piece in promise.pieces
    )


def _corrected(promise: Promise, dialogue: Dialogue) -> Promise:
    """The promise with the date that the other side at once put in the place of its own."""
    after = dialogue.after(promise.turn, _NEAR)
    if not promise.due or not after or after[0].ours == promise.turn.ours:
        return promise
    told_not = after[0]
    about = dialogue.akin(told_not.terms, promise.turn.terms) > 0 or told_not.has("turn.pronoun")
    if not (about and cues.at_start("action.stop", told_not.plain)):
        return promise
    agreed = [one for one in after[1:] if one.speaker == promise.turn.speaker]
    due = next((found for one in agreed if (found := _not_before(one.text))), None)
    turns = (*promise.turns, told_not, *agreed) if due else (*promise.turns, told_not)
    return promise._replace(turns=turns, due=due, moved=True)


def _not_before(text: str) -> Due | None:
    """A date after which something is done; no day it falls due can be read from it."""
    match = cues.find("due.later", cues.plain(text))
    return Due(text[match.start() : match.end()], open_ended=True) if match else None


def _text(promise: Promise) -> str:
    """What is done, without the words by which somebody takes it on or is told to.

    Where they name only a date, what stands around them in the turn tells the thing.
    """
    text = _undated(_said(promise)) if promise.moved else _said(promise)
    if promise.moved or not _vague(text):
        return text
    turn = promise.turn
    held = {sentence_of(turn, piece) for piece in promise.pieces}
    asks = turn is not promise.turns[-1]
    said = [one for one in telling(turn, turn.clauses) if asks or one.text[-1:] not in "?？"]
    beside = [piece for piece in said if sentence_of(turn, piece) in held]
    wider = (_said(promise._replace(pieces=tuple(pieces))) for pieces in (beside, said) if pieces)
    return next((one for one in wider if not _vague(one)), text)


def _vague(text: str) -> bool:
    """Whether a text tells no thing, or only what is done to "it"."""
    named = things(text)
    chinese, latin = size_in_words(text)
    loose = cues.has("turn.pronoun", cues.plain(text)) or chinese + 2 * latin <= _BRIEF
    return not named or (len(named) == 1 and loose)


def _thing_before(promise: Promise, dialogue: Dialogue) -> Turn | None:
    """The turn of another right before that tells what a promise is about which names nothing."""
    if promise.moved or not _vague(_text(promise)):
        return None
    named = named_before(promise.turn, dialogue)
    return None if named and named.id in dialogue.listed else named


def _cited(promise: Promise, dialogue: Dialogue) -> tuple[Turn, ...]:
    about = _thing_before(promise, dialogue)
    return (about, *promise.turns) if about and about not in promise.turns else promise.turns


def _undated(text: str) -> str:
    """The text without the date that no longer holds."""
    due = due_of(text)
    rest = bare(text.replace(due.verbatim, "")) if due else text
    return rest if stands_alone(rest) else text


def _said(promise: Promise) -> str:
    own = any(promises(piece.text) for piece in promise.pieces)
    return told(promise.turn, promise.pieces, cut="filler.promise" if own else "filler.order")


def _side(promise: Promise, dialogue: Dialogue) -> Side:
    """The side of who does it; of who said so where nobody is named."""
    side = dialogue.project.side_of(promise.owner)
    return promise.turn.side if side == "unknown" else side


def _promises(turn: Turn, dialogue: Dialogue) -> Iterator[Promise]:
    pieces = [piece for piece in turn.clauses if promises(piece.text)]
    if not pieces:
        yield from _taken(turn, dialogue)
        return
    asked = _request_before(turn, dialogue)
    for part in _apart(turn, pieces):
        text = " ".join(turn.original(piece) for piece in part)
        due = due_of(text)
        if due is None and len(part) == len(pieces):
            dated = _dated_clause(turn, part)
            due = due_of(turn.original(dated)) if dated else None
            part = sorted([*part, dated], key=lambda piece: piece.start) if dated else part
        owner = owner_of(text, turn, dialogue)
        yield Promise((*asked, turn), turn, tuple(part), owner, due, _soft(turn, part))


def _soft(turn: Turn, part: Sequence[Piece]) -> bool:
    """Whether the promise itself says little: a doubt about something else does not count."""
    if any(cues.has("action.weak", piece.text) for piece in part):
        return True
    around = {sentence_of(turn, piece) for piece in part}
    beside = [piece for piece in turn.clauses if sentence_of(turn, piece) in around]
    return any(cues.has("action.hedge", piece.text) for piece in beside)


def _apart(turn: Turn, pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Promises of one turn that are two things: each says who does it."""
    parts: list[list[Piece]] = []
    for piece in pieces:
        if parts and not cues.has("person.i", piece.text):
            parts[-1].append(piece)
        else:
            parts.append([piece])
    return parts


def _dated_clause(turn: Turn, part: Sequence[Piece]) -> Piece | None:
    """The clause nearest to a promise that names its date; a date agreed on is none."""
    dated = [
        piece
        for piece in turn.clauses
        if due_of(piece.text) and not cues.has("decision.tentative", piece.text)
    ]
    return min(dated, key=lambda piece: abs(piece.start - part[0].start), default=None)


def _request_before(turn: Turn, dialogue: Dialogue) -> tuple[Turn, ...]:
    before = dialogue.before(turn, 1)
    return tuple(one for one in before if one.speaker != turn.speaker and one.has("action.assign"))


def _taken(turn: Turn, dialogue: Dialogue) -> Iterator[Promise]:
    """A request with a yes and perhaps a date, by the person who was asked."""
    weak = turn.has("action.weak")
    for earlier in _request_before(turn, dialogue):
        due = due_of(turn.text) or due_of(earlier.text)
        pieces = [piece for piece in earlier.clauses if cues.has("action.assign", piece.text)]
        if (
            pieces
            and due
            and (weak or due_of(turn.text) or cues.at_start("answer.yes", turn.plain))
        ):
            yield Promise((earlier, turn), earlier, tuple(pieces), turn.speaker, due, weak)


def _merged(promises: Sequence[Promise], dialogue: Dialogue) -> list[Promise]:
    kept: list[Promise] = []
    for promise in promises:
        same = next((one for one in kept if _same(one, promise, dialogue)), None)
        if same is None:
            kept.append(promise)
        else:
            kept[kept.index(same)] = _joined(same, promise)
    return kept


def _joined(one: Promise, other: Promise) -> Promise:
    turns = {turn.index: turn for turn in (*one.turns, *other.turns)}
    told_by = other if other.due or not one.due else one
    return Promise(
        tuple(turns[index] for index in sorted(turns)),
        told_by.turn,
        told_by.pieces,
        other.owner or one.owner,
        other.due or one.due,
        told_by.weak,
    )


def _same(one: Promise, other: Promise, dialogue: Dialogue) -> bool:
    if one.turn.speaker != other.turn.speaker or (one.due and other.due and one.due != other.due):
        return False
    gap = other.turn.index - one.turn.index
    akin = dialogue.akin(subject(one.turn.plain), subject(other.turn.plain))
    reply = other.turn.has("action.reply")
    return gap > 0 and (akin >= _AKIN or (gap <= _NEAR and (akin > 0 or reply)))
