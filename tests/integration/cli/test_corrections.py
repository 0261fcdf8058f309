"""`dragoman corrections`: what the list changed, taken back and changed again, by number."""

import json
from pathlib import Path

import pytest

CALL = """\
[00:00:01] 陈立: 我们决定单独做，那定单导出的范围是？
[00:00:05] 王敏: 我们想要一键导出定单，定单号要有。
"""
PROJECT = "client: 华露饮料\nsystem: 订单系统\ncorrections:\n  定单: 订单\n"

pytestmark = pytest.mark.slow


def test_places_are_listed_taken_back_and_changed(dragoman, tmp_path: Path):
    call, project = tmp_path / "call.txt", tmp_path / "project.yaml"
    call.write_text(CALL, encoding="utf-8")
    project.write_text(PROJECT, encoding="utf-8")
    out = ("--project", project, "--out", tmp_path / "out")
    meeting = dragoman("process", call, *out).out.split()[-1]
    listed = dragoman("corrections", meeting).out.splitlines()
    assert listed[0].startswith("1. not changed, may belong to a longer word  [00:01] 陈立: ")
    assert listed[-1] == "3 changed, 0 would be changed, 1 in doubt, 0 taken back."
    done = dragoman("corrections", meeting, "--undo", "3", "--change", "1", "--json")
    told = json.loads(done.out)
    assert [one["state"] for one in told["places"]] == [
        *("changed", "changed", "taken_back", "changed"),
    ]
    assert told["places"][2]["was"] == "定单"
    again = dragoman("corrections", meeting, "--apply", "--change", "3", language="zh")
    assert again.out.splitlines()[-1].startswith("已改 4 处")
    wrong = dragoman("corrections", meeting, "--change", "3")
    assert (wrong.code, wrong.out) == (2, "")
    assert "no place 3" in wrong.err
    assert dragoman("corrections", "nobody").code == 2


def test_a_wrong_list_ends_with_its_line(dragoman, tmp_path: Path):
    call, project = tmp_path / "call.txt", tmp_path / "project.yaml"
    call.write_text(CALL, encoding="utf-8")
    project.write_text(f"{PROJECT}  单: 单\n", encoding="utf-8")
    done = dragoman("process", call, "--project", project)
    assert done.code == 2
    assert "line 5" in done.err
    assert "corrections.单" in done.err
