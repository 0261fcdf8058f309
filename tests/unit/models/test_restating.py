"""What we understood is said back in three sentences at most, of what is certain alone."""

import re
from typing import Any

import pytest

from pipeline.models.evidence import Evidence
from pipeline.models.minutes import Ask
from pipeline.models.plain_speech import NOTHING_PLAIN, PlainSpeech
from pipeline.models.restating import assumed, restated, wish
from pipeline.models.slots import Permission, Slot, SpecField
from pipeline.models.spec import FeatureSpec


def said(quote: str, side: str = "client") -> tuple[Evidence, ...]:
    one = Evidence(
        meeting="m", transcript_version=1, segments=("s1",), quote=quote, match="exact", side=side
    )
    return (one,)


def slot(value: str, origin: str = "stated", quote: str = "别的话", side: str = "client") -> Slot:
    return Slot(value=value, origin=origin, evidence=said(quote, side))


def spec(language: str = "zh", **more: Any) -> FeatureSpec:
    return FeatureSpec(
        uid="u", id="S1", project="p", meetings=("m",), asks=("A1",), title="导出",
        language=language, origin_engine="rules", **more,
    )  # fmt: skip


def ask(quote: str, raw: str = "") -> Ask:
    return Ask(
        uid="a", id="A1", text="导出订单", origin_engine="x", kind="function", raw_quote=raw,
        evidence=said(quote),
    )  # fmt: skip


WHOLE = spec(
    goal=slot("一键导出订单"),
    pain=slot("现在最头疼的：抄一次要两小时。大家都烦"),
    rules=(
        slot("主管和财务可以导出，客服不行"),
        slot("必须按筛选出来的结果导"),
        slot("最好用异步", "inferred"),
        slot("我们建议分批", side="us"),
        slot("那由谁来批？"),
        slot("订单号和金额一定要有"),
    ),
    limits=(slot("月底最多五万条", quote="对，月底最多五万条"),),
    data_fields=tuple(
        SpecField(label=one, origin="stated", evidence=said(one)) for one in ("订单号", "金额")
    ),
    permissions=tuple(
        Permission(role=role, export=may, origin="stated", evidence=said(role))
        for role, may in (("主管", True), ("财务", True), ("客服", False))
    ),
    assumptions=("推断：放在列表页", "默认: 导成Excel"),
)


def test_the_whole_of_it():
    assert restated(WHOLE, [], NOTHING_PLAIN) == (
        "我理解您的意思是：一键导出订单；现在的难处是：抄一次要两小时。"
        "具体是：要有订单号、金额；必须按筛选出来的结果导；“月底最多五万条”。"
        "主管、财务可以导出，客服不可以导出，我理解得对吗？"
    )


@pytest.mark.parametrize("language", ["zh", "en"])
def test_never_more_than_three_sentences_and_the_last_one_asks(language: str):
    told = restated(WHOLE.with_(language=language), [], NOTHING_PLAIN)
    assert told.endswith(("？", "?"))
    ends = re.findall(r"[。？?]|\.\s", told)
    assert len(ends) <= 3 + (language == "en")  # "Is that so?" stands by itself


def test_what_nobody_of_them_said_is_not_said_back():
    told = restated(WHOLE, [], NOTHING_PLAIN)
    for text in ("异步", "建议分批", "由谁来批", "列表页", "Excel"):
        assert text not in told


def test_without_a_goal_that_is_certain_their_own_words_stand_in():
    guessed = spec(goal=Slot(value="省时间", origin="inferred"))
    told = restated(guessed, [ask("行 那我先讲 我就要能审", raw="我就要能审")], NOTHING_PLAIN)
    assert told == "我理解您的意思是：“我就要能审”，我理解得对吗？"
    assert restated(guessed, [], NOTHING_PLAIN) == ""


def test_what_they_said_themselves_is_no_assumption_of_ours():
    told = spec(assumptions=("推断：那先按一小时", "推断：按自然日算"))
    assert assumed(told, [ask("好 那先按一小时吧")], NOTHING_PLAIN) == ("按自然日算",)
    assert assumed(WHOLE, [], NOTHING_PLAIN) == ("放在列表页", "导成Excel")


def test_it_is_said_in_the_words_of_the_reader_but_quotes_are_not_touched():
    speech = PlainSpeech({"接口": "系统对接"})
    own = spec(goal=slot("接口每天跑一次", quote="接口每天跑一次"))
    assert wish(own, [], speech) == "“接口每天跑一次”"
    assert wish(spec(goal=slot("打通接口")), [], speech) == "打通系统对接"


def test_what_only_starts_it_is_no_assumption_worth_asking_about():
    one = spec(
        trigger=slot("录入运单", "inferred"), assumptions=("推断：录入运单", "推断：按自然月")
    )
    assert assumed(one, (), NOTHING_PLAIN) == ("按自然月",)


def test_a_list_of_people_reads_as_a_sentence():
    people = (slot("managers"), slot("the accountant"))
    told = restated(spec("en", goal=slot("Export the list"), actors=people), (), NOTHING_PLAIN)
    assert "used by managers and the accountant" in told
