"""A name or a folder -> the labelled calls in it; a broken file is named with its fault."""

import json
import os
from collections.abc import Iterator, Sequence
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from pydantic import ValidationError

from evals.datasets.call_file import CallFile
from evals.datasets.calls import OPEN, SEALED, calls_folder

BUNDLED = "bundled"
OPEN_SET = "open"


class DatasetError(Exception):
    """There is nothing to measure with; says where was looked and what to do."""


class Fault(NamedTuple):
    """A file that is no labelled call."""

    path: Path
    reason: str
    """What is wrong and where, in one line."""


class Dataset(NamedTuple):
    """Labelled calls by one name."""

    name: str
    calls: tuple[CallFile, ...]
    faults: tuple[Fault, ...]
    """Files that could not be read: they are left out, and told."""


def load(
    wanted: str, *, only: Sequence[str] = (), language: str | None = None, sealed: bool = False
) -> Dataset:
    """The calls of a dataset.

    Args:
        wanted: `bundled`, `open` or a folder.
        only: ids of the calls that are wanted; all without any.
        language: zh | en | mixed: only calls in it.
        sealed: whether calls may be read that are kept for one measurement.

    Raises:
        DatasetError: there is no such folder, no call in it, or no such call.
    """
    folder = place_of(wanted)
    if not folder.is_dir():
        raise DatasetError(
            f"no folder {folder}: --dataset takes bundled, open or a folder of calls"
        )
    paths = sorted(folder.glob("*.json"))
    names = {path.stem for path in paths}
    missing = [one for one in only if one not in names]
    if missing:
        raise DatasetError(f"no call {missing[0]!r} in {folder}: it has {', '.join(sorted(names))}")
    kept = [path for path in paths if _may_read(path.stem, only, sealed=sealed)]
    if wanted == OPEN_SET and not sealed:
        kept = [path for path in kept if path.stem in OPEN]
    read = [_read(path) for path in kept if not path.name.endswith(".schema.json")]
    calls = [one for one in read if isinstance(one, CallFile)]
    faults = tuple(one for one in read if isinstance(one, Fault))
    chosen = tuple(one for one in calls if language in (None, one.lang))
    if not chosen and not faults:
        raise DatasetError(f"no labelled call in {folder}; the form is in docs/reference/evals.md")
    return Dataset(wanted if wanted in (BUNDLED, OPEN_SET) else folder.name, chosen, faults)


def place_of(wanted: str) -> Path:
    """The folder of a dataset."""
    if wanted == BUNDLED:
        return Path(os.fspath(str(files("evals.datasets").joinpath("bundled"))))
    return calls_folder() if wanted == OPEN_SET else Path(wanted)


def read_call(path: Path) -> CallFile:
    """One labelled call.

    Raises:
        DatasetError: names what is wrong in it, and where.
    """
    found = _read(path)
    if isinstance(found, Fault):
        raise DatasetError(f"{found.path}: {found.reason}")
    return found


def _may_read(name: str, only: Sequence[str], *, sealed: bool) -> bool:
    """Whether a call is wanted and may be looked at.

    Raises:
        DatasetError: a sealed call was asked for by its name.
    """
    if name in SEALED and not sealed:
        if name in only:
            raise DatasetError(f"{name!r} is sealed: it is measured once, with --open-sealed")
        return False
    return not only or name in only


def _read(path: Path) -> CallFile | Fault:
    try:
        data = json.loads(path.read_text(encoding="utf-8-sig"))
        return CallFile.model_validate(data, context={"reading": True})
    except OSError as error:
        return Fault(path, error.strerror or str(error))
    except (UnicodeDecodeError, RecursionError) as error:
        return Fault(path, f"not read as UTF-8 JSON: {error}; save it as UTF-8")
    except json.JSONDecodeError as error:
        return Fault(path, f"line {error.lineno}: {error.msg}; mend the JSON there")
    except ValidationError as error:
        return Fault(path, "; ".join(_told(error))[:500])


def _told(error: ValidationError) -> Iterator[str]:
    """What does not fit, and where."""
    for one in error.errors()[:3]:
        place = ".".join(str(part) for part in one["loc"]) or "the call"
        yield f"{place}: {one['msg']}"
    if error.error_count() > 3:
        yield f"and {error.error_count() - 3} more; evals/datasets/call.schema.json has the form"
