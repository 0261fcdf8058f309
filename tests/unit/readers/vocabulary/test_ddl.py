"""CREATE TABLE in four dialects, whole, half broken and hostile."""

import pytest

from pipeline.errors import NotReadableError
from pipeline.models.vocabulary import Vocabulary

MYSQL = """\
/*!40101 SET NAMES utf8 */;
DROP TABLE IF EXISTS `so_order`;
CREATE TABLE `so_order` (
  `id` bigint(20) unsigned NOT NULL AUTO_INCREMENT COMMENT '主键',
  `order_no` varchar(32) NOT NULL COMMENT '订单号',
  `status` tinyint(1) DEFAULT '0' COMMENT '状态：0草稿，1已审核；2作废',
  `amount` decimal(18,2) DEFAULT NULL COMMENT '金额 it''s; (含税)',
  `updated_at` datetime DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
  PRIMARY KEY (`id`),
  UNIQUE KEY `uk` (`order_no`) USING BTREE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COMMENT='销售订单';
INSERT INTO `so_order` VALUES (1,'a;b','x');
ALTER TABLE so_order ADD COLUMN `memo` varchar(200) COMMENT '备注' AFTER amount, ADD INDEX x (memo);
"""
POSTGRES = """\
SET statement_timeout = 0;
CREATE TABLE public.so_order (
    id bigint NOT NULL,
    order_no character varying(32) NOT NULL,
    tags text[] DEFAULT '{}'::text[],
    amount numeric(18,2) DEFAULT 0::numeric,
    payload jsonb,
    CONSTRAINT so_order_chk CHECK ((amount >= (0)::numeric))
);
ALTER TABLE ONLY public.so_order ADD CONSTRAINT pk PRIMARY KEY (id);
COMMENT ON TABLE public.so_order IS '销售订单';
COMMENT ON COLUMN public.so_order.order_no IS '订单号';
CREATE TABLE crm."Customer" ("Id" uuid, "isVip" boolean);
COMMENT ON COLUMN crm."Customer"."isVip" IS '是否 VIP';
CREATE TABLE old_2024 PARTITION OF so_order FOR VALUES FROM (1) TO (2);
"""
SQL_SERVER = """\
USE [ERP]
GO
CREATE TABLE [dbo].[so_order](
	[id] [bigint] IDENTITY(1,1) NOT NULL,
	[order_no] [nvarchar](32) NOT NULL,
	[memo] [nvarchar](max) NULL,
 CONSTRAINT [PK_so] PRIMARY KEY CLUSTERED
(
	[id] ASC
)WITH (PAD_INDEX = OFF, STATISTICS_NORECOMPUTE = OFF) ON [PRIMARY]
) ON [PRIMARY] TEXTIMAGE_ON [PRIMARY]
GO
ALTER TABLE [dbo].[so_order] ADD  CONSTRAINT [DF_x]  DEFAULT ((0)) FOR [id]
GO
ALTER TABLE dbo.so_order ADD ship_date datetime2 NULL, carrier nvarchar(40) NULL
GO
EXEC sys.sp_addextendedproperty @name=N'MS_Description', @value=N'订单号' , @level0type=N'SCHEMA',@level0name=N'dbo', @level1type=N'TABLE',@level1name=N'so_order', @level2type=N'COLUMN',@level2name=N'order_no'
GO
EXEC sys.SP_AddExtendedProperty @name=N'MS_Description', @value=N'销售订单' , @level0type=N'SCHEMA',@level0name=N'dbo', @level1type=N'TABLE',@level1name=N'so_order'
GO
exec sp_addextendedproperty 'MS_Description', '承运商', 'user', dbo, 'table', so_order, 'column', carrier
GO
EXEC sp_addextendedproperty N'Owner', N'somebody', N'SCHEMA', N'dbo', N'TABLE', N'so_order', N'COLUMN', N'id';
"""
ORACLE = """\
CREATE TABLE "ERP"."SO_ORDER"
   (	"ID" NUMBER(19,0) NOT NULL ENABLE,
	"ORDER_NO" VARCHAR2(32 CHAR) DEFAULT 'x' NOT NULL ENABLE,
	"AMOUNT" NUMBER(18,2),
	"TS" TIMESTAMP (6) WITH LOCAL TIME ZONE DEFAULT SYSTIMESTAMP,
     CONSTRAINT "PK_SO" PRIMARY KEY ("ID")
  USING INDEX PCTFREE 10 INITRANS 2 MAXTRANS 255
  TABLESPACE "USERS"  ENABLE
   ) SEGMENT CREATION IMMEDIATE
  NOCOMPRESS LOGGING TABLESPACE "USERS"
/
COMMENT ON COLUMN "ERP"."SO_ORDER"."ORDER_NO" IS '订单号'
/
COMMENT ON TABLE SO_ORDER IS '销售订单';
COMMENT ON COLUMN SO_ORDER.AMOUNT IS '金额';
ALTER TABLE ERP.SO_ORDER ADD (CARRIER VARCHAR2(40), SHIP_DATE DATE);
"""


