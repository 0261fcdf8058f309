"""The checkout as the architecture tests see it."""

import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def root() -> Path:
    """The top folder of the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def our_files() -> list[Path]:
    """Every file that is in git or will be: tracked, or new and not ignored."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    paths = (ROOT / name for name in listed.split("\0") if name)
    return sorted({path for path in paths if path.is_file()})


@pytest.fixture(scope="session")
def our_python(our_files: list[Path]) -> list[Path]:
    """Every Python file of ours."""
    return [path for path in our_files if path.suffix == ".py"]
