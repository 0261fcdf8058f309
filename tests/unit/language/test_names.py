"""Names in a value and in its evidence: a swap is found, another spelling is none."""

import pytest

from pipeline.language.dictionary import Dictionary
from pipeline.language.support import unsupported
from pipeline.models.project import DictionaryField, Entity, Participant, Project

PROJECT = Project(
    participants=(Participant(name="郑涛", side="client"), Participant(name="罗静", side="client")),
    data_dictionary=(
        Entity(
            entity="订单",
            table="so_order",
            fields=(
                DictionaryField(name="order_no", label="订单号", synonyms=("单号",)),
                DictionaryField(name="amount", label="金额"),
            ),
        ),
        Entity(
            entity="运单",
            table="wb",
            fields=(DictionaryField(name="no", label="运单号", synonyms=("票号",)),),
        ),
        Entity(
            entity="发票",
            table="inv",
            fields=(DictionaryField(name="no", label="发票号", synonyms=("票号",)),),
        ),
    ),
)
TERMS = Dictionary(PROJECT).terms


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("导出订单号", "要把定单号导出来"),
        ("导出运单号", "运但号也导出"),
        ("按订单导出", "定单要能导出"),
        ("导出订单号", "单号导出来"),
    ],
)
def test_another_spelling_of_a_term_is_no_swap(value: str, said: str) -> None:
    assert unsupported(value, [said], terms=TERMS) == ()


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("导出订单号", "要把运单号导出来"),
        ("导出运单号", "定单号导出来"),
        ("导出运单号", "要把单号导出来"),
        ("导出运单号", "票号导出来"),  # it may be either
        ("导出金额", "订单号导出来"),
        ("导出订单号", "这个订单好了就导出"),
        ("罗静说要导出", "郑涛说要导出"),
    ],
)
def test_a_swapped_term_is_refused(value: str, said: str) -> None:
    assert unsupported(value, [said], terms=TERMS)
