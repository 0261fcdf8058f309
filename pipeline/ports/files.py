"""What the stages need from the disk."""

from collections.abc import Collection, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from pipeline.models.client_view import View
from pipeline.models.vocabulary import Kind, Lines, Vocabulary


class Blobs(Protocol):
    """Files kept under the hash of their content."""

    def put(self, path: Path) -> tuple[str, int]:
        """Keep a copy of the file; its SHA-256 in hex and its size in bytes.

        Content that is there already counts as new again.

        Raises:
            StorageError: the disk is full or read-only; nothing half-written stays.
        """

    def path(self, sha256: str) -> Path:
        """A local path to read the content from.

        Raises:
            NotFoundError: no such content.
        """

    def delete(self, sha256: str) -> None:
        """Forget the content; unknown hashes are ignored. Raises StorageError."""

    def held(self) -> Mapping[str, int]:
        """Size in bytes of all that is there, by hash."""

    def whole(self, sha256: str) -> bool:
        """Whether it is there with exactly this content. Reads it from end to end."""

    def take(self, sha256: str, path: Path) -> None:
        """Keep a copy of a file that is this content, in place of a damaged one.

        Raises:
            NotReadableError: the file cannot be read, or is other content; nothing was changed.
            StorageError: the disk is full or read-only; nothing half-written stays.
        """

    def move(self, sha256: str, path: Path) -> None:
        """Take over a file on the same disk that is this content: it is there or here, never gone.

        Raises:
            StorageError: the disk refuses; the file stays where it is.
        """

    def sweep(self, used: Collection[str] | None = None, *, older_than: float = ...) -> int:
        """Remove what nobody needs: what killed copies left, and content that is not in `used`.

        Args:
            used: hashes of the content that is needed; null leaves all content alone.
            older_than: age in seconds; a day if not given. A copy that goes on is never touched.

        Returns:
            How many files that were.
        """


class Logs(Protocol):
    """What programs wrote down about errors: it may quote a call's words."""

    def clear(self, *, older_than: float = 0) -> int:
        """Remove those of this age in seconds; how many. One that cannot be removed stays."""

    def count(self) -> int:
        """How many there are."""


class Holds(Protocol):
    """Who may work in the data folder at the same time."""

    def alone(self) -> AbstractContextManager[None]:
        """No second backup or restore goes on meanwhile. Raises ConflictError."""

    def set_aside(self) -> int:
        """How many databases restores have set aside in the data folder."""

    def without_workers(self) -> AbstractContextManager[None]:
        """No worker runs meanwhile. Raises ConflictError, which names those that do."""


class Exporter(Protocol):
    """Writes one kind of file."""

    @property
    def target(self) -> str:
        """Name used by `--to`, such as "docx"."""

    def render(self, view: View) -> Mapping[str, bytes]:
        """What the files would hold, by path inside the folder; writes nothing.

        The same view gives the same content. What nobody approved says so on its face.
        """

    def export(self, view: View, *, out: Path) -> tuple[Path, ...]:
        """Write into the folder, each file whole or not at all; the files written.

        Raises:
            OutputError: the folder cannot be written, or the disk is full.
        """


class VocabularyReader(Protocol):
    """Reads what others wrote about a deployed system; the shape is told from the content."""

    def dictionary(self, data: bytes, *, name: str) -> Vocabulary:
        """Tables and columns, with what was left out and why.

        Raises:
            NotReadableError: empty, too large, in no known encoding or shape, or without a table.
        """

    def lines(self, data: bytes, kind: Kind, *, name: str) -> Lines:
        """What the product can do, or what the contract covers, a line each.

        Raises:
            NotReadableError: empty, too large, in no known encoding, or without a line.
        """
