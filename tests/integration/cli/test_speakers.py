"""`dragoman speakers`: what it lists, what it confirms and how it ends."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

CALL = """\
[00:00:01] 陈工: 那导出的范围是？
[00:00:05] 王总: 我们想要一键导出订单，按筛选出来的导就行。
[00:00:20] 说话人 3: 月底对账单最好能按部门汇总。
"""
PROJECT = """\
client: 宏达贸易
system: 订单系统
participants:
  - {name: 王建国, side: client, title: 总经理}
  - {name: 陈立, side: us}
"""

pytestmark = pytest.mark.slow


@pytest.fixture
def meeting(dragoman, tmp_path: Path) -> str:
    (tmp_path / "call.txt").write_text(CALL, encoding="utf-8")
    (tmp_path / "p.yaml").write_text(PROJECT, encoding="utf-8")
    done = dragoman("process", "call.txt", "--project", "p.yaml", "--out", "out")
    return done.out.split()[-1]


def test_speakers_are_listed_confirmed_and_known_in_the_next_minutes(
    dragoman, meeting: str, tmp_path: Path
):
    listed = json.loads(dragoman("speakers", meeting, "--json").out)
    assert listed["changed"] is None
    found = {one["label"]: one["suggestion"]["participant"] for one in listed["speakers"]}
    assert found == {"陈工": "陈立", "王总": "王建国", "说话人 3": None}
    done = dragoman(
        "speakers", meeting, "--suggested", "--is", "说话人 3=李敏", "--side", "说话人 3=client"
    )
    assert done.code == 0
    assert "李敏" in done.err
    assert "dragoman process" in done.err
    assert all(name in done.out for name in ("陈立", "王建国", "李敏"))
    dragoman("process", "call.txt", "--project", "p.yaml", "--out", "out")
    words = json.loads((tmp_path / "out" / "transcript.json").read_text(encoding="utf-8"))
    said = [(one["speaker"], one["side"]) for one in words["segments"]]
    assert said == [("陈立", "us"), ("王建国", "client"), ("李敏", "client")]
    minutes = json.loads((tmp_path / "out" / "minutes.json").read_text(encoding="utf-8"))
    assert {one["speaker"] for one in minutes["asks"]} <= {"王建国", "李敏"}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_does_not_hold_is_said_and_changes_nothing(dragoman, meeting: str, language: str):
    before = dragoman("speakers", meeting, "--json").out
    for given, named in (
        (("--is", "王总"), "王总"),
        (("--is", "赵总=王建国"), "赵总"),
        (("--is", "王总=李敏"), "李敏"),
        (("--side", "王总=them"), "them"),
        (("--is", "王总=王建国", "--side", "王总=us"), "王建国"),
    ):
        done = dragoman("speakers", meeting, *given, language=language)
        assert (done.code, done.out) == (2, "")
        assert named in done.err
    assert dragoman("speakers", "nope").code == 2
    assert dragoman("speakers", meeting, "--json").out == before


MUTE = """\
[00:00:01] 我们先看一下订单导出。
[00:00:05] 我们想要一键导出订单，按筛选出来的导就行。
[00:00:20] 月底对账单最好能按部门汇总。
"""


def test_turns_of_nobody_are_given_to_people_and_known_in_the_next_minutes(
    dragoman, tmp_path: Path
):
    (tmp_path / "p.yaml").write_text(PROJECT, encoding="utf-8")
    turns = [{"speaker": None, "start": at, "text": line[11:]} for at, line in _lines(MUTE)]
    (tmp_path / "call.json").write_text(json.dumps({"turns": turns}), encoding="utf-8")
    process = ("process", "call.json", "--project", "p.yaml", "--out", "out")
    meeting = dragoman(*process).out.split()[-1]
    looked = dragoman("speakers", meeting, "--turns", "1", "--is", "陈立")
    assert (looked.code, looked.out) == (2, "")
    assert "--yes" in looked.err
    assert "1 of 1 turn would" in looked.err
    done = dragoman(
        "speakers", meeting, "--from", "0", "--to", "00:04", "--is", "陈立", "--yes", "--json"
    )
    assert json.loads(done.out)["changed"] == {"turns": 1, "added": []}
    assert _agreed(tmp_path, "speakers", meeting, "--unnamed", "--is", "王建国") == 0
    dragoman(*process)
    words = json.loads((tmp_path / "out" / "transcript.json").read_text(encoding="utf-8"))
    assert [one["speaker"] for one in words["segments"]] == ["陈立", "王建国", "王建国"]
    minutes = json.loads((tmp_path / "out" / "minutes.json").read_text(encoding="utf-8"))
    assert {one["speaker"] for one in minutes["asks"]} == {"王建国"}


def _lines(text: str) -> list[tuple[int, str]]:
    return [(int(line[7:9]), line) for line in text.splitlines()]


def _agreed(folder: Path, *words: str) -> int:
    """Run it before a terminal at which somebody says yes; its exit code."""
    ours, theirs = os.openpty()
    run = subprocess.Popen(
        [sys.executable, "-c", "from ui.cli.main import main; main()", *words],
        cwd=folder,
        stdin=theirs,
        stdout=subprocess.DEVNULL,
    )
    os.write(ours, b"y\n")
    code = run.wait(110)
    os.close(ours)
    os.close(theirs)
    return code
