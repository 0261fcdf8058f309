"""What goes into a bundle, and what its folder says of itself while it is made."""

import json
import os
import re
import shutil
from pathlib import Path

import pytest

from pipeline.bundling.folder import begin, finish, keep_models, put_model, writing
from pipeline.bundling.lock import SHA256, needed, pinned, tags
from pipeline.bundling.wheels import digest, discard_others
from pipeline.errors import InputError, OutputError

ROOT = Path(__file__).parents[3]
DEMO_MODEL = ROOT / "pipeline" / "demo" / "model"


def quiet(done: int, total: int) -> None:
    """Nobody watches."""


@pytest.fixture(scope="module")
def lock() -> str:
    return (ROOT / "requirements.lock").read_text(encoding="utf-8")


def test_every_release_of_the_lock_is_read_with_all_its_hashes(lock: str):
    found = list(pinned(lock))
    names = re.findall(r"^([\w.\-\[\]]+==\S+)", lock, re.MULTILINE)
    assert [one.name for one in found] == names
    assert sum(len(one.lines) for one in found) == len(SHA256.findall(lock))
    assert all(one.lines for one in found)


def test_each_platform_gets_what_its_markers_ask_for(lock: str):
    linux, windows = (
        {one.name.partition("==")[0] for one in needed(lock, platform, "3.11")}
        for platform in ("linux", "windows")
    )
    assert windows - linux == {"colorama"}
    assert {"ctranslate2", "streamlit", "hf-xet"} <= linux & windows


@pytest.mark.parametrize(("python", "there"), [("3.11", False), ("3.12", True)])
def test_markers_are_read_for_the_python_that_is_asked_for(python: str, there: bool):
    text = "one==1 ; python_full_version >= '3.12' \\\n    --hash=sha256:" + "a" * 64 + "\n"
    assert bool(needed(text, "linux", python)) is there


def test_wheels_for_another_system_are_never_asked_for():
    assert not [tag for tag in tags("windows") if "linux" in tag]
    assert not [tag for tag in tags("linux") if "win" in tag or "x86_64" not in tag]


@pytest.mark.parametrize("inside", ["notes.txt", "bundle.json"])
def test_a_folder_with_something_else_in_it_is_left_alone(tmp_path: Path, inside: str):
    (tmp_path / inside).write_text("{}", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        begin(tmp_path)
    assert caught.value.code == "bundle_not_empty"
    assert [path.name for path in tmp_path.iterdir()] == [inside]


def test_a_file_where_the_folder_should_be_is_left_alone(tmp_path: Path):
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    with pytest.raises(InputError):
        begin(tmp_path / "file")
    assert (tmp_path / "file").read_text(encoding="utf-8") == "mine"


def test_it_says_that_it_is_not_finished_until_it_is_and_when_it_is_taken_up(tmp_path: Path):
    folder = tmp_path / "stick"

    def complete() -> bool:
        said: dict[str, bool] = json.loads((folder / "bundle.json").read_text(encoding="utf-8"))
        return said["complete"]

    begin(folder)
    assert not complete()
    put_model(DEMO_MODEL, folder / "models" / "mine", quiet)
    size = finish(folder, {"models": ["mine"]}, quiet)
    assert complete()
    assert size == sum(path.stat().st_size for path in (folder / "models").rglob("*.*"))
    sums = dict(line.split("  ")[::-1] for line in _lines(folder / "checksums.txt"))
    assert sums["models/mine/model.bin"] == digest(DEMO_MODEL / "model.bin")
    begin(folder)
    assert not complete()


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def test_a_model_that_is_there_is_not_copied_again_and_half_a_file_is(tmp_path: Path):
    to = tmp_path / "mine"
    put_model(DEMO_MODEL, to, quiet)
    kept = (to / "vocabulary.json").stat().st_mtime_ns
    os.truncate(to / "model.bin", 1000)
    (to / "model.bin.part").write_bytes(b"half")
    put_model(DEMO_MODEL, to, quiet)
    assert (to / "vocabulary.json").stat().st_mtime_ns == kept
    names = {path.name for path in to.iterdir()}
    assert "model.bin.part" not in names
    for path in to.iterdir():
        assert path.read_bytes() == (DEMO_MODEL / path.name).read_bytes()


def test_only_the_parts_of_a_model_are_taken_along(tmp_path: Path):
    source = tmp_path / "source"
    shutil.copytree(DEMO_MODEL, source)
    (source / "call of a client.wav").write_bytes(b"words")
    put_model(source, tmp_path / "to", quiet)
    assert not (tmp_path / "to" / "call of a client.wav").exists()


def test_what_an_earlier_bundle_had_more_goes(tmp_path: Path, lock: str):
    begin(tmp_path / "stick")
    wheels = tmp_path / "stick" / "wheels"
    (wheels / "old-1.0-py3-none-any.whl").write_bytes(b"half a wheel")
    (wheels / "dragoman-0.1.0-py3-none-any.whl").write_bytes(b"ours")
    put_model(DEMO_MODEL, tmp_path / "stick" / "models" / "old", quiet)
    discard_others(lock, wheels)
    keep_models(tmp_path / "stick", {"new"})
    assert [path.name for path in wheels.iterdir()] == ["dragoman-0.1.0-py3-none-any.whl"]
    assert not list((tmp_path / "stick" / "models").iterdir())


def test_a_full_disk_is_said_with_the_folder(tmp_path: Path):
    with pytest.raises(OutputError) as caught, writing(tmp_path):
        raise OSError(28, "No space left on device")
    assert caught.value.params["folder"] == str(tmp_path)
    assert caught.value.exit_code == 2
