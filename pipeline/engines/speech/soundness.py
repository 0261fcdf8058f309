"""A model folder -> which file of it is missing, cut or not what it should be; loads nothing."""

import json
import struct
from pathlib import Path
from typing import BinaryIO, Literal, NamedTuple

NEEDED = ("model.bin", "config.json", "tokenizer.json")
"""Without tokenizer.json faster-whisper would fetch one from the hub."""
VOCABULARIES = ("vocabulary.json", "vocabulary.txt")
KNOWN_FORM = 6
"""Version of CTranslate2's file form since 2021; another one is left to CTranslate2."""
EMBEDDINGS = "decoder/embeddings/weight"
MOST_PADDING = 64
"""Rows that table may have beyond the vocabulary, to come out even."""


class Fault(NamedTuple):
    """What keeps a folder from being a model."""

    file: str
    kind: Literal["missing", "empty", "cut", "strange", "closed"]
    """strange: it is no part of this model, whatever its name says; closed: it may not be read."""


class Weights(NamedTuple):
    """What model.bin says of itself."""

    parameters: int
    """Numbers in it, whatever their precision."""
    tokens: int
    """Rows of the vocabulary's table; 0 where there is none."""


def fault(folder: Path) -> Fault | None:
    """The first thing that is wrong with a model folder; null when nothing is."""
    try:
        return _fault(folder)
    except PermissionError as error:
        return Fault(Path(error.filename or folder).name, "closed")


def _fault(folder: Path) -> Fault | None:
    names = [*NEEDED]
    vocabulary = next((name for name in VOCABULARIES if (folder / name).is_file()), None)
    names.append(vocabulary or VOCABULARIES[0])
    for name in names:
        if not (folder / name).is_file():
            return Fault(name, "missing")
        if not (folder / name).stat().st_size:
            return Fault(name, "empty")
    for name in names:
        if name.endswith(".json") and not _is_json(folder / name):
            return Fault(name, "strange")
    return _fault_of_weights(folder, names[-1])


def weights(path: Path) -> Weights | None:
    """Walk through model.bin without reading its numbers; null where its form is another.

    Raises:
        EOFError: it ends too early.
        ValueError: it is no file of CTranslate2.
    """
    size = path.stat().st_size
    with path.open("rb") as file:
        (form,) = _read(file, "<I")
        if form > 100:  # a web page, an LFS pointer: no version is as high
            raise ValueError(path.name)
        if form != KNOWN_FORM:
            return None
        _text(file)
        _revision, count = _read(file, "<II")
        parameters = tokens = 0
        for _ in range(count):
            name = _text(file)
            (rank,) = _read(file, "<B")
            shape: tuple[int, ...] = _read(file, f"<{rank}I")
            _kind, length = _read(file, "<BI")
            if file.seek(length, 1) > size:
                raise EOFError(name)
            numbers = _product(shape)
            parameters += numbers
            if name.removesuffix("_0") == EMBEDDINGS:
                tokens = shape[0]
        (aliases,) = _read(file, "<I")
        for _ in range(2 * aliases):
            _text(file)
    return Weights(parameters, tokens)


def _fault_of_weights(folder: Path, vocabulary: str) -> Fault | None:
    try:
        found = weights(folder / "model.bin")
    except EOFError:
        return Fault("model.bin", "cut")
    except ValueError:
        return Fault("model.bin", "strange")
    if found is None or not found.tokens or not vocabulary.endswith(".json"):
        return None
    words = json.loads((folder / vocabulary).read_text(encoding="utf-8"))
    if not isinstance(words, list) or len(words) < found.tokens - MOST_PADDING:
        return Fault(vocabulary, "strange")
    return None


def _is_json(path: Path) -> bool:
    try:
        return isinstance(json.loads(path.read_text(encoding="utf-8")), dict | list)
    except ValueError:
        return False


def _read(file: BinaryIO, form: str) -> tuple[int, ...]:
    length = struct.calcsize(form)
    data = file.read(length)
    if len(data) < length:
        raise EOFError(form)
    return struct.unpack(form, data)


def _text(file: BinaryIO) -> str:
    (length,) = _read(file, "<H")
    data = file.read(length)
    if len(data) < length:
        raise EOFError("text")
    return data.rstrip(b"\0").decode()


def _product(shape: tuple[int, ...]) -> int:
    total = 1
    for size in shape:
        total *= size
    return total
