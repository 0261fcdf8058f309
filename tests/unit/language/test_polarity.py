import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.language.polarity import reversed_in
from pipeline.language.support import unsupported


@pytest.mark.parametrize(
    ("value", "evidence"),
    [
        ("二十四小时后护士可以退药", ["过了二十四小时不收，护士不能退药"]),
        ("导出订单不需要审批", ["导出订单要审批才行"]),
        ("司机能拒单", ["司机不能拒单，早上拒单没人送"]),
        ("Orders are never blocked", ["Then block the order."]),
        ("The system merges records", ["Never merge those records."]),
    ],
)
def test_a_value_that_says_the_opposite_of_its_evidence_is_noticed(value: str, evidence: list[str]):
    assert reversed_in(value, evidence)
    assert unsupported(value, evidence)


@pytest.mark.parametrize(
    ("value", "evidence"),
    [
        ("护士不能退药", ["过了二十四小时，护士不能退药"]),
        ("超吨位拦死", ["超吨位别拦死", "算了，超了就拦死吧"]),
        ("能导出给客户看", ["还要能导出来给客户看", "别让审核员干等"]),
        (
            "Quotes allowed, orders blocked",
            ["No quotes is ridiculous.", "Let me quote and block it."],
        ),
        ("", ["不能导出"]),
        ("能导出", []),
    ],
)
def test_agreement_and_changed_minds_are_no_contradiction(value: str, evidence: list[str]):
    assert reversed_in(value, evidence) is None


@given(st.text(alphabet="不能导出别没改，。no t can't export", max_size=20))
def test_no_text_contradicts_itself(text: str):
    assert reversed_in(text, [text]) is None
