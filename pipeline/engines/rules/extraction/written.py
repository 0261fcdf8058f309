"""Written: items of lines that were written down one by one, each read by itself."""

from collections.abc import Iterator

from pipeline.engines.rules.extraction.attending import opened_by
from pipeline.engines.rules.extraction.dialogue import Dialogue
from pipeline.engines.rules.extraction.noted import Noted, doer, noted
from pipeline.engines.rules.extraction.phrasing import wish
from pipeline.engines.rules.extraction.second_look import made_of
from pipeline.engines.rules.extraction.threads import Thread
from pipeline.engines.rules.extraction.turn import Turn
from pipeline.engines.rules.extraction.wants import Want
from pipeline.engines.rules.extraction.wording import capital, tidy
from pipeline.language import cues
from pipeline.language.cues_strength import DIRECT
from pipeline.language.script import Piece
from pipeline.models.draft import Draft, DraftAction, DraftDecision, DraftItem
from pipeline.models.item import Kind
from pipeline.models.minutes import ARRAYS

_HEARD: tuple[Kind, ...] = ("ask", "action", "decision", "risk")
"""Kinds that the trained reader may hear in a line that no pattern fits."""


def asked(dialogue: Dialogue) -> Iterator[Thread]:
    """An ask for each listed line that wants something, or that stands below one that does."""
    for turn in dialogue.turns:
        if turn.id in dialogue.listed and not turn.ours and turn.terms:
            found = _noted(turn, dialogue)
            if found is not None and found.kind == "ask":
                thread = Thread(turn, Want(DIRECT, _from(turn, found.start)))
                thread.add(turn)
                yield thread


def written(dialogue: Dialogue) -> Draft:
    """Everything but the asks of notes."""
    arrays: dict[str, tuple[DraftItem, ...]] = {}
    for turn in dialogue.turns:
        found = _noted(turn, dialogue)
        if found is not None and found.kind != "ask" and turn.terms:
            item = _made(turn, found, dialogue)
            array = ARRAYS[found.kind]
            arrays[array] = (*arrays.get(array, ()), item)
    return Draft().with_(**arrays)


def _made(turn: Turn, found: Noted, dialogue: Dialogue) -> DraftItem:
    """The item of a line, without its label; what is turned down beside it is not the decision."""
    item = made_of(turn, found.kind, f"{found.kind}-{turn.index}", dialogue)
    item = item.with_(text=capital(tidy(turn.text[found.start :])))
    if isinstance(item, DraftAction):
        return _done_by(item, turn, turn.text[found.start :], dialogue)
    head = turn.clauses[0].text if turn.clauses else ""
    if isinstance(item, DraftDecision) and item.state == "rejected":
        return item if cues.has("decision.rejected", head) else item.with_(state="agreed")
    return item


def _done_by(item: DraftAction, turn: Turn, text: str, dialogue: Dialogue) -> DraftAction:
    who = doer(text, quoted=turn.speaker is not None)
    if who is True:
        return item.with_(side="us")
    owner = opened_by(text, dialogue) or who or item.owner
    return item.with_(owner=owner, side=dialogue.project.side_of(owner))


def told(thread: Thread, quote: str) -> str:
    """What a listed line asks for, without who wants it."""
    found = noted(quote, quoted=thread.anchor.speaker is not None)
    rest = quote[found.bare :] if found else quote
    return wish(rest.strip() or quote)


def _noted(turn: Turn, dialogue: Dialogue) -> Noted | None:
    found = noted(turn.text, quoted=turn.speaker is not None and not turn.ours)
    if found is None and dialogue.listed.get(turn.id):
        return Noted("ask", 0, 0)
    if found is None and dialogue.transcript.is_note:
        heard = next((kind for kind in _HEARD if dialogue.takes(kind, turn)), None)
        return Noted(heard, 0, 0) if heard in ("ask", "action", "decision", "risk") else None
    return found


def _from(turn: Turn, start: int) -> Piece:
    """The clause that a place of a turn is in, from there on."""
    later = [one for one in turn.clauses if one.start >= start]
    return later[0] if later else turn.clauses[0]
