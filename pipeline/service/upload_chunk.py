"""A chunk of a file on its way to the disk."""

import errno
import hashlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path

from pipeline.errors import InputError, StorageError
from pipeline.models.base import Model

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_READ = 1 << 20
"""Bytes read at a time."""


class Upload(Model):
    """A file that is on its way, or here and not handed over yet."""

    id: str
    name: str
    size: int
    offset: int
    """Bytes that are safe here."""

    @property
    def complete(self) -> bool:
        """Whether all of it is here."""
        return self.offset == self.size


class Chunk:
    """A chunk on its way to the disk: nothing of it counts until it is finished."""

    def __init__(
        self,
        upload: Upload,
        part: Path,
        length: int,
        digest: "hashlib._Hash",
        kept: Callable[[Upload, "hashlib._Hash"], None],
    ) -> None:
        """Open the part where the chunk begins.

        Args:
            upload: the file as it is.
            part: what came of it.
            length: bytes of the chunk.
            digest: of all that came before it.
            kept: is told when the chunk is on the disk.
        """
        self._upload, self._kept, self._folder = upload, kept, part.parent
        self._left = length
        self._after = upload.with_(offset=upload.offset + length)
        self._own, self._whole = hashlib.sha256(), digest
        try:
            self._file = part.open("r+b" if part.exists() else "w+b", buffering=0)
            self._file.truncate(upload.offset)
            self._file.seek(upload.offset)
        except OSError as error:
            raise refused(self._folder, error) from error

    def write(self, data: bytes) -> None:
        """The next bytes of it.

        Raises:
            InputError: more than the chunk was said to hold.
            StorageError: the disk refuses.
        """
        if len(data) > self._left:
            raise InputError("upload_too_long", size=self._upload.size)
        try:
            if self._file.write(data) != len(data):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        except OSError as error:
            raise refused(self._folder, error) from error
        self._left -= len(data)
        self._own.update(data)
        self._whole.update(data)

    @property
    def sha256(self) -> str:
        """SHA-256 in hex of the file up to the end of what was written of this chunk."""
        return self._whole.hexdigest()

    def finish(self, sha256: str | None) -> Upload:
        """Keep it, if it is whole and fits; the file as it is then.

        Raises:
            InputError: bytes are missing, or it is not what was sent.
            StorageError: the disk refuses.
        """
        if self._left or (sha256 and sha256.lower() != self._own.hexdigest()):
            raise InputError("upload_chunk_damaged")
        try:
            os.fsync(self._file.fileno())
            self._kept(self._after, self._whole)
        except OSError as error:
            raise refused(self._folder, error) from error
        return self._after

    def close(self, *, keep: bool) -> None:
        """Close the file; cut it back to where the chunk began unless it is to be kept."""
        try:
            if not keep:
                self._file.truncate(self._upload.offset)
        finally:
            self._file.close()


def hashed(part: Path, length: int) -> "hashlib._Hash":
    """SHA-256 of the first so many bytes of a file."""
    digest = hashlib.sha256()
    for piece in _pieces(part, length):
        digest.update(piece)
    return digest


def _pieces(part: Path, length: int) -> Iterator[bytes]:
    if not length:
        return
    with part.open("rb") as file:
        while length and (piece := file.read(min(_READ, length))):
            length -= len(piece)
            yield piece


def refused(folder: Path, error: OSError) -> StorageError:
    """What the disk refused, as an error of ours."""
    code = "disk_full" if error.errno in _FULL else "data_dir_readonly"
    return StorageError(code, path=str(folder))
