"""Folders of recorded answers: none is trusted, and nothing of anybody else's is written over."""

import json
from pathlib import Path

import pytest

from evals.bench.scripted import refused
from tests.integration.llm.model import answering
from tests.integration.llm.recorded.folder import answers, manifest, read_json
from tests.integration.llm.test_whole_way import ANSWERS


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
    told = read_json(manifest)
    told["answers"]["../../call"] = "a" * 64
    manifest.write_text(json.dumps(told), encoding="utf-8")
    return manifest


def _redirect(folder: Path) -> Path:
    """A recording may not say where a question goes."""
    manifest = folder / "recording.json"
    told = read_json(manifest)
    told["questions"]["base_url"] = "http://127.0.0.1:1/v1"
    manifest.write_text(json.dumps(told), encoding="utf-8")
    return manifest


def _overdo(folder: Path) -> Path:
    manifest = folder / "recording.json"
    told = read_json(manifest)
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
    assert read_json(folder / "recording.json") == {"mine": True}
    assert server.asked == []


def test_a_new_recording_takes_the_place_of_the_earlier_one(record, call, tmp_path):
    record(home="a")
    before = set(answers(tmp_path))
    told = read_json(call)
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
        (["--engine", "recorded"], 2, "--answers"),
        (["--answers", "/nowhere/at/all"], 2, "/nowhere/at/all"),
        (["--engine", "rules", "--answers", "x"], 2, "rules"),
        (["--engine", "rules", "--record", "x"], 2, "--engine llm"),
        (["--queue", "--record", "x"], 2, "--queue"),
    ],
)
def test_what_does_not_go_together_is_said(process, words, code, part):
    ran = process(*words)
    assert ran.code == code
    assert part in ran.err
