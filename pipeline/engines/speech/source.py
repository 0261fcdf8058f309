"""The bytes of a recording: a disk that refuses is told apart from damage in the file."""

import os
from pathlib import Path
from types import TracebackType
from typing import Self

from pipeline.errors import NotReadableError


class Source:
    """A file that FFmpeg reads through us, and no other file beside it.

    FFmpeg itself gives out a disk that refuses as the end of the recording. Its playlists would
    also open what they name, on this machine or elsewhere; through us there is nothing to open.
    """

    def __init__(self, path: Path) -> None:
        """Open the file.

        Raises:
            NotReadableError: missing, empty, a folder, or nobody lets us.
        """
        if path.is_dir():
            raise NotReadableError("is_folder", file=path.name)
        try:
            self._file = path.open("rb", buffering=0)
            self._size = os.fstat(self._file.fileno()).st_size
        except FileNotFoundError as error:
            raise NotReadableError("file_missing", file=path.name) from error
        except OSError as error:
            raise NotReadableError("file_refused", file=path.name, reason=error.strerror) from error
        self._path = path
        self._refused: OSError | None = None

    def __enter__(self) -> Self:
        """Nothing to do: it is open."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the file."""
        self._file.close()

    def read(self, count: int) -> bytes:
        """The next bytes, at most so many; none at the end."""
        try:
            return self._file.read(count) or b""
        except OSError as error:
            self._refused = error
            raise

    def seek(self, to: int, whence: int = os.SEEK_SET) -> int:
        """Go to a byte."""
        return self._file.seek(to, whence)

    def tell(self) -> int:
        """The byte that is read next."""
        return self._file.tell()

    def head(self, count: int) -> bytes:
        """The first bytes; reading goes on from the beginning."""
        try:
            self.seek(0)
            first = self.read(count)
            self.seek(0)
        except OSError as error:
            reason = error.strerror
            raise NotReadableError("file_refused", file=self._path.name, reason=reason) from error
        if not first:
            raise NotReadableError("empty_file", file=self._path.name)
        return first

    def check(self) -> None:
        """Whether all that was asked for so far could be read.

        Raises:
            NotReadableError: the disk refused, or the file became shorter while it was read.
        """
        name = self._path.name
        if self._refused is not None:
            reason = self._refused.strerror
            raise NotReadableError("file_lost", file=name, reason=reason) from self._refused
        if os.fstat(self._file.fileno()).st_size < self._size:
            raise NotReadableError("file_shrunk", file=name)
