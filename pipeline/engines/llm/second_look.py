"""Turns that sound like something and led to nothing -> a draft of what was missed in them."""

from collections.abc import Collection, Mapping, Sequence

from pipeline.engines.llm.asking import Question
from pipeline.engines.llm.drafting import unanswered, unparsed
from pipeline.engines.llm.reading_call import Reading
from pipeline.engines.llm.shown import cited_turns, items_of, listed, within
from pipeline.engines.llm.sites.relations import SecondLooks, WireSecondLook
from pipeline.models.draft import DRAFT_TYPES, Draft, DraftAsk, DraftItem, Step
from pipeline.models.evidence import Citation
from pipeline.models.item import Kind
from pipeline.models.minutes import ARRAYS

BESIDE = 4
"""Turns shown on each side of one."""
FAR = 30
"""Turns within which the items of a long call are listed."""


def reconsidered(draft: Draft, segments: Sequence[str], reading: Reading) -> Draft:
    """What was missed; a question without an answer leaves its turns as they are."""
    few = reading.steps.turns_at_once
    groups = [segments[at : at + few] for at in range(0, len(segments), few)]
    every = items_of(draft)
    all_of_them = listed(every, reading.turns) if reading.whole else None

    def question(group: Sequence[str]) -> Question[SecondLooks]:
        return _question(group, every, all_of_them, reading)

    answered = reading.ask(groups, question, _halves)
    found: dict[Kind, list[DraftItem]] = {kind: [] for kind in ARRAYS}
    for group, answer in answered.answers:
        for look in answer.value.looks:
            if look.kind is not None and (item := _made(look, look.kind, group, reading)):
                ref = f"{look.kind}x{len(found[look.kind]) + 1}"
                found[look.kind].append(item.with_(ref=ref))
    bad = [unparsed(one) for _, answer in answered.answers for one in answer.bad]
    bad += [unanswered("reconsider", fault) for _, fault in answered.failed]
    lists = {ARRAYS[kind]: tuple(items) for kind, items in found.items()}
    undone: tuple[Step, ...] = ("reconsider",) if answered.failed else ()
    return Draft(unparsed=tuple(bad), undone=undone).with_(**lists)


def _halves(group: Sequence[str]) -> Sequence[Sequence[str]]:
    middle = len(group) // 2
    return [group[:middle], group[middle:]] if middle else []


def _question(
    group: Sequence[str], every: Sequence[DraftItem], told: str | None, reading: Reading
) -> Question[SecondLooks]:
    """Some turns, with the items as `told`; of a long call, those that are not far."""
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
    if told is None:
        close = {place for at in near for place in range(at - FAR, at + FAR + 1)}
        known = [one for one in every if _within(one, places, close)]
        told = listed(known, reading.turns)
    room = reading.room("reconsider", SecondLooks) - reading.size(shown)
    more = {"items": within(told, room), "asked": asked}
    return reading.asking("reconsider", SecondLooks, shown, context=around, more=more)


def _within(one: DraftItem, places: Mapping[str, int], close: Collection[int]) -> bool:
    """Whether an item cites a turn not far from those that are shown."""
    return any(places[turn] in close for turn in cited_turns(one) if turn in places)


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
