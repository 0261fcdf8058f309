"""`dragoman join`: what it shows, when it asks, and how it ends."""

import json
from pathlib import Path

import pytest

TURNS = (
    ("周岚", "上周盘点的时候，报损单一共打了三遍，仓库那边都没有收到。"),
    ("何平", "三遍都是从同一台机器上打出来的吗？"),
    ("周岚", "对，都是二号窗口，后来我们只好抄在本子上。"),
    ("周岚", "还有一个，冷柜的温度记录我们想每天早上八点自动发给店长。"),
    ("何平", "这个要看设备能不能联网，我先记下来，周五之前答复您。"),
)
STRANGE = "".join(f"[00:00:0{at}] 站务: 第{at}站的站台门今天检修。\n" for at in range(9))

pytestmark = pytest.mark.slow


@pytest.fixture
def meeting(dragoman, tmp_path: Path) -> str:
    """Heard without names, as far as the command can tell."""
    heard = [
        {"start": at * 10, "end": at * 10 + 8, "text": text.replace("报", "抱").strip("。")}
        for at, (_, text) in enumerate(TURNS)
    ]
    call = tmp_path / "heard.json"
    call.write_text(json.dumps({"turns": heard}, ensure_ascii=False), encoding="utf-8")
    return dragoman("process", call, "--out", tmp_path / "out").out.split()[-1]


@pytest.fixture
def export(tmp_path: Path) -> Path:
    lines = [f"[00:03:{at * 10:02d}] {who}: {text}" for at, (who, text) in enumerate(TURNS)]
    file = tmp_path / "export.txt"
    file.write_text("\n".join(lines), encoding="utf-8")
    return file


def test_it_is_shown_joined_and_taken_apart(dragoman, meeting: str, export: Path, tmp_path: Path):
    shown = dragoman("join", meeting, export)
    assert shown.code == 2
    assert "03:00 before" in shown.err
    assert "--yes" in shown.err
    assert shown.out == ""
    seen = json.loads(dragoman("join", meeting, export, "--json").out)
    assert (seen["joined"], seen["text"], seen["agreement"]["same"]) == (False, "theirs", True)
    done = dragoman("join", meeting, export, "--yes", "--json")
    assert json.loads(done.out)["joined"] is True
    assert done.err == ""
    again = dragoman("process", tmp_path / "heard.json", "--out", tmp_path / "again")
    assert again.out.split()[-1] == meeting
    transcript = json.loads((tmp_path / "again" / "transcript.json").read_text(encoding="utf-8"))
    told = [(one["speaker"], one["start"]) for one in transcript["segments"]]
    assert told == [(who, at * 10.0) for at, (who, _) in enumerate(TURNS)]
    assert dragoman("join", meeting, export).code == 2
    back = dragoman("join", meeting, "--apart", language="zh")
    assert (back.code, back.err) == (0, "")
    assert dragoman("join", meeting, "--apart").code == 2


def test_what_does_not_fit_is_named(dragoman, meeting: str, export: Path, tmp_path: Path):
    strange = tmp_path / "strange.txt"
    strange.write_text(STRANGE, encoding="utf-8")
    for given, said in (
        ((strange, "--yes"), "strange.txt"),
        ((tmp_path / "no.txt",), "no.txt"),
        ((export, "--text", "mine"), "mine"),
        ((export, "--apart"), "--apart"),
        ((meeting, "--yes"), "itself"),
        (("NOSUCH", "--yes"), "NOSUCH"),
    ):
        done = dragoman("join", meeting, *given)
        assert (done.code, done.out) == (2, "")
        assert said in done.err
