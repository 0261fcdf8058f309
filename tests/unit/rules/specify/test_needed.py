"""Columns that an ask touches, and fields that people name in passing."""

from typing import Any

import pytest

from pipeline.engines.rules.specification.concept import Said, concept
from pipeline.engines.rules.specification.vocabulary import content_words
from pipeline.ground import ground_spec

DICTIONARY: list[dict[str, Any]] = [
    {
        "entity": "批次库存",
        "table": "stock",
        "fields": [
            {"name": "store", "label": "库房", "type": "varchar(20)"},
            {"name": "item", "label": "物料编码", "type": "varchar(20)"},
            {"name": "expires", "label": "有效期", "type": "date"},
            {"name": "kind", "label": "货物类型(普货/冷藏)", "type": "char(1)"},
        ],
    },
    {
        "entity": "发货记录",
        "table": "shipping",
        "fields": [
            {"name": "no", "label": "发货单号", "type": "varchar(20)"},
            {"name": "item", "label": "物料编码", "type": "varchar(20)"},
            {"name": "by", "label": "发货人", "type": "varchar(20)"},
        ],
    },
]


def names(spec) -> set[str | None]:
    return {field.name for field in spec.data_fields}


def labels(spec) -> dict[str, str]:
    return {field.label: field.origin for field in spec.data_fields if field.name is None}


def test_what_people_call_a_column_touches_it(make):
    call = make("zh", ("client", "效期短的先卖，冷藏的单独放。"), data_dictionary=DICTIONARY)
    spec = call.specify(call.ask("效期短的先卖，冷藏的单独放", "效期短的先卖"))
    assert {"stock.expires", "stock.kind"} <= names(spec)
    assert all(field.origin == "dictionary" for field in spec.data_fields)


def test_what_tells_the_rows_of_its_table_apart_comes_along(make):
    call = make("zh", ("client", "效期短的先卖。"), data_dictionary=DICTIONARY)
    spec = call.specify(call.ask("效期短的先卖", "效期短的先卖"))
    assert {"stock.store", "stock.item"} <= names(spec)
    assert "shipping.item" not in names(spec)


def test_a_person_is_a_field_only_where_somebody_asks_who(make):
    quiet = make("zh", ("client", "发货要再快一点。"), data_dictionary=DICTIONARY)
    asked = make("zh", ("client", "发货是谁发的要看得到。"), data_dictionary=DICTIONARY)
    assert "shipping.by" not in names(quiet.specify(quiet.ask("发货提速", "发货要再快")))
    assert "shipping.by" in names(asked.specify(asked.ask("发货要看得到是谁发的", "谁发的")))


def test_an_export_whose_columns_were_named_gets_no_others(make):
    call = make("zh", ("client", "导出要有物料编码和库房。"), data_dictionary=DICTIONARY)
    spec = call.specify(call.ask("库存导出，效期短的", "导出要有物料编码和库房"))
    assert names(spec) == {"stock.item", "stock.store"}


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        (
            "价格能改，但改前改后、谁改的、为什么改都得记下来。",
            "修改前值 修改后值 修改人 修改原因",
        ),
        ("退货要写原因。", "退货原因"),
        ("谁批的、批了多久，得看得见。", "审批人 审批时长"),
        ("到货要拍照片。", "照片"),
    ],
)
def test_question_words_name_fields(make, words, wanted):
    call = make("zh", ("client", words), data_dictionary=DICTIONARY)
    spec = call.specify(call.ask("记录要完整", words))
    assert set(wanted.split()) <= set(labels(spec))


def test_a_label_of_our_own_making_is_stated_by_nobody(make):
    call = make("zh", ("client", "谁改的、为什么改，得查得到。"), data_dictionary=DICTIONARY)
    ask = call.ask("改动要留痕", "谁改的")
    draft = call.specify(ask)
    proved = ground_spec(draft, ask, call.transcript, call.project)
    assert labels(draft) == labels(proved) == {"修改人": "inferred", "修改原因": "inferred"}


def test_the_same_in_english(make):
    call = make("en", ("client", "Give us a reason and a photo for each return."))
    spec = call.specify(call.ask("Returns with a reason", "a reason"))
    assert {"reason", "photo"} <= set(labels(spec))


def test_what_was_refused_is_no_field(make):
    call = make("zh", ("client", "要能登记，不要照片。"), data_dictionary=DICTIONARY)
    assert "照片" not in labels(call.specify(call.ask("到货登记", "要能登记")))


def test_what_was_put_off_in_the_same_breath_is_no_field(make):
    call = make("zh", ("client", "附件以后再说，登记就行。"))
    assert "附件" not in labels(call.specify(call.ask("到货登记", "登记就行")))


def said(text: str, *, own: bool = False) -> Said:
    return Said(text, content_words(text), own)


def test_a_label_is_taken_apart():
    assert concept("报废数", "").family == "number"
    assert concept("报废数", "").cores == ("报废",)
    assert concept("货物类型", "普货/冷藏").values == ("普货", "冷藏")
    assert concept("状态", "").cores == ()
    assert concept("Ship date", "").family == "when"


def test_a_date_is_spoken_of_by_before_and_after():
    assert concept("签收时间", "").is_in(said("签收后锁定"))
    assert not concept("签收时间", "").is_in(said("签收要登记"))
    assert concept("Ship date", "").is_in(said("when does it ship"))
    assert not concept("Ship date", "").is_in(said("ship it to the rep"))
