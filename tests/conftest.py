"""What holds for every test: no network, a home of its own, the same surroundings everywhere."""

import os
import runpy
from collections.abc import Iterator
from pathlib import Path

import pytest

OFFLINE = Path(__file__).parent / "offline"
runpy.run_path(str(OFFLINE / "sitecustomize.py"))

# A developer's own settings and keys must not decide whether a test passes.
FOREIGN = ("DRAGOMAN_", "OPENAI_", "LANGCHAIN_", "LANGSMITH_", "HF_", "LC_")


def _settle(patch: pytest.MonkeyPatch, folder: Path) -> None:
    for name in list(os.environ):
        if name.startswith(FOREIGN) or name in ("LANGUAGE", "NO_COLOR", "FORCE_COLOR"):
            patch.delenv(name)
    patch.setenv("DRAGOMAN_HOME", str(folder / "home"))
    patch.setenv("XDG_CONFIG_HOME", str(folder / "config"))
    patch.setenv("LANG", "C.UTF-8")
    patch.setenv("TZ", "UTC")
    patch.setenv("COLUMNS", "100")
    # The code beside these tests, wherever else a checkout may be installed.
    patch.setenv("PYTHONPATH", os.pathsep.join((str(OFFLINE), str(OFFLINE.parents[1]))))


@pytest.fixture(scope="session", autouse=True)
def _settled_session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The same for fixtures that outlive one test."""
    with pytest.MonkeyPatch.context() as patch:
        _settle(patch, tmp_path_factory.mktemp("session"))
        yield


@pytest.fixture(autouse=True)
def dragoman_home(
    _settled_session: None,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> Path:
    """The empty DRAGOMAN_HOME of this test; the folder itself is not made yet."""
    folder = tmp_path_factory.mktemp("settled")
    _settle(monkeypatch, folder)
    return folder / "home"
