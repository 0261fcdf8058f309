"""A desk: somebody works on one meeting with three items and a spec."""

from typing import Any

import pytest

from pipeline import review
from pipeline.models.actor import Actor
from pipeline.models.base import Model
from pipeline.models.evidence import Evidence
from pipeline.models.minutes import Action, Ask, Coverage, Decision, Minutes, Uncited
from pipeline.models.review import Edit, EditEvent, chain
from pipeline.models.slots import Slot
from pipeline.models.spec import FeatureSpec, OpenQuestion


def said(segment: str, version: int = 1) -> Evidence:
    return Evidence(
        meeting="m1", transcript_version=version, segments=(segment,), quote="原话", match="exact"
    )


def one(kind: type[Any], number: int, letter: str, text: str, evidence: Evidence) -> Any:
    return kind(
        uid=f"i{number}",
        id=f"{letter}1",
        text=text,
        evidence=(evidence,),
        origin_engine="rules",
    )


_MISSING = Evidence(meeting="m1", transcript_version=1, match="missing")
_ASK = one(Ask, 1, "A", "导出订单", said("s1"))
_ACTION = one(Action, 2, "T", "发方案", said("s2"))
_DECISION = one(Decision, 3, "D", "先做", _MISSING)


class Desk:
    """Each edit is proposed on what holds, applied to it and kept."""

    CHEN = Actor(id="u1", name="陈立", via="test")
    AT = "2026-03-18T06:00:00.000Z"
    ASK: Ask = _ASK
    ACTION: Action = _ACTION
    DRAFT = Minutes(
        meeting="m1",
        transcript_version=1,
        language="zh",
        asks=(_ASK,),
        actions=(_ACTION,),
        decisions=(_DECISION,),
        coverage=Coverage(
            uncited=(Uncited(segment="s9", cue="ask"), Uncited(segment="s9", cue="risk"))
        ),
    )
    SPEC = FeatureSpec(
        uid="i4",
        id="S1",
        project="p1",
        meetings=("m1",),
        asks=("A1",),
        title="订单导出",
        language="zh",
        origin_engine="rules",
        rules=(Slot(value="按筛选导出", origin="stated", evidence=(said("s1"),)),),
        limits=(
            Slot(value="单次五万行", origin="stated", evidence=(said("s3"),)),
            Slot(value="半小时内", origin="inferred"),
        ),
        open_questions=(
            OpenQuestion(id="q1", slot="file_name", question="文件名？"),
            OpenQuestion(id="q2", slot="permission", question="谁能导？", blocking=True),
        ),
    )
    said = staticmethod(said)

    def __init__(self) -> None:
        self.draft, self.draft_spec = self.DRAFT, self.SPEC
        self.events: list[EditEvent] = []

    @property
    def minutes(self) -> Minutes:
        return review.effective(self.draft, self.events)

    @property
    def ask(self) -> Ask:
        return self.minutes.asks[0]

    @property
    def spec(self) -> FeatureSpec:
        return review.effective_spec(self.draft_spec, self.events)

    def apply(self, edit: Edit, on: Model) -> Any:
        return review.apply(edit, on, actor=self.CHEN, at=self.AT)

    def do(self, edit: Edit, on: Model) -> None:
        self.apply(edit, on)
        self.keep(edit)

    def set(self, on: Model, field: str, after: Any) -> None:
        self.do(review.propose(on, "set", field=field, after=after), on)

    def keep(self, edit: Edit) -> None:
        event = chain(
            edit,
            after=None,
            uid=f"e{len(self.events)}",
            salt="",
            actor=self.CHEN,
            at=self.AT,
            project="p1",
            meeting="m1",
        )
        self.events.append(event)


@pytest.fixture(scope="session")
def new_desk() -> type[Desk]:
    """For tests that need many."""
    return Desk


@pytest.fixture
def desk() -> Desk:
    return Desk()
