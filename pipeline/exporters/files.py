"""Files on the disk: each one whole or not at all, and a clear error when the disk refuses."""

import errno
import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from pipeline.errors import OutputError

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def save(files: Mapping[str, bytes], out: Path) -> tuple[Path, ...]:
    """Write each file beside its place, then move all of them in; the files written.

    Raises:
        OutputError: the folder cannot be written, or the disk is full.
    """
    waiting: dict[Path, Path] = {}
    place = out
    try:
        for name, data in files.items():
            place = out / name
            place.parent.mkdir(parents=True, exist_ok=True)
            waiting[place] = _beside(place, data)
        for place, written in waiting.items():
            written.replace(place)
    except OSError as error:
        code = "disk_full" if error.errno in _FULL else "output_not_writable"
        raise OutputError(code, path=str(place), reason=error.strerror or str(error)) from error
    finally:
        for written in waiting.values():
            written.unlink(missing_ok=True)
    return tuple(waiting)


def _beside(place: Path, data: bytes) -> Path:
    """The data in a new file of the same folder, safely on the disk."""
    written = place.with_name(f".dragoman-{secrets.token_hex(6)}.part")
    try:
        with written.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        written.unlink(missing_ok=True)
        raise
    return written
