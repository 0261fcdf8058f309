"""YAML, JSON and OpenAPI: the project form, bare lists, rows and schemas."""

import json

import pytest

from pipeline.errors import NotReadableError

PROJECT = """\
client: 澄江茶饮
data_dictionary:
  - entity: 订单
    table: so_order
    synonyms: [单子]
    fields:
      - {name: order_no, label: 订单号, type: varchar(32), synonyms: [单号, SO]}
      - {name: amount, label: 金额}
"""


def flat(told):
    return [
        (one.table, one.entity, field.name, field.label, field.type)
        for one in told.entities
        for field in one.fields
    ]


def test_the_project_form(read):
    told = read(PROJECT)
    assert told.shape == "yaml"
    assert flat(told)[0] == ("so_order", "订单", "order_no", "订单号", "varchar(32)")
    assert told.entities[0].synonyms == ("单子",)
    assert told.entities[0].fields[0].synonyms == ("单号", "SO")
    assert told.findings == ()


@pytest.mark.parametrize(
    "text",
    [
        "- table: so_order\n  entity: 订单\n  fields: [{name: order_no, label: 订单号}]\n",
        "so_order:\n  label: 订单\n  fields: {order_no: 订单号}\n",
        "- {表名: so_order, 表中文名: 订单, 字段: order_no, 中文名: 订单号}\n",
        '[{"table": "so_order", "label": "订单", "columns": [{"column": "order_no", "comment": "订单号"}]}]',
        '{"tables": [{"name": "so_order", "label": "订单", "columns": {"order_no": {"label": "订单号"}}}]}',
    ],
)
def test_other_forms_of_the_same(read, text):
    assert flat(read(text)) == [("so_order", "订单", "order_no", "订单号", "")]


def test_what_is_no_table_is_named_by_its_place(read):
    told = read(
        "data_dictionary:\n- 3\n- table: t\n  fields: [a, [7], {label: x}]\n- {table: u, fields: []}\n"
    )
    assert flat(told) == [("t", "t", "a", "a", "")]
    assert [(one.code, one.place) for one in told.findings[:3]] == [
        ("not_a_table", "data_dictionary[0]"),
        ("not_a_column", "data_dictionary[1].fields[1]"),
        ("column_without_name", "data_dictionary[1].fields[2]"),
    ]


OPENAPI = {
    "openapi": "3.0.1",
    "components": {
        "schemas": {
            "Base": {
                "type": "object",
                "properties": {"id": {"type": "integer", "format": "int64"}},
            },
            "Order": {
                "title": "销售订单",
                "allOf": [
                    {"$ref": "#/components/schemas/Base"},
                    {
                        "properties": {
                            "orderNo": {"type": "string", "maxLength": 32, "description": "订单号"},
                            "lines": {
                                "type": "array",
                                "items": {"$ref": "#/components/schemas/Line"},
                            },
                            "buyer": {"$ref": "#/components/schemas/Party"},
                            "note": {"type": ["string", "null"]},
                        }
                    },
                ],
            },
            "Status": {"type": "string", "enum": ["a"]},
            "Loop": {"allOf": [{"$ref": "#/components/schemas/Loop"}]},
        }
    },
}


def test_openapi_3(read):
    told = read(json.dumps(OPENAPI))
    assert told.shape == "openapi"
    assert flat(told)[1:] == [
        ("Order", "销售订单", "id", "id", "int64"),
        ("Order", "销售订单", "orderNo", "订单号", "string(32)"),
        ("Order", "销售订单", "lines", "lines", "Line[]"),
        ("Order", "销售订单", "buyer", "buyer", "Party"),
        ("Order", "销售订单", "note", "note", "string"),
    ]
    assert ("schemas_without_properties", 2) in [
        (one.code, one.params.get("count")) for one in told.findings
    ]


def test_swagger_2_in_yaml(read):
    told = read(
        'swagger: "2.0"\ninfo:\n  description: |\n    CREATE TABLE x (a int)\n'
        "definitions:\n  Order:\n    description: 订单\n    properties:\n"
        "      no: {type: string, title: 单号}\n"
    )
    assert flat(told) == [("Order", "订单", "no", "单号", "string")]


LAUGHS = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join(['*' + chr(97 + n)] * 9)}]\n" for n in range(12)
)
MERGES = "a: &a {k: 1}\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} {{<<: [{', '.join(['*' + chr(97 + n)] * 9)}]}}\n"
    for n in range(12)
)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        (LAUGHS, {"vocabulary.grows"}),
        (MERGES, {"vocabulary.grows"}),
        ("a: &a [*a]\n", {"vocabulary.grows"}),
        ("a: " + "[" * 5000, {"vocabulary.too_deep", "vocabulary.broken_yaml"}),
        ("- " * 3000 + "x\n", {"vocabulary.too_deep"}),
        ("a: b: c\n", {"vocabulary.broken_yaml"}),
        ("a: !!python/object/apply:os.system [ls]\n", {"vocabulary.broken_yaml"}),
        ("[" * 100_000, {"vocabulary.too_deep"}),
        ("[" * 100 + "]" * 100, {"vocabulary.too_deep"}),
        ("[" + "9" * 5000 + "]", {"vocabulary.too_deep"}),
        ('{"a": ', {"broken_json"}),
        ("{}", {"vocabulary.nothing"}),
        ("key: value\n", {"vocabulary.nothing"}),
        ("a: x\n" * 1_100_000, {"vocabulary.yaml_too_large"}),
    ],
)
def test_what_does_not_hold_is_refused(read, text, codes):
    with pytest.raises(NotReadableError) as caught:
        read(text)
    assert caught.value.code in codes
