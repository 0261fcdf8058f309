"""The import contracts bite: each deliberate violation is caught, in a copy of the checkout."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

PACKAGES = ("pipeline", "prompts", "ui", "evals")
ONLY_SOURCE = shutil.ignore_patterns("__pycache__", "*.opus", "*.bin", "build")

# file that sins, the sin, and a word of the contract that must be reported as broken
VIOLATIONS = [
    ("pipeline/models/meeting.py", "import pipeline.run", "inside the pipeline"),
    ("pipeline/specify.py", "import pipeline.extract", "inside the pipeline"),
    ("pipeline/ports/sin.py", "import pipeline.service.meetings", "inside the pipeline"),
    ("pipeline/stores/sin.py", "import pipeline.settings", "inside the pipeline"),
    ("pipeline/exporters/sin.py", "import pipeline.stores", "inside the pipeline"),
    ("pipeline/unplaced.py", '"""No line of the house names me."""', "inside the pipeline"),
    ("prompts/sin.py", "import pipeline.models", "faces stand on the pipeline"),
    ("ui/cli/sin.py", "import evals", "faces stand on the pipeline"),
    ("ui/cli/sin.py", "import pipeline.engines.rules", "only bootstrap"),
    ("ui/cli/sin.py", "import pipeline.jobs", "only bootstrap"),
    ("evals/sin.py", "import pipeline.stores", "only bootstrap"),
    ("pipeline/jobs/sin.py", "import pipeline.stores", "inside the pipeline"),
    ("pipeline/engines/rules/sin.py", "import pipeline.engines.speech", "engines do not know"),
    ("pipeline/extract.py", "import openai", "only engines know"),
    ("pipeline/service/meetings.py", "import sqlalchemy", "only stores know"),
    ("pipeline/run.py", "import dbos", "only jobs know"),
    ("pipeline/service/meetings.py", "import streamlit", "only the faces know"),
    (
        "pipeline/errors.py",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import pipeline.models",
        "inside the pipeline",
    ),
]


def _copy(root: Path, to: Path) -> Path:
    for package in PACKAGES:
        shutil.copytree(root / package, to / package, ignore=ONLY_SOURCE)
    shutil.copy(root / "pyproject.toml", to)
    return to


def _broken(checkout: Path) -> str:
    """What lint-imports reports as broken, in one line of lower case; empty when all is kept."""
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache", "--no-logo"],
        cwd=checkout,
        env={**os.environ, "PYTHONPATH": str(checkout), "COLUMNS": "200"},
        capture_output=True,
        text=True,
    )
    report = " ".join((done.stdout + done.stderr).lower().split())
    if done.returncode == 0:
        return ""
    assert "broken contracts" in report, report
    return report.partition("broken contracts")[2]


@pytest.fixture(scope="module")
def copy(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy that keeps every contract."""
    checkout = _copy(root, tmp_path_factory.mktemp("checkout"))
    assert _broken(checkout) == ""
    return checkout


@pytest.mark.parametrize(("file", "sin", "contract"), VIOLATIONS)
def test_a_deliberate_violation_breaks_its_contract(copy: Path, file: str, sin: str, contract: str):
    path = copy / file
    before = path.read_text(encoding="utf-8") if path.exists() else None
    path.write_text(f"{before or ''}\n{sin}\n", encoding="utf-8")
    try:
        assert contract in _broken(copy)
    finally:
        if before is None:
            path.unlink()
        else:
            path.write_text(before, encoding="utf-8")


def test_two_targets_may_not_import_each_other(copy: Path):
    (copy / "pipeline/exporters/first.py").write_text("x = 1\n", encoding="utf-8")
    second = copy / "pipeline/exporters/second.py"
    second.write_text("import pipeline.exporters.first\n", encoding="utf-8")
    try:
        assert "targets do not know each other" in _broken(copy)
    finally:
        second.unlink()


def test_a_cycle_is_found(copy: Path):
    for one, other in (("first", "second"), ("second", "first")):
        path = copy / f"pipeline/models/{one}.py"
        path.write_text(f"import pipeline.models.{other}\n", encoding="utf-8")
    assert "no cycles anywhere" in _broken(copy)
