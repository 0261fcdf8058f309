"""Fate: what became of an ask later in the call: withdrawn, there already, the same as another."""

from collections.abc import Sequence

from pipeline.engines.rules.extraction.dialogue import Dialogue
from pipeline.engines.rules.extraction.far import turns_of
from pipeline.engines.rules.extraction.threads import words_of
from pipeline.engines.rules.extraction.turn import Turn
from pipeline.engines.rules.extraction.wording import join, tidy
from pipeline.language import cues
from pipeline.models.draft import Draft, DraftAsk

_SAME = 0.35
"""Share of content words from which two asks are one."""
_AFTER = 6
"""Turns after the last word on an ask in which it may still be dropped."""
_ANSWERED = 4
"""Turns after an ask in which we say that the product has it."""


def with_fates(draft: Draft, dialogue: Dialogue) -> Draft:
    """The draft, each ask with the status it ended in and the text after all corrections."""
    asks: list[DraftAsk] = []
    for ask in draft.asks:
        asks.append(_with_fate(ask, asks, draft, dialogue))
    return draft.with_(asks=tuple(asks))


def _with_fate(
    ask: DraftAsk, before: Sequence[DraftAsk], draft: Draft, dialogue: Dialogue
) -> DraftAsk:
    turns = turns_of(ask, dialogue)
    if not turns or ask.status != "live":
        return ask
    there = _there_already(turns, draft, dialogue)
    if there:
        return ask.with_(status="already_supported", citations=_with(ask, *there))
    dropped = _dropped(ask, turns, draft, dialogue)
    if dropped:
        return ask.with_(status="withdrawn", priority="wont", citations=_with(ask, dropped))
    twin = _twin(turns, before, dialogue)
    if twin:
        return ask.with_(status="duplicate", duplicate_of=twin)
    return ask.with_(text=join([ask.text, *_changes(ask, turns)]))


def _with(ask: DraftAsk, *turns: Turn) -> tuple[object, ...]:
    cited = {segment for citation in ask.citations for segment in citation.segments}
    return (*ask.citations, *(turn.citation() for turn in turns if turn.id not in cited))


def _stretch(turns: Sequence[Turn], draft: Draft, dialogue: Dialogue, most: int) -> list[Turn]:
    """The turns from an ask's first to a little after its last, up to where the next ask begins."""
    mine = {turn.index for turn in turns}
    others = {t.index for ask in draft.asks for t in turns_of(ask, dialogue)} - mine
    found: list[Turn] = []
    for turn in dialogue.turns[turns[0].index : turns[-1].index + 1 + most]:
        if turn.index in others and turn.index > turns[-1].index:
            break
        if turn.index not in others:
            found.append(turn)
    return found


def _dropped(ask: DraftAsk, turns: Sequence[Turn], draft: Draft, dialogue: Dialogue) -> Turn | None:
    rejected = {
        t.index
        for one in draft.decisions
        if one.state == "rejected"
        for t in turns_of(one, dialogue)
    }
    near = _stretch(turns, draft, dialogue, _AFTER)
    for turn in near:
        said = not turn.ours and turn.index not in rejected and turn.has("ask.withdraw")
        if said and (len(turns) <= 6 or dialogue.akin(turn.terms, words_of(turns)) > 0):
            return turn
    return None


def _there_already(turns: Sequence[Turn], draft: Draft, dialogue: Dialogue) -> tuple[Turn, ...]:
    """Our word that the product has it and the client's "oh good", if both were said."""
    near = _stretch(turns, draft, dialogue, _ANSWERED)
    for at, turn in enumerate(near):
        if not turn.ours or not turn.has("ask.supported"):
            continue
        for later in near[at + 1 : at + 3]:
            if not later.ours and later.has("ask.relieved"):
                return (turn, later)
    return ()


def _twin(turns: Sequence[Turn], before: Sequence[DraftAsk], dialogue: Dialogue) -> str | None:
    """The earlier ask that wants the same."""
    same = any(one.has("turn.same") for turn in turns for one in (turn, *dialogue.after(turn)))
    back = any(turn.refers_back for turn in turns)
    for other in before:
        akin = dialogue.akin(words_of(turns), words_of(turns_of(other, dialogue)))
        if akin >= (_SAME / 2 if same and back else 2 * _SAME):
            return other.ref
    return None


def _changes(ask: DraftAsk, turns: Sequence[Turn]) -> list[str]:
    """What the client changed or added later, in their words."""
    anchor = next(
        (turn for turn in turns if ask.raw_quote and ask.raw_quote in turn.text), turns[0]
    )
    later = [turn for turn in turns if turn.index > anchor.index and not turn.ours]
    found = []
    for turn in later:
        pieces = [piece for piece in turn.clauses if cues.has("turn.change", piece.text)]
        found += [tidy(turn.original(piece)) for piece in pieces[:1]]
    return found[-2:]
