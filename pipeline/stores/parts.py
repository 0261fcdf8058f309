"""Parts: files on their way. Whoever writes one holds it, so that nobody takes it for a leftover."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

if sys.platform != "win32":
    import fcntl


@contextmanager
def in_work(part: Path) -> Iterator[None]:
    """Make the part and hold it: a kill lets go of it. Windows refuses to remove open files."""
    if sys.platform == "win32":
        yield
        return
    handle = _held(part)
    try:
        yield
    finally:
        os.close(handle)


def remove_abandoned(part: Path) -> bool:
    """Remove a part unless somebody holds it; whether it is gone."""
    try:
        if sys.platform == "win32":
            part.unlink()
            return True
        handle = os.open(part, os.O_RDWR)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            part.unlink()
        finally:
            os.close(handle)
    except OSError:  # held, gone meanwhile, or not ours
        return False
    return True


if sys.platform != "win32":

    def _held(part: Path) -> int:
        while True:
            handle = os.open(part, os.O_CREAT | os.O_RDWR, 0o666)
            with suppress(OSError):  # a file system without locks: there nothing counts as left
                fcntl.flock(handle, fcntl.LOCK_EX)
            if os.fstat(handle).st_nlink:
                return handle
            os.close(handle)  # taken for a leftover between the two calls: make it again
