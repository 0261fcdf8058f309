"""A transcript goes in; minutes and specs come out, and the second time nothing is done again."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline import bootstrap
from pipeline import review as stage
from pipeline.models.actor import Actor
from pipeline.models.minutes import Minutes
from pipeline.models.spec import FeatureSpec
from pipeline.models.transcript import Transcript
from pipeline.service import meetings, review


@pytest.fixture
def call(tmp_path):
    path = tmp_path / "call.json"
    path.write_text(
        json.dumps(
            {
                "title": "导出",
                "date": "2026-03-18",
                "lang": "zh",
                "project": {"client": "澄江茶饮", "system": "云仓"},
                "participants": [
                    {"name": "王敏", "side": "client"},
                    {"name": "陈立", "side": "us"},
                ],
                "turns": [
                    {
                        "speaker": "王敏",
                        "start": 0,
                        "end": 3,
                        "text": "能不能给我们来个一键导出？财务催得很。",
                    },
                    {"speaker": "陈立", "start": 4, "end": 5, "text": "导成Excel吗？"},
                    {
                        "speaker": "王敏",
                        "start": 6,
                        "end": 9,
                        "text": "对，就要Excel，订单号和金额一定要有。",
                    },
                ],
            },
            ensure_ascii=False,
        ),
        encoding="utf-8",
    )
    return path


def test_process_writes_the_machine_contract(dragoman, tmp_path, call):
    ran = dragoman("process", call, "--out", "made", "--to", "docx,xlsx,html", language="zh")
    assert ran.code == 0, ran.err
    made = tmp_path / "made"
    names = {path.relative_to(made).as_posix() for path in made.rglob("*") if path.is_file()}
    assert {"transcript.json", "minutes.json", "minutes.md", "minutes.docx", "minutes.html",
            "specs.xlsx", "specs/S1.json", "specs/S1.md"} <= names  # fmt: skip
    transcript = Transcript.model_validate_json((made / "transcript.json").read_bytes())
    minutes = Minutes.model_validate_json((made / "minutes.json").read_bytes())
    spec = FeatureSpec.model_validate_json((made / "specs" / "S1.json").read_bytes())
    assert len(transcript.segments) == 3
    assert minutes.asks[0].spec == spec.id == "S1"
    assert "草稿" in (made / "minutes.md").read_text(encoding="utf-8")
    assert ran.out.strip().splitlines()[-1] == minutes.meeting


def test_json_prints_one_object_and_nothing_else(dragoman, call):
    ran = dragoman("process", call, "--json", "--out", "made")
    told = json.loads(ran.out)["meetings"][0]
    assert told["status"] == "complete"
    assert told["missing"] == []


def test_the_second_run_does_nothing_again_and_keeps_ids(dragoman, tmp_path, call):
    first = dragoman("process", call, "--out", "made")
    before = (tmp_path / "made" / "minutes.json").read_bytes()
    again = dragoman("process", call, "--out", "made")
    assert "kept from the last run" in again.err
    assert "✓" not in again.err
    assert (tmp_path / "made" / "minutes.json").read_bytes() == before
    assert first.out.split()[-1] == again.out.split()[-1]


def test_meetings_lists_it_and_export_writes_it(dragoman, tmp_path, call):
    uid = dragoman("process", call).out.split()[-1]
    assert uid[-6:] in dragoman("meetings").out
    ran = dragoman("export", uid[-6:], "--to", "docx", "--out", "sent")
    assert ran.code == 0, ran.err
    assert (tmp_path / "sent" / "minutes.docx").stat().st_size > 5000


@pytest.mark.parametrize("suffix", ["json", "vtt", "srt", "txt"])
def test_transcribe_writes_every_form(dragoman, tmp_path, call, suffix):
    ran = dragoman("transcribe", call, "--out", f"words.{suffix}")
    assert ran.code == 0, ran.err
    assert "一键导出" in (tmp_path / f"words.{suffix}").read_text(encoding="utf-8")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_help_and_doctor_speak_both_languages(dragoman, language):
    told = dragoman("--help", language=language)
    assert told.code == 0
    assert ("把客户通话变成纪要" in told.out) == (language == "zh")
    doctor = dragoman("doctor", language=language)
    assert ("数据文件夹" in doctor.out) == (language == "zh")


def test_the_schemas_are_printed(dragoman):
    for name in ("transcript", "minutes", "spec", "project"):
        assert json.loads(dragoman("schema", name).out)["$schema"].startswith("https://json-schema")


@pytest.mark.slow
def test_text_of_a_call_cannot_steer_the_terminal(dragoman, tmp_path):
    evil = "\x1b]0;owned\x07\x1b[31mCan we have a one click export?\u202e"
    call = {"title": evil, "turns": [{"speaker": "\x1b[2JSusan", "text": evil, "side": "client"}]}
    path = tmp_path / "evil.json"
    path.write_text(json.dumps(call))
    for ran in (dragoman("process", path), dragoman("transcribe", path), dragoman("meetings")):
        assert ran.code == 0, ran.err
        assert not set("\x1b\x07\u202e") & set(ran.out + ran.err)


def test_two_files_of_one_name_do_not_share_a_folder(dragoman, tmp_path, call):
    other = tmp_path / "b" / "call.json"
    other.parent.mkdir()
    other.write_text(json.dumps({"turns": [{"speaker": "A", "text": "We need an export."}]}))
    ran = dragoman("process", call, other, "--out", "made", "--json")
    assert [Path(one["out"]).name for one in json.loads(ran.out)["meetings"]] == ["call", "call-2"]
    first = json.loads((tmp_path / "made" / "call" / "minutes.json").read_bytes())
    second = json.loads((tmp_path / "made" / "call-2" / "minutes.json").read_bytes())
    assert first["meeting"] != second["meeting"]


@pytest.mark.slow
def test_no_spec_of_an_earlier_export_stays_unless_somebody_changed_it(dragoman, tmp_path, call):
    dragoman("process", call, "--out", "made")
    specs = tmp_path / "made" / "specs"
    (specs / "S1.md").write_text("my notes", encoding="utf-8")
    (specs / "mine.txt").write_text("keep", encoding="utf-8")
    other = tmp_path / "other.json"
    other.write_text(json.dumps({"turns": [{"speaker": "A", "text": "Good morning, all."}]}))
    assert dragoman("process", other, "--out", "made").code == 0
    assert {path.name for path in specs.iterdir()} == {"S1.md", "mine.txt"}


@pytest.mark.slow
def test_what_a_file_says_in_another_projects_name_changes_nothing_there(dragoman, tmp_path, call):
    uid = dragoman("process", call, "--out", "made").out.split()[-1]
    project = json.loads((tmp_path / "made" / "specs" / "S1.json").read_bytes())["project"]
    evil = {
        "project": {"uid": project, "client": "Evil"},
        "turns": [{"speaker": "A", "text": "Hi"}],
    }
    (tmp_path / "evil.json").write_text(json.dumps(evil))
    dragoman("process", tmp_path / "evil.json")
    lines = dragoman("meetings").out.splitlines()
    assert "澄江茶饮" in next(line for line in lines if uid in line)


def test_turns_that_were_not_understood_make_the_minutes_partial(dragoman, tmp_path):
    turns = [{"speaker": "A", "text": "We need an export."}, {"speaker": "B", "content": "Lost"}]
    (tmp_path / "call.json").write_text(json.dumps({"turns": turns}))
    ran = dragoman("process", tmp_path / "call.json", "--json")
    assert ran.code == 4
    assert "not understood: 1;" in json.loads(ran.out)["meetings"][0]["missing"][0]


@pytest.mark.slow
def test_a_document_somebody_changed_is_kept_when_it_is_written_over(dragoman, tmp_path, call):
    dragoman("process", call, "--out", "made")
    minutes = tmp_path / "made" / "minutes.md"
    made = minutes.read_bytes()
    minutes.write_text("my evening's work", encoding="utf-8")
    assert dragoman("process", call, "--out", "made").code == 0
    assert minutes.read_bytes() == made
    kept = tmp_path / "made" / "minutes.edited.md"
    assert kept.read_text(encoding="utf-8") == "my evening's work"
    dragoman("process", call, "--out", "made")
    assert [path.name for path in minutes.parent.glob("*.edited*")] == ["minutes.edited.md"]


@pytest.mark.asr
@pytest.mark.slow
def test_ctrl_c_says_that_nothing_is_lost(tmp_path):
    words = ["-c", "from ui.cli.main import main; main()", "demo", "--lang", "en"]
    running = subprocess.Popen(
        [sys.executable, *words],
        cwd=tmp_path,
        env={**os.environ, "DRAGOMAN_LANGUAGE": "en"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert running.stderr is not None
    assert b"bundled call" in running.stderr.readline()
    running.send_signal(signal.SIGINT)
    _, told = running.communicate(timeout=60)
    assert running.returncode == 130
    assert b"What was finished is kept" in told


def test_an_export_tells_what_is_weak_in_a_spec_as_it_is_now(dragoman, tmp_path, call):
    ran = dragoman("process", call, "--out", "made", language="zh")
    meeting = ran.out.split()[-1]
    house, me = bootstrap.house(bootstrap.settings()), Actor(id="u1", name="陈立", via="test")
    spec = meetings.view(me, house, meeting).specs[0]
    place = f"rules[{len(spec.rules)}]"
    edit = stage.propose(spec, "set", field=place, after="导出订单号、金额等")
    review.edit(me, house, meeting, edit)
    house.tools.store.close()
    ran = dragoman("export", meeting, "--to", "json,md", "--out", "later", language="zh")
    assert ran.code == 0, ran.err
    told = FeatureSpec.read_json((tmp_path / "later/specs/S1.json").read_bytes())
    assert [(one.severity, one.slot) for one in told.findings if one.severity == "error"] == [
        ("error", place)
    ]
    reason = next(one.reason for one in told.findings if one.slot == place)
    assert reason in (tmp_path / "later/specs/S1.md").read_text(encoding="utf-8")
