"""The folder of a bundle: what is in it is whole, and one that is not finished says so."""

import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.bundling.wheels import digest
from pipeline.errors import InputError, OutputError

ABOUT = "bundle.json"
"""Says what the folder holds, and whether it is finished; written first and last."""
SUMS = "checksums.txt"
MARK = "dragoman_bundle"
PARTS = (
    "model.bin",
    "config.json",
    "tokenizer.json",
    "vocabulary.json",
    "vocabulary.txt",
    "preprocessor_config.json",
    "dragoman.json",
)
"""The files of a speech model; whatever else lies in its folder stays there."""
CHUNK = 1 << 20


def begin(folder: Path) -> None:
    """Make the folder, or take up an earlier bundle; from now on it says that it is not finished.

    Raises:
        InputError: something else is in it.
        OutputError: it cannot be written.
    """
    with writing(folder):
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())) and not _ours(folder):
            raise InputError("bundle_not_empty", folder=str(folder))
        (folder / "wheels").mkdir(parents=True, exist_ok=True)
        (folder / "models").mkdir(exist_ok=True)
        _write(folder / ABOUT, json.dumps({MARK: 1, "complete": False}))


def put_model(source: Path, to: Path, told: Callable[[int, int], None]) -> None:
    """Copy a model, file by file; what is there already and the same is not copied again."""
    files = [source / name for name in PARTS if (source / name).is_file()]
    total = sum(path.stat().st_size for path in files)
    done = 0
    to.mkdir(exist_ok=True)
    for old in to.iterdir():
        if old.name not in {path.name for path in files}:
            old.unlink()
    for path in files:
        target = to / path.name
        if not _same(path, target):
            part = target.with_name(f"{target.name}.part")
            with path.open("rb") as file, part.open("wb") as copy:
                while data := file.read(CHUNK):
                    copy.write(data)
                    told(done + copy.tell(), total)
            part.replace(target)
        done += path.stat().st_size
        told(done, total)


def keep_models(folder: Path, names: set[str]) -> None:
    """Take away models of an earlier bundle."""
    for old in (folder / "models").iterdir():
        if old.name not in names:
            shutil.rmtree(old)


def put_text(path: Path, text: str, *, newline: str = "\n") -> None:
    """Write a text of the bundle."""
    _write(path, text, newline=newline)


def finish(folder: Path, about: dict[str, object], told: Callable[[int, int], None]) -> int:
    """Sum up every file, then say that the bundle is finished; how many bytes it has."""
    names = (ABOUT, SUMS)
    files = sorted(one for one in folder.rglob("*") if one.is_file() and one.name not in names)
    lines: list[str] = []
    size = 0
    for at, path in enumerate(files):
        told(at, len(files))
        lines.append(f"{digest(path)}  {path.relative_to(folder).as_posix()}\n")
        size += path.stat().st_size
    _write(folder / SUMS, "".join(lines))
    _write(
        folder / ABOUT, json.dumps({MARK: 1, "complete": True, **about, "bytes": size}, indent=2)
    )
    return size


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """What the system refuses while the bundle is written, in plain words."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise OutputError("bundle_not_written", folder=str(folder), reason=reason) from error


def _ours(folder: Path) -> bool:
    try:
        return MARK in json.loads((folder / ABOUT).read_text(encoding="utf-8"))
    except (OSError, ValueError, TypeError):
        return False


def _same(one: Path, other: Path) -> bool:
    if not other.is_file() or one.stat().st_size != other.stat().st_size:
        return False
    return digest(one) == digest(other)


def _write(path: Path, text: str, *, newline: str = "\n") -> None:
    part = path.with_name(f"{path.name}.part")
    with part.open("w", encoding="utf-8", newline=newline) as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
