"""Columns found in what people say: by label, synonym, short form and sound."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.language.terms import Terms, terms_of
from pipeline.models.project import DictionaryField, Entity, Project

FIELD = DictionaryField
PROJECT = Project(
    data_dictionary=(
        Entity(
            entity="订单",
            table="so_order",
            fields=(
                FIELD(name="order_no", label="订单号", type="varchar", synonyms=("单号",)),
                FIELD(name="amount", label="金额（元）", type="decimal"),
                FIELD(name="status", label="订单状态"),
                FIELD(name="customerName", label="客户名称"),
                FIELD(name="workshop", label="车间"),
                FIELD(name="start", label="登记时间"),
            ),
        ),
        Entity(
            entity="运单",
            table="tm_waybill",
            synonyms=("派车单",),
            fields=(
                FIELD(name="waybill_no", label="运单号"),
                FIELD(name="state", label="运单状态"),
                FIELD(name="signed", label="签收"),
            ),
        ),
        Entity(
            entity="Stock",
            table="inv_stock",
            fields=(
                FIELD(name="qty_on_hand", label="On hand"),
                FIELD(name="cust_no", label="Customer number"),
                FIELD(name="orderQty", label="Order quantity"),
                FIELD(name="uom", label="Unit of measure"),
                FIELD(name="aod", label="Amount net dispatched"),
                FIELD(name="dentist", label="Dentist name"),
            ),
        ),
    ),
    glossary={"流水号": "运单号", "order id": "订单号", "冷藏": "二到八度"},
)
TERMS = Terms(PROJECT)


def found(text: str) -> list[tuple[str, str, list[str]]]:
    return [(one.said, one.how, [c.path for c in one.columns]) for one in TERMS.find(text)]


@pytest.mark.parametrize(
    ("text", "said", "how", "paths"),
    [
        ("订单号一定要有", "订单号", "label", ["so_order.order_no"]),
        ("把金额加上", "金额", "label", ["so_order.amount"]),
        ("On-hand by item", "On-hand", "label", ["inv_stock.qty_on_hand"]),
        ("all customer numbers please", "customer numbers", "label", ["inv_stock.cust_no"]),
        ("单号也要", "单号", "synonym", ["so_order.order_no"]),
        ("派车单状态", "派车单状态", "synonym", ["tm_waybill.state"]),
        ("看流水号", "流水号", "synonym", ["tm_waybill.waybill_no"]),
        ("by order id", "order id", "synonym", ["so_order.order_no"]),
        ("导出状态", "状态", "abbreviation", ["so_order.status", "tm_waybill.state"]),
        ("导出客户", "客户", "abbreviation", ["so_order.customerName"]),
        ("the cust no.", "cust no", "abbreviation", ["inv_stock.cust_no"]),
        ("Order qty", "Order qty", "abbreviation", ["inv_stock.orderQty"]),
        ("show order_qty", "order_qty", "abbreviation", ["inv_stock.orderQty"]),
        ("the UOM", "UOM", "abbreviation", ["inv_stock.uom"]),
        ("which dentist", "dentist", "abbreviation", ["inv_stock.dentist"]),
        ("定单号要有", "定单号", "homophone", ["so_order.order_no"]),
        ("运但号要有", "运但号", "homophone", ["tm_waybill.waybill_no"]),
        ("云单号要有", "云单号", "homophone", ["tm_waybill.waybill_no"]),
        ("定单状态", "定单状态", "homophone", ["so_order.status"]),
    ],
)
def test_a_column_is_found_and_says_how(text: str, said: str, how: str, paths: list[str]) -> None:
    assert (said, how, paths) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "这个订单好了就发",  # 好 is no 号
        "先确定单号码",  # 确定 | 单号
        "汽车件的追溯",  # 汽车 | 件 is no 车间
        "登机时间不是我们的",  # 登机 is a word of its own
        "the customer no longer calls",
        "net dispatched and billed",  # "and" is no short form of three words
    ],
)
def test_everyday_words_are_no_columns(text: str) -> None:
    wrong = ("and", "no", "customer no")
    assert not [one for one in found(text) if one[1] == "homophone" or one[0] in wrong]


def test_another_label_of_the_same_sound_is_no_homophone() -> None:
    fields = (FIELD(name="a", label="应收运费"), FIELD(name="b", label="营收运费"))
    terms = Terms(Project(data_dictionary=(Entity(entity="账", table="t", fields=fields),)))
    (hit,) = terms.find("营收运费")
    assert (hit.how, [one.path for one in hit.columns]) == ("label", ["t.b"])
    assert terms.meant("盈收运费") is None


def test_the_longest_word_counts_and_hits_do_not_overlap() -> None:
    assert [one[0] for one in found("订单状态和运单号")] == ["订单状态", "运单号"]


def test_a_label_may_name_its_record() -> None:
    assert [one.path for one in TERMS.meant("订单的金额").columns] == ["so_order.amount"]  # type: ignore[union-attr]
    assert [one.path for one in TERMS.meant("stock on hand").columns] == ["inv_stock.qty_on_hand"]  # type: ignore[union-attr]
    assert TERMS.meant("炉号") is None


def test_what_is_there_twice_is_one_column_without_a_doubtful_type() -> None:
    fields = (FIELD(name="a", label="金额", type="int"), FIELD(name="a", label="总额", type="text"))
    entity = Entity(entity="订单", table="t", fields=fields)
    terms = Terms(Project(data_dictionary=(entity, entity)))
    assert [(path, one.type) for path, one in terms.columns.items()] == [("t.a", None)]
    assert [one.path for one in terms.meant("总额").columns] == ["t.a"]  # type: ignore[union-attr]


def test_entities_are_heard_through_their_sound() -> None:
    assert [entity.table for _, entity in TERMS.entities_in("云单拍给司机")] == ["tm_waybill"]


def test_the_index_is_built_once_for_one_content() -> None:
    again = Project.model_validate(PROJECT.model_dump())
    assert terms_of(PROJECT) is terms_of(again)
    other = PROJECT.with_(client="other", data_dictionary=())
    assert terms_of(other) is not terms_of(PROJECT)


WORDS = st.text(st.sampled_from("订单定运云号好状态金额确Aab_ -0，。的"), max_size=12)


@given(st.lists(st.tuples(WORDS, WORDS, WORDS), max_size=6), st.text(max_size=20), WORDS)
def test_any_dictionary_and_any_text_give_places_in_the_text(
    rows: list[tuple[str, str, str]], text: str, more: str
) -> None:
    fields = tuple(FIELD(name=a, label=b, synonyms=(c,)) for a, b, c in rows)
    entities = (
        Entity(entity=more, table="t", fields=fields),
        Entity(entity=more, table="u", fields=fields),
    )
    terms = Terms(Project(data_dictionary=entities, glossary={more: text}))
    for said in (text, more, text + more, *(b for _, b, _ in rows)):
        hits = terms.find(said)
        assert all(said[one.start : one.end] == one.said and one.columns for one in hits)
        assert all(one.end <= two.start for one, two in pairwise(hits))
        meant = terms.meant(said)
        assert meant is None or meant.columns


@given(st.sampled_from([one for one in TERMS.columns.values() if one.name != "signed"]), WORDS)
def test_a_label_is_found_whatever_stands_around_it(column: object, around: str) -> None:
    label = column.label  # type: ignore[attr-defined]
    text = f"，{around}，{label}，{around}，"
    hits = [one for one in TERMS.find(text) if one.said == label]
    assert column.path in {c.path for hit in hits for c in hit.columns}  # type: ignore[attr-defined]
