"""Ask -> DraftSpec by a model, with the call, the dictionary, the capabilities and the contract."""

import json
from collections.abc import Mapping, Sequence
from typing import TypeVar, cast, get_args

from pipeline.engines.llm import prompting
from pipeline.engines.llm.asking import Question
from pipeline.engines.llm.deciding import room, theirs
from pipeline.engines.llm.faults import Fault
from pipeline.engines.llm.fence import visible
from pipeline.engines.llm.reading_call import Reading
from pipeline.engines.llm.shown import within
from pipeline.engines.llm.sites.spec import SpecAsked, SpecFacts, WireAsked, WireSpec, spec
from pipeline.engines.llm.tokens import estimate
from pipeline.engines.llm.wire import Wire
from pipeline.models.draft import DraftSpec
from pipeline.models.minutes import Ask, Item, Minutes
from pipeline.models.slots import SlotKey
from pipeline.models.transcript import Segment

W = TypeVar("W", bound=Wire)
BESIDE = (6, 3, 1, 0)
"""Turns shown around each of an ask's own, where the whole call does not fit: as many as do."""
SHARE = 0.25
"""Of a question's room, what the data dictionary and the other items may have, each."""


def specified(ask: Ask, minutes: Minutes, reading: Reading) -> DraftSpec:
    """The draft of one spec.

    Raises:
        Fault: there was no answer of use.
    """
    told = _Told(ask, minutes, reading)
    facts, asked = told.halves() if reading.steps.spec_in_two else told.whole()
    language = reading.project.language
    draft = spec(facts, asked, ask.id, ask.kind, reading.turns, scope=ask.scope, language=language)
    return theirs(draft, room(reading))


class _Told:
    """What a model is shown of one ask: as much as fits of what is nearest to it."""

    def __init__(self, ask: Ask, minutes: Minutes, reading: Reading) -> None:
        self.reading = reading
        names = _names(minutes)
        inward = ask.visibility == "internal"
        parts = [
            one
            for one in minutes.asks
            if one.duplicate_of in (ask.uid, ask.id) and _open_to(one, inward=inward)
        ]
        cited = [turn for one in (ask, *parts) for piece in one.evidence for turn in piece.segments]
        open_to = [one for one in reading.segments if inward or one.id not in reading.private]
        told = _ask(ask, parts, names, reading)
        room = reading.room("specify", WireSpec) - estimate(told)
        items = within(_items(minutes, names, reading.whole, inward=inward), int(room * SHARE))
        words = "".join(one.text for one in _near(cited, open_to, BESIDE[0])) + ask.text
        dictionary = prompting.dictionary(reading.project, words, int(room * SHARE))
        self.shown = _shown(cited, open_to, reading, room - estimate(items + dictionary))
        self.told = {
            "dictionary": dictionary,
            "items": items,
            "ask": told,
            "keys": " ".join(get_args(SlotKey)),
        }

    def whole(self) -> tuple[SpecFacts, Sequence[WireAsked]]:
        """Everything in one question; in two where one answer is too much.

        Raises:
            Fault: there was no answer.
        """
        try:
            found = self.reading.asker.ask(self._question(WireSpec)).value
        except Fault as fault:
            if fault.remedy != "halve":
                raise
            return self.halves()
        return found, found.open_questions

    def halves(self) -> tuple[SpecFacts, Sequence[WireAsked]]:
        """What was told, and what has to be asked, each for itself.

        Raises:
            Fault: one of the two got no answer.
        """
        questions: list[Question[Wire]] = [self._question(SpecFacts), self._question(SpecAsked)]
        answers = self.reading.asker.ask_all(questions)
        for one in answers:
            if isinstance(one, Fault):
                raise one
        facts, asked = (one.value for one in answers if not isinstance(one, Fault))
        return cast(SpecFacts, facts), cast(SpecAsked, asked).open_questions

    def _question(self, schema: type[W]) -> Question[W]:
        return self.reading.asking("specify", schema, self.shown, more=self.told)


def _shown(
    cited: Sequence[str], segments: Sequence[Segment], reading: Reading, room: int
) -> Sequence[Segment]:
    """The whole call; where it is long, what stands near the turns of the ask.

    Raises:
        Fault: not even those turns fit: a spec of half of them would look like a whole one.
    """
    if reading.whole and reading.size(segments) <= room and reading.steps.room is None:
        return segments
    for beside in BESIDE:
        near = _near(cited, segments, beside)
        if reading.size(near) <= room:
            return near
    raise Fault("too_long", f"{reading.size(near)} > {room}")


def _near(cited: Sequence[str], segments: Sequence[Segment], beside: int) -> list[Segment]:
    """The cited turns, and so many on each side of each."""
    known = frozenset(cited)
    places = [place for place, one in enumerate(segments) if one.id in known]
    near = {at for place in places for at in range(place - beside, place + beside + 1)}
    return [one for place, one in enumerate(segments) if place in near]


def _names(minutes: Minutes) -> dict[str, str]:
    """What items are called in a question: by kind and number within the call.

    Their ids count on through all calls of a project; the same call would ask anew each time.
    """
    counts: dict[str, int] = {}
    names: dict[str, str] = {}
    for kind, item in minutes.items():
        counts[kind] = counts.get(kind, 0) + 1
        names[item.uid] = f"{kind}{counts[kind]}"
    return names


def _items(minutes: Minutes, names: Mapping[str, str], all_kinds: bool, *, inward: bool) -> str:
    """The minutes, a line each: so that nothing of another ask is taken for this.

    Of a long call the asks alone.

    The same for every ask, so that an endpoint keeps what all questions begin with.
    What the client may not read is not shown where something for them is written.
    """
    others = [
        _line(item, names[item.uid])
        for kind, item in minutes.items()
        if (all_kinds or kind == "ask") and _open_to(item, inward=inward)
    ]
    return "\n".join(others) or "-"


def _open_to(item: Item, *, inward: bool) -> bool:
    """Whether an item may be shown where something for the client is written."""
    if item.review == "rejected":
        return False
    return inward or (item.visibility == "client" and not item.not_for)


def _line(item: Item, name: str) -> str:
    told = {"id": name, "text": item.text, "status": getattr(item, "status", None)}
    return visible(json.dumps({k: v for k, v in told.items() if v}, ensure_ascii=False))


def _ask(ask: Ask, parts: Sequence[Ask], names: Mapping[str, str], reading: Reading) -> str:
    told = {
        "id": names[ask.uid],
        "text": ask.text,
        "raw_quote": ask.raw_quote,
        "kind": ask.kind,
        "priority": ask.priority,
        "pain": ask.pain,
        "turns": _turns(ask, reading),
        "parts": [{"text": one.text, "turns": _turns(one, reading)} for one in parts],
    }
    return visible(json.dumps(told, ensure_ascii=False))


def _turns(ask: Ask, reading: Reading) -> list[str]:
    """Names of the turns that an ask cites."""
    known = {one.id for one in reading.segments}
    cited = [turn for one in ask.evidence for turn in one.segments if turn in known]
    return [reading.turns.name(one) for one in dict.fromkeys(cited)]
