"""Sieve: whether words, an item or a value may reach the client."""

import math
from collections.abc import Iterable, Iterator
from typing import Any, Literal, NamedTuple, TypeVar

from pipeline.models.alike import bare
from pipeline.models.base import Model
from pipeline.models.evidence import Evidence
from pipeline.models.frozen import lies_in, standing_topics
from pipeline.models.item import Audience, Scope, Summary, Topic
from pipeline.models.minutes import ARRAYS, Ask, Coverage, Item, Minutes
from pipeline.models.retold import Proved, Retold
from pipeline.models.slots import Permission, Slot, SpecField
from pipeline.models.spec import Effort, FeatureSpec
from pipeline.models.view import InternalView

NEVER = "甲方"
"""Never in the client's copy: there the client has a name."""

OURS_ALONE = ("concern", "conflict")
"""Kinds of items that no client document has."""

Reason = Literal["internal", "not_for", "our_talk", "words", "rejected", "no_ask"]
"""words: it rests on words that must not be quoted. no_ask: the ask it answers is left out."""

_Item = TypeVar("_Item", bound=Item)
_Proved = TypeVar("_Proved", Slot, SpecField, Permission)


class Withheld(Model):
    """Something the client's copy lacks, so that a person can see it before sending."""

    id: str
    reason: Reason
    place: str = ""
    """Path inside a spec, such as "rules[0]"; empty for a whole item or spec."""


class Place(NamedTuple):
    """A segment of a meeting: ids of segments mean nothing outside it."""

    meeting: str
    segment: str


class Stretch(NamedTuple):
    """A part of the call, in seconds."""

    start: float
    end: float

    def holds(self, moment: float | None) -> bool:
        """Whether the moment lies in it."""
        return moment is not None and self.start <= moment < self.end


