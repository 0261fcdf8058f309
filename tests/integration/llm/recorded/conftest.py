"""`dragoman process` with a scripted model that is recorded, or with what was recorded."""

import contextlib
import io
import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.integration.llm.model import TALK, answering
from tests.integration.llm.recorded.folder import Ran, read_json
from tests.integration.llm.test_whole_way import ANSWERS
from ui.cli.main import main

PEOPLE = [("王敏", "client"), ("陈立", "us"), ("周强", "us")]


@pytest.fixture
def call(tmp_path: Path) -> Path:
    file = tmp_path / "call.json"
    told = {
        "date": "2026-03-18",
        "turns": [{"speaker": who, "text": text} for who, _, text in TALK],
        "participants": [{"name": name, "side": side} for name, side in PEOPLE],
    }
    file.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    return file


@pytest.fixture
def process(tmp_path: Path, call: Path) -> Callable[..., Ran]:
    """`dragoman process`; each `home` is a machine of its own. Nothing is set for a model."""

    def run(*more: str, home: str = "one", **environment: str) -> Ran:
        out = tmp_path / "out"
        shutil.rmtree(out, ignore_errors=True)
        words = ["dragoman", "process", str(call), "--json", "--out", str(out), *more]
        told, err = io.StringIO(), io.StringIO()
        with (
            contextlib.redirect_stdout(told),
            contextlib.redirect_stderr(err),
            pytest.MonkeyPatch.context() as patch,
        ):
            patch.chdir(tmp_path)
            patch.setattr(sys, "argv", words)
            patch.setenv("DRAGOMAN_HOME", str(tmp_path / home))
            for name, value in environment.items():
                patch.setenv(name, value)
            with pytest.raises(SystemExit) as ended:
                main()
        (meeting,) = json.loads(told.getvalue() or "{}").get("meetings", [{"missing": []}])
        minutes = read_json(out / "minutes.json") if (out / "minutes.json").is_file() else {}
        specs = {path.stem: read_json(path) for path in out.glob("specs/*.json")}
        return Ran(int(str(ended.value)), minutes, specs, meeting["missing"], err.getvalue())

    return run


@pytest.fixture
def record(process, server, tmp_path) -> Callable[..., Ran]:
    """A run that is recorded, in a home of its own."""

    def run(*more: str, home: str = "recording", say=ANSWERS, **environment: str) -> Ran:
        server.otherwise = answering(**say)
        told = {"DRAGOMAN_MODEL_URL": server.url, "DRAGOMAN_MODEL_NAME": "m"} | environment
        answers = str(tmp_path / "answers")
        return process("--engine", "llm", "--record", answers, *more, home=home, **told)

    return run


@pytest.fixture
def replay(process, tmp_path) -> Callable[..., Ran]:
    def run(*more: str, home: str = "replaying", **environment: str) -> Ran:
        answers = str(tmp_path / "answers")
        words = ("--engine", "recorded", "--answers", answers)
        return process(*words, *more, home=home, **environment)

    return run
