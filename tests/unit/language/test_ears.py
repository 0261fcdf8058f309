"""EARS: one SHALL for each value, and not one fact more or less."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.language.ears import background, ears, loud, sentences
from pipeline.language.facts import facts
from pipeline.models.slots import Permission, Slot
from pipeline.models.spec import FeatureSpec, OpenQuestion

SHALL = {"zh": re.compile("(?<![响供])应(?![用收])"), "en": re.compile(r"(?i)\bshall\b")}

PUT = [
    ("zh", "没有符合条件的订单时提示“没有可导出的订单”", "当没有符合条件的订单时，系统应提示“没有可导出的订单”。"),
    ("zh", "如果对方系统连不上，就重试三次", "如果对方系统连不上，系统应重试三次。"),
    ("zh", "盘点期间，锁定库存", "在盘点期间，系统应锁定库存。"),
    ("zh", "若启用双人复核，提醒第二个人", "若启用双人复核，系统应提醒第二个人。"),
    ("zh", "只导出当前筛选条件下的订单", "系统应只导出当前筛选条件下的订单。"),
    ("zh", "不导出已作废的订单", "系统不应导出已作废的订单。"),
    ("zh", "单次最多五万行", "系统应做到：单次最多五万行。"),
    ("zh", "完成后不发短信，在页面上提供下载", "系统应做到：完成后不发短信，在页面上提供下载。"),
    ("zh", "我要提前演练的", "系统应满足这句话：“我要提前演练的”。"),
    ("zh", "当用户登录时，系统应记录时间。", "当用户登录时，系统应记录时间。"),
    ("zh", "供应商应收款按月汇总", "系统应做到：供应商应收款按月汇总。"),
    ("en", "If the list is empty, show a message", "If the list is empty, the system shall show a message."),
    ("en", "While a count runs, lock the stock", "While a count runs, the system shall lock the stock."),
    ("en", "Where review by two is enabled, notify the second", "Where review by two is enabled, the system shall notify the second."),
    ("en", "Never merge those", "The system shall never merge those."),
    ("en", "Do not export cancelled orders", "The system shall not export cancelled orders."),
    ("en", "Only managers may export", "The system shall ensure this: Only managers may export."),
    ("en", "We need our own sign-on", "The system shall meet what was said: “We need our own sign-on”."),
    ("zh", "当班的时候班组长能改，下了班就不行", "系统应做到：当班的时候班组长能改，下了班就不行。"),
    ("zh", "当天下单，第二天发货", "系统应做到：当天下单，第二天发货。"),
    ("zh", "如果两家共用一个额度", "系统应满足这句话：“如果两家共用一个额度”。"),
    ("en", "If the order physically cannot be raised", "The system shall meet what was said: “If the order physically cannot be raised”."),
    ("en", "The system shall keep it for 15 years.", "The system shall keep it for 15 years."),
]  # fmt: skip


def texts(spec: FeatureSpec) -> dict[str, str]:
    return {one.path: one.text for one in sentences(spec)}


@pytest.mark.parametrize(("language", "value", "sentence"), PUT)
def test_a_value_becomes_the_sentence_of_its_kind(language, value: str, sentence: str):
    assert [one.text for one in ears(value, language)] == [sentence]


def test_several_sentences_with_a_shall_each_stay_apart():
    found = ears("系统应保存记录。系统应通知主管。", "zh")
    assert [one.text for one in found] == ["系统应保存记录。", "系统应通知主管。"]


def test_a_second_shall_of_one_sentence_goes():
    (zh,) = ears("当单据提交时，系统应保存并应通知主管", "zh")
    (en,) = ears("When it is sent, the system shall store it and shall notify both", "en")
    assert zh.text == "当单据提交时，系统应保存并通知主管。"
    assert en.text == "When it is sent, the system shall store it and notify both."


PIECES = {
    "zh": ["如果", "当", "时，", "期间，", "不", "不能", "三天内", "导出", "订单", "五万行", "，", "后", "的话", "的时候", "数量到5", "应收", "五点", "一旦", "就", "提示", "没有", "12月31号", "A-1001", "；"],
    "en": ["if", "when", "the list", ",", "not", "never", "do not", "export", "50,000 rows", "three days", "is empty", "while", "no", "show", "by Friday", "A-1001", "only", "one", ";"],
}  # fmt: skip


@pytest.mark.parametrize("language", ["zh", "en"])
@given(data=st.data())
def test_no_value_gains_or_loses_a_fact(language, data: st.DataObject):
    picked = data.draw(st.lists(st.sampled_from(PIECES[language]), min_size=1, max_size=9))
    value = ("" if language == "zh" else " ").join(picked)
    for one in ears(value, language):
        assert not facts(one.text).differ_from(facts(value)), one.text
        assert len(SHALL[language].findall(one.text)) == 1


def test_a_value_that_would_change_in_a_pattern_stands_whole():
    """As "not only" the no would be lost."""
    (one,) = ears("Don't only show the total", "en")
    assert one.text == "The system shall meet what was said: “Don't only show the total”."


def test_rights_say_who_is_refused_and_who_is_allowed():
    rows = (
        Permission(role="客服", see=True, export=False, origin="inferred"),
        Permission(role="reception", export=False, origin="inferred"),
    )
    zh, en = (
        [one.text for one in sentences(_spec(language, permissions=rows[n : n + 1]))]
        for n, language in enumerate(("zh", "en"))
    )
    assert zh == ["如果“客服”要导出，系统应拒绝。", "系统应允许“客服”查看。"]
    assert en == ["If “reception” tries to export it, the system shall refuse it."]


def test_what_starts_it_and_what_comes_out_make_one_sentence():
    trigger = Slot(value="缺货的时候", origin="inferred")
    output = Slot(value="Excel", origin="default")
    spec = _spec("zh", trigger=trigger, format=output)
    assert texts(spec) == {"trigger": "当缺货时，系统应以“Excel”给出结果。"}
    assert texts(_spec("zh", format=output)) == {"format": "系统应以“Excel”给出结果。"}
    assert texts(_spec("en", trigger=Slot(value="when someone leaves", origin="default"))) == {
        "trigger": "When someone leaves, the system shall run this function."
    }


def test_only_what_somebody_said_or_a_system_holds_is_no_assumption():
    spec = _spec(
        "en",
        rules=(Slot(value="keep it", origin="answered"), Slot(value="log it", origin="inferred")),
        format=Slot(value="xlsx", origin="dictionary"),
        trigger=Slot(value="when it is due", origin="inferred"),
    )
    assert {one.path: one.assumed for one in sentences(spec)} == {
        "trigger": True,
        "rules[0]": False,
        "rules[1]": True,
    }


def test_nothing_known_makes_no_sentence():
    assert (
        sentences(_spec("zh", rules=(Slot(),), limits=(Slot(value=" 。", origin="default"),))) == ()
    )


def test_tools_find_the_shall():
    assert loud("系统不应导出供应商。", "zh") == "系统 SHALL 不导出供应商。"
    assert loud("供应商变更时，系统应通知。", "zh") == "供应商变更时，系统 SHALL 通知。"
    assert loud("The system shall keep it.", "en") == "The system SHALL keep it."


def _spec(language, **values: object) -> FeatureSpec:
    given_ = {"uid": "u", "id": "S1", "project": "p", "meetings": ("m",), "title": "t"}
    return FeatureSpec.model_validate(
        given_ | {"asks": ("A1",), "origin_engine": "test", "language": language} | values
    )


@pytest.mark.parametrize(
    ("language", "trigger", "text"),
    [
        ("zh", "缺货的时候", "当缺货时，系统应执行这项功能。"),
        ("zh", "实时", "系统应执行这项功能，时机：“实时”。"),
        ("zh", "每天同步一次", "系统应执行这项功能，时机：“每天同步一次”。"),
        ("zh", "they change it every quarter", "系统应执行这项功能，时机：“they change it every quarter”。"),
        ("zh", "当班的时候能改，下了班就不行", "系统应执行这项功能，时机：“当班的时候能改，下了班就不行”。"),
        ("en", "Every night", "Every night, the system shall run this function."),
        ("en", "The day before the visit", "The day before the visit, the system shall run this function."),
        ("en", "A manager starts the export", "When a manager starts the export, the system shall run this function."),
        ("en", "I mean when I look at it", "The system shall run this function; when: “I mean when I look at it”."),
    ],
)  # fmt: skip
def test_a_trigger_is_a_condition_or_its_own_words(language, trigger: str, text: str):
    spec = _spec(language, trigger=Slot(value=trigger, origin="inferred"))
    assert texts(spec) == {"trigger": text}


@pytest.mark.parametrize(
    ("language", "value", "origin"),
    [
        ("en", "Email templates exist today", "dictionary"),
        ("en", "Whether there is an API document is not sure", "inferred"),
        ("en", "The client gives an answer about it by next Wednesday", "inferred"),
        ("zh", "没有文档没法估工期，这是一个风险", "inferred"),
        ("zh", "客户下周三之前答复有没有文档", "inferred"),
    ],
)
def test_what_is_there_already_or_talk_of_the_project_is_no_requirement(language, value, origin):
    spec = _spec(
        language, rules=(Slot(value=value, origin=origin), Slot(value="log", origin="inferred"))
    )
    assert list(texts(spec)) == ["rules[1]"]
    assert [path for path, _ in background(spec)] == ["rules[0]"]


def test_an_answer_stands_before_its_question():
    asked = OpenQuestion(
        id="q3",
        slot="permission",
        question="谁能看完整的号码？",
        answer="只有主管能看",
        answered_by="王敏",
    )
    rule = Slot(value="谁能看完整的号码：只有主管能看", origin="answered")
    (one,) = sentences(_spec("zh", rules=(rule,), open_questions=(asked,)))
    assert one.text == "系统应按答复做到：只有主管能看（所问：“谁能看完整的号码”）。"
    assert one.response == "只有主管能看"
    assert not one.assumed
