"""What the documents say is so: twins agree, links lead somewhere, no command goes undescribed."""

import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.main import get_command

from pipeline.errors import DragomanError
from pipeline.models.minutes import ITEM_TYPES, Minutes
from pipeline.models.project import Project
from pipeline.models.spec import FeatureSpec
from pipeline.models.transcript import Transcript
from pipeline.settings import Settings
from ui.cli.failures import STOPPED
from ui.cli.main import app

TWINS = ("README.md", "README.zh.md")
LANGUAGES = list(zip(TWINS, ("en", "zh"), strict=True))
DEPENDENCIES = "docs/decisions/0008-dependencies.md"
CLI = "docs/reference/cli.md"
FORMATS = "docs/reference/formats.md"
SETTINGS = "docs/reference/settings.md"

FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
OUR_PATH = re.compile(r"`((?:pipeline|ui|prompts|evals|tests|docs)/[\w./-]*)`")


def _read(root: Path, name: str) -> str:
    return (root / name).read_text(encoding="utf-8")


def _prose(text: str) -> str:
    """The text without its code blocks, where `#` opens a comment and not a heading."""
    return FENCE.sub("", text)


def _headings(text: str) -> list[tuple[int, str]]:
    found = re.findall(r"^(#+) (.+)$", _prose(text), re.MULTILINE)
    return [(len(marks), title) for marks, title in found]


# --- the twins


def test_the_twins_have_the_same_headings_in_the_same_order(root: Path):
    levels = [[level for level, _ in _headings(_read(root, name))] for name in TWINS]
    assert levels[0] == levels[1]


def test_the_twins_have_the_same_shape_under_every_heading(root: Path):
    """As many table rows, list items and code blocks; paragraphs may be cut differently."""
    one, other = (_shape(_read(root, name)) for name in TWINS)
    assert one == other


def _shape(text: str) -> list[tuple[int, int, int]]:
    parts = re.split(r"^#+ .+$", re.sub(FENCE, "<code>", text), flags=re.MULTILINE)
    return [
        (part.count("\n|"), len(re.findall(r"^- ", part, re.MULTILINE)), part.count("<code>"))
        for part in parts
    ]


def test_the_twins_show_the_same_commands(root: Path):
    one, other = (
        [block for block in FENCE.findall(_read(root, name)) if block[0] in ("sh", "bat")]
        for name in TWINS
    )
    assert one == other
    assert one


def test_the_twins_show_the_same_keys(root: Path):
    one, other = (
        [
            _keys(yaml.safe_load(text))
            for kind, text in FENCE.findall(_read(root, name))
            if kind == "yaml"
        ]
        for name in TWINS
    )
    assert one == other
    assert one


def _keys(value: Any) -> Any:
    """The skeleton of a YAML value; the terms of a glossary are nobody's keys."""
    if isinstance(value, dict):
        return {key: _keys(inner) for key, inner in value.items() if key != "glossary"}
    return [_keys(inner) for inner in value] if isinstance(value, list) else None


@pytest.mark.parametrize("name", TWINS)
def test_the_project_file_it_shows_is_a_project(root: Path, name: str):
    shown = [text for kind, text in FENCE.findall(_read(root, name)) if kind == "yaml"]
    assert all(Project.model_validate(yaml.safe_load(text)).client for text in shown)


@pytest.mark.parametrize("name", TWINS)
def test_a_readme_can_be_read_in_one_go(root: Path, name: str):
    assert 150 <= len(_read(root, name).splitlines()) <= 250


@pytest.mark.parametrize("name", TWINS)
def test_every_path_a_readme_names_exists(root: Path, name: str):
    named = OUR_PATH.findall(_read(root, name))
    assert named
    assert [path for path in named if not (root / path).exists()] == []


