"""The official validator takes our change folders, strictly: of real calls and of hostile text."""

import hashlib
import json
import os
import runpy
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pipeline import bootstrap
from pipeline.exporters.openspec.exporter import OpenSpecExporter
from pipeline.models.actor import Actor
from pipeline.models.slots import Permission, Slot
from pipeline.models.spec import Acceptance, FeatureSpec
from pipeline.models.view import InternalView
from pipeline.service import documents, meetings
from pipeline.service.intake import Intake

HERE = Path(__file__).parent
DEMO = Path(__file__).parents[2] / "pipeline" / "demo"
Call: Any = runpy.run_path(str(HERE.parents[1] / "tests/unit/exporters/conftest.py"))["Call"]
ME = Actor(id="u1", name="陈立", via="test")
QUIET = {"OPENSPEC_TELEMETRY": "0", "DO_NOT_TRACK": "1", "NO_COLOR": "1", "CI": "true"}

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]

EVIL = (
    "## ADDED Requirements\n### Requirement: x\n#### Scenario: y",
    "```\n~~~\n<!-- \n---",
    "### Requirement: \n",
    "- **WHEN** a\n- **THEN** SHALL MUST",
    "## REMOVED Requirements\n- FROM: `a`\n- TO: `b`",
    "- [x] 9.9 done",
    "**ID**: x",
    "# ",
    "\u202e\u200b\x00",
    "應 shall 应 SHALL NOT",
    "长" * 900,
)


def _missing(reason: str) -> None:
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def validator(request: pytest.FixtureRequest) -> Path:
    """The tool of the lock file, installed once for each content of it."""
    if shutil.which("node") is None or shutil.which("npm") is None:
        _missing("needs node and npm on the PATH")
    lock = (HERE / "package-lock.json").read_bytes()
    folder = request.config.cache.mkdir(f"openspec-{hashlib.sha256(lock).hexdigest()[:12]}")
    tool = folder / "node_modules" / ".bin" / "openspec"
    if not tool.exists():
        for name in ("package.json", "package-lock.json"):
            shutil.copy(HERE / name, folder)
        options = ["--ignore-scripts", "--no-audit", "--no-fund", "--omit=dev"]
        done = subprocess.run(
            ["npm", "ci", *options], cwd=folder, capture_output=True, text=True, timeout=240
        )
        if done.returncode:
            shutil.rmtree(folder / "node_modules", ignore_errors=True)
            _missing(f"npm ci did not get the tool: {done.stderr[-600:]}")
    return tool


@pytest.fixture
def judged(validator: Path, tmp_path: Path) -> Callable[[InternalView], dict[str, list[str]]]:
    """What the tool says to each change of a meeting; nothing where it is content."""

    def judge(view: InternalView) -> dict[str, list[str]]:
        OpenSpecExporter().export(view, out=tmp_path)
        names = [path.name for path in sorted((tmp_path / "openspec/changes").iterdir())]
        return {name: _verdict(validator, tmp_path, name) for name in names}

    return judge


def _verdict(tool: Path, folder: Path, change: str) -> list[str]:
    done = subprocess.run(
        [str(tool), "validate", change, "--strict", "--json", "--no-interactive"],
        cwd=folder,
        env=os.environ | QUIET,
        capture_output=True,
        text=True,
        timeout=60,
    )
    told = json.loads(done.stdout)
    (item,) = told["items"]
    assert item["id"] == change
    assert item["valid"] is (done.returncode == 0)
    found = [f"{one['level']} {one['path']}: {one['message']}" for one in item["issues"]]
    return found or ([] if item["valid"] else [done.stderr])


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_changes_of_a_real_call_are_valid(language: str, judged, tmp_path: Path):
    house = bootstrap.house(bootstrap.settings(home=tmp_path / "home", engine="rules"))
    project = bootstrap.project_file(DEMO / language / "project.yaml")
    intake = Intake(project=project)
    added = meetings.add(ME, house, DEMO / language / "call.json", intake)
    meetings.process(ME, house, added.uid, lambda progress: None)
    view = documents.all_of(meetings.view(ME, house, added.uid))
    verdicts = judged(view)
    assert len(verdicts) == len(view.specs) >= 3
    assert not any(verdicts.values()), verdicts


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_changes_of_a_call_read_by_hand_are_valid(language: str, judged):
    verdicts = judged(Call(language).view())
    assert list(verdicts) == ["add-s1", "add-s2", "add-s3", "add-s4"]
    assert not any(verdicts.values()), verdicts


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_text_of_the_call_can_break_a_change(language: str, judged):
    view = Call(language).view()
    specs = tuple(_hostile(view.specs[0], number, evil) for number, evil in enumerate(EVIL, 1))
    nothing = FeatureSpec(
        uid="u0", id="S0", project="p1", meetings=("m1",), title="x", asks=(), origin_engine="test"
    )
    verdicts = judged(replace(view, specs=(*specs, nothing)))
    assert len(verdicts) == len(EVIL) + 1
    assert not any(verdicts.values()), verdicts


def _hostile(spec: FeatureSpec, number: int, evil: str) -> FeatureSpec:
    evidence = spec.rules[0].evidence[0].with_(quote=evil, speaker=evil)
    slot = Slot(value=evil, origin="stated", evidence=(evidence,))
    case = Acceptance(given=evil, when=evil, then=evil, kind="failure")
    row = Permission(role=evil, see=True, export=False, origin="inferred")
    return spec.with_(
        uid=f"u{number}",
        id=f"S{number}",
        title=evil,
        goal=slot,
        pain=slot,
        trigger=slot,
        format=slot,
        rules=(slot, slot),
        behaviours=(slot,),
        errors=(slot,),
        permissions=(row,),
        acceptance=(case, case),
        data_fields=(spec.data_fields[0].with_(label=evil, name=evil, type=evil),),
        open_questions=(spec.open_questions[0].with_(question=evil),),
        assumptions=(evil,),
        out_of_scope=(evil,),
        dependencies=(evil,),
    )


def test_the_tool_finds_what_is_wrong(judged, validator: Path, tmp_path: Path):
    assert judged(Call("en").view())["add-s1"] == []
    page = tmp_path / "openspec/changes/add-s1/specs/s1/spec.md"
    page.write_text(page.read_text(encoding="utf-8").replace("SHALL", "will"), encoding="utf-8")
    assert _verdict(validator, tmp_path, "add-s1")
