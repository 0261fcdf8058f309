"""Bad input: a message that names the file and the way out, an exit code, nothing half-written."""

import json
import os
import wave
from pathlib import Path

import av
import numpy as np
import pytest

from pipeline import bootstrap

pytestmark = pytest.mark.slow  # every test starts the program

CALL = {
    "date": "2026-03-18",
    "lang": "en",
    "participants": [
        {"name": "Susan", "side": "client", "role": "manager"},
        {"name": "Alex", "side": "us", "role": "engineer"},
    ],
    "turns": [
        {"speaker": "Susan", "start": 0.0, "end": 4.0, "text": "Can we have a one click export?"},
        {"speaker": "Alex", "start": 5.0, "end": 7.0, "text": "Do you mean an Excel file?"},
        {"speaker": "Susan", "start": 8.0, "end": 9.0, "text": "Yes, Excel."},
    ],
}


def wav(path, seconds: float, rate: int = 16_000) -> None:
    """A silent recording."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(np.zeros(int(seconds * rate), np.int16).tobytes())


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(
    ("name", "content", "code", "says"),
    [
        ("no-such.mp3", None, 2, {"en": "does not exist", "zh": "没有"}),
        ("empty.mp3", b"", 2, {"en": "is empty", "zh": "空的"}),
        ("notes.mp3", b"only words, no sound " * 40, 2, {"en": "notes.mp3", "zh": "notes.mp3"}),
        ("packed.mp3", b"PK\x03\x04" + bytes(900), 2, {"en": "Unpack", "zh": "解压"}),
        ("odd.vtt", bytes(range(128, 256)) * 9, 2, {"en": "encoding", "zh": "编码"}),
        ("cut.json", b'{"turns": [{"speaker"', 2, {"en": "line 1", "zh": "第 1 行"}),
        ("settings.txt", b"client: A\nsystem: B", 2, {"en": "--as", "zh": "--as"}),
    ],
)
def test_a_file_that_does_not_hold_is_named(
    dragoman, tmp_path, language, name, content, code, says
):
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    ran = dragoman("process", path, "--model", "demo", language=language)
    assert ran.code == code
    assert name in ran.err
    assert says[language] in ran.err
    assert ran.out == ""
    assert not list((tmp_path / "out").rglob("*.json"))


def test_a_folder_is_no_recording(dragoman, tmp_path):
    ran = dragoman("process", tmp_path)
    assert ran.code == 2
    assert "is a folder" in ran.err


def test_silence_gives_no_words_and_says_so(dragoman, tmp_path):
    wav(tmp_path / "silent.wav", 12)
    ran = dragoman("process", tmp_path / "silent.wav", "--model", "demo")
    assert ran.code == 2
    assert "Nobody speaks" in ran.err


def test_a_wrong_project_file_names_field_and_line(dragoman, tmp_path):
    (tmp_path / "call.json").write_text(json.dumps(CALL))
    (tmp_path / "project.yaml").write_text("client: A\nparticipants:\n  - {name: B, side: boss}\n")
    ran = dragoman("process", tmp_path / "call.json", "--project", tmp_path / "project.yaml")
    assert ran.code == 2
    assert "line 3" in ran.err
    assert "participants[0].side" in ran.err


def test_an_output_that_cannot_be_a_folder_is_refused_before_the_work(dragoman, tmp_path):
    (tmp_path / "call.json").write_text(json.dumps(CALL))
    (tmp_path / "taken").write_text("a file")
    ran = dragoman("process", tmp_path / "call.json", "--out", tmp_path / "taken" / "x")
    assert ran.code == 2
    assert "Cannot write" in ran.err
    assert "--out" in ran.err


def test_a_model_that_cannot_be_had_names_the_ways(dragoman, tmp_path):
    wav(tmp_path / "call.wav", 2)
    ran = dragoman(
        "process", tmp_path / "call.wav", "--model", "small", HF_ENDPOINT="http://127.0.0.1:9"
    )
    assert ran.code == 3
    for way in ("HF_ENDPOINT", "ModelScope", "USB", "--model"):
        assert way in ran.err


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (["process"], 2, "FILE"),
        (["process", "call.json", "--engine", "llm"], 3, "rules"),
        (["process", "call.json", "--engine", "oracle"], 2, "oracle"),
        (["process", "call.json", "--to", "pdf"], 2, "docx"),
        (["process", "call.json", "--lang", "klingon"], 2, "klingon"),
        (["transcribe", "call.json", "--lang", "zh,xx"], 2, "xx"),
        (["process", "call.json", "--date", "18.3.2026"], 2, "date"),
        (["export", "01NOSUCHMEETING", "--to", "md"], 2, "01NOSUCHMEETING"),
        (["transcribe", "call.json", "--out", "x.pdf"], 2, ".vtt"),
        (["frobnicate"], 2, "frobnicate"),
    ],
)
def test_wrong_words_on_the_command_line_are_explained(dragoman, tmp_path, words, code, says):
    (tmp_path / "call.json").write_text(json.dumps(CALL))
    ran = dragoman(*words)
    assert ran.code == code
    assert says in ran.err


def test_of_several_files_the_good_ones_are_done(dragoman, tmp_path):
    (tmp_path / "call.json").write_text(json.dumps(CALL))
    ran = dragoman(
        "process", tmp_path / "call.json", tmp_path / "gone.vtt", "--out", "both", "--json"
    )
    assert ran.code == 4
    told = json.loads(ran.out)["meetings"]
    assert [one["status"] for one in told] == ["complete", "failed"]
    assert (tmp_path / "both" / "call" / "minutes.json").is_file()
    assert "gone.vtt" in ran.err


def test_a_setting_that_does_not_fit_is_named(dragoman, tmp_path):
    (tmp_path / "dragoman.toml").write_text('speech_batch = "many"\n')
    ran = dragoman("meetings")
    assert ran.code == 2
    assert "speech_batch" in ran.err


def test_a_settings_file_may_not_move_the_calls_elsewhere(dragoman, tmp_path):
    (tmp_path / "dragoman.toml").write_text('database_url = "sqlite:////tmp/other.db"\n')
    ran = dragoman("meetings")
    assert ran.code == 2
    assert "database_url" in ran.err


@pytest.mark.asr
def test_a_cut_recording_gives_what_was_heard_and_says_where_it_broke(dragoman, tmp_path):
    whole = (Path(bootstrap.demo_call("en").recording)).read_bytes()
    (tmp_path / "cut.opus").write_bytes(whole[: len(whole) // 5])
    ran = dragoman("process", tmp_path / "cut.opus", "--model", "demo", "--out", "made")
    assert ran.code == 4, ran.err
    minutes = json.loads((tmp_path / "made" / "minutes.json").read_bytes())
    assert minutes["status"] == "partial"
    assert "breaks off" in minutes["missing"][0]
    assert minutes["asks"]


def test_a_video_without_sound_is_told_apart_from_a_broken_file(dragoman, tmp_path):
    with av.open(str(tmp_path / "mute.mp4"), "w") as container:
        stream = container.add_stream("mpeg4", rate=10)
        stream.width, stream.height, stream.pix_fmt = 64, 64, "yuv420p"
        for _ in range(20):
            picture = av.VideoFrame.from_ndarray(np.zeros((64, 64, 3), np.uint8), format="rgb24")
            container.mux(stream.encode(picture))
        container.mux(stream.encode())
    ran = dragoman("process", tmp_path / "mute.mp4", "--model", "demo")
    assert ran.code == 2
    assert "mute.mp4" in ran.err
    assert "sound" in ran.err


def test_a_full_disk_while_a_recording_is_kept_leaves_nothing_half_written(dragoman, tmp_path):
    dragoman("meetings")
    wav(tmp_path / "call.wav", 60)
    ran = dragoman("process", tmp_path / "call.wav", "--model", "demo", largest=600_000)
    assert ran.code == 1
    assert "full" in ran.err or "room" in ran.err
    home = Path(os.environ["DRAGOMAN_HOME"])
    kept = [path for path in (home / "recordings").rglob("*") if path.is_file()]
    assert kept == []


def test_a_full_disk_while_documents_are_written_keeps_the_old_ones(dragoman, tmp_path):
    (tmp_path / "call.json").write_text(json.dumps(CALL))
    uid = dragoman("process", tmp_path / "call.json", "--to", "docx").out.split()[-1]
    dragoman("export", uid, "--to", "docx", "--out", "sent")
    before = (tmp_path / "sent" / "minutes.docx").read_bytes()
    assert len(before) > 33_000  # above what the database itself needs to be opened
    ran = dragoman("export", uid, "--to", "docx,xlsx", "--out", "sent", largest=33_000)
    assert ran.code != 0
    assert "minutes.docx" in ran.err or "sent" in ran.err
    names = {path.name for path in (tmp_path / "sent").iterdir()}
    assert (tmp_path / "sent" / "minutes.docx").read_bytes() == before
    assert names == {"minutes.docx", "specs.docx", ".dragoman.json"}