@pytest.mark.parametrize(("name", "language"), LANGUAGES)
def test_a_section_that_a_message_sends_people_to_exists(root: Path, name: str, language: str):
    words = _read(root, f"pipeline/words/{language}.toml")
    sections = re.findall(r"README(?:, )?[“「]([^”」]+)[”」]", words)
    titles = [title for _, title in _headings(_read(root, name))]
    assert sections
    assert [section for section in sections if section not in titles] == []


# --- links


def test_every_link_inside_the_house_leads_somewhere(root: Path, our_files: list[Path]):
    broken = [
        f"{path.relative_to(root)}: {target}"
        for path in our_files
        if path.suffix == ".md"
        for target in LINK.findall(_prose(path.read_text(encoding="utf-8")))
        if "://" not in target and not _leads_somewhere(path, target)
    ]
    assert not broken


def _leads_somewhere(path: Path, target: str) -> bool:
    name, _, anchor = target.partition("#")
    there = path.parent / name if name else path
    if not there.exists():
        return False
    return not anchor or anchor in _anchors(there)


def _anchors(path: Path) -> set[str]:
    """The names that a heading gets where Markdown is shown: small letters, no punctuation."""
    titles = [title for _, title in _headings(path.read_text(encoding="utf-8"))]
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


# --- decisions


def test_every_dependency_has_its_reason(root: Path):
    table = tomllib.loads(_read(root, "pyproject.toml"))
    groups = [table["project"]["dependencies"], *table["dependency-groups"].values()]
    declared = {re.split(r"[\[<>=!~; ]", line)[0] for group in groups for line in group}
    page = _read(root, DEPENDENCIES)
    given = set(re.findall(r"^\| ([A-Za-z0-9_.-]+) \| \S", page, re.MULTILINE)) - {"package"}
    assert declared - given == set(), "no line in the decision"
    assert given - declared == set(), "not declared any more"


def test_decisions_are_numbered_without_a_gap_and_listed(root: Path):
    folder = root / "docs" / "decisions"
    names = sorted(path.name for path in folder.glob("[0-9]*.md"))
    assert [int(name[:4]) for name in names] == list(range(1, len(names) + 1))
    index = (folder / "README.md").read_text(encoding="utf-8")
    assert [name for name in names if f"({name})" not in index] == []


# --- reference


def _commands() -> Iterator[tuple[str, list[str]]]:
    """Every command as it is typed, with its long options."""
    pending = [("dragoman", get_command(app))]
    while pending:
        name, command = pending.pop()
        inner = getattr(command, "commands", None)
        if inner:
            pending += [(f"{name} {word}", one) for word, one in inner.items()]
        else:
            opts = [opt for param in command.params for opt in param.opts]
            yield name, [opt for opt in opts if opt.startswith("--") and opt != "--help"]


def test_every_command_and_option_is_described_and_none_invented(root: Path):
    sections = re.split(r"^## ", _read(root, CLI), flags=re.MULTILINE)
    for name, options in _commands():
        about = next((text for text in sections if re.match(rf"{name}\b", text)), "")
        assert about, name
        assert [opt for opt in options if not re.search(rf"`{opt}\b", about)] == [], name
        described = re.findall(r"^\| `(--[\w-]+)", about, re.MULTILINE)
        assert [opt for opt in described if opt not in options] == [], name


@pytest.mark.parametrize("name", [*TWINS, CLI])
def test_every_exit_code_is_described(root: Path, name: str):
    codes = {0, 4, STOPPED} | {error.exit_code for error in _family(DragomanError)}
    described = re.findall(r"^\| (\d+) \|", _read(root, name), re.MULTILINE)
    assert {int(code) for code in described} == codes


def _family(error: type[DragomanError]) -> Iterator[type[DragomanError]]:
    yield error
    for child in error.__subclasses__():
        yield from _family(child)


