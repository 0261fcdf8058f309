"""Data folders with recordings, and the command killed at a given point."""

import contextlib
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.models.meeting import Meeting, Recording
from pipeline.models.project import Project
from pipeline.stores.blobs import FileBlobs
from pipeline.stores.database import open_store
from tests.integration.cli.conftest import Dragoman

KILLED = """
import os, signal, sys
from pathlib import Path
from pipeline.stores import copies
from pipeline.stores.blobs import FileBlobs
from ui.cli.main import main

kind, where = sys.argv.pop(1).split(":")

def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)

if kind == "step":  # "2.5" is in the middle of the second copy of a database
    copies.STEP = 4
    copy, step = map(int, where.split("."))
    begun = []
    def patience(self):
        begun.append([])
        def count(*_):
            begun[-1].append(1)
            len(begun) == copy and len(begun[-1]) == step and die()
        return count
    copies.SqliteCopies._patience = patience
if kind == "recording":  # before the recording of this number
    take, taken = FileBlobs.take, []
    def counted(self, sha256, path):
        taken.append(sha256)
        die() if len(taken) == int(where) else take(self, sha256, path)
    FileBlobs.take = counted
if kind == "rename":  # before the file of this name takes its place
    replace = Path.replace
    Path.replace = lambda self, to: die() if self.name == where else replace(self, to)
if kind == "delete":
    FileBlobs.delete = die
if kind == "upgrade":
    import pipeline.stores.database
    pipeline.stores.database.open_store = die
main()
"""
"""The command, killed at a given point by the signal that nobody can refuse."""


class Home:
    """A data folder with meetings that have a recording each."""

    def __init__(self, at: Path) -> None:
        self.at = at
        self.database = at / "dragoman.db"
        self.url = f"sqlite:///{self.database.as_posix()}"
        self.blobs = FileBlobs(at / "recordings")

    def add(self, *uids: str) -> None:
        """Meetings that hold a file with their own uid in it."""
        store = open_store(self.url)
        project = store.save_project(Project(client="华露饮料"))
        for uid in uids:
            file = self.at / f"{uid}.wav"
            file.write_bytes(f"the voices of {uid} ".encode() * 500)
            sha256, size = self.blobs.put(file)
            file.unlink()
            recording = Recording(name=file.name, sha256=sha256, size=size)
            saved = {"uid": uid, "project": project.uid, "title": uid, "created_at": "x"}
            store.add_meeting(Meeting(**saved, recordings=(recording,)))
        store.close()

    def delete(self, uid: str) -> None:
        """As a person would: the rows, then the bytes."""
        store = open_store(self.url)
        for sha256 in store.delete_meeting(uid).unused_blobs:
            self.blobs.delete(sha256)
        store.close()

    def meetings(self, database: Path | None = None) -> set[str]:
        """Uids in a database, which must be whole."""
        with contextlib.closing(sqlite3.connect(database or self.database)) as found:
            assert found.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            assert found.execute("PRAGMA foreign_key_check").fetchall() == []
            return {uid for (uid,) in found.execute("SELECT uid FROM meeting")}

    def recordings(self, folder: Path | None = None) -> set[str]:
        """Hashes of the recordings in a folder, each of which must be whole."""
        blobs = FileBlobs((folder or self.at) / "recordings")
        held = set(blobs.held())
        assert all(blobs.whole(one) for one in held)
        return held

    def aside(self) -> list[Path]:
        """Folders with what restores set aside, oldest first."""
        return sorted(self.at.glob("before-restore-*"))

    def damage(self) -> bytes:
        """Garbage in the middle of the database; what its file then holds."""
        content = bytearray(self.database.read_bytes())
        content[8192:-8192] = os.urandom(len(content) - 16384)
        self.database.write_bytes(content)
        return bytes(content)

    def killed(self, point: str, *words: str | Path) -> None:
        """The command, killed at this point."""
        done = subprocess.run(
            [sys.executable, "-c", KILLED, point, *map(str, words)],
            capture_output=True,
            timeout=110,
            check=False,
            text=True,
        )
        assert done.returncode == -9, f"it was not killed at {point}: {done.stderr}"


@pytest.fixture
def home(dragoman_home: Path) -> Home:
    """The data folder of this test, with the meetings m1 and m2."""
    dragoman_home.mkdir()
    made = Home(dragoman_home)
    made.add("m1", "m2")
    return made


@pytest.fixture
def old_backup(dragoman: Dragoman, home: Home, tmp_path: Path) -> Path:
    """A backup; after it a meeting was deleted and another one made."""
    folder = tmp_path / "备份 1"
    assert dragoman("db", "backup", folder).code == 0
    home.delete("m1")
    home.add("m3")
    return folder
