"""Names of people who looked at something here, where no login knows them: a small file."""

import os
import tempfile
from contextlib import suppress
from pathlib import Path

FILE = "reviewers"
LONGEST = 60
MOST = 50
"""Names kept; the one used longest ago goes first."""


def cleaned(name: object) -> str:
    """A name as it can stand in one line."""
    return " ".join("".join(one for one in str(name) if one.isprintable()).split())[:LONGEST]


def known(home: Path) -> tuple[str, ...]:
    """All names, the last used first."""
    try:
        lines = (home / FILE).read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError):
        return ()
    return tuple(dict.fromkeys(name for line in lines if (name := cleaned(line))))[:MOST]


def remember(home: Path, name: str) -> None:
    """Put a name first. A disk that refuses costs nobody anything: names are a convenience."""
    wanted = cleaned(name)
    names = known(home)
    if not wanted or names[:1] == (wanted,):
        return
    rest = tuple(one for one in names if one != wanted)
    with suppress(OSError):
        _write(home / FILE, "\n".join((wanted, *rest)[:MOST]) + "\n")


def _write(path: Path, text: str) -> None:
    """Whole or not at all."""
    handle, name = tempfile.mkstemp(prefix=f".{FILE}-", dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        Path(name).replace(path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
