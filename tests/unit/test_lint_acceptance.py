"""Lint of the tests in a spec: a result has to be something one can see."""

import pytest

from pipeline.lint import lint
from pipeline.models.slots import Slot
from pipeline.models.spec import Acceptance, FeatureSpec, Finding

FAILURE = Acceptance(given="a", when="b", then="d", kind="failure")


def spec_with(
    then: str, language: str = "zh", *, given: str = "a", behaviour: str = "b"
) -> FeatureSpec:
    happy = Acceptance(given=given, when="b", then=then, kind="happy")
    return FeatureSpec.model_validate(
        {
            "uid": "u", "id": "S1", "project": "p", "meetings": ["m"], "asks": ["A1"],
            "origin_engine": "test", "title": "t", "language": language,
            "acceptance": (happy, FAILURE), "behaviours": [Slot(value=behaviour, origin="inferred")],
        }
    )  # fmt: skip


def codes(one: FeatureSpec) -> dict[str, Finding]:
    return {finding.code: finding for finding in lint(one)}


@pytest.mark.parametrize(
    ("language", "then"),
    [("zh", "导出成功"), ("zh", "页面显示正常。"), ("en", "The export works correctly"), ("en", "OK, success")],
)  # fmt: skip
def test_a_test_that_only_says_all_is_well_is_an_error(language: str, then: str):
    finding = codes(spec_with(then, language))["untestable"]
    assert (finding.slot, finding.severity) == ("acceptance[0].then", "error")


@pytest.mark.parametrize("then", [
    "提示“保存成功”", "保存成功，再打开时订单号与填写的一致", "行数正确，为 12 行", "状态变为已通过",
    "The message \"Saved successfully\" appears", "The order is saved and stock falls by 3 pieces",
    "正常完成，不被拦", "全部行进入系统，结果里每行都是成功",
])  # fmt: skip
def test_a_result_one_can_see_is_testable(then: str):
    assert codes(spec_with(then)) == {}


def test_a_measureless_word_in_a_result_is_an_error_and_elsewhere_a_warning():
    assert codes(spec_with("很快显示结果列表"))["vague"].severity == "error"
    assert codes(spec_with("c", behaviour="很快显示结果列表"))["vague"].severity == "warning"


def test_a_test_that_waits_for_an_answer_may_repeat_the_question():
    assert codes(spec_with("按 q2 的答复验收：尽快是多久等")) == {}


def test_a_test_may_start_from_several_records_but_not_end_with_them():
    assert codes(spec_with("c", "en", given="one value belongs to several records")) == {}
    assert "unbounded" in codes(spec_with("the list shows several records", "en"))
