"""Project files from the command line, and a CREATE TABLE beside a transcript."""

import pytest

from pipeline.readers.project_file import read_project

pytestmark = pytest.mark.slow

DDL = """create table so_order (
  order_no varchar(32) comment '订单号',
  amount decimal(18,2) comment '金额',
  broken !! (
);
"""


@pytest.fixture
def ddl(tmp_path):
    path = tmp_path / "表 结构.sql"
    path.write_bytes(DDL.encode("gb18030"))
    return path


def test_a_project_file_is_made_shown_and_never_written_over_unasked(dragoman, ddl, tmp_path):
    nowhere = dragoman("project", "import", ddl)
    assert (nowhere.code, "--out" in nowhere.err) == (2, True)
    made = dragoman("project", "import", ddl, "--out", "p.yaml", language="zh")
    assert (made.code, made.out) == (0, "p.yaml\n")
    assert "表：新增 1" in made.err
    assert "表 结构.sql 第 4 行" in made.err
    shown = dragoman("project", "show", "p.yaml")
    assert "so_order · so order (2)" in shown.out
    before = (tmp_path / "p.yaml").read_bytes()
    (tmp_path / "scope.md").write_text("1. 订单导出\n", encoding="utf-8")
    words = ("project", "import", "scope.md", "--as", "scope", "--project", "p.yaml")
    kept = dragoman(*words)
    assert (kept.code, "--yes" in kept.err) == (2, True)
    assert (tmp_path / "p.yaml").read_bytes() == before
    assert dragoman(*words, "--out", "p2.yaml").code == 0
    assert (tmp_path / "p.yaml").read_bytes() == before
    assert dragoman(*words, "--yes").code == 0
    assert (tmp_path / "p.yaml").read_bytes() == (tmp_path / "p2.yaml").read_bytes()
    assert read_project(tmp_path / "p.yaml").scope == ("1. 订单导出",)


def test_what_cannot_be_read_or_written_says_so(dragoman, ddl, tmp_path):
    (tmp_path / "empty.csv").write_bytes(b"")
    for words in (("missing.sql",), ("empty.csv",), (".",)):
        assert dragoman("project", "import", *words, "--out", "p.yaml").code == 2
    assert not (tmp_path / "p.yaml").exists()
    (tmp_path / "folder").mkdir()
    assert dragoman("project", "import", ddl, "--out", "folder", "--yes").code == 2
    assert dragoman("project", "import", ddl, "--out", "empty.csv/p.yaml").code == 2


def test_a_create_table_beside_a_transcript(dragoman, ddl, tmp_path):
    (tmp_path / "call.txt").write_text(
        "[00:00:01] 陈立: 导出要哪些？\n[00:00:05] 王敏: 我们想要一键导出订单，要有订单号和金额。\n",
        encoding="utf-8",
    )
    (tmp_path / "caps.txt").write_text("订单列表筛选\n", encoding="utf-8")
    ran = dragoman(
        "process", "call.txt", "--dictionary", ddl, "--capabilities", "caps.txt", "--out", "o"
    )
    assert ran.code == 0, ran.err
    specs = "".join(path.read_text(encoding="utf-8") for path in (tmp_path / "o/specs").iterdir())
    assert "order_no" in specs
    assert "Tables: 1 new" in ran.err
    wrong = dragoman("process", "call.txt", "--dictionary", "missing.sql")
    assert (wrong.code, "missing.sql" in wrong.err) == (2, True)