def labels(told: Vocabulary, table: str) -> dict[str, str]:
    one = next(one for one in told.entities if one.table == table)
    return {field.name: field.label for field in one.fields}


def types(told: Vocabulary, table: str) -> dict[str, str]:
    one = next(one for one in told.entities if one.table == table)
    return {field.name: field.type for field in one.fields}


def codes(told: Vocabulary) -> list[str]:
    return [one.code for one in told.findings]


def test_mysql(read):
    told = read(MYSQL)
    assert told.shape == "SQL (MySQL)"
    assert told.entities[0].entity == "销售订单"
    assert labels(told, "so_order") == {
        "id": "主键",
        "order_no": "订单号",
        "status": "状态",
        "amount": "金额 it's; (含税)",
        "updated_at": "updated at",
        "memo": "备注",
    }
    assert types(told, "so_order")["amount"] == "decimal(18,2)"
    assert codes(told) == ["no_comment"]
    assert told.findings[0].params["count"] == 1


def test_postgres(read):
    told = read(POSTGRES)
    assert told.shape == "SQL (PostgreSQL)"
    assert [one.table for one in told.entities] == ["so_order", "crm.Customer"]
    assert told.entities[0].entity == "销售订单"
    assert labels(told, "so_order")["order_no"] == "订单号"
    assert labels(told, "crm.Customer") == {"Id": "id", "isVip": "是否 VIP"}
    assert types(told, "so_order")["tags"] == "text[]"
    assert codes(told) == ["no_comment"]


def test_sql_server(read):
    told = read(SQL_SERVER)
    assert told.shape == "SQL (SQL Server)"
    assert told.entities[0].entity == "销售订单"
    assert labels(told, "so_order") == {
        "id": "id",
        "order_no": "订单号",
        "memo": "memo",
        "ship_date": "ship date",
        "carrier": "承运商",
    }
    assert codes(told) == ["no_comment"]


def test_oracle_in_utf_16(read):
    told = read(ORACLE.encode("utf-16"))
    assert told.shape == "SQL (Oracle)"
    assert [(one.table, one.entity) for one in told.entities] == [("ERP.SO_ORDER", "销售订单")]
    assert labels(told, "ERP.SO_ORDER") == {
        "ID": "id",
        "ORDER_NO": "订单号",
        "AMOUNT": "金额",
        "TS": "ts",
        "CARRIER": "carrier",
        "SHIP_DATE": "ship date",
    }
    assert codes(told) == ["no_comment"]


def test_what_is_broken_is_named_with_its_line_and_the_rest_is_taken(read):
    told = read(
        "create table a (x int, y varchar(20));\n"
        "create table b (\n"
        "  ok int, -- 数量\n"
        "  bad !! of (all,\n"
        "  fine date\n"
        ");\n"
        "create table c as select 1;\n"
        "create table d (z int);\n"
    )
    assert [one.table for one in told.entities] == ["a", "b", "d"]
    assert labels(told, "b") == {"ok": "数量", "fine": "fine"}
    found = {one.code: one.line for one in told.findings}
    assert found["column_not_read"] == 4
    assert found["statement_open"] == 2
    assert found["statement_not_read"] == 7


def test_a_file_in_which_nothing_parses_names_the_line_and_the_way_out(read):
    with pytest.raises(NotReadableError) as caught:
        read("-- x\ncreate table (((( ;\n", "x.sql")
    assert caught.value.code == "vocabulary.no_statement"
    assert caught.value.params["line"] == 2


def test_a_product_of_its_own_options_costs_no_column(read):
    told = read("CREATE TABLE t (a VARCHAR(20) ENCRYPT WITH 'x' MASKED YES COMMENT '甲', b INT);")
    assert labels(told, "t") == {"a": "甲", "b": "b"}


def test_the_second_of_two_is_named(read):
    told = read("create table t (a int, A date);\ncreate table T (b int);\n")
    assert labels(told, "t") == {"a": "a"}
    assert [one.code for one in told.findings][:2] == ["column_twice", "table_twice"]
    assert told.findings[0].params == {"table": "t", "column": "A"}
    assert told.findings[1].line == 2


