"""Columns of the dictionary in the words of the client, however they were said or heard."""

import pytest

DICTIONARY = [
    {
        "entity": "订单",
        "table": "so_order",
        "synonyms": ["单子"],
        "fields": [
            {"name": "order_no", "label": "订单号", "type": "varchar", "synonyms": ["单号"]},
            {"name": "amount", "label": "订单金额", "type": "decimal"},
            {"name": "status", "label": "订单状态", "type": "int"},
        ],
    },
    {
        "entity": "运单",
        "table": "tm_waybill",
        "fields": [
            {"name": "waybill_no", "label": "运单号", "type": "varchar"},
            {"name": "signed_at", "label": "签收时间", "type": "datetime"},
        ],
    },
]
ENGLISH = [
    {
        "entity": "Order",
        "table": "so_order",
        "fields": [
            {"name": "order_no", "label": "Order number"},
            {"name": "order_qty", "label": "Order quantity"},
            {"name": "cust_name", "label": "Customer name"},
        ],
    }
]


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("导出要有定单号、签收时间。", ["so_order.order_no", "tm_waybill.signed_at"]),
        ("导出要有单号、签收时间。", ["so_order.order_no", "tm_waybill.signed_at"]),
        ("导出要有运但号、签收时间。", ["tm_waybill.waybill_no", "tm_waybill.signed_at"]),
    ],
)
def test_a_column_is_named_though_it_was_said_or_heard_otherwise(make, said, names):
    call = make("zh", ("client", said), data_dictionary=DICTIONARY)
    spec = call.specify(call.ask("导出", "导出要有"))
    assert [field.name for field in spec.data_fields] == names
    labels = {f["name"]: f["label"] for one in DICTIONARY for f in one["fields"]}
    for field in spec.data_fields:
        assert field.label == labels[field.name.split(".")[1]]
        assert field.citations[0].quote in said


def test_english_short_forms_are_columns(make):
    call = make(
        "en",
        ("client", "The export needs to show the order no, the order qty and the cust name."),
        data_dictionary=ENGLISH,
    )
    spec = call.specify(call.ask("Export", "The export needs"))
    assert [field.name for field in spec.data_fields] == [
        "so_order.order_no",
        "so_order.order_qty",
        "so_order.cust_name",
    ]


def test_the_synonym_of_a_record_tells_what_an_ask_is_about(make):
    call = make(
        "zh", ("client", "单子要能审批，超过一万的金额给经理批。"), data_dictionary=DICTIONARY
    )
    spec = call.specify(call.ask("单子审批", "单子要能审批"))
    assert spec.data_fields[0].name == "so_order.order_no"
