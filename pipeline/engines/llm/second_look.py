"""Turns that sound like something and led to nothing -> a draft of what was missed in them."""

from collections.abc import Mapping, Sequence

from pipeline.engines.llm.asking import Question
from pipeline.engines.llm.faults import Fault
from pipeline.engines.llm.reading_call import LETTERS, Reading, unparsed
from pipeline.engines.llm.shown import items_of, listed
from pipeline.engines.llm.sites.relations import SecondLooks, WireSecondLook
from pipeline.models.draft import (
    Draft,
    DraftAction,
    DraftAsk,
    DraftConcern,
    DraftDecision,
    DraftItem,
    DraftQuestion,
    DraftRisk,
    Unparsed,
)
from pipeline.models.evidence import Citation

AT_ONCE = 12
"""Turns that one question asks about."""
BESIDE = 4
"""Turns shown on each side of one."""
_KINDS: Mapping[str, tuple[str, type[DraftItem]]] = {
    "ask": ("asks", DraftAsk),
    "decision": ("decisions", DraftDecision),
    "action": ("actions", DraftAction),
    "risk": ("risks", DraftRisk),
    "question": ("questions", DraftQuestion),
    "concern": ("concerns", DraftConcern),
}


def reconsidered(draft: Draft, segments: Sequence[str], reading: Reading) -> Draft:
    """What was missed; a question without an answer leaves its turns as they are."""
    known = listed(items_of(draft), reading.turns)
    groups = [segments[at : at + AT_ONCE] for at in range(0, len(segments), AT_ONCE)]
    questions = [_question(group, reading, known) for group in groups]
    found: dict[str, list[DraftItem]] = {name: [] for name in LETTERS}
    bad: list[Unparsed] = []
    for group, answer in zip(groups, reading.asker.ask_all(questions), strict=True):
        if isinstance(answer, Fault):
            bad.append(Unparsed(kind="reconsider", reason=str(answer), raw=answer.raw or None))
            continue
        bad += [unparsed(one) for one in answer.bad]
        for look in answer.value.looks:
            if (made := _made(look, group, reading)) is not None:
                name, item = made
                number = len(found[name]) + 1
                found[name].append(item.with_(ref=f"{LETTERS[name]}x{number}"))
    return Draft.model_validate({name: tuple(items) for name, items in found.items()}).with_(
        unparsed=tuple(bad)
    )


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
        "reconsider", SecondLooks, shown, context=around, items=known, asked=asked
    )


def _made(
    look: WireSecondLook, group: Sequence[str], reading: Reading
) -> tuple[str, DraftItem] | None:
    """The item that a turn turned out to hold; only turns that were asked about count."""
    segment = next(iter(reading.turns.known([look.turn])), None)
    text = (look.text or "").strip()
    if look.verdict != "new" or look.kind is None or not text:
        return None
    if segment is None or segment not in group:
        return None
    name, kind = _KINDS[look.kind]
    citation = Citation(segments=(segment,), quote=look.quote or "")
    draft = kind(ref="", text=text, citations=(citation,))
    return name, draft.with_(raw_quote=look.quote or "") if isinstance(draft, DraftAsk) else draft
