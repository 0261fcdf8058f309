"""Answers of a model written into a folder and replayed from it, on the command line."""

import contextlib
import hashlib
import io
import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from evals.bench.scripted import refused, said
from tests.integration.llm.model import NOTHING, SPEC, TALK, answering
from tests.integration.llm.test_whole_way import ANSWERS
from ui.cli.main import main

PEOPLE = [("王敏", "client"), ("陈立", "us"), ("周强", "us")]


class Ran(NamedTuple):
    code: int
    minutes: dict
    specs: dict
    missing: list[str]
    err: str


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
        minutes = _json(out / "minutes.json") if (out / "minutes.json").is_file() else {}
        specs = {path.stem: _json(path) for path in out.glob("specs/*.json")}
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
        words = ("--engine", "recorded", "--recording", answers)
        return process(*words, *more, home=home, **environment)

    return run


def _json(path: Path) -> dict:
    return json.loads(path.read_text(encoding="utf-8"))


def manifest(tmp_path: Path) -> dict:
    return _json(tmp_path / "answers" / "recording.json")


def answers(tmp_path: Path) -> dict[str, dict]:
    return {path.stem: _json(path) for path in (tmp_path / "answers" / "answers").iterdir()}


def texts(ran: Ran) -> tuple[list, list]:
    """What minutes and specs say, without what names this very run."""
    kinds = ("asks", "decisions", "actions", "risks", "questions", "conflicts", "concerns")
    items = [
        (kind, one["text"], [(e["quote"], e["match"]) for e in one["evidence"]])
        for kind in kinds
        for one in ran.minutes[kind]
    ]
    specs = [
        (one["title"], one["limits"], [q["question"] for q in one["open_questions"]])
        for _, one in sorted(ran.specs.items())
    ]
    for _, limits, _ in specs:
        for limit in limits:
            for one in limit["evidence"]:
                one["meeting"] = ""
    return items, specs


def test_a_recorded_run_is_replayed_without_a_model(record, replay, server, tmp_path):
    first = record()
    assert (first.code, first.missing) == (0, []), first.err
    asked = len(server.asked)
    assert len(answers(tmp_path)) == asked
    second = replay()
    assert (second.code, second.missing) == (0, []), second.err
    assert len(server.asked) == asked
    assert texts(second) == texts(first)
    assert second.minutes["summary"] == first.minutes["summary"]
    assert {one["origin_engine"] for one in second.minutes["asks"]} == {"recorded"}
    assert {one["origin_engine"] for one in second.specs.values()} == {"recorded"}
    assert first.minutes["recorded_from"] is None
    assert second.minutes["recorded_from"]["model"] == "m"


def test_the_folder_tells_what_it_is_and_holds_no_address_and_no_key(record, server, tmp_path):
    record(DRAGOMAN_MODEL_KEY="sk-1", DRAGOMAN_MODEL_CONTEXT="16000")
    told = manifest(tmp_path)
    assert told["schema"] == "dragoman/recording/v1"
    assert told["model"] == "m"
    assert told["answered_by"]
    assert told["recorded_at"].endswith("Z")
    assert told["questions"] == {
        "context": 16_000,
        "answer_tokens": 8_000,
        "steps": "whole",
        "hide": "numbers",
    }
    assert len(told["calls"]) == 1
    sites = {one["site"] for one in answers(tmp_path).values()}
    assert {label.split("@")[0] for label in told["prompts"]} == sites >= {"asks", "specify"}
    for name, sha256 in told["answers"].items():
        file = tmp_path / "answers" / "answers" / f"{name}.json"
        assert hashlib.sha256(file.read_bytes()).hexdigest() == sha256
    every = "".join(path.read_text("utf-8") for path in tmp_path.glob("answers/**/*.json"))
    assert "127.0.0.1" not in every
    assert "sk-1" not in every