@pytest.mark.parametrize("name", [*TWINS, SETTINGS])
def test_every_setting_is_described_with_its_built_in_value(root: Path, name: str):
    """A README leaves those of a model, of voices, and those it only names, to the page about settings."""
    text = _read(root, name)
    rows = dict(_settings_rows(text))
    known = Settings.model_fields.keys()
    if name == SETTINGS:
        assert rows.keys() == known
    else:
        assert rows.keys() <= known
        apart = ("model_", "voices_")
        assert {
            one for one in known if f"`{one}`" not in text and not one.startswith(apart)
        } == set()
    plain = {key: cell[1:-1] for key, cell in rows.items() if re.fullmatch(r"`\w+`", cell)}
    built_in = {key: str(Settings.model_fields[key].default) for key in plain}
    assert plain == built_in


def _settings_rows(text: str) -> list[tuple[str, str]]:
    """Name and second cell of each row of the table that has a column of built-in values."""
    table = re.search(r"^\| \S+ \| (?:built in|内置值) \|.*?\n\n", text, re.MULTILINE | re.DOTALL)
    assert table, "no table of settings"
    return re.findall(r"^\| `(\w+)` \| (.+?) \|", table[0], re.MULTILINE)


@pytest.mark.parametrize("model", [Project, Transcript, Minutes, FeatureSpec, *ITEM_TYPES.values()])
def test_every_key_of_our_files_is_described(root: Path, model: type[Any]):
    spans = re.findall(r"`([^`]+)`", _prose(_read(root, FORMATS)))
    words = {word for span in spans for word in re.findall(r"\w+", span)}
    schema = model.model_json_schema(by_alias=True)
    parts = [schema, *schema.get("$defs", {}).values()]
    keys = {key for part in parts for key in part.get("properties", {})}
    assert keys - words == set()


# --- the example


@pytest.mark.parametrize(("name", "language"), LANGUAGES)
def test_the_example_is_what_the_code_makes_of_the_call(
    root: Path, tmp_path: Path, name: str, language: str
):
    call = root / "pipeline" / "demo" / language
    program = Path(sys.executable).with_name("dragoman")
    command = [program, "process", call / "call.json", "--project", call / "project.yaml"]
    subprocess.run([*command, "--out", tmp_path], check=True, capture_output=True)
    spec = FeatureSpec.read_json((tmp_path / "specs" / "S1.json").read_bytes())
    turns = json.loads((call / "call.json").read_bytes())["turns"]
    text = _read(root, name)
    quoted = re.findall(r"^\| (\d\d:\d\d) \| (.+?) \| (.+?) \|$", text, re.MULTILINE)
    assert set(quoted) <= {(_clock(one["start"]), one["speaker"], one["text"]) for one in turns}
    shown = re.findall(r"^\| \S+ \| ([^|]+) \| [^|]*?(\d\d:\d\d)[^|]* \|$", text, re.MULTILINE)
    assert len(quoted) == len(shown) - 1 == 8
    said = list(_said(spec))
    unproved = [
        (value, at)
        for value, at in shown
        if not any(at == time and _alike(value, words) for words, time in said)
    ]
    assert not unproved


def _said(spec: FeatureSpec) -> Iterator[tuple[str, str]]:
    """Every value that was said, with each time at which it was."""
    found: list[tuple[str, Any]] = [(f"{one.label} {one.name}", one) for one in spec.data_fields]
    found += [(one.role, one) for one in spec.permissions]
    slots = [spec.pain, spec.format, *spec.rules, *spec.limits]
    found += [(str(one.value), one) for one in slots]
    for words, one in found:
        if one.origin == "stated":
            yield from ((words, _clock(piece.start)) for piece in one.evidence)


def _clock(seconds: float) -> str:
    return f"{int(seconds) // 60:02d}:{int(seconds) % 60:02d}"


def _alike(one: str, other: str) -> bool:
    """Whether the words of one are part of the other."""
    bare, rest = (re.sub(r"\W+", "", words).casefold() for words in (one, other))
    return bare in rest or rest in bare
