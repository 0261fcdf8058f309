"""Features: turns -> a sparse matrix of hashed features, kept apart by block."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from pipeline.engines.rules.sense.grams import Grams, Hashes, Rows, code_of, grams, mixed
from pipeline.engines.rules.sense.spoken import Spoken, masked
from pipeline.engines.rules.sense.structure import structure
from pipeline.language import cues

BITS = 20
"""Bits of a feature's number; what training did not keep of them is dropped when reading."""
_MASK = np.uint64((1 << BITS) - 1)
_OWN, _BEFORE, _AFTER = 11, 12, 13
_WEIGHT_OF_WORDS = 2.5
_WEIGHT_BESIDE = 1.6
_WEIGHT_OF_STRUCTURE = 0.28


class Matrix(NamedTuple):
    """A sparse matrix: row (turn), column (feature) and value of each entry, by row."""

    rows: Rows
    columns: npt.NDArray[np.int64]
    values: npt.NDArray[np.float32]
    height: int
    """Turns."""


def features(turns: Sequence[Spoken], names: Sequence[str]) -> Matrix:
    """The features of every turn of a call, in order; `names` are hidden first."""
    plain = [cues.plain(text) for text in masked([turn.text for turn in turns], names)]
    words = grams(plain)
    return _joined(len(turns), [*_of_words(words, len(turns)), _of_structure(turns, plain)])


def _of_words(words: Grams, height: int) -> Iterator[Matrix]:
    yield _block(words.rows, mixed(words.hashes, _OWN), height, _WEIGHT_OF_WORDS)
    small = words.sizes < 3
    hashes, rows = words.hashes[small], words.rows[small]
    for step, salt in ((1, _BEFORE), (-1, _AFTER)):
        moved = rows + step
        inside = (moved >= 0) & (moved < height)
        yield _block(moved[inside], mixed(hashes[inside], salt), height, _WEIGHT_BESIDE)


def _of_structure(turns: Sequence[Spoken], plain: Sequence[str]) -> Matrix:
    found = structure(turns, plain)
    rows = np.repeat(np.arange(len(found), dtype=np.int64), [len(one) for one in found])
    codes = np.fromiter((_code(name) for one in found for name in one), np.uint64, len(rows))
    columns = (codes & _MASK).astype(np.int64)
    return Matrix(rows, columns, np.full(len(rows), _WEIGHT_OF_STRUCTURE, np.float32), len(found))


@lru_cache(16_384)
def _code(name: str) -> int:
    return code_of("structure " + name)


def _block(rows: Rows, hashes: Hashes, height: int, weight: float) -> Matrix:
    """A block in which each turn's features weigh as much together, however many they are."""
    counts = np.bincount(rows, minlength=height)
    values = weight / np.sqrt(np.maximum(counts, 1))
    columns = (hashes & _MASK).astype(np.int64)
    return Matrix(rows, columns, values[rows].astype(np.float32), height)


def _joined(height: int, parts: Sequence[Matrix]) -> Matrix:
    rows = np.concatenate([part.rows for part in parts])
    columns = np.concatenate([part.columns for part in parts])
    values = np.concatenate([part.values for part in parts])
    order = np.argsort(rows, kind="stable")
    return Matrix(rows[order], columns[order], values[order], height)
