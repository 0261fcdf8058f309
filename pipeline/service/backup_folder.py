"""The folder of a backup: whose it is, what it says of itself, and what is in the way."""

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from pydantic import ValidationError

from pipeline.errors import InputError, NotReadableError, OutputError, StorageError
from pipeline.models.backup import BACKUP_SCHEMA, Backup

DATABASE = "dragoman.db"
PART = "dragoman.db.part"
"""The database while it is not complete."""
RECORDINGS = "recordings"
MANIFEST = "backup.json"
NEXT = "backup.json.part"
"""The description of what is about to take its place; also marks the folder as ours."""
KEEP_FREE = 64 << 20
"""Bytes left to the rest of the machine."""


def check_place(folder: Path, home: Path) -> None:
    """Refuse a folder that is not for a backup.

    Raises:
        InputError: it is or lies in the data folder, or is somebody else's.
    """
    if folder.resolve().is_relative_to(home.resolve()):
        raise InputError("backup_inside_home", path=str(folder), home=str(home))
    if folder.exists() and not folder.is_dir():
        raise InputError("backup_no_folder", path=str(folder))
    try:
        ours = not folder.exists() or not any(folder.iterdir()) or is_ours(folder)
    except OSError as error:
        raise _refused(folder, error) from error
    if not ours:
        raise InputError("backup_not_ours", path=str(folder))


def is_ours(folder: Path) -> bool:
    """Whether a backup was made here, or begun."""
    mark = f'"{BACKUP_SCHEMA}"'
    return any(mark in _text(folder / name) for name in (MANIFEST, NEXT))


@contextmanager
def tidied(folder: Path) -> Iterator[None]:
    """Make the folder ours; if it comes to nothing, leave nothing half-written in it.

    Raises:
        OutputError: the folder cannot be written, or its disk is full.
    """
    there = folder.exists()
    try:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            (folder / PART).unlink(missing_ok=True)
            if not is_ours(folder):
                (folder / NEXT).write_text(f'{{"schema": "{BACKUP_SCHEMA}"}}\n', encoding="utf-8")
            yield
        except OSError as error:
            raise _refused(folder, error) from error
    except BaseException:
        with suppress(OSError):
            _leave(folder, there=there)
        raise


def _leave(folder: Path, *, there: bool) -> None:
    (folder / PART).unlink(missing_ok=True)
    if {one.name for one in folder.iterdir()} <= {NEXT}:
        (folder / NEXT).unlink(missing_ok=True)
        if not there:
            folder.rmdir()


@contextmanager
def into(folder: Path) -> Iterator[None]:
    """What the disk of the backup refuses, said of the backup and not of the data folder.

    Raises:
        OutputError: the folder cannot be written, or its disk is full.
    """
    try:
        yield
    except StorageError as error:
        code = "backup_no_room" if error.code == "disk_full" else "backup_not_writable"
        cause = error.__cause__
        reason = cause.strerror if isinstance(cause, OSError) else None
        raise OutputError(code, path=str(folder), reason=reason or str(cause)) from error


def sweep_aside(home: Path) -> None:
    """Remove what restores that were killed left half-copied in the data folder."""
    for part in home.glob(f"before-restore-*/{PART}"):
        with suppress(OSError):
            part.unlink()
            part.parent.rmdir()


def check_room(folder: Path, needed: int, code: str) -> None:
    """Refuse before anything is written.

    Raises:
        OutputError: the disk has not that many bytes free.
    """
    free, needed = shutil.disk_usage(folder).free, needed + KEEP_FREE
    if free < needed:
        raise OutputError(
            code, path=str(folder), needed=bytes_shown(needed), free=bytes_shown(free)
        )


def bytes_shown(count: int) -> str:
    """Bytes as people read them."""
    return f"{count / 1e9:.1f} GB" if count >= 1e9 else f"{count / 1e6:.1f} MB"


def finish(folder: Path, backup: Backup, database: Path) -> None:
    """Let a complete database and its description take the place of the last ones."""
    text = backup.model_dump_json(by_alias=True, indent=2) + "\n"
    with (folder / NEXT).open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    database.replace(folder / DATABASE)
    (folder / NEXT).replace(folder / MANIFEST)


def read(folder: Path) -> Backup:
    """What the folder says of the database in it.

    Raises:
        InputError: there is no backup in it, or none that was finished.
        NotReadableError: the database is not the one that is described.
    """
    if not folder.is_dir() or not is_ours(folder):
        raise InputError("backup_missing", path=str(folder))
    # Between two renames the description that fits still has its other name.
    told = [found for name in (MANIFEST, NEXT) if (found := _described(folder / name))]
    if not told or not (folder / DATABASE).is_file():
        raise InputError("backup_unfinished", path=str(folder))
    sha256 = digest(folder / DATABASE)
    for backup in told:
        if backup.database_sha256 == sha256:
            return backup
    raise NotReadableError("backup_damaged", path=str(folder / DATABASE))


def digest(file: Path) -> str:
    """SHA-256 in hex.

    Raises:
        NotReadableError: the file cannot be read.
    """
    try:
        with file.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        reason = error.strerror or str(error)
        raise NotReadableError("file_refused", file=str(file), reason=reason) from error


def _described(file: Path) -> Backup | None:
    try:
        return Backup.read_json(_text(file))
    except ValidationError:
        return None


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, ValueError):
        return ""


def _refused(folder: Path, error: OSError) -> OutputError:
    reason = error.strerror or str(error)
    return OutputError("backup_not_writable", path=str(folder), reason=reason)
