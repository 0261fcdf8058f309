"""What is installed is what is in git: the wheel brings every data file and nothing strange."""

import subprocess
import sys
import zipfile
from pathlib import Path, PurePosixPath

import pytest

pytestmark = pytest.mark.slow

PACKAGES = ("pipeline", "prompts", "ui", "evals")
LEFT_OUT = ("pipeline/demo/build", "evals/datasets/practice")


@pytest.fixture(scope="module")
def wheel_names(root: Path, tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The files of a wheel built from this checkout, with the pinned build backend."""
    to = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-index"]
    subprocess.run([*pip, "--no-build-isolation", "-w", to, root], check=True)
    (wheel,) = to.glob("dragoman-*.whl")
    return set(zipfile.ZipFile(wheel).namelist())


def left_out(path: PurePosixPath) -> bool:
    """Whether a file lies in a folder that only making a model reads (pyproject.toml, exclude)."""
    return any(path.is_relative_to(folder) for folder in LEFT_OUT)


def test_the_wheel_holds_every_file_of_the_four_packages(
    root: Path, our_files: list[Path], wheel_names: set[str]
):
    ours = {PurePosixPath(path.relative_to(root).as_posix()) for path in our_files}
    wanted = {at for at in ours if at.parts[0] in PACKAGES and not left_out(at)}
    assert wanted
    assert {str(at) for at in wanted} - wheel_names == set()


def test_the_wheel_holds_nothing_else(wheel_names: set[str]):
    tops = {name.split("/")[0] for name in wheel_names if ".dist-info/" not in name}
    assert tops <= set(PACKAGES)
    assert not [name for name in wheel_names if left_out(PurePosixPath(name))]
