"""One short call, and a project whose dictionary knows some of its words."""

from typing import Any

import pytest

from pipeline.ground import Grounder, ground, ground_spec
from pipeline.models.base import Side
from pipeline.models.draft import (
    Draft,
    DraftAction,
    DraftAsk,
    DraftConflict,
    DraftDecision,
    DraftItem,
    DraftSpec,
)
from pipeline.models.evidence import Citation, Evidence
from pipeline.models.minutes import Ask, Minutes
from pipeline.models.project import DictionaryField, Entity, Participant, Project
from pipeline.models.spec import FeatureSpec
from pipeline.models.transcript import EngineName, Segment, Transcript

TURNS: tuple[tuple[str, Side, str], ...] = (
    ("韩雪", "us", "清单我们一条一条过。"),
    ("罗静", "client", "能不能给我们来个一键导出？财务催得很，最多五万条。"),
    ("郑涛", "client", "订单号、金额都要，冷藏的一律不退。"),
    ("韩雪", "us", "好的，我下周三前给您看样子。"),
    ("罗静", "client", "五年以内的都要能查到。"),
    ("邵东", "us", "这块先别跟客户说，我们还没测过。"),
)
PROJECT = Project(
    uid="P",
    client="医院",
    system="HIS",
    language="zh",
    participants=(Participant(name="罗静", side="client"), Participant(name="郑涛", side="client")),
    data_dictionary=(
        Entity(
            entity="订单",
            table="so_order",
            fields=(
                DictionaryField(name="order_no", label="订单号", type="varchar(32)"),
                DictionaryField(name="amount", label="金额（元）", type="decimal"),
                DictionaryField(name="vendor", label="供应商", type="varchar(64)"),
            ),
        ),
    ),
    capabilities=("列表可以按条件筛选后导出 CSV",),
    glossary={"冷藏药": "二到八度保存"},
)


class Call:
    """Grounds drafts in the call."""

    turns = tuple(text for _, _, text in TURNS)
    export = Citation(segments=("s1",), quote="能不能给我们来个一键导出")

    def transcript(self, *, date: str | None = "2025-09-11", times: bool = True) -> Transcript:
        return Transcript(
            meeting="M",
            version=3,
            date=date,
            engine=EngineName(name="test"),
            segments=tuple(
                Segment(
                    id=f"s{place}",
                    index=place,
                    start=place * 10.0 if times else None,
                    end=place * 10.0 + 8 if times else None,
                    speaker=speaker,
                    side=side,
                    text=text,
                )
                for place, (speaker, side, text) in enumerate(TURNS)
            ),
        )

    def evidence(self, quote: str, *segments: str, times: bool = True) -> Evidence:
        citation = Citation(segments=segments, quote=quote)
        return Grounder(self.transcript(times=times)).evidence(citation)

    def every(self, *citations: Citation) -> tuple[Evidence, ...]:
        return Grounder(self.transcript()).every(citations)

    def minutes(
        self, *items: DraftItem, internal: tuple[str, ...] = (), date: str | None = "2025-09-11"
    ) -> Minutes:
        draft = Draft(
            decisions=tuple(one for one in items if isinstance(one, DraftDecision)),
            asks=tuple(one for one in items if isinstance(one, DraftAsk)),
            actions=tuple(one for one in items if isinstance(one, DraftAction)),
            conflicts=tuple(one for one in items if isinstance(one, DraftConflict)),
            internal=internal,
        )
        return ground(draft, self.transcript(date=date), language="zh", engine="rules")

    def ask(self, **changes: object) -> Ask:
        drafted = DraftAsk(
            ref="a1", text="一键导出", raw_quote="一键导出", citations=(self.export,)
        )
        (found,) = self.minutes(drafted).asks
        return found.with_(uid="U1", id="A1", **changes)

    def spec(self, ask: Ask | None = None, **slots: Any) -> FeatureSpec:
        draft = DraftSpec.model_validate({"ask": "A1", "title": "导出", "language": "zh", **slots})
        return ground_spec(draft, ask or self.ask(), self.transcript(), PROJECT)


@pytest.fixture(scope="session")
def call() -> Call:
    return Call()
