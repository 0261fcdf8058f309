"""Calls that an importer makes -> files of a folder, and what every importer's command does."""

import sys
from argparse import ArgumentParser
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from evals.datasets.call_file import CallFile
from evals.errors import EvalsError, w

BROKEN = 2
Reader = Callable[[Path], Iterator[CallFile]]


def imported(module: str, about: str | None, read: Reader, words: Sequence[str] | None) -> int:
    """Read a file and write one call a meeting; 0 done, 2 bad input.

    Args:
        module: how the command is called.
        about: its help.
        read: every call of a file; raises EvalsError.
        words: the command line.
    """
    parser = ArgumentParser(prog=f"python -m {module}", description=about)
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR")
    wanted = parser.parse_args(words)
    try:
        count = written(read(wanted.file), wanted.out)
    except EvalsError as error:
        print(error, file=sys.stderr)
        return BROKEN
    print(w("command.imported", calls=count, path=str(wanted.out)))
    return 0


def written(calls: Iterable[CallFile], folder: Path) -> int:
    """Write calls into a folder; how many.

    Raises:
        EvalsError: the folder cannot be written.
    """
    count = 0
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for call in calls:
            text = call.model_dump_json(indent=1, exclude_unset=True)
            (folder / f"{call.id}.json").write_text(text + "\n", encoding="utf-8")
            count += 1
    except OSError as error:
        raise EvalsError("not_written", path=str(folder), reason=error.strerror) from error
    return count


def broken(file: Path, line: int, error: Exception) -> EvalsError:
    """A line that is no meeting, named."""
    reason = f"{type(error).__name__}: {str(error).splitlines()[0] if str(error) else ''}"
    return EvalsError("broken_import", file=str(file), line=line, reason=reason)