def test_what_was_answered_before_is_recorded_too(process, record, replay, server, tmp_path):
    server.otherwise = answering(**ANSWERS)
    told = {"DRAGOMAN_MODEL_URL": server.url, "DRAGOMAN_MODEL_NAME": "m"}
    assert process("--engine", "llm", home="recording", **told).code == 0
    asked = len(server.asked)
    assert record().code == 0
    assert len(server.asked) == asked
    assert len(answers(tmp_path)) == asked
    assert replay().code == 0


def test_a_question_has_one_digest_whoever_is_asked_however(record, server, tmp_path):
    record(home="a")
    before = set(answers(tmp_path))
    record(
        home="b",
        DRAGOMAN_MODEL_NAME="another",
        DRAGOMAN_MODEL_KEY="sk-2",
        DRAGOMAN_MODEL_AT_ONCE="1",
        DRAGOMAN_MODEL_KEEP_BOUNDS="true",
        DRAGOMAN_MODEL_URL=server.url.replace("127.0.0.1", "localhost"),
    )
    assert manifest(tmp_path)["model"] == "another"
    assert set(answers(tmp_path)) == before


@pytest.mark.parametrize(
    "told",
    [
        {"DRAGOMAN_MODEL_HIDE": "names", "DRAGOMAN_MODEL_CONTEXT": "12000"},
        {"DRAGOMAN_MODEL_STEPS": "small"},
    ],
)
def test_questions_are_made_as_when_they_were_recorded(record, replay, told):
    rest = dict.fromkeys(("Settled", "Open", "Uneasy"), NOTHING["Rest"])
    say = ANSWERS | rest | {"SpecFacts": SPEC, "SpecAsked": SPEC}
    assert record(say=say, **told).code == 0
    assert replay().code == 0
    others = {"DRAGOMAN_MODEL_HIDE": "nothing", "DRAGOMAN_MODEL_CONTEXT": "9000"}
    assert replay(home="other", **others).code == 0


def test_signs_stay_in_the_folder_and_words_come_back(record, replay, tmp_path):
    told = SPEC | {"title": "⟦PERSON_1⟧要的导出"}
    record(say=ANSWERS | {"WireSpec": told}, DRAGOMAN_MODEL_HIDE="names")
    kept = [one["text"] for one in answers(tmp_path).values() if one["site"] == "specify"]
    assert all("⟦PERSON_1⟧" in json.loads(text)["title"] for text in kept)
    assert {one["title"] for one in replay().specs.values()} == {"王敏要的导出"}


def test_another_call_has_no_answers_and_says_so(record, replay, call):
    record()
    told = _json(call)
    told["turns"][1]["text"] = "我想要别的。"
    call.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    ran = replay()
    assert ran.code == 3
    assert "holds no answer" in ran.err
    assert "Traceback" not in ran.err


def test_a_question_without_an_answer_leaves_the_rest(record, replay, tmp_path):
    record()
    folder = tmp_path / "answers"
    lost = next(name for name, one in answers(tmp_path).items() if one["site"] == "specify")
    told = manifest(tmp_path)
    del told["answers"][lost]
    (folder / "recording.json").write_text(json.dumps(told), encoding="utf-8")
    ran = replay()
    assert ran.code == 4
    assert len(ran.specs) == 1
    assert len(ran.missing) == 1
    assert str(folder) in ran.missing[0]


def test_a_question_that_was_too_much_is_halved_again(record, replay, server, call, tmp_path):
    told = _json(call)
    told["turns"] = told["turns"] * 3
    call.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")

    def asks(body):
        whole = body["messages"][-1]["content"].count('{"t": ') > 30
        return said("{", finish="length") if whole else {"asks": [], "last_turn_seen": None}

    first = record(say=ANSWERS | {"Asks": asks})
    assert first.code == 0, first.err
    faults = [one["fault"] for one in answers(tmp_path).values() if one["fault"]]
    assert faults == ["cut_off"]
    second = replay()
    assert (second.code, texts(second)) == (0, texts(first))


