"""Assembly: what the readers found, as one draft in which every item knows who may see it."""

from collections.abc import Mapping, Sequence
from typing import TypeVar

from pipeline.engines.rules.extraction.actions import read_actions
from pipeline.engines.rules.extraction.asks import AskReader
from pipeline.engines.rules.extraction.concerns import read_concerns
from pipeline.engines.rules.extraction.conflicts import read_conflicts
from pipeline.engines.rules.extraction.decisions import read_decisions
from pipeline.engines.rules.extraction.dialogue import Dialogue
from pipeline.engines.rules.extraction.far import turns_of
from pipeline.engines.rules.extraction.phrasing import headline, wish
from pipeline.engines.rules.extraction.questions import read_questions
from pipeline.engines.rules.extraction.risks import read_risks
from pipeline.engines.rules.extraction.threads import Thread
from pipeline.engines.rules.extraction.triage import kind_of, pain_of, scope_of, urgency_of
from pipeline.engines.rules.extraction.written import asked, told, written
from pipeline.models.draft import Draft, DraftAsk, DraftConcern, DraftConflict, DraftItem

Item = TypeVar("Item", bound=DraftItem)

_MOST_TURNS = 15
"""Turns an ask may cite."""


def draft_of(dialogue: Dialogue) -> Draft:
    """Every item of a call, each citing the turns it was found in."""
    reader = AskReader(dialogue)
    threads = sorted([*reader.read(), *asked(dialogue)], key=lambda one: one.anchor.index)
    refs = {id(thread): f"a{number}" for number, thread in enumerate(threads, 1)}
    asks = tuple(_ask(thread, refs, dialogue) for thread in threads)
    suspected = [turn.id for turn in reader.suspected() if turn.id not in _anchors(threads)]
    if dialogue.transcript.is_note:
        draft = written(dialogue).with_(asks=asks, suspected=tuple(suspected))
        return for_their_eyes(draft, dialogue)
    draft = Draft(
        asks=asks,
        decisions=read_decisions(dialogue),
        actions=read_actions(dialogue),
        risks=read_risks(dialogue),
        questions=read_questions(dialogue),
        conflicts=read_conflicts(dialogue),
        concerns=read_concerns(dialogue),
        internal=tuple(dialogue.turns[index].id for index in sorted(dialogue.private)),
        suspected=tuple(suspected),
    )
    return for_their_eyes(draft, dialogue)


def _anchors(threads: Sequence[Thread]) -> frozenset[str]:
    return frozenset(thread.anchor.id for thread in threads)


def _ask(thread: Thread, refs: Mapping[int, str], dialogue: Dialogue) -> DraftAsk:
    quote = headline(thread.anchor, thread.want.piece)
    urgency = urgency_of(thread)
    turns = sorted(thread.turns.values(), key=lambda turn: (turn is not thread.anchor, turn.index))
    return DraftAsk(
        ref=refs[id(thread)],
        status="duplicate" if thread.twin else "live",
        duplicate_of=refs[id(thread.twin)] if thread.twin else None,
        text=told(thread, quote) if thread.anchor.id in dialogue.listed else wish(quote),
        raw_quote=quote,
        speaker=thread.anchor.speaker,
        kind=kind_of(thread),
        priority=urgency.priority,
        priority_by=urgency.by,
        pain=pain_of(thread),
        scope=scope_of(thread, dialogue),
        citations=tuple(turn.citation() for turn in turns[:_MOST_TURNS]),
    )


def for_their_eyes(draft: Draft, dialogue: Dialogue) -> Draft:
    """The draft, every item internal where a turn of it was not meant for everybody."""
    return draft.with_(
        asks=tuple(_guarded(item, dialogue) for item in draft.asks),
        decisions=tuple(_guarded(item, dialogue) for item in draft.decisions),
        actions=tuple(_guarded(item, dialogue) for item in draft.actions),
        risks=tuple(_guarded(item, dialogue) for item in draft.risks),
        questions=tuple(_guarded(item, dialogue) for item in draft.questions),
        conflicts=tuple(_guarded(item, dialogue) for item in draft.conflicts),
        concerns=tuple(_guarded(item, dialogue) for item in draft.concerns),
    )


def _guarded(item: Item, dialogue: Dialogue) -> Item:
    audience = dialogue.audience(*turns_of(item, dialogue))
    inward = audience.visibility == "internal" or isinstance(item, DraftConflict | DraftConcern)
    return item.with_(
        visibility="internal" if inward else item.visibility,
        not_for=tuple(dict.fromkeys((*item.not_for, *audience.not_for))),
    )