@pytest.mark.parametrize(
    ("definition", "kind"),
    [
        ("a character varying(32) not null", "character varying(32)"),
        ("[a] [nvarchar](max) NULL", "nvarchar(max)"),
        ("A VARCHAR2(32 CHAR) DEFAULT 'x'", "varchar2(32 char)"),
        ("a TIMESTAMP (6) WITH LOCAL TIME ZONE", "timestamp(6) with local time zone"),
        ("`a` enum('A','b') default 'A'", "enum('A','b')"),
        ("a integer PRIMARY KEY AUTOINCREMENT", "integer"),
    ],
)
def test_a_type_is_written_as_in_the_system(read, definition, kind):
    told = read(f"create table t ({definition}, b int);")
    assert told.entities[0].fields[0].type == kind


def test_products_of_other_makers(read):
    told = read(
        'CREATE TABLE "ERP"."SO_ORDER"\n("ID" BIGINT IDENTITY(1, 1) NOT NULL,\n'
        '"NO" VARCHAR(50) NULL,\nNOT CLUSTER PRIMARY KEY("ID")) STORAGE(ON "MAIN", CLUSTERBTR) ;\n'
        'COMMENT ON COLUMN "ERP"."SO_ORDER"."NO" IS \'单号\';\n'
        "CREATE EXTERNAL TABLE IF NOT EXISTS ods.so (id bigint COMMENT '主键') COMMENT '订单'\n"
        "PARTITIONED BY (dt string COMMENT '日期') STORED AS ORC;\n"
        "create table a(id int -- 编号\n);create table b(no text); "
    )
    assert [(one.table, one.entity) for one in told.entities] == [
        ("ERP.SO_ORDER", "so order"),
        ("ods.so", "订单"),
        ("a", "a"),
        ("b", "b"),
    ]
    assert labels(told, "ERP.SO_ORDER") == {"ID": "id", "NO": "单号"}
    assert labels(told, "a") == {"id": "编号"}
    assert codes(told) == ["no_comment"]


def test_a_comment_of_nothing_is_named(read):
    told = read("create table t (a int);\ncomment on column t.b is '乙';\n")
    assert told.findings[0].code == "comment_for_unknown"
    assert told.findings[0].params["about"] == "t.b"


def test_only_additions_are_marked_as_such(read):
    told = read("ALTER TABLE t ADD lot varchar(20) COMMENT '批次';")
    assert told.partial == ("t",)
    assert read(MYSQL).partial == ()


def test_what_is_commented_out_is_not_there(read):
    told = read(
        "/* old\nCREATE TABLE gone (a int);\n*/\n-- CREATE TABLE gone2 (a int);\ncreate table t (a int, b vr(1 x);"
    )
    assert [one.table for one in told.entities] == ["t"]
    assert {one.line for one in told.findings if one.line} == {5}


def test_5000_columns(read):
    columns = ",\n".join(f"  c_{n} varchar(20) COMMENT '字段{n}'" for n in range(5000))
    told = read(f"CREATE TABLE t (\n{columns}\n);")
    assert len(told.entities[0].fields) == 5000
    assert told.findings == ()


def test_more_columns_than_anybody_can_talk_about_are_refused(read, monkeypatch):
    monkeypatch.setattr("pipeline.readers.vocabulary.gathering.MOST_COLUMNS", 3)
    with pytest.raises(NotReadableError) as caught:
        read("create table t (a int, b int, c int, d int);")
    assert caught.value.code == "vocabulary.too_many"


@pytest.mark.parametrize(
    "check",
    ["(" * 5000 + "1" + ")" * 5000, "not " * 20_000 + "true", "-" * 3 + "1", "case " * 5000],
)
def test_nesting_without_end_costs_the_column_at_most(read, check):
    told = read(f"create table t (a int, b int check ({check}), c int);")
    assert {"a", "c"} <= labels(told, "t").keys() or check.startswith("---")


@pytest.mark.parametrize("text", ["'", '"', "`", "[", "/*", "(", "--", ",", "\\'", "$$"])
def test_a_hostile_file_ends_in_reasonable_time(read, text):
    told = read("create table t (a int);\ncreate table u (" + text * 30_000)
    assert told.entities[0].table == "t"


def test_names_are_only_text(read):
    told = read('create table "<b>x</b>" ("a|b" int, "=1+1" int, "![x](y)" int, "\u202e" int);')
    assert told.entities[0].table == "<b>x</b>"
    assert [one.name for one in told.entities[0].fields][:3] == ["a|b", "=1+1", "![x](y)"]
