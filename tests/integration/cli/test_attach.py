"""`dragoman attach`: what it says and how it ends."""

from pathlib import Path

import pytest

CALL = """\
[00:00:01] 陈立: 那导出的范围是？
[00:00:05] 王敏: 我们想要一键导出订单，按筛选出来的导就行。
[00:00:20] 陈立: 好，这个就这么定。
"""

pytestmark = pytest.mark.slow


@pytest.fixture
def meeting(dragoman, tmp_path: Path) -> str:
    call = tmp_path / "call.txt"
    call.write_text(CALL, encoding="utf-8")
    return dragoman("process", call, "--out", tmp_path / "out").out.split()[-1]


def test_a_file_is_attached_exported_and_taken_off(dragoman, meeting: str, tmp_path: Path):
    file = tmp_path / "样表.xlsx"
    file.write_bytes(b"sheet")
    done = dragoman("attach", meeting, "S1", file)
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines()[-1].split()[0] == "样表.xlsx"
    out = tmp_path / "again"
    assert dragoman("export", meeting, "--to", "feature,openspec", "--out", out).code == 0
    assert [path.read_bytes() for path in out.glob("attachments/*/*")] == [b"sheet"]
    assert (out / "evidence.json").is_file()
    assert dragoman("attach", meeting, "S1", "样表.xlsx", "--remove").code == 0


def test_what_is_not_there_is_named(dragoman, meeting: str, tmp_path: Path):
    for given in (("S1", tmp_path / "no.png"), ("S99", tmp_path / "call.txt")):
        done = dragoman("attach", meeting, *given)
        assert done.code == 2
        assert Path(given[1]).name in done.err or given[0] in done.err
        assert "Traceback" not in done.err
