"""Who a worker is: one name, held by one program at a time."""

import platform
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from pipeline.errors import ConflictError, InputError, StorageError

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")


@contextmanager
def identity(home: Path, name: str) -> Iterator[None]:
    """Hold the name of a worker: the system lets go of it when the program ends, however it does.

    Raises:
        InputError: a worker of this name runs already, or the name is none.
        StorageError: the data folder refuses.
    """
    if not _NAME.fullmatch(name):
        raise InputError("worker_name_wrong", name=name)
    lock = FileLock(home / "workers" / f"{name}.lock", timeout=0)
    try:
        (home / "workers").mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout as error:
        raise InputError("worker_name_taken", name=name) from error
    except NotImplementedError as error:  # what the lock says where the file system has none
        raise StorageError("database_no_locks", path=str(home)) from error
    except OSError as error:
        raise StorageError("data_dir_readonly", path=str(home)) from error
    try:
        _check_restoring(home)
        yield
    finally:
        lock.release()


def _check_restoring(home: Path) -> None:
    """Nothing is worked on while a backup is being brought back.

    Raises:
        ConflictError: a restore goes on.
    """
    restoring = FileLock(home / "restoring.lock", timeout=0)
    try:
        restoring.acquire()
    except Timeout as error:
        raise ConflictError("restore_going_on", path=str(home)) from error
    restoring.release()


def default_name(home: Path) -> str:
    """The name of this data folder's worker: made once, so that it outlives a host's name.

    Raises:
        StorageError: the data folder refuses.
    """
    file = home / "workers" / "name"
    try:
        if file.is_file() and _NAME.fullmatch(
            name := file.read_text(encoding="utf-8", errors="replace").strip()
        ):
            return name
        host = re.sub(r"[^A-Za-z0-9._-]+", "-", platform.node()).strip("-")[:30] or "worker"
        name = f"{host}-{secrets.token_hex(2)}"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(name + "\n", encoding="utf-8")
    except OSError as error:
        raise StorageError("data_dir_readonly", path=str(home)) from error
    return name
