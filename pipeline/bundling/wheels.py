"""Wheels of the libraries and of the program itself, by the pip of whoever makes the bundle."""

import hashlib
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from pipeline.bundling.lock import SHA256, Platform, needed, tags
from pipeline.errors import UnavailableError

PIP = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--no-input")
BEGUN = "Collecting "
"""How pip's line for each release begins."""
OURS = "dragoman-*.whl"


def download(
    lock: str, platform: Platform, python: str, into: Path, told: Callable[[int, int], None]
) -> None:
    """Fetch every wheel that a platform needs, where it is not there yet.

    Only what the lock's hashes allow is taken. Where they come from is for pip's own settings.

    Args:
        lock: The text of requirements.lock.
        platform: Where they are for.
        python: Its Python, such as `3.11`.
        into: The folder for wheels.
        told: Called with the wheels that are begun and those there are.

    Raises:
        UnavailableError: pip is not there, or cannot get one of them.
    """
    releases = needed(lock, platform, python)
    with tempfile.TemporaryDirectory() as folder:
        wanted = Path(folder) / "wanted.lock"
        text = "\n".join(line for one in releases for line in (f"{one.name} \\", *one.lines))
        wanted.write_text(f"{text}\n", encoding="utf-8")
        command = [*PIP, "download", "--no-deps", "--require-hashes", "--only-binary=:all:"]
        command += ["--dest", str(into), "--progress-bar", "off", "--python-version", python]
        command += ["--implementation", "cp", "--requirement", str(wanted)]
        for abi in (f"cp{python.replace('.', '')}", "abi3", "none"):
            command += ["--abi", abi]
        for tag in tags(platform):
            command += ["--platform", tag]
        begun = 0
        for line in _running(command, platform):
            if line.startswith(BEGUN):
                begun += 1
                told(begun, len(releases))


def build(checkout: Path, into: Path) -> Path:
    """The wheel of the program; an older one goes.

    Raises:
        UnavailableError: pip cannot build it.
    """
    with tempfile.TemporaryDirectory() as folder:
        command = [*PIP, "wheel", "--no-deps", "--no-index", "--no-build-isolation"]
        for _ in _running([*command, "--wheel-dir", folder, str(checkout)], "dragoman"):
            pass
        (built,) = Path(folder).glob(OURS)
        for old in into.glob(OURS):
            old.unlink()
        wheel = into / built.name
        wheel.write_bytes(built.read_bytes())
    return wheel


def discard_others(lock: str, folder: Path) -> None:
    """Take away what no line of the lock allows: wheels of an earlier bundle, or half of one."""
    allowed = set(SHA256.findall(lock))
    for path in folder.iterdir():
        if not path.match(OURS) and digest(path) not in allowed:
            path.unlink()


def digest(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _running(command: list[str], what: str) -> Iterator[str]:
    """The lines that pip prints, while it works."""
    said: list[str] = []
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    ) as pip:
        try:
            for line in pip.stdout or ():
                said.append(line.strip())
                yield line
        except BaseException:  # such as Ctrl+C
            pip.terminate()
            raise
    if pip.returncode:
        raise UnavailableError("bundle_pip", what=what, reason=_reason(said))


def _reason(said: list[str]) -> str:
    """What pip complains of last: it says the same several times, the plainest first."""
    errors = [line for line in said if line.startswith("ERROR")] or said[-1:]
    return (errors or ["pip"])[-1].removeprefix("ERROR: ")[:300]
