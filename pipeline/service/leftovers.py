"""What an earlier export left in a folder: removed when it is no longer true, kept when edited."""

import contextlib
import hashlib
import itertools
import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pipeline.errors import OutputError

LIST = ".dragoman.json"
"""File in an output folder: which files of which target and meeting were written, by digest."""


@contextlib.contextmanager
def edited_kept(folder: Path) -> Iterator[None]:
    """A copy beside every listed file that somebody changed, if it is written over inside.

    Raises:
        OutputError: the copy cannot be made; nothing was written over.
    """
    copies = {}
    for name, digest in _old(_read(folder / LIST), None):
        path = folder / name
        if _ours(folder, path) and _digest(path) != digest:
            copies[path] = _copied(path)
    yield
    for path, copy in copies.items():
        if path.is_file() and _digest(path) == _digest(copy):
            copy.unlink()


def tidy(folder: Path, meeting: str, written: Mapping[str, Sequence[Path]]) -> None:
    """Remove what this meeting's targets no longer hold, and all of another meeting.

    Raises:
        OutputError: the list of files cannot be written.
    """
    before = _read(folder / LIST)
    same = before.get("meeting") == meeting
    targets: dict[str, dict[str, str]] = dict(before.get("targets", {})) if same else {}
    now = {path.relative_to(folder).as_posix() for paths in written.values() for path in paths}
    for name, digest in _old(before, set(written) if same else None):
        if name not in now:
            _remove(folder, name, digest)
    for target, paths in written.items():
        targets[target] = {one.relative_to(folder).as_posix(): _digest(one) for one in paths}
    text = json.dumps({"meeting": meeting, "targets": targets}, ensure_ascii=False, indent=1)
    try:
        (folder / LIST).write_text(text, encoding="utf-8")
    except OSError as error:
        raise OutputError(
            "output_not_writable", path=str(folder / LIST), reason=error.strerror or str(error)
        ) from error


def _old(before: dict[str, Any], targets: set[str] | None) -> Iterator[tuple[str, str]]:
    """Files of some targets, or of all, as they were written."""
    for target, files in before.get("targets", {}).items():
        if (targets is None or target in targets) and isinstance(files, dict):
            yield from files.items()


def _read(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) and isinstance(found.get("targets"), dict) else {}


def _remove(folder: Path, name: str, digest: str) -> None:
    """Only a plain file inside the folder, and only as it was written."""
    path = folder / name
    with contextlib.suppress(OSError):
        if _ours(folder, path) and _digest(path) == digest:
            path.unlink()


def _ours(folder: Path, path: Path) -> bool:
    """Whether it is a plain file in the folder: the list may be anybody's."""
    inside = path.resolve().is_relative_to(folder.resolve())
    return inside and not path.is_symlink() and path.is_file()


def _copied(path: Path) -> Path:
    """The file under the next free name such as "minutes.edited.docx"."""
    names = (f"{path.stem}.edited{n or ''}{path.suffix}" for n in itertools.count())
    copy = next(at for name in names if not (at := path.with_name(name)).exists())
    try:
        shutil.copy2(path, copy)
    except OSError as error:
        copy.unlink(missing_ok=True)
        raise OutputError(
            "output_not_writable", path=str(copy), reason=error.strerror or str(error)
        ) from error
    return copy


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
