"""What real dumps hold beside their tables, and what a heading in words does to a sheet."""

import time

import pytest


def columns(told, table):
    [one] = [one for one in told.entities if one.table == table]
    return {field.name: (field.label, field.type) for field in one.fields}


def test_a_row_of_data_that_quotes_a_statement_is_no_table(read):
    told = read(
        "CREATE TABLE note (body text COMMENT '正文');\n"
        "INSERT INTO note VALUES (1,'x; CREATE TABLE evil (a int);','y');CREATE TABLE kept (a int);\n"
    )
    assert [one.table for one in told.entities] == ["note", "kept"]


def test_a_property_without_end_ends_in_a_finding(read):
    told = read("create table t (a int);\nexec " + "a." * 20_000 + "sp_addextendedproperty")
    assert told.entities[0].table == "t"


def test_a_computed_column_is_a_column_without_a_type(read):
    told = read("CREATE TABLE [t]([a] [int] NULL, [total]  AS ([a]*(2)) PERSISTED, [odd]]x] [int])")
    assert columns(told, "t")["total"] == ("total", "")


def test_a_comment_with_escapes_of_postgres_is_read(read):
    told = read("CREATE TABLE t (a int);\nCOMMENT ON COLUMN t.a IS E'下单日期\\n含时区';")
    assert columns(told, "t")["a"][0] == "下单日期 含时区"


def test_a_table_that_a_procedure_makes_for_itself_is_none_of_the_system(read):
    told = read(
        "CREATE TABLE t (a int);\nCREATE PROCEDURE p AS BEGIN\n"
        "  CREATE TABLE #tmp (b int);\n  CREATE TEMPORARY TABLE tmp2 (c int);\nEND\nGO\n"
        "CREATE GLOBAL TEMPORARY TABLE shared (d int) ON COMMIT DELETE ROWS;"
    )
    assert [one.table for one in told.entities] == ["t", "shared"]


def test_a_file_cut_off_inside_a_name_gives_no_column_of_quotes(read):
    told = read("CREATE TABLE `t` (\n  `a` int COMMENT '甲',\n  `order_dat")
    assert list(columns(told, "t")) == ["a"]
    assert told.findings[0].code == "column_not_read"


def test_what_no_eye_sees_is_not_part_of_a_name(read):
    told = read("CREATE TABLE t (`a\u200b\u202eb` int COMMENT '订\u200b单号\u202e');")
    assert columns(told, "t") == {"ab": ("订单号", "int")}


def test_what_follows_a_table_is_not_read_with_it(read):
    begin = time.process_time()
    told = read("CREATE TABLE a (x int) " * 40_000)
    assert [one.table for one in told.entities] == ["a"]
    assert time.process_time() - begin < 2


@pytest.mark.parametrize(
    ("sheet", "table", "label"),
    [("so_order(销售订单)", "so_order", "销售订单"), ("so_order", "so_order", "销售系统"), ("Sheet1", "销售系统", "销售系统")],
)  # fmt: skip
def test_a_heading_in_words_renames_no_sheet_that_is_named_like_a_table(
    read, book, sheet, table, label
):
    rows = [
        ("销售系统",),
        (),
        ("字段", "", "说明"),
        ("字段名", "类型", "中文名"),
        ("no", "int", "单号"),
    ]
    told = read(book({sheet: rows}))
    assert [(one.table, one.entity) for one in told.entities] == [(table, label)]
