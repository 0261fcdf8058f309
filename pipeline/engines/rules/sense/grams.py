"""Grams: turns -> hashed runs of one to three tokens; a Chinese character or a Latin word each."""

import re
import zlib
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from pipeline.language.script import CJK

Hashes = npt.NDArray[np.uint64]
Rows = npt.NDArray[np.int64]

_TOKEN = re.compile(
    f"[{CJK}]|[a-z\u00df-\u024f]+(?:'[a-z]+)*|[0-9]+(?:[.,:][0-9]+)*|[?？!！。，,.;；…@%-]"
)
_SAME = str.maketrans("？！，。；", "?!,.;")
_START, _END = "<", ">"
_REMEMBERED = 65_536
_PRIME = np.uint64(0x9E3779B97F4A7C15)
_OTHER = np.uint64(0xC2B2AE3D27D4EB4F)


class Grams(NamedTuple):
    """Every gram of a call: its turn, its hash and how many tokens it has. Sorted by turn."""

    rows: Rows
    hashes: Hashes
    sizes: npt.NDArray[np.int8]


def grams(plain: Sequence[str]) -> Grams:
    """The distinct grams of each plain text, with marks for its beginning and its end."""
    tokens = [_hashed(text) for text in plain]
    rows = np.repeat(np.arange(len(tokens), dtype=np.int64), [len(one) for one in tokens])
    codes = np.fromiter((code for one in tokens for code in one), np.uint64, len(rows))
    return _distinct(_runs(rows, codes))


def code_of(name: str) -> int:
    """A number for a word or the name of a feature, the same on every machine."""
    return zlib.crc32(name.encode("utf-8", "surrogatepass"))


def mixed(hashes: Hashes, salt: int) -> Hashes:
    """The same hashes moved to another place, so that blocks of features stay apart."""
    moved = (hashes ^ np.uint64(salt)) * _OTHER
    return moved ^ (moved >> np.uint64(29))


def _hashed(text: str) -> list[int]:
    return [_code(_START), *(_code(token) for token in _TOKEN.findall(text)), _code(_END)]


@lru_cache(_REMEMBERED)
def _code(token: str) -> int:
    if token[0].isdigit():
        return code_of("0")
    return code_of(token.translate(_SAME).replace("'", ""))


def _runs(rows: Rows, codes: Hashes) -> Iterable[tuple[Rows, Hashes, int]]:
    yield rows, codes * _PRIME, 1
    for size in (2, 3):
        if len(rows) < size:
            return
        codes_of_run = codes[: len(codes) - size + 1] * _PRIME
        for step in range(1, size):
            part = codes[step : len(codes) - size + 1 + step]
            codes_of_run = (codes_of_run ^ (codes_of_run >> np.uint64(31))) * _OTHER + part
        inside = rows[: len(rows) - size + 1] == rows[size - 1 :]
        yield rows[: len(rows) - size + 1][inside], (codes_of_run * _PRIME)[inside], size


def _distinct(runs: Iterable[tuple[Rows, Hashes, int]]) -> Grams:
    parts = list(runs)
    rows = np.concatenate([part[0] for part in parts])
    hashes = np.concatenate([part[1] for part in parts])
    sizes = np.concatenate([np.full(len(part[0]), part[2], np.int8) for part in parts])
    order = np.lexsort((hashes, rows))
    rows, hashes, sizes = rows[order], hashes[order], sizes[order]
    first = np.ones(len(rows), bool)
    first[1:] = (rows[1:] != rows[:-1]) | (hashes[1:] != hashes[:-1])
    return Grams(rows[first], hashes[first], sizes[first])
