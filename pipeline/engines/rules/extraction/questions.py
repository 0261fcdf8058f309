"""Questions: what was asked in the call and left open."""

from collections.abc import Iterator, Sequence

from pipeline.engines.rules.extraction.dialogue import Dialogue
from pipeline.engines.rules.extraction.naming import named_before
from pipeline.engines.rules.extraction.turn import Turn
from pipeline.engines.rules.extraction.wording import after_what, asked, join, names_a_thing
from pipeline.language import cues
from pipeline.language.script import Piece
from pipeline.models.draft import DraftQuestion

_REACH = 3
"""Turns after a question in which "I don't know" still answers it."""
_PARKED = 6
"""Turns after a question in which it may be put off."""
_AT_ONCE = 2
"""Turns after a question in which what is put off is taken for what was asked."""
_FEW = 3
"""Words below which a question asks nothing that could be written down."""


def read_questions(dialogue: Dialogue) -> tuple[DraftQuestion, ...]:
    """Every question without an answer, in order."""
    return tuple(
        DraftQuestion(
            ref=f"q{number}",
            text=after_what(_thing_before(turn, dialogue), _text(turn)),
            who=turns[-1].speaker,
            citations=tuple(turn.citation() for turn in _cited(turn, turns, dialogue)),
        )
        for number, (turn, turns) in enumerate(_open(dialogue), 1)
    )


def _open(dialogue: Dialogue) -> Iterator[tuple[Turn, tuple[Turn, ...]]]:
    for turn in dialogue.open_turns():
        asks = (
            turn.question
            and turn.size >= _FEW
            and not turn.has("turn.greeting")
            and not turn.has("action.assign")
        )
        unanswered = _unanswered(turn, dialogue) or _parked(turn, dialogue) if asks else ()
        if asks and dialogue.takes("question", turn, cue=bool(unanswered)):
            yield turn, unanswered or dialogue.after(turn)


def _unanswered(turn: Turn, dialogue: Dialogue) -> tuple[Turn, ...]:
    """The turns up to the reply that says there is no answer yet."""
    passed: list[Turn] = []
    for later in dialogue.after(turn, _REACH):
        passed.append(later)
        knows_not = turn.has("question.know") and cues.at_start("answer.no", later.plain) > 0
        if later.speaker != turn.speaker and (later.has("answer.unknown") or knows_not):
            return tuple(passed)
        other = later.ours != turn.ours
        if later.opens or (other and (dialogue.tells(later) or later.has("answer.yes"))):
            break
    return ()


def _parked(turn: Turn, dialogue: Dialogue) -> tuple[Turn, ...]:
    """The turn that puts off what was asked, after some talk about it."""
    if turn.has("ask.direct"):
        return ()
    asked_since = False
    for later in dialogue.after(turn, _PARKED):
        if later.opens:
            break
        at_once = later.index - turn.index <= _AT_ONCE and not asked_since
        about = at_once or dialogue.akin(turn.terms, later.terms) > 0
        asked_since = asked_since or later.question
        if not later.ours and later.has("decision.deferred") and about:
            return (later,)
    return ()


def _text(turn: Turn) -> str:
    """The sentences that ask, as they were asked.

    Where nobody wrote a question mark, the words of asking tell which they are.
    """
    asking = [piece for piece in turn.sentences if _asks(piece)]
    asking = asking or [one for one in turn.sentences if cues.has("question.mark", one.text)]
    asking = asking or [one for one in turn.sentences if cues.has("question.choice", one.text)]
    asking = asking or list(turn.sentences[-1:])
    return join((asked(turn.original(piece)) for piece in asking), mark=" ")


def _thing_before(turn: Turn, dialogue: Dialogue) -> Turn | None:
    """The turn of another right before that tells what a question is about which names nothing."""
    return None if names_a_thing(_text(turn)) else named_before(turn, dialogue)


def _cited(turn: Turn, after: Sequence[Turn], dialogue: Dialogue) -> tuple[Turn, ...]:
    about = _thing_before(turn, dialogue)
    return (about, turn, *after) if about else (turn, *after)


def _asks(piece: Piece) -> bool:
    return piece.text.endswith(("?", "？"))
