"""Files on the disk: each one whole or not at all, and a clear error when the disk refuses."""

import errno
import os
import secrets
import time
from collections.abc import Mapping
from pathlib import Path

from pipeline.errors import OutputError

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_DAY = 24 * 60 * 60


def save(files: Mapping[str, bytes], out: Path) -> tuple[Path, ...]:
    """Write each file beside its place, then move them in one after the other; the files written.

    Whatever can be known before is found out before the first one moves: a folder in the way, a
    link that leads out of `out`, a full disk. Only a disk that fails between two moves can leave
    some files new and some old; each of them is whole.

    Raises:
        OutputError: the folder cannot be written, or the disk is full.
    """
    waiting: dict[Path, Path] = {}
    place = out
    try:
        for place in (out / name for name in files):
            _check(place, out)
        for name, data in files.items():
            place = out / name
            place.parent.mkdir(parents=True, exist_ok=True)
            _sweep(place.parent)
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


def _check(place: Path, out: Path) -> None:
    """Refuse a place that holds a folder, or that really lies elsewhere."""
    if place.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if not place.parent.resolve().is_relative_to(out.resolve()):
        raise PermissionError(errno.EPERM, f"it leads out of {out}")


def _sweep(folder: Path) -> None:
    """Remove what a run that was killed has left here; never what another may be writing now."""
    for left in folder.glob(".dragoman-*.part"):
        try:
            if time.time() - left.lstat().st_mtime > _DAY:
                left.unlink()
        except OSError:  # somebody else removed it, or it is not ours to remove
            continue


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
