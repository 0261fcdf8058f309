"""Small enough to read in one go: files of at most 300 lines, functions of at most 35 (p90)."""

import ast
from collections.abc import Iterator
from pathlib import Path
from statistics import quantiles

MOST_LINES = 300
P90_FUNCTION_LINES = 35


def _function_lengths(path: Path) -> Iterator[int]:
    """Lines from `def` to the last statement, the docstring not counted."""
    for node in ast.walk(ast.parse(path.read_bytes())):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        length = (node.end_lineno or node.lineno) - node.lineno + 1
        first = node.body[0]
        if ast.get_docstring(node) is not None:
            length -= (first.end_lineno or first.lineno) - first.lineno + 1
        yield length


def test_no_python_file_is_longer_than_300_lines(root: Path, our_python: list[Path]):
    lines = {path: path.read_bytes().count(b"\n") for path in our_python}
    long = {str(path.relative_to(root)): n for path, n in lines.items() if n > MOST_LINES}
    assert not long, f"look for the noun that wants out: {long}"


def test_nine_of_ten_functions_fit_into_35_lines(our_python: list[Path]):
    lengths = [length for path in our_python for length in _function_lengths(path)]
    p90 = quantiles(lengths, n=10)[-1]
    assert p90 <= P90_FUNCTION_LINES
