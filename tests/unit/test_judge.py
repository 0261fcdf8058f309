"""Fit and scope rest on a line of the project or on what one of us said, or are not kept."""

from typing import Any

import pytest

from pipeline.judge import judge
from pipeline.models.evidence import Evidence
from pipeline.models.item import Scope
from pipeline.models.minutes import Ask
from pipeline.models.project import Participant, Project
from pipeline.models.spec import FeatureSpec
from pipeline.models.transcript import EngineName, Segment, Transcript

PROJECT = Project(
    client="c",
    language="zh",
    participants=(Participant(name="我方", side="us"), Participant(name="客户", side="client")),
    capabilities=("订单列表按门店、状态筛选后导出 CSV", "单个订单派单，不支持多选批量"),
    scope=("3.1 订单管理：查询、导出", "3.5 不包含移动端 App"),
)


def judged(
    *said: str, spec: dict[str, Any] | None = None, ask: dict[str, Any] | None = None
) -> FeatureSpec:
    """The spec of an ask that the first turn makes; turns that begin with ">" are ours."""
    turns = tuple(
        Segment(
            id=f"s{at}",
            index=at,
            speaker="我方" if text.startswith(">") else "客户",
            side="us" if text.startswith(">") else "client",
            text=text.lstrip(">"),
        )
        for at, text in enumerate(said)
    )
    heard = Evidence(
        meeting="m", transcript_version=1, segments=("s0",), quote=said[0], match="exact"
    )
    asked = Ask(
        uid="u",
        id="A1",
        text=said[0],
        raw_quote=said[0],
        evidence=(heard,),
        origin_engine="llm",
        **(ask or {}),
    )
    made = FeatureSpec(
        uid="",
        id="",
        project="p",
        meetings=("m",),
        asks=("A1",),
        origin_engine="llm",
        title=said[0],
        language="zh",
        **(spec or {}),
    )
    call = Transcript(meeting="m", engine=EngineName(name="t"), segments=turns)
    return judge(made, asked, call, PROJECT)


def test_the_deciding_line_is_found_for_a_spec_of_any_engine():
    assert judged("订单列表按状态筛选后导出").fit_line == PROJECT.capabilities[0]
    assert judged("想做个会员积分").fit_line is None


def test_a_line_that_the_product_does_not_have_is_replaced_by_one_that_it_has():
    kept = judged("订单列表导出", spec={"fit_line": "单个订单派单 不支持多选批量"})
    assert kept.fit_line == PROJECT.capabilities[1]
    invented = judged("想做个会员积分", spec={"fit_line": "会员积分标准模块"})
    assert invented.fit_line is None


@pytest.mark.parametrize(
    ("said", "fit"),
    [
        (("订单列表按状态筛选后导出",), "standard"),
        (("想做个会员积分",), "custom"),
        (("订单派单要能批量多选",), "custom"),
        (("想做个会员积分", ">这个本来就有。"), "standard"),
        (("想做个会员积分", "嗯", "嗯", "嗯", ">这个本来就有。"), "custom"),
        (("订单列表按状态筛选后导出", ">这个得开发。"), "custom"),
    ],
)
def test_standard_stands_only_where_a_line_or_one_of_us_says_so(said, fit: str):
    spec = judged(*said, spec={"fit": "standard"})
    assert spec.fit == fit
    assert any("没有依据" in one for one in spec.feasibility) == (fit == "custom")


@pytest.mark.parametrize(
    ("scope", "kept"),
    [
        (
            Scope(verdict="in", line="3.1 订单管理：查询、导出"),
            Scope(verdict="in", line="3.1 订单管理：查询、导出"),
        ),
        (
            Scope(verdict="in", line="3.1订单管理: 查询,导出"),
            Scope(verdict="in", line="3.1 订单管理：查询、导出"),
        ),
        (Scope(verdict="out", line="9.9 想出来的一条"), Scope()),
        (Scope(verdict="out"), Scope()),
        (Scope(verdict="in"), Scope()),
        (Scope(), Scope()),
    ],
)
def test_a_verdict_on_the_contract_stands_on_a_line_of_it(scope: Scope, kept: Scope):
    assert judged("要一个手机查询", spec={"scope": scope}).scope == kept


def test_a_verdict_without_a_line_stands_where_one_of_us_gave_it():
    said = ("要一个手机查询", ">这块不在合同范围里。")
    out = Scope(verdict="out")
    assert judged(*said, spec={"scope": out}).scope == out
    assert judged(*said, spec={"scope": Scope(verdict="in")}).scope == Scope()
    by_hand = {"scope": out, "edited": True}
    assert judged("要一个手机查询", spec={"scope": out}, ask=by_hand).scope == out


def test_the_client_does_not_decide_what_the_contract_holds():
    said = ("要一个手机查询", "这块不在合同范围里吧。")
    assert judged(*said, spec={"scope": Scope(verdict="out")}).scope == Scope()
