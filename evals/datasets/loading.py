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
from evals.datasets.checking import doubts
from evals.errors import EvalsError, faults_of, w
from evals.errors import place_of as place_in

BUNDLED = "bundled"
OPEN_SET = "open"
BASELINE = "baseline.json"
_BESIDE = (BASELINE, "run.json", "call.schema.json")
"""Files beside calls that are none."""


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
    notes: tuple[Fault, ...]
    """Files with keys that nobody knows, or labels that cannot be meant so: read, and told."""


class _Read(NamedTuple):
    path: Path
    call: CallFile | None
    told: str = ""


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
        EvalsError: there is no such folder, no call in it, no such call, or no sealed one.
    """
    folder = place_of(wanted)
    if not folder.is_dir():
        raise EvalsError("no_folder", folder=str(folder))
    paths = [one for one in sorted(folder.glob("*.json")) if one.name not in _BESIDE]
    names = {path.stem for path in paths}
    missing = [one for one in only if one not in names]
    if missing:
        held = ", ".join(sorted(names))
        raise EvalsError("no_such_call", call=missing[0], folder=str(folder), held=held)
    kept = [path for path in paths if _may_read(path.stem, only, sealed=sealed)]
    if wanted == OPEN_SET and not sealed:
        kept = [path for path in kept if path.stem in OPEN]
    if sealed and names and names.isdisjoint(SEALED):
        raise EvalsError("no_sealed", folder=str(folder))
    read = list(_once([_read(path) for path in kept]))
    chosen = tuple(one.call for one in read if one.call and language in (None, one.call.lang))
    faults = tuple(Fault(one.path, one.told) for one in read if one.call is None)
    notes = tuple(Fault(one.path, one.told) for one in read if one.call and one.told)
    if not chosen and not faults:
        raise EvalsError("no_calls", folder=str(folder))
    name = wanted if wanted in (BUNDLED, OPEN_SET) else folder.resolve().name
    return Dataset(name, chosen, faults, notes)


def place_of(wanted: str) -> Path:
    """The folder of a dataset."""
    if wanted == BUNDLED:
        return Path(os.fspath(str(files("evals.datasets").joinpath("bundled"))))
    return calls_folder() if wanted == OPEN_SET else Path(wanted)


def read_call(path: Path) -> CallFile:
    """One labelled call.

    Raises:
        EvalsError: names what is wrong in it, and where.
    """
    found = _read(path)
    if found.call is None:
        raise EvalsError("broken_call", file=str(path), reason=found.told)
    return found.call


def _may_read(name: str, only: Sequence[str], *, sealed: bool) -> bool:
    """Whether a call is wanted and may be looked at.

    Raises:
        EvalsError: a sealed call was asked for by its name.
    """
    if name in SEALED and not sealed:
        if name in only:
            raise EvalsError("sealed", call=name)
        return False
    return not only or name in only


def _once(read: Sequence[_Read]) -> Iterator[_Read]:
    """The same; a call whose id another file has already is a fault: it would count twice."""
    first: dict[str, str] = {}
    for one in read:
        name = one.call.id if one.call else ""
        if name and name in first:
            yield _Read(one.path, None, w("fault.same_call", id=name, other=first[name]))
            continue
        first[name] = one.path.name
        yield one


def _read(path: Path) -> _Read:
    try:
        data = json.loads(path.read_text(encoding="utf-8-sig"))
        json.dumps(data, ensure_ascii=False).encode()  # half a character is no text
        return _checked(path, data)
    except OSError as error:
        return _Read(path, None, error.strerror or str(error))
    except UnicodeEncodeError as error:
        half = ascii(error.object[error.start])
        return _Read(path, None, w("fault.half", half=half))
    except UnicodeDecodeError as error:
        return _Read(path, None, w("fault.not_utf8", reason=str(error)))
    except json.JSONDecodeError as error:
        return _Read(path, None, w("fault.not_json", line=error.lineno, reason=error.msg))
    except ValidationError as error:
        return _Read(path, None, f"{faults_of(error)}; {w('fault.form')}")
    except (RecursionError, ValueError) as error:  # too deep, or a number of thousands of digits
        return _Read(path, None, w("fault.unreadable", reason=str(error).split(";")[0]))


def _checked(path: Path, data: object) -> _Read:
    """The call; keys that nobody knows are left out, and told like labels that cannot be meant.

    Raises:
        ValidationError: something does not fit.
    """
    unknown: list[str] = []
    try:
        call = CallFile.model_validate(data)
    except ValidationError as error:
        call = CallFile.read(data)
        places = [place_in(one) for one in error.errors() if one["type"] == "extra_forbidden"]
        unknown.append(w("doubt.unknown", places=", ".join(places)))
    return _Read(path, call, "; ".join((*unknown, *doubts(call))))
