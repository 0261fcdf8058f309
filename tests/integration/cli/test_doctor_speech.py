"""What the doctor says of speech models: which are here, how big, how fast; really tried."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from evals.bench.mute_model import SIZES, build
from pipeline import bootstrap, hearing
from pipeline.engines.speech.shelf import described, shelved
from pipeline.engines.speech.weights import find
from pipeline.errors import ModelUnavailableError

NOBODY = 65534
DEMO_MODEL = Path(__file__).parents[3] / "pipeline" / "demo" / "model"


@pytest.fixture
def brought(dragoman_home: Path) -> Path:
    """A model that somebody put into the data folder."""
    folder = dragoman_home / "models" / "mine"
    shutil.copytree(DEMO_MODEL, folder)
    return folder


def test_a_model_brought_into_the_data_folder_is_found_by_its_name(brought: Path):
    found = hearing.present(bootstrap.settings(speech_model="mine"))
    assert found is not None
    assert found.folder == brought
    assert found.size == sum(path.stat().st_size for path in brought.iterdir())


@pytest.mark.parametrize("name", ["..", ".", "../models/mine"])
def test_a_name_does_not_lead_out_of_the_data_folder(brought: Path, name: str):
    with pytest.raises(ModelUnavailableError):
        hearing.present(bootstrap.settings(speech_model=name))


def test_more_pieces_and_finer_numbers_need_more_memory(brought: Path):
    model = described("mine", brought)
    assert 0 < model.memory("int8", 1) < model.memory("int8", 8) < model.memory("float32", 8)


@pytest.mark.parametrize("kept", ["", "{", "[]", '{"x": 1}', "\x00"])
def test_a_damaged_record_of_speeds_is_as_none(brought: Path, kept: str):
    chosen = bootstrap.settings(speech_model="mine")
    (chosen.home / hearing.SPEEDS).write_text(kept, encoding="utf-8")
    assert hearing.measured(chosen) is None


@pytest.fixture
def closed(request: pytest.FixtureRequest) -> Iterator[Path]:
    """A folder with a model of which a file, or all, may not be read; root is nobody meanwhile."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    model = folder / "mine"
    shutil.copytree(DEMO_MODEL, model)
    assert described("mine", model).fault is None
    find(str(model), demo_model=DEMO_MODEL)
    (model / request.param).chmod(0)
    root = os.geteuid() == 0
    if root:
        os.seteuid(NOBODY)
    try:
        yield folder
    finally:
        if root:
            os.seteuid(0)
        (model / request.param).chmod(0o755)
        shutil.rmtree(folder)


@pytest.mark.skipif(os.name != "posix", reason="Windows has other rights")
@pytest.mark.parametrize("closed", ["tokenizer.json", "."], indirect=True)
def test_a_model_that_may_not_be_read_is_named(closed: Path):
    """As one that an administrator copied for everybody, with rights for himself alone."""
    with pytest.raises(ModelUnavailableError) as caught:
        find(str(closed / "mine"), demo_model=DEMO_MODEL)
    assert caught.value.code == "speech_model_closed"
    found = {one.name: one.fault for one in shelved(demo_model=DEMO_MODEL, models=closed)}
    assert found["mine"] is not None
    assert found["mine"].kind == "closed"


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_model_on_the_machine_is_listed_with_its_size(
    dragoman, brought: Path, tmp_path: Path, language: str
):
    hub = tmp_path / "hub"
    cached = hub / "hub" / "models--Systran--faster-whisper-small" / "snapshots" / ("a" * 40)
    shutil.copytree(DEMO_MODEL, cached)
    cut = brought.with_name("cut")
    shutil.copytree(DEMO_MODEL, cut)
    os.truncate(cut / "model.bin", 1000)
    ran = dragoman("doctor", language=language, HF_HOME=str(hub), DRAGOMAN_SPEECH_MODEL="mine")
    assert ran.code == 0
    (mine,) = (line for line in ran.out.splitlines() if str(brought) in line)
    assert "3.2 MB" in mine
    assert "0.4 GB" in mine
    others = [
        line for line in ran.out.splitlines() if ("Also here", "这里还有")[language == "zh"] in line
    ]
    assert [one in line for one, line in zip(("demo", "small"), others, strict=True)] == [True] * 2
    (broken,) = (line for line in ran.out.splitlines() if "model.bin" in line)
    assert str(cut) in broken


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_speed_is_tried_when_asked_kept_and_forgotten_with_another_model(dragoman, tmp_path: Path):
    folder = build(tmp_path / "mute", SIZES["test"])
    env = {"DRAGOMAN_SPEECH_MODEL": str(folder), "DRAGOMAN_SPEECH_THREADS": "1"}
    assert "doctor --speed" in dragoman("doctor", **env).out
    tried = dragoman("doctor", "--speed", **env)
    assert tried.code == 0
    assert "hearing 100%" in tried.err
    (said,) = (line for line in tried.out.splitlines() if "An hour of a call takes" in line)
    assert said in dragoman("doctor", **env).out
    for other in ({"DRAGOMAN_SPEECH_THREADS": "2"}, {"DRAGOMAN_SPEECH_COMPUTE": "float32"}):
        assert "doctor --speed" in dragoman("doctor", **{**env, **other}).out
    (folder / "dragoman.json").write_text('{"max_piece_seconds": 12}', encoding="utf-8")
    assert "doctor --speed" in dragoman("doctor", **env).out


@pytest.mark.slow
def test_speed_of_a_model_that_is_not_here_is_refused_and_nothing_is_fetched(
    dragoman, tmp_path: Path
):
    ran = dragoman("doctor", "--speed", DRAGOMAN_SPEECH_MODEL="small", HF_HOME=str(tmp_path))
    assert ran.code == 3
    assert "not on this machine yet" in ran.out


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="sends a signal")
def test_trying_is_broken_off_and_leaves_nothing(dragoman_home: Path, tmp_path: Path):
    command = [sys.executable, "-c", "from ui.cli.main import main; main()", "doctor", "--speed"]
    with subprocess.Popen(
        command,
        cwd=tmp_path,
        env={**os.environ, "DRAGOMAN_SPEECH_MODEL": "demo", "DRAGOMAN_LANGUAGE": "en"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as running:
        assert running.stderr is not None
        said = ""
        while "hearing" not in said:
            said = running.stderr.readline()
        running.send_signal(signal.SIGINT)
        out, err = running.communicate(timeout=60)
    assert running.returncode == 130
    assert "Traceback" not in out + err
    assert not (dragoman_home / hearing.SPEEDS).exists()