class Sieve:
    """What passes to some readers of one meeting; keeps account of what did not."""

    def __init__(
        self, view: InternalView, *, readers: frozenset[str], our_talk: frozenset[str]
    ) -> None:
        """Know who reads, and which words are not theirs."""
        self.view = view
        self.readers = readers
        self.our_talk = our_talk
        self.withheld: list[Withheld] = []
        self.taken: list[Proved] = []
        """Values of the spec in hand that did not pass."""
        self.our_stretches = [one for one in self._internal_stretches() if self._only_us(one)]
        self.secret = frozenset(self._secret())
        self.unquotable = self.secret | frozenset(self._unquotable())

    def refused(self, one: Audience) -> Reason | None:
        """Why these readers may not have it, by what a person or an engine marked."""
        if one.visibility == "internal":
            return "internal"
        if one.not_for and (not self.readers or self.readers & set(one.not_for)):
            return "not_for"
        return None

    def _secret(self) -> Iterator[Place]:
        """Turns that led to a concern, or to something that is not for a reader."""
        for kind, item in self.view.minutes.items():
            if kind == "concern" or self.refused(item) == "not_for":
                yield from _places(item.evidence)

    def _unquotable(self) -> Iterator[Place]:
        """Turns that may be spoken of but not quoted: quarrels, and our words behind our items."""
        for kind, item in self.view.minutes.items():
            if self.refused(item) == "internal" and kind != "conflict":
                yield from _places(one for one in item.evidence if one.side != "client")
        for conflict in self.view.minutes.conflicts:
            if conflict.kind == "client-client" or conflict.not_for:
                yield from _places((*conflict.evidence, *conflict.a.evidence, *conflict.b.evidence))

    def _internal_stretches(self) -> Iterator[Stretch]:
        for topic in self.view.minutes.topics:
            if topic.start is not None and self.refused(topic):
                yield Stretch(topic.start, topic.end if topic.end is not None else math.inf)

    def _only_us(self, stretch: Stretch) -> bool:
        """Whether the client is silent in it; else it is internal for another reason."""
        if self.view.transcript:
            turns = ((one.side, one.start) for one in self.view.transcript.segments)
        else:
            every = (item.evidence for _, item in self.view.minutes.items())
            turns = ((one.side, one.start) for evidence in every for one in evidence)
        return not any(side == "client" and stretch.holds(start) for side, start in turns)

    def among_us(self, one: Evidence) -> bool:
        """Whether these words were spoken without the client."""
        if one.meeting != self.view.minutes.meeting:
            return False
        return any(self._ours(segment, one.start) for segment in one.segments or ("",))

    def _ours(self, segment: str, start: float | None) -> bool:
        return segment in self.our_talk or any(one.holds(start) for one in self.our_stretches)

    def quotable(self, evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
        """The words that may be shown. Of other meetings only the client's own words may."""
        here = self.view.minutes.meeting
        return tuple(
            one
            for one in evidence
            if one.segments
            and (one.meeting == here or one.side == "client")
            and not self.among_us(one)
            and self.unquotable.isdisjoint(_places([one]))
            and NEVER not in one.quote
        )

    def _only_secret(self, evidence: Iterable[Evidence]) -> bool:
        """Whether all it rests on is secret: then its text says what must not be told."""
        places = set(_places(evidence))
        return bool(places) and places <= self.secret

    def minutes(self) -> Minutes:
        """The minutes without what is not the client's."""
        minutes = self.view.minutes
        kept: dict[str, Any] = dict.fromkeys(ARRAYS.values(), ())
        for kind, item in minutes.items():
            passed = self._item(item, always_ours=kind in OURS_ALONE)
            if passed is not None:
                kept[ARRAYS[kind]] += (passed,)
        gone = {one.id for one in self.withheld}
        kept["decisions"] = _unlinked(kept["decisions"], "supersedes", gone)
        kept["asks"] = _unlinked(kept["asks"], "duplicate_of", gone)
        kept["actions"] = tuple(one.with_(weak=False) for one in kept["actions"])
        return minutes.with_(
            **kept,
            coverage=Coverage(),
            missing=(),
            recorded_from=None,
            topics=tuple(self._topics(gone)),
            summary=Summary(),
        )

    def _topics(self, gone: set[str]) -> Iterator[Topic]:
        """Those in which nothing was withheld: their title may say it."""
        minutes = self.view.minutes
        hidden = [item for _, item in minutes.items() if item.id in gone]
        for topic in standing_topics(minutes):
            secret = any(lies_in(topic, item, minutes.meeting) for item in hidden)
            if not secret and not self.refused(topic) and not self._holds_our_talk(topic):
                yield topic.with_(not_for=())

    def _holds_our_talk(self, topic: Topic) -> bool:
        """Whether we spoke among ourselves in it; without times that cannot be ruled out."""
        if not self.our_talk:
            return False
        transcript = self.view.transcript
        if transcript is None or topic.start is None:
            return True
        end = topic.end if topic.end is not None else math.inf
        starts = [one.start for one in transcript.segments if one.id in self.our_talk]
        return any(start is None or topic.start <= start <= end for start in starts)

    def _item(self, item: Item, *, always_ours: bool) -> Item | None:
        reason = self.refused(item)
        if always_ours:
            reason = "internal"
        elif item.review == "rejected":
            reason = "rejected"
        elif reason is None and any(self.among_us(one) for one in item.evidence):
            reason = "our_talk"
        elif reason is None and self._only_secret(item.evidence):
            reason = "words"
        if reason is not None:
            self.withheld.append(Withheld(id=item.id, reason=reason))
            return None
        evidence = self.quotable(item.evidence)
        item = item.with_(evidence=evidence, stale=(), not_for=())
        return _ask(item) if isinstance(item, Ask) else item

    def specs(self, asks: set[str]) -> tuple[FeatureSpec, ...]:
        """The specs of asks that passed."""
        passed = (self._spec(one, asks) for one in self.view.specs)
        return tuple(one for one in passed if one is not None)

    def _spec(self, spec: FeatureSpec, asks: set[str]) -> FeatureSpec | None:
        reason = self.refused(spec)
        if spec.review == "rejected":
            reason = "rejected"
        elif reason is None and not asks.intersection(spec.asks):
            reason = "no_ask"
        if reason is not None:
            self.withheld.append(Withheld(id=spec.id, reason=reason))
            return None
        self.taken.clear()
        values = self._values(spec)
        retold = Retold(self.taken, values, self._our_turns())
        plain, places = retold.left_of(spec)
        self.withheld += (Withheld(id=spec.id, place=one, reason="words") for one in places)
        return spec.with_(
            **(values | plain),
            title=self._title(spec, asks, retold),
            asks=tuple(one for one in spec.asks if one in asks),
            scope=_told(spec.scope),
            approvals=tuple(one for one in spec.approvals if one.side == "client"),
            conflicts_with=(),
            feasibility=(),
            attachments=(),
            findings=(),
            effort=Effort(),
            fit_line=None,
            links=(),
            stale=(),
            not_for=(),
        )

    def _our_turns(self) -> list[str]:
        """What we said among ourselves."""
        turns = self.view.transcript.segments if self.view.transcript else ()
        return [one.text for one in turns if self._ours(one.id, one.start)]

    def _title(self, spec: FeatureSpec, asks: set[str], retold: Retold) -> str:
        """The title; where it says what must not be told, an ask it answers."""
        told = [ask.text for ask in self.view.minutes.asks if ask.id in asks & set(spec.asks)]
        if not retold(spec.title) or any(bare(spec.title) in bare(text) for text in told):
            return spec.title
        self.withheld.append(Withheld(id=spec.id, place="title", reason="words"))
        return told[0] if told else spec.id

    def _values(self, spec: FeatureSpec) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for name in ("goal", "pain", "trigger", "format"):
            values[name] = self._slot(getattr(spec, name), spec.id, name)
        for name in ("actors", "rules", "limits", "behaviours", "errors", "permissions"):
            values[name] = self._passed(getattr(spec, name), spec.id, name)
        values["data_fields"] = tuple(
            one.with_(
                required=self._slot(one.required, spec.id, f"{one.label}.required"),
                example=self._slot(one.example, spec.id, f"{one.label}.example"),
            )
            for one in self._passed(spec.data_fields, spec.id, "data_fields")
        )
        return values

    def _slot(self, slot: Slot, spec: str, place: str) -> Slot:
        return self._proved(slot, spec, place) or Slot()

    def _passed(self, values: tuple[_Proved, ...], spec: str, name: str) -> tuple[_Proved, ...]:
        passed = (self._proved(one, spec, f"{name}[{n}]") for n, one in enumerate(values))
        return tuple(one for one in passed if one is not None)

    def _proved(self, one: _Proved, spec: str, place: str) -> _Proved | None:
        """The value with the words that may be shown; none where it rests on others."""
        reason: Reason | None = None
        evidence = self.quotable(one.evidence)
        if any(self.among_us(each) for each in one.evidence):
            reason = "our_talk"
        elif one.origin == "stated" and not any(each.good for each in evidence):
            reason = "words"
        if reason is not None:
            self.withheld.append(Withheld(id=spec, place=place, reason=reason))
            self.taken.append(one)
            return None
        return one.with_(evidence=evidence)


def _places(evidence: Iterable[Evidence]) -> Iterator[Place]:
    return (Place(one.meeting, segment) for one in evidence for segment in one.segments)


def _ask(ask: Ask) -> Ask:
    """The client's words only where they may be quoted; the contract only where it says yes."""
    said = any(ask.raw_quote in one.quote or one.quote in ask.raw_quote for one in ask.evidence)
    return ask.with_(scope=_told(ask.scope), raw_quote=ask.raw_quote if said else "")


def _told(scope: Scope) -> Scope:
    """That something is outside the contract is said by a person, not by a document."""
    return scope if scope.verdict == "in" else Scope()


def _unlinked(items: tuple[_Item, ...], name: str, gone: set[str]) -> tuple[_Item, ...]:
    """No item points at one that was left out."""
    return tuple(one.with_(**{name: None}) if getattr(one, name) in gone else one for one in items)
