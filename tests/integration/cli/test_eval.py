"""`dragoman eval` hands every word on and ends as the evals do."""

import json

import pytest

from tests.unit.evals.made_up import file

pytestmark = pytest.mark.slow


def test_calls_of_ones_own_are_measured_from_any_folder(dragoman, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "evals").mkdir()
    (tmp_path / "evals" / "__init__.py").write_text("raise SystemExit(9)", encoding="utf-8")
    (tmp_path / "mine" / "made-up-01.json").write_text(json.dumps(file()), encoding="utf-8")
    done = dragoman("eval", "--dataset", "mine", "--out", "report", "--json")
    assert done.code == 0, done.err
    assert json.loads(done.out)["calls"][0]["id"] == "made-up-01"
    assert (tmp_path / "report" / "report.html").is_file()


def test_bad_input_ends_in_2_in_the_language_of_the_reader(dragoman):
    done = dragoman("eval", "--dataset", "none", language="zh")
    assert done.code == 2
    assert "没有文件夹 none" in done.err


def test_its_help_is_that_of_the_evals(dragoman):
    done = dragoman("eval", "--help")
    assert done.code == 0
    assert "--write-baseline" in done.out
    assert "--open-sealed" in done.out
