"""The published form of a labelled call: what was said, and what a careful reader finds in it.

A key of `gold` that is missing or null was not labelled and is not scored; [] says that the call
has none. Turns are named by their id.
"""

import datetime as dt
from collections import Counter
from typing import Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, FiniteFloat, field_validator, model_validator
from pydantic_core import PydanticCustomError

from pipeline.language.normalise import visible
from pipeline.models.base import Model, Visibility
from pipeline.models.item import AskKind, DecisionState, Priority, RiskKind
from pipeline.models.project import Participant, Project
from pipeline.models.slots import SlotKey
from pipeline.models.spec import Fit

Spoken = Literal["zh", "en", "mixed"]
_LONGEST = 3_600_000
"""Seconds: beyond them no recording is read."""
_LONGEST_ID = 60
"""Letters: a folder is named by it."""


class Turn(Model):
    """One turn of one speaker."""

    id: int = Field(ge=0)
    speaker: str
    start: FiniteFloat | None = Field(None, ge=0, le=_LONGEST)
    """Seconds from the beginning of the call."""
    end: FiniteFloat | None = Field(None, ge=0, le=_LONGEST)
    text: str

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> Self:
        if self.start is not None and self.end is not None and self.end < self.start:
            raise PydanticCustomError(
                "form_ends",
                "turn {turn} ends at {end}, before it starts",
                {"turn": self.id, "end": f"{self.end:g}"},
            )
        return self


class GoldItem(Model):
    """What every label has."""

    id: str
    evidence: tuple[int, ...] = ()
    """Ids of the turns it rests on."""
    not_for: tuple[str, ...] = ()
    """Participants whom it must never reach."""


class GoldDecision(GoldItem):
    """Something settled."""

    text: str
    state: DecisionState | None = None
    by: str | None = None
    quote: str = ""
    """Letter by letter out of one of its turns."""
    visibility: Visibility | None = None


class SpecField(Model):
    """A data field that the spec of an ask needs."""

    label: str
    name: str | None = None
    origin: Literal["stated", "dictionary", "unknown"]


class GoldSpec(Model):
    """What the spec of an ask should hold."""

    title: str = ""
    actors: tuple[str, ...] = ()
    trigger: str | None = None
    fields: tuple[SpecField, ...] = ()
    format: str | None = None
    rules: tuple[str, ...] = ()
    permissions: tuple[str, ...] = ()
    limits: tuple[str, ...] = ()
    stated_facts: tuple[str, ...] = ()
    must_ask: tuple[str, ...] = ()
    must_ask_slots: tuple[SlotKey, ...] = ()
    """One for each of `must_ask`, or none at all."""
    must_not_invent: tuple[str, ...] = ()
    fit: Fit | None = None

    @model_validator(mode="after")
    def _a_key_for_each(self) -> Self:
        if self.must_ask_slots and len(self.must_ask_slots) != len(self.must_ask):
            raise PydanticCustomError(
                "form_slots",
                "{slots} must_ask_slots for {asks} must_ask",
                {"slots": len(self.must_ask_slots), "asks": len(self.must_ask)},
            )
        return self


class GoldAsk(GoldItem):
    """Something the client wants, or wanted."""

    raw_quote: str = ""
    speaker: str | None = None
    summary: str
    type: AskKind = "function"
    status: str = Field("live", pattern=r"^(live|withdrawn|already_supported|duplicate_of:\w+)$")
    priority: Priority = "unknown"
    pain: str | None = None
    spec: GoldSpec | None = None
    visibility: Visibility | None = None

    @property
    def text(self) -> str:
        """What it says, as for the other kinds."""
        return self.summary

    @property
    def plain_status(self) -> str:
        """Without what it repeats: live, withdrawn, already_supported or duplicate."""
        return "duplicate" if self.status.startswith("duplicate_of:") else self.status


class GoldAction(GoldItem):
    """Something somebody will do."""

    text: str
    owner: str | None = None
    """null: nobody is named; left out: not labelled. So with the date."""
    side: Literal["us", "client"] | None = None
    due_verbatim: str | None = None
    due_date: str | None = None
    weak: bool = False
    visibility: Visibility | None = None


