"""The lock files install the same releases everywhere, from whatever index a machine has."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

LOCKS = ["requirements.lock", "requirements-dev.lock"]
ENTRY = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^\s;\\]+)(?P<rest>.*)$")


def _entries(path: Path) -> dict[str, list[tuple[str, int]]]:
    """Name -> its (version and marker, number of hashes); a name may differ by platform."""
    found: dict[str, list[tuple[str, int]]] = {}
    for block in re.split(r"\n(?=\S)", path.read_text(encoding="utf-8")):
        head, *more = block.splitlines()
        match = ENTRY.match(head)
        assert match, f"not a pinned release: {head!r}"
        marker = match["rest"].partition("\\")[0].strip(" ;")
        hashes = sum(line.strip().startswith("--hash=sha256:") for line in more)
        found.setdefault(match["name"], []).append((f"{match['version']} {marker}", hashes))
    return found


def _declared(root: Path) -> dict[str, list[str]]:
    table: dict[str, Any] = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    groups = {"runtime": table["project"]["dependencies"], **table["dependency-groups"]}
    return {
        group: [re.split(r"[\[<>=!~; ]", line)[0].lower() for line in lines]
        for group, lines in groups.items()
    }


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_address(root: Path, lock: str):
    text = (root / lock).read_text(encoding="utf-8")
    assert re.findall(r"^.*(?:://|--index|--find-links|\s@\s).*$", text, re.MULTILINE) == []


@pytest.mark.parametrize("lock", LOCKS)
def test_every_entry_has_hashes(root: Path, lock: str):
    entries = _entries(root / lock)
    bare = [name for name, found in entries.items() for _, hashes in found if not hashes]
    assert entries
    assert not bare


def test_the_development_lock_holds_the_very_runtime_releases(root: Path):
    runtime, dev = (_entries(root / lock) for lock in LOCKS)
    differing = {name: dev.get(name) for name in runtime if dev.get(name) != runtime[name]}
    assert not differing, "run `make lock`"


def test_what_is_declared_is_locked(root: Path):
    runtime, dev = (_entries(root / lock) for lock in LOCKS)
    declared = _declared(root)
    assert [name for name in declared["runtime"] + declared["build"] if name not in runtime] == []
    assert [name for name in declared["dev"] if name not in dev] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_the_training_library_stays_out(root: Path, lock: str):
    assert "torch" not in _entries(root / lock)
