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


@pytest.mark.slow
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


@pytest.mark.slow
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


def said_of(ran):
    """The lines of a change, without where the files are."""
    return [line.split(" (in ")[0].split(" (from ")[0] for line in ran.err.splitlines()]


def test_exactly_what_was_changed_is_said(dragoman, own):
    ran = dragoman("model", "set", "--engine", "rules")
    assert said_of(ran) == ["Nothing was changed: all of it stood there already."]
    ran = dragoman("model", "set", "--url", "https://m.example/v1", "--name", "m")
    assert said_of(ran)[:2] == [
        "Set: model_name = m",
        "Set: model_url = https://m.example/v1",
    ]
    assert "settings.toml" not in ran.err
    ran = dragoman("model", "set", "--url", "", "--name", "")
    assert said_of(ran) == ["Removed: model_name", "Removed: model_url"]
    ran = dragoman("model", "set", "--forget-key")
    assert said_of(ran) == ["Nothing was changed: no key was set."]
    ran = dragoman("model", "set", "--price-in", "2.5", "--budget", "3")
    assert said_of(ran) == ["Set: model_budget = 3", "Set: model_price_in = 2.5"]
    assert said_of(dragoman("model", "set", "--budget", "0")) == ["Removed: model_budget"]


def test_a_key_that_is_set_is_told_and_not_shown(dragoman, own):
    assert "Set: the key (not shown; in " in with_key("--preset", "deepseek", "--key").stderr
    shown = dragoman("model", "show").out
    assert KEY not in shown
    assert "model_key = set " in shown
    assert "model_url = https://api.deepseek.com/v1 " in shown
    ran = dragoman("model", "set", "--forget-key")
    assert "Removed: model_key" in ran.err
    assert "model_key = not set " in dragoman("model", "show").out


def test_what_a_preset_had_set_and_stays_for_another_model_is_named(dragoman, own):
    dragoman("model", "set", "--preset", "deepseek")
    ran = dragoman("model", "set", "--url", "https://m.example/v1", "--name", "m")
    assert "set for DeepSeek and stay: model_mode = json_object, model_context = 64000" in ran.err
    assert "stay" not in dragoman("model", "set", "--preset", "ollama").err


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_values_that_an_option_takes_are_listed(dragoman, own, language):
    ran = dragoman("model", "set", "--preset", "foo", language=language)
    assert ran.code == 2
    assert "openai, deepseek, dashscope, ollama" in ran.err
    ran = dragoman("model", "set", "--engine", "recorded", language=language)
    assert "rules, llm" in ran.err


@pytest.mark.parametrize("language", ["en", "zh"])
def test_an_empty_key_is_called_empty(own, language):
    done = subprocess.run(
        [sys.executable, "-c", "from ui.cli.main import main; main()", "model", "set", "--key"],
        stdin=subprocess.DEVNULL,
        text=True,
        capture_output=True,
        check=False,
        env={**os.environ, "DRAGOMAN_LANGUAGE": language},
    )
    assert done.returncode == 2
    assert {"en": "was empty", "zh": "是空的"}[language] in done.stderr
    assert not own.exists()


def test_an_address_that_is_probably_not_meant_gets_a_hint(dragoman, own):
    ran = dragoman("model", "set", "--url", "http://127.0.0.1:18080")
    assert ran.code == 0
    assert "has no /v1 at its end; most models need it: http://127.0.0.1:18080/v1" in ran.err
    assert "not encrypted" not in ran.err
    ran = dragoman("model", "set", "--url", "http://10.0.0.5:8000/v1")
    assert "no /v1" not in ran.err
    assert "http://10.0.0.5:8000/v1 is another computer" in ran.err