class GoldRisk(GoldItem):
    """Something that may go wrong."""

    text: str
    kind: RiskKind | None = None
    visibility: Visibility | None = None


class GoldQuestion(GoldItem):
    """A question left open."""

    text: str
    visibility: Visibility | None = None


class GoldConflict(GoldItem):
    """Two statements that cannot both hold."""

    a: str
    b: str
    visibility: Visibility | None = None

    @property
    def text(self) -> str:
        """Both sides, as for the other kinds."""
        return f"{self.a} / {self.b}"


class GoldConcern(GoldItem):
    """A worry or annoyance."""

    text: str
    speaker: str | None = None
    visibility: Visibility | None = None


class HardNegative(Model):
    """A turn that only looks like something."""

    turn: int
    looks_like: str
    why: str = ""


class Gold(Model):
    """All labels of one call; null: not labelled."""

    summary: str | None = None
    decisions: tuple[GoldDecision, ...] | None = None
    asks: tuple[GoldAsk, ...] | None = None
    actions: tuple[GoldAction, ...] | None = None
    risks: tuple[GoldRisk, ...] | None = None
    questions: tuple[GoldQuestion, ...] | None = None
    conflicts: tuple[GoldConflict, ...] | None = None
    concerns: tuple[GoldConcern, ...] | None = None
    internal_only: tuple[int, ...] | None = None
    """Ids of turns whose content never reaches the client."""
    hard_negatives: tuple[HardNegative, ...] | None = None


class CallFile(Model):
    """One labelled call."""

    id: str = Field(pattern=r"^\w[\w.-]*$", max_length=_LONGEST_ID)
    lang: Spoken
    title: str = ""
    date: str | None = None
    """ISO date of the call."""
    noise: Literal["none", "asr"] = "none"
    project: Project = Project()
    participants: tuple[Participant, ...] = ()
    turns: tuple[Turn, ...] = Field(min_length=1)
    gold: Gold = Gold()

    @field_validator("date")
    @classmethod
    def _is_a_day(cls, date: str | None) -> str | None:
        if date is not None:
            try:
                dt.datetime.fromisoformat(date)
            except ValueError as error:
                raise PydanticCustomError(
                    "form_date", "{date} is no date: write 2026-01-05", {"date": repr(date)}
                ) from error
        return date

    @field_validator("project")
    @classmethod
    def _zone_is_known(cls, project: Project) -> Project:
        try:
            ZoneInfo(project.time_zone)
        except (ZoneInfoNotFoundError, OSError) as error:
            raise PydanticCustomError(
                "form_zone",
                "time_zone {zone}: write Asia/Shanghai, UTC",
                {"zone": repr(project.time_zone)},
            ) from error
        return project

    @model_validator(mode="after")
    def _turns_are_known(self) -> Self:
        known = {turn.id for turn in self.turns}
        if len(known) != len(self.turns):
            twice = Counter(turn.id for turn in self.turns).most_common(1)[0][0]
            raise PydanticCustomError(
                "form_same_id", "two turns have the same id, {turn}", {"turn": twice}
            )
        if not any(visible(turn.text).strip() for turn in self.turns):
            raise PydanticCustomError("form_silent", "none of its turns holds a word")
        for where, turn in _named(self.gold):
            if turn not in known:
                raise PydanticCustomError(
                    "form_no_turn",
                    "{where} names turn {turn}, which the call does not have",
                    {"where": where, "turn": turn},
                )
        return self


ARRAYS = ("decisions", "asks", "actions", "risks", "questions", "conflicts", "concerns")
"""The labelled arrays, named as those of the minutes are."""


def _named(gold: Gold) -> list[tuple[str, int]]:
    """Every turn that a label names, and where."""
    named = [
        (f"gold.{name} {one.id}", turn)
        for name in ARRAYS
        for one in getattr(gold, name) or ()
        for turn in one.evidence
    ]
    named += [("gold.internal_only", turn) for turn in gold.internal_only or ()]
    named += [("gold.hard_negatives", one.turn) for one in gold.hard_negatives or ()]
    return named
