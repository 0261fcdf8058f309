"""Blobs as files under the hash of their content: whole or not there at all."""

import errno
import hashlib
import os
import re
import shutil
import time
from collections.abc import Collection
from pathlib import Path
from typing import BinaryIO

from ulid import ULID

from pipeline.errors import NotFoundError, NotReadableError, StorageError
from pipeline.stores.parts import in_work, remove_abandoned

CHUNK = 1 << 20
"""Bytes read at a time: memory does not grow with the file."""
KEEP_FREE = 64 << 20
"""Bytes left to the database and to the rest of the machine."""
STALE_SECONDS = 24 * 3600
"""A part of this age belongs to no copy that still goes on."""

_SHA256 = re.compile(r"[0-9a-f]{64}")
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class FileBlobs:
    """The Blobs port in a folder: `sha256/ab/abcd...`, and `tmp` for what is on its way.

    Copies wait in `tmp` as `.part` on the same disk, are hashed on the way, and take their name
    only once they are on the disk; so no reader ever sees half a file.
    """

    def __init__(self, root: Path) -> None:
        self._root = root

    def put(self, path: Path) -> tuple[str, int]:
        """Keep a copy of the file; its SHA-256 in hex and its size in bytes.

        Raises:
            NotReadableError: the file cannot be read.
            StorageError: the disk is full or read-only; nothing half-written stays.
        """
        return self._put(path, expected=None)

    def take(self, sha256: str, path: Path) -> None:
        """Keep a copy of a file that is this content, in place of a damaged one.

        Raises:
            NotReadableError: the file cannot be read, or is other content; nothing was changed.
            StorageError: the disk is full or read-only; nothing half-written stays.
        """
        self._put(path, expected=sha256)

    def held(self) -> dict[str, int]:
        """Size in bytes of all that is there, by hash."""
        files = (at for at in self._root.glob("sha256/??/*") if _SHA256.fullmatch(at.name))
        return {at.name: at.stat().st_size for at in files}

    def whole(self, sha256: str) -> bool:
        """Whether it is there with exactly this content. Reads it from end to end."""
        try:
            with self.path(sha256).open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest() == sha256
        except (NotFoundError, OSError):
            return False

    def path(self, sha256: str) -> Path:
        """A local path to read the content from.

        Raises:
            NotFoundError: no such content.
        """
        at = self._at(sha256) if _SHA256.fullmatch(sha256) else None
        if at is None or not at.is_file():
            raise NotFoundError("recording_gone", sha256=sha256[:12])
        return at

    def move(self, sha256: str, path: Path) -> None:
        """Take over a file on the same disk that is this content: it is there or here, never gone.

        Raises:
            StorageError: the disk refuses; the file stays where it is.
        """
        at = self._at(sha256)
        try:
            at.parent.mkdir(parents=True, exist_ok=True)
            path.replace(at)
            settle(at.parent)
        except OSError as error:
            raise self._refused(error) from error

    def delete(self, sha256: str) -> None:
        """Forget the content; unknown hashes are ignored.

        Raises:
            StorageError: the folder cannot be written.
        """
        if _SHA256.fullmatch(sha256):
            try:
                self._at(sha256).unlink(missing_ok=True)
            except OSError as error:
                raise self._refused(error) from error

    def sweep(
        self, used: Collection[str] | None = None, *, older_than: float = STALE_SECONDS
    ) -> int:
        """Remove what killed copies left behind, and content that is not in `used`.

        Content belongs to a row only once that is saved: call this inside a transaction of the
        Store, in which nobody else can save one.

        Args:
            used: hashes of the content that is needed; null leaves all content alone.
            older_than: age in seconds. A part that is still being written is never touched.

        Returns:
            How many files that were.
        """
        parts = (self._root / "tmp").glob("*.part")
        swept = sum(_aged(part, older_than) and remove_abandoned(part) for part in parts)
        if used is not None:
            swept += sum(
                _aged(content, older_than) and _removed(content)
                for content in (self._root / "sha256").glob("??/*")
                if content.name not in used
            )
        return swept

    def _at(self, sha256: str) -> Path:
        return self._root / "sha256" / sha256[:2] / sha256

    def _check_space(self, size: int) -> None:
        (self._root / "tmp").mkdir(parents=True, exist_ok=True)
        if shutil.disk_usage(self._root).free < size + KEEP_FREE:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def _put(self, path: Path, *, expected: str | None) -> tuple[str, int]:
        try:
            source = path.open("rb")
        except OSError as error:
            raise NotReadableError("file_refused", file=str(path), reason=error.strerror) from error
        with source:
            try:
                self._check_space(os.fstat(source.fileno()).st_size)
                return self._keep(source, expected)
            except OSError as error:
                raise self._refused(error) from error

    def _keep(self, source: BinaryIO, expected: str | None) -> tuple[str, int]:
        part = self._root / "tmp" / f"{ULID()}.part"
        try:
            with in_work(part):
                sha256, size = _copied(source, part)
                if expected not in (None, sha256):
                    raise NotReadableError("file_changed", file=source.name)
                at = self._at(sha256)
                if expected or not _renewed(at, size):
                    at.parent.mkdir(parents=True, exist_ok=True)
                    part.replace(at)
                    for folder in (at.parent, at.parent.parent):
                        settle(folder)
        finally:
            part.unlink(missing_ok=True)
        return sha256, size

    def _refused(self, error: OSError) -> StorageError:
        if error.errno in _FULL:
            return StorageError("disk_full", path=str(self._root))
        if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
            return StorageError("data_dir_readonly", path=str(self._root))
        return StorageError("disk_refused", path=str(self._root))


def _copied(source: BinaryIO, part: Path) -> tuple[str, int]:
    total, size = hashlib.sha256(), 0
    with part.open("wb") as target:
        while chunk := source.read(CHUNK):
            total.update(chunk)
            size += len(chunk)
            target.write(chunk)
        target.flush()
        os.fsync(target.fileno())
    return total.hexdigest(), size


def _renewed(at: Path, size: int) -> bool:
    """Make whole content that is there count as new: a sweep may be about to find it old."""
    try:
        if at.stat().st_size != size:
            return False
        os.utime(at)
    except OSError:
        return False
    return True


def _aged(path: Path, seconds: float) -> bool:
    try:
        return time.time() - path.stat().st_mtime >= seconds
    except OSError:  # gone meanwhile
        return False


def _removed(path: Path) -> bool:
    try:
        path.unlink()
    except OSError:  # gone meanwhile, or open in another process on Windows
        return False
    return True


def settle(folder: Path) -> None:
    """Make a new name in a folder outlive a power cut; Windows has no such call."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
