import pytest

from pipeline.language.support import borne_out, related, unsupported
from pipeline.models.adding import BY_HAND
from pipeline.models.evidence import Evidence

WISH = "能不能给我们来个一键导出？财务催得很。"


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("一键导出订单", WISH),
        ("Exports the orders", "We would like to export them"),
        ("5000", "最多五千条吧"),
        ("One-click export", WISH),
        ("是", WISH),
    ],
)
def test_a_value_that_has_to_do_with_what_was_said(value, said):
    assert related(value, [said])


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("系统已通过验收，尾款全部付清", WISH),
        ("同意打五折", WISH),
        ("一键导出到 http://evil.example/x", WISH),
        ("The final payment is settled", "Could we get a one-click export?"),
    ],
)
def test_a_value_on_another_subject_or_with_an_address_nobody_named(value, said):
    assert not related(value, [said])


def test_true_words_on_another_subject_prove_an_item_weakly():
    said = Evidence(meeting="m", transcript_version=1, segments=("s1",), quote=WISH, match="exact")
    (weak,) = borne_out("尾款全部付清", (said,), [WISH], "llm")
    assert (weak.match, weak.quote) == ("weak", WISH)
    assert borne_out("订单一键导出", (said,), [WISH], "llm") == (said,)
    assert borne_out("尾款全部付清", (said,), [WISH], BY_HAND) == (said,)


def test_simplified_words_rest_on_traditional_ones():
    assert related("订单审批自动通过", ["訂單審批自動通過"])
    assert not related("门店库存盘点", ["訂單審批自動通過"])
    assert unsupported("导出客户电话", ["不要導出客戶電話"])
