"""Connecting a model without a desk, and who takes that up."""

import json
import os
import subprocess
import sys
import tomllib

import pytest

from evals.bench.scripted import refused, serving

KEY = "sk-not-for-anybody-0042"


@pytest.fixture
def own(tmp_path, monkeypatch):
    """The folder of this person's two files."""
    for name in ("secrets", "settings"):
        monkeypatch.setenv(f"DRAGOMAN_{name.upper()}", str(tmp_path / "own" / f"{name}.toml"))
    return tmp_path / "own"


def with_key(*words):
    done = subprocess.run(
        [sys.executable, "-c", "from ui.cli.main import main; main()", "model", "set", *words],
        input=f"{KEY}\n",
        text=True,
        capture_output=True,
        check=False,
        env={**os.environ, "DRAGOMAN_LANGUAGE": "en"},
    )
    assert KEY not in done.stdout + done.stderr
    return done


def read(path):
    return tomllib.loads(path.read_text(encoding="utf-8"))


def test_a_preset_with_a_key_from_stdin_is_written_and_its_next_step_told(own):
    ran = with_key("--preset", "deepseek", "--engine", "llm", "--key")
    assert (ran.returncode, ran.stdout) == (0, "")
    assert "dragoman doctor" in ran.stderr
    assert read(own / "secrets.toml") == {
        "model_url": "https://api.deepseek.com/v1",
        "model_name": "deepseek-chat",
        "model_key": KEY,
    }
    assert read(own / "settings.toml")["engine"] == "llm"


def test_what_wins_over_it_is_said(dragoman, own, tmp_path):
    (tmp_path / "dragoman.toml").write_text('model_mode = "text"\n', encoding="utf-8")
    ran = dragoman("model", "set", "--preset", "ollama", DRAGOMAN_MODEL_NAME="other")
    assert ran.code == 0
    assert "model_name is also set by DRAGOMAN_MODEL_NAME" in ran.err
    assert "model_mode is also set by dragoman.toml" in ran.err


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(
    "words", [(), ("--key", "--forget-key"), ("--url", "nowhere"), ("--engine", "llm")]
)
def test_what_cannot_be_is_refused_and_nothing_written(dragoman, own, words, language):
    ran = dragoman("model", "set", *words, language=language)
    assert ran.code == 2
    assert ran.err.strip()
    assert not own.exists()


def test_a_worker_takes_up_another_model_without_a_new_start(dragoman, own, tmp_path):
    for number in (1, 2):
        name = f"call{number}.txt"
        (tmp_path / name).write_text(f"王敏: 能不能加个导出{number}？\n", encoding="utf-8")
    done = [sys.executable, "-c", "from ui.cli.main import main; main()", "worker"]
    env = {**os.environ, "DRAGOMAN_LANGUAGE": "en", "DRAGOMAN_WORKER_HEARTBEAT": "1"}
    dragoman("process", "--queue", "call1.txt")
    with serving() as server, subprocess.Popen(done, env=env, cwd=tmp_path) as worker:
        server.otherwise = refused(401, "wrong key")
        try:
            assert state(dragoman, 1) == ["succeeded"]
            assert server.asked == []
            dragoman("model", "set", "--url", server.url, "--name", "m", "--engine", "llm")
            dragoman("process", "--queue", "call2.txt")
            assert sorted(state(dragoman, 2)) == ["failed", "succeeded"]
            assert server.asked
        finally:
            worker.terminate()


def state(dragoman, count):
    """The states of all jobs once so many have ended."""
    for _ in range(60):
        states = [one["state"] for one in json.loads(dragoman("jobs", "--json").out)["jobs"]]
        if sum(one in ("succeeded", "failed") for one in states) == count:
            return states
    return states


def test_a_model_that_is_set_half_keeps_neither_the_worker_nor_the_desk_from_starting(
    dragoman, own, tmp_path
):
    (tmp_path / "call.txt").write_text("王敏: 能不能加个导出？\n", encoding="utf-8")
    meeting = dragoman("process", "--queue", "call.txt").out.strip()
    ran = dragoman("worker", "--until-done", DRAGOMAN_ENGINE="llm")
    assert ran.code == 4
    assert "No model endpoint is set" in ran.err
    assert (
        "No model endpoint is set" in dragoman("jobs", "show", meeting).out + dragoman("jobs").out
    )
