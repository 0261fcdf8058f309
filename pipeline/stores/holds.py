"""Locks in the data folder: one backup or restore at a time, and no restore under a worker.

A worker takes its own lock and then looks at `restoring.lock`; a restore takes `restoring.lock`
and then looks at the workers': whoever comes second sees the other.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from pipeline.errors import ConflictError, StorageError


class HomeHolds:
    """The Holds port: `copying.lock`, and `workers/<name>.lock`, which each worker keeps."""

    def __init__(self, home: Path) -> None:
        self._home = home

    @contextmanager
    def alone(self) -> Iterator[None]:
        """No second backup or restore goes on meanwhile.

        Raises:
            ConflictError: one does.
            StorageError: the data folder cannot be written.
        """
        lock = FileLock(self._home / "copying.lock")
        if not self._taken(lock):
            raise ConflictError("copying_already", path=str(self._home))
        try:
            yield
        finally:
            lock.release()

    def set_aside(self) -> int:
        """How many databases restores have set aside in the data folder."""
        return sum(1 for _ in self._home.glob("before-restore-*"))

    @contextmanager
    def without_workers(self) -> Iterator[None]:
        """No worker that has a lock runs meanwhile.

        Raises:
            ConflictError: names those that do.
            StorageError: the data folder cannot be written.
        """
        with ExitStack() as held:
            restoring = FileLock(self._home / "restoring.lock")
            if not self._taken(restoring):
                raise ConflictError("copying_already", path=str(self._home))
            held.callback(restoring.release)
            running = []
            for path in sorted((self._home / "workers").glob("*.lock")):
                lock = FileLock(path)
                if self._taken(lock):
                    held.callback(lock.release)
                else:
                    running.append(path.stem)
            if running:
                raise ConflictError("worker_running", names=", ".join(running))
            yield

    def _taken(self, lock: FileLock) -> bool:
        try:
            lock.acquire(timeout=0)
        except Timeout:
            return False
        except NotImplementedError as error:  # what the lock says where the file system has none
            raise StorageError("database_no_locks", path=str(self._home)) from error
        except OSError as error:
            raise StorageError("data_dir_readonly", path=str(self._home)) from error
        return True
