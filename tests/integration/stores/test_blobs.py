"""Blobs: whole or not there at all, and kept once."""

import hashlib
import os
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from pipeline.errors import NotFoundError, NotReadableError, StorageError
from pipeline.stores.blobs import FileBlobs

WORDS = "一键导出".encode() * 400_000


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "录音 文件夹"


@pytest.fixture
def blobs(root: Path) -> FileBlobs:
    return FileBlobs(root)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    at = tmp_path / "通话.mp3"
    at.write_bytes(WORDS)
    return at


def everything(root: Path) -> list[Path]:
    return [path for path in root.rglob("*") if path.is_file()]


def test_content_is_found_by_its_hash(blobs, file):
    sha256, size = blobs.put(file)
    assert (sha256, size) == (hashlib.sha256(WORDS).hexdigest(), len(WORDS))
    assert blobs.path(sha256).read_bytes() == WORDS
    assert file.exists()


def test_an_empty_file_is_content_too(blobs, tmp_path):
    (tmp_path / "empty").touch()
    sha256, size = blobs.put(tmp_path / "empty")
    assert (blobs.path(sha256).read_bytes(), size) == (b"", 0)


def test_the_same_content_is_kept_once(blobs, file, root, tmp_path):
    first = blobs.put(file)
    kept = blobs.path(first[0])
    before = kept.stat()
    os.utime(kept, (1, 1))
    copy = tmp_path / "copy.mp3"
    shutil.copy(file, copy)
    assert blobs.put(copy) == first
    assert len(everything(root)) == 1
    assert kept.stat().st_ino == before.st_ino
    assert kept.stat().st_mtime >= before.st_mtime, "it counts as new again"


def test_many_threads_put_the_same_file(blobs, file, root):
    results: list[tuple[str, int]] = []
    threads = [threading.Thread(target=lambda: results.append(blobs.put(file))) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(results)) == 1
    assert len(results) == 6
    assert len(everything(root)) == 1


def test_a_copy_cut_short_by_a_fault_of_the_disk_is_replaced(blobs, file):
    sha256, _ = blobs.put(file)
    blobs.path(sha256).write_bytes(WORDS[:100])
    blobs.put(file)
    assert blobs.path(sha256).read_bytes() == WORDS


def test_forgotten_content_is_gone_and_unknown_content_is_ignored(blobs, file):
    sha256, _ = blobs.put(file)
    blobs.delete(sha256)
    blobs.delete(sha256)
    blobs.delete("../../etc/passwd")
    with pytest.raises(NotFoundError, match="recording_gone"):
        blobs.path(sha256)


@pytest.mark.parametrize("name", ["", "../../dragoman.db", "A" * 64, "a" * 63, "a" * 64 + "\n"])
def test_a_name_that_is_no_hash_leads_nowhere(blobs, name):
    with pytest.raises(NotFoundError):
        blobs.path(name)


def test_a_file_that_cannot_be_read_is_said_so(blobs, tmp_path, root):
    with pytest.raises(NotReadableError, match="file_refused"):
        blobs.put(tmp_path / "nope.mp3")
    with pytest.raises(NotReadableError, match="file_refused"):
        blobs.put(tmp_path)
    assert everything(root) == []


def test_nothing_is_begun_that_the_disk_has_no_room_for(blobs, file, root, monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(9, 9, 1000))
    with pytest.raises(StorageError, match="disk_full") as refused:
        blobs.put(file)
    assert refused.value.params["path"] == str(root)
    assert everything(root) == []


def test_a_folder_that_cannot_be_made_is_said_so(tmp_path, file):
    (tmp_path / "taken").touch()
    with pytest.raises(StorageError):
        FileBlobs(tmp_path / "taken" / "recordings").put(file)


FULL = """
import resource, signal, sys
from pathlib import Path
from pipeline.errors import StorageError
from pipeline.stores.blobs import FileBlobs
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (1_500_000, resource.RLIM_INFINITY))
try:
    FileBlobs(Path(sys.argv[1])).put(Path(sys.argv[2]))
except StorageError as error:
    print(error.code)
"""


@pytest.mark.skipif(os.name == "nt", reason="no file size limit on Windows")
def test_a_disk_that_fills_up_on_the_way_leaves_nothing_half_written(root, file):
    said = subprocess.run(
        [sys.executable, "-c", FULL, root, file], capture_output=True, text=True, check=True
    )
    assert said.stdout.strip() == "disk_full"
    assert everything(root) == []


COPY = """
import sys
from pathlib import Path
from pipeline.stores.blobs import FileBlobs
FileBlobs(Path(sys.argv[1])).put(Path(sys.argv[2]))
"""


@pytest.mark.skipif(os.name == "nt", reason="no pipes with names on Windows")
def test_what_a_killed_copy_left_behind_is_swept(blobs, root, tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    copy = subprocess.Popen([sys.executable, "-c", COPY, root, pipe])
    with pipe.open("wb") as writer:
        writer.write(WORDS)
        deadline = time.monotonic() + 20
        while not everything(root) and time.monotonic() < deadline:
            time.sleep(0.01)
        copy.kill()
        copy.wait()
    (part,) = everything(root)
    assert part.suffix == ".part"
    assert blobs.sweep() == 0, "it might still go on"
    old = time.time() - 25 * 3600
    os.utime(part, (old, old))
    assert blobs.sweep() == 1
    assert everything(root) == []


def test_sweeping_leaves_content_alone(blobs, file):
    assert blobs.sweep() == 0
    sha256, _ = blobs.put(file)
    assert blobs.sweep(older_than=0) == 0
    assert blobs.path(sha256).is_file()


def old(path: Path) -> None:
    then = time.time() - 25 * 3600
    os.utime(path, (then, then))


def test_old_content_that_no_row_names_is_swept(blobs, file, tmp_path):
    needed, _ = blobs.put(file)
    (tmp_path / "other").write_bytes(b"other")
    other, _ = blobs.put(tmp_path / "other")
    assert blobs.sweep({needed}) == 0, "it may have just been handed in"
    for sha256 in (needed, other):
        old(blobs.path(sha256))
    assert blobs.sweep() == 0, "nobody said what is needed"
    assert blobs.sweep({needed}) == 1
    assert blobs.path(needed).is_file()
    with pytest.raises(NotFoundError):
        blobs.path(other)


def test_content_that_is_handed_in_again_counts_as_new(blobs, file):
    sha256, _ = blobs.put(file)
    old(blobs.path(sha256))
    blobs.put(file)
    assert blobs.sweep(set()) == 0
    assert blobs.path(sha256).is_file()


@pytest.mark.skipif(os.name == "nt", reason="no pipes with names on Windows")
def test_a_copy_that_goes_on_is_never_swept_however_slow_it_is(blobs, root, tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    copy = subprocess.Popen([sys.executable, "-c", COPY, root, pipe])
    with pipe.open("wb") as writer:
        writer.write(WORDS)
        deadline = time.monotonic() + 20
        while not everything(root) and time.monotonic() < deadline:
            time.sleep(0.01)
        (part,) = everything(root)
        old(part)
        assert blobs.sweep(set(), older_than=0) == 0
    assert copy.wait(timeout=20) == 0
    assert blobs.path(hashlib.sha256(WORDS).hexdigest()).read_bytes() == WORDS
