"""Runs the real command in a process of its own, as a user would."""

import os
import resource
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple, Protocol

import pytest


class Ran(NamedTuple):
    """What a command left behind."""

    code: int
    out: str
    err: str


class Dragoman(Protocol):
    """Runs `dragoman` in the test's folder."""

    def __call__(
        self, *words: str | Path, language: str = "en", largest: int | None = None, **env: str
    ) -> Ran: ...


@pytest.fixture
def dragoman(tmp_path: Path) -> Dragoman:
    """The command, in an empty folder; no traceback may ever reach the user."""

    def run(
        *words: str | Path, language: str = "en", largest: int | None = None, **env: str
    ) -> Ran:
        """`largest`: no file may grow beyond so many bytes, as if the disk were full."""

        def confine() -> None:
            if largest is not None:
                resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))

        done = subprocess.run(
            [sys.executable, "-c", "from ui.cli.main import main; main()", *map(str, words)],
            cwd=tmp_path,
            env={**os.environ, "DRAGOMAN_LANGUAGE": language, **env},
            capture_output=True,
            timeout=110,
            check=False,
            preexec_fn=confine,
        )
        ran = Ran(done.returncode, done.stdout.decode(), done.stderr.decode())
        assert "Traceback" not in ran.out + ran.err, ran.err
        return ran

    return run