def _lose(folder: Path) -> Path:
    lost = next((folder / "answers").iterdir())
    lost.unlink()
    return lost


def _change(folder: Path) -> Path:
    changed = next((folder / "answers").iterdir())
    changed.write_text(changed.read_text("utf-8").replace('"text"', ' "text"'), encoding="utf-8")
    return changed


def _spoil(folder: Path) -> Path:
    manifest = folder / "recording.json"
    manifest.write_bytes(manifest.read_bytes()[:200])
    return manifest


def _lead_out(folder: Path) -> Path:
    """A name that is no digest may not lead to any other file."""
    manifest = folder / "recording.json"
    told = _json(manifest)
    told["answers"]["../../call"] = "a" * 64
    manifest.write_text(json.dumps(told), encoding="utf-8")
    return manifest


def _redirect(folder: Path) -> Path:
    """A recording may not say where a question goes."""
    manifest = folder / "recording.json"
    told = _json(manifest)
    told["questions"]["base_url"] = "http://127.0.0.1:1/v1"
    manifest.write_text(json.dumps(told), encoding="utf-8")
    return manifest


def _overdo(folder: Path) -> Path:
    manifest = folder / "recording.json"
    told = _json(manifest)
    told["questions"]["context"] = -1
    manifest.write_text(json.dumps(told), encoding="utf-8")
    return manifest


@pytest.mark.parametrize("spoil", [_lose, _change, _spoil, _lead_out, _redirect, _overdo])
def test_a_damaged_recording_is_refused_by_the_name_of_its_file(record, replay, spoil, tmp_path):
    record()
    file = spoil(tmp_path / "answers")
    ran = replay()
    assert ran.code == 2
    assert file.name in ran.err
    assert "Traceback" not in ran.err


def test_a_folder_that_is_no_recording_is_not_written_over(record, server, tmp_path):
    folder = tmp_path / "answers"
    folder.mkdir()
    (folder / "recording.json").write_text('{"mine": true}', encoding="utf-8")
    ran = record()
    assert ran.code == 2
    assert _json(folder / "recording.json") == {"mine": True}
    assert server.asked == []


def test_a_new_recording_takes_the_place_of_the_earlier_one(record, call, tmp_path):
    record(home="a")
    before = set(answers(tmp_path))
    told = _json(call)
    told["turns"][0]["text"] = "王经理您好。"
    call.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    record(home="b")
    now = set(answers(tmp_path))
    assert before - now
    assert set(manifest(tmp_path)["answers"]) == now


def test_where_nobody_answers_an_earlier_recording_stays(record, replay, tmp_path):
    record(home="a")
    before = manifest(tmp_path)
    no = dict.fromkeys(("Asks", "Rest"), refused(401, "no such key"))
    assert record(home="b", say=no).code == 3
    assert manifest(tmp_path) == before
    assert replay().code == 0


def test_a_place_that_cannot_be_written_is_named(process, server, tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    server.otherwise = answering(**ANSWERS)
    told = {"DRAGOMAN_MODEL_URL": server.url, "DRAGOMAN_MODEL_NAME": "m"}
    ran = process("--engine", "llm", "--record", str(tmp_path / "file" / "in"), **told)
    assert ran.code == 2
    assert "--record" in ran.err
    assert "Traceback" not in ran.err


@pytest.mark.parametrize(
    ("words", "code", "part"),
    [
        (["--engine", "recorded"], 2, "--recording"),
        (["--recording", "/nowhere/at/all"], 2, "/nowhere/at/all"),
        (["--engine", "rules", "--recording", "x"], 2, "rules"),
        (["--engine", "rules", "--record", "x"], 2, "--engine llm"),
        (["--queue", "--record", "x"], 2, "--queue"),
    ],
)
def test_what_does_not_go_together_is_said(process, words, code, part):
    ran = process(*words)
    assert ran.code == code
    assert part in ran.err
