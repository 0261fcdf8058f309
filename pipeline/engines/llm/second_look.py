"""Turns that sound like something and led to nothing -> a draft of what was missed in them."""

from collections.abc import Sequence

from pipeline.engines.llm.asking import Question
from pipeline.engines.llm.faults import Fault
from pipeline.engines.llm.reading_call import Reading, unanswered, unparsed
from pipeline.engines.llm.shown import items_of, listed
from pipeline.engines.llm.sites.relations import SecondLooks, WireSecondLook
from pipeline.models.draft import DRAFT_TYPES, Draft, DraftAsk, DraftItem, Step, Unparsed
from pipeline.models.evidence import Citation
from pipeline.models.item import Kind
from pipeline.models.minutes import ARRAYS

BESIDE = 4
"""Turns shown on each side of one."""


def reconsidered(draft: Draft, segments: Sequence[str], reading: Reading) -> Draft:
    """What was missed; a question without an answer leaves its turns as they are."""
    known = listed(items_of(draft), reading.turns)
    few = reading.steps.turns_at_once
    groups = [segments[at : at + few] for at in range(0, len(segments), few)]
    questions = [_question(group, reading, known) for group in groups]
    found: dict[Kind, list[DraftItem]] = {kind: [] for kind in ARRAYS}
    bad: list[Unparsed] = []
    undone: tuple[Step, ...] = ()
    for group, answer in zip(groups, reading.asker.ask_all(questions), strict=True):
        if isinstance(answer, Fault):
            bad.append(unanswered("reconsider", answer))
            undone = ("reconsider",)
            continue
        bad += [unparsed(one) for one in answer.bad]
        for look in answer.value.looks:
            if look.kind is not None and (item := _made(look, look.kind, group, reading)):
                ref = f"{look.kind}x{len(found[look.kind]) + 1}"
                found[look.kind].append(item.with_(ref=ref))
    lists = {ARRAYS[kind]: tuple(items) for kind, items in found.items()}
    return Draft(unparsed=tuple(bad), undone=undone).with_(**lists)


def _question(group: Sequence[str], reading: Reading, known: str) -> Question[SecondLooks]:
    places = {one.id: place for place, one in enumerate(reading.segments)}
    near = {
        place
        for one in group
        for place in range(places[one] - BESIDE, places[one] + BESIDE + 1)
        if 0 <= place < len(reading.segments)
    }
    shown = [reading.segments[place] for place in sorted(near)]
    around = frozenset(one.id for one in shown) - frozenset(group)
    asked = ", ".join(reading.turns.name(one) for one in group)
    return reading.asking(
        "reconsider", SecondLooks, shown, context=around, more={"items": known, "asked": asked}
    )


def _made(
    look: WireSecondLook, kind: Kind, group: Sequence[str], reading: Reading
) -> DraftItem | None:
    """The item that a turn turned out to hold; only turns that were asked about count."""
    segment = next(iter(reading.turns.known([look.turn])), None)
    text, quote = (look.text or "").strip(), look.quote or ""
    if look.verdict != "new" or not text or segment is None or segment not in group:
        return None
    citation = Citation(segments=(segment,), quote=quote)
    draft = DRAFT_TYPES[kind](ref="", text=text, citations=(citation,))
    return draft.with_(raw_quote=quote) if isinstance(draft, DraftAsk) else draft
