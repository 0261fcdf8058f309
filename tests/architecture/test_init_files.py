"""A package opens with one sentence and imports nothing, so that nothing heavy comes along."""

import ast
from pathlib import Path

PACKAGES = ("pipeline", "prompts", "ui", "evals")


def _is_only_a_docstring(path: Path) -> bool:
    module = ast.parse(path.read_bytes())
    return ast.get_docstring(module) is not None and len(module.body) == 1


def test_init_files_hold_a_docstring_and_nothing_else(root: Path, our_python: list[Path]):
    inits = [path for path in our_python if path.name == "__init__.py"]
    wrong = [str(path.relative_to(root)) for path in inits if not _is_only_a_docstring(path)]
    assert not wrong


def test_every_folder_with_code_is_a_package(root: Path, our_python: list[Path]):
    """Otherwise it is missing from the import contracts, which see packages only."""
    inside = {path.parent for path in our_python if path.relative_to(root).parts[0] in PACKAGES}
    bare = [str(at.relative_to(root)) for at in inside if not (at / "__init__.py").exists()]
    assert not bare


def test_tests_are_no_package(root: Path):
    assert not list((root / "tests").rglob("__init__.py"))
