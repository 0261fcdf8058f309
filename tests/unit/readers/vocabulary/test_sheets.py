"""Lists of columns in Excel and CSV, as people really keep them."""

import io
import zipfile

import pytest
from openpyxl import Workbook

from pipeline.errors import NotReadableError

LIST = [
    ("表名", "表中文名", "字段名", "中文名", "数据类型", "长度", "别名"),
    ("so_order", "销售订单", "order_no", "订单号", "varchar", 32, "单号、SO号"),
    (None, None, "amount", "金额", "decimal(18,2)", None, None),
    ("wms_stock", "库存", "lot_no", None, "varchar", 20.0, None),
]


def flat(told):
    return [
        (one.table, one.entity, field.name, field.label, field.type)
        for one in told.entities
        for field in one.fields
    ]


def test_one_list_of_all_tables_with_merged_cells(read, book):
    told = read(book({"字典": LIST}, {"字典": ["A2:A3", "B2:B3"]}), "字典.xlsx")
    assert told.shape == "xlsx"
    assert flat(told) == [
        ("so_order", "销售订单", "order_no", "订单号", "varchar(32)"),
        ("so_order", "销售订单", "amount", "金额", "decimal(18,2)"),
        ("wms_stock", "库存", "lot_no", "lot no", "varchar(20)"),
    ]
    assert told.entities[0].fields[0].synonyms == ("单号", "SO号")
    assert [one.code for one in told.findings] == ["no_comment"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("sign", [",", "\t", ";"])
def test_csv_in_the_encodings_of_excel_and_wps(read, encoding, sign):
    text = "\r\n".join(sign.join(str(cell or "") for cell in row) for row in LIST)
    told = read(text.encode(encoding), "字典.csv")
    assert told.shape == "csv"
    assert flat(told)[0] == ("so_order", "销售订单", "order_no", "订单号", "varchar(32)")


def test_english_headings(read):
    told = read(
        'Table Name,Column Name,Data Type,Description,Aliases\nso_order,order_no,text,Order number,"PO, SO"\n'
    )
    assert flat(told) == [("so_order", "so order", "order_no", "Order number", "text")]
    assert told.entities[0].fields[0].synonyms == ("PO", "SO")


def test_a_table_in_each_sheet(read, book):
    head = ("序号", "字段", "类型", "说明")
    told = read(
        book(
            {
                "so_order(销售订单)": [head, (1, "order_no", "varchar(32)", "订单号")],
                "库存": [("表名：wms_stock 库存",), head, (1, "lot", "int", "批次")],
                "封面": [("某某系统数据字典",), ("版本 1.2",)],
            }
        )
    )
    assert flat(told) == [
        ("so_order", "销售订单", "order_no", "订单号", "varchar(32)"),
        ("wms_stock", "库存", "lot", "批次", "int"),
    ]
    assert [(one.code, one.place) for one in told.findings] == [("no_header", "封面")]


def test_several_blocks_in_one_sheet(read, book):
    head = ("字段名称", "字段代码", "类型")
    told = read(
        book(
            {
                "设计": [
                    ("表名", "so_order", "中文名", "销售订单"),
                    head,
                    ("订单号", "order_no", "varchar"),
                    (),
                    ("2. 库存表 wms_stock",),
                    head,
                    ("批次", "lot", "varchar"),
                ]
            }
        )
    )
    assert flat(told) == [
        ("so_order", "销售订单", "order_no", "订单号", "varchar"),
        ("wms_stock", "库存表", "lot", "批次", "varchar"),
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Table,Code,Name,Data Type,Comment\nso_order,amt,金额,decimal,含税\n",
            ("so_order", "so order", "amt", "金额", "decimal"),
        ),
        (
            '"TABLE_NAME","COLUMN_NAME","DATA_TYPE","COLUMN_TYPE","COLUMN_COMMENT"\n'
            '"so_order","st","tinyint","tinyint(4)","状态 0-草稿 1-已审核"\n',
            ("so_order", "so order", "st", "状态", "tinyint(4)"),
        ),
        (
            "表名：T_ORDER  说明：订单表,,,\n字段名(Field),类型,长度,注释\nNO,varchar,32,单号\n",
            ("T_ORDER", "订单表", "NO", "单号", "varchar(32)"),
        ),
        ("name,label,type\nno,单号,text\n", ("file", "file", "no", "单号", "text")),
    ],
)
def test_the_exports_of_other_programs(read, text, found):
    assert flat(read(text)) == [found]


def test_formulas_are_not_run(read):
    book = Workbook()
    book.active.append(["表名", "字段", "中文名"])
    book.active.append(["t", "a", '=HYPERLINK("http://example.invalid","x")'])
    stream = io.BytesIO()
    book.save(stream)
    told = read(stream.getvalue())
    assert flat(told) == [("t", "t", "a", "a", "")]


def test_twice_and_without_a_name(read):
    told = read("表名,字段,中文名\nt,a,甲\nt,A,乙\nt,,丙\n,b,丁\n")
    assert flat(told) == [("t", "t", "a", "甲", ""), ("t", "t", "b", "丁", "")]
    assert [(one.code, one.line) for one in told.findings] == [("column_twice", 3)]


def test_many_findings_of_a_kind_are_counted(read):
    rows = "".join("t,a,甲\n" for _ in range(100))
    told = read("表名,字段,中文名\n" + rows)
    assert [one.code for one in told.findings] == ["column_twice"] * 20 + ["more"]
    assert told.findings[-1].params["count"] == 79


def test_a_long_comment_gives_its_beginning(read):
    told = read(
        "表名,字段,说明\nt,s,状态：0草稿，1已审核\nt,b,这是一个没有标点但是特别特别特别特别特别长的说明文字而已\n"
    )
    assert told.entities[0].fields[0].label == "状态"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty_file"),
        (b"  \n", "empty_file"),
        (b"\xd0\xcf\x11\xe0rest", "vocabulary.old_excel"),
        (b"PK\x03\x04rest", "vocabulary.broken_excel"),
        ("随便写的一句话。\n又一句。\n".encode(), "vocabulary.nothing"),
        (b"a,b\n1,2\n", "vocabulary.nothing"),
        ("表名,字段,中文名\n".encode(), "vocabulary.nothing"),
        (bytes(range(128, 256)) * 50, "unknown_encoding"),
        (b"x" * 10_000_001, "vocabulary.too_large"),
    ],
)
def test_what_is_no_dictionary_says_why(read, data, code):
    with pytest.raises(NotReadableError) as caught:
        read(data, "x.csv")
    assert caught.value.code == code


def _zip(parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, inside in parts.items():
            archive.writestr(name, inside)
    return stream.getvalue()


def test_an_archive_is_no_workbook(read):
    with pytest.raises(NotReadableError) as caught:
        read(_zip({"word/document.xml": b"<x/>"}))
    assert caught.value.code == "vocabulary.no_workbook"


@pytest.mark.slow
def test_a_zip_bomb_is_not_unpacked(read):
    bomb = {"xl/workbook.xml": b"<x/>", "xl/sharedStrings.xml": b" " * 160_000_000}
    with pytest.raises(NotReadableError) as caught:
        read(_zip(bomb))
    assert caught.value.code == "vocabulary.unpacks_large"


def test_a_workbook_with_a_document_type_is_refused(read):
    laughs = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'
    with pytest.raises(NotReadableError) as caught:
        read(_zip({"xl/workbook.xml": laughs}))
    assert caught.value.code == "vocabulary.broken_excel"


def test_a_cell_at_the_far_end_of_a_sheet_costs_nothing(read):
    book = Workbook()
    book.active.append(["表名", "字段", "中文名"])
    book.active.append(["t", "a", "甲"])
    book.active["XFD1048576"] = "far"
    stream = io.BytesIO()
    book.save(stream)
    assert flat(read(stream.getvalue())) == [("t", "t", "a", "甲", "")]
