"""What runs in the browser: no text becomes markup, no other host is named, no word is missing."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
ASSETS = sorted((ROOT / "ui" / "components" / "assets").iterdir())
SCRIPTS = [path for path in ASSETS if path.suffix == ".js"]
MARKUP = re.compile(
    r"\b(?:innerHTML|outerHTML|insertAdjacentHTML|createContextualFragment|DOMParser|srcdoc"
    r"|document\.write(?:ln)?|eval|setHTML\w*|importScripts)\b|new\s+Function\b|javascript:"
)
ELSEWHERE = re.compile(
    r"(?:https?|wss?|ftp)://(?!www\.w3\.org/)|(?<![:\w])//[\w-]+\.\w|@import|url\((?!['\"]?(?:data:|#))"
)
"""An address of w3.org names a kind of markup; nothing is loaded from it."""
COMMENT = re.compile(r"(?m)(?<![:\w\"'`])//[^\n]*$|/\*.*?\*/", re.DOTALL)
KEYS = (
    re.compile(r"\b(?:w|words)\.([a-z_]\w*)"),
    re.compile(r"\b(?:w|words)\[[\"']([\w.]+)[\"']\]"),
)
STEMS = re.compile(r"\b(?:w|words)\[`([\w.]+?)\.\$\{")
"""`w[`kind.${item.kind}`]`: that some sentence begins so can be told, not which."""
JARGON = re.compile(
    r"\b(?:slots?|segments?|workflows?|hash(?:es)?|uids?|payload|null|dbos)\b", re.IGNORECASE
)
"""Words of ours that no reader should meet; `weak` has a meaning of its own in English."""


def _sentences(table: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _sentences(value, f"{prefix}{name}.")
        else:
            yield prefix + name, str(value)


def _words(language: str) -> dict[str, str]:
    text = (ROOT / "ui" / "words" / f"{language}.toml").read_text(encoding="utf-8")
    return dict(_sentences(tomllib.loads(text)["desk"]))


def _code(path: Path) -> str:
    return COMMENT.sub("", path.read_text(encoding="utf-8"))


def _by_name(path: Path) -> str:
    return path.name


@pytest.mark.parametrize("path", ASSETS, ids=_by_name)
def test_no_asset_makes_markup_of_text_or_runs_it(path: Path):
    found = MARKUP.findall(_code(path))
    if (
        path.name == "sheet.js"
    ):  # a page in a frame that may do nothing; tests/unit/ui/test_sheet.py
        frame = path.with_suffix(".html").read_text(encoding="utf-8")
        assert re.search(r'<iframe[^>]* sandbox=""', frame)
        found.remove("srcdoc")
    assert found == []


@pytest.mark.parametrize("path", ASSETS, ids=_by_name)
def test_no_asset_names_another_host(path: Path):
    text = path.read_text(encoding="utf-8")
    assert ELSEWHERE.findall(text if path.suffix == ".html" else _code(path)) == []


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("path", SCRIPTS, ids=_by_name)
def test_every_word_that_a_script_says_exists(path: Path, language: str):
    """Which table a script is given is the view's choice, so any table that has it counts."""
    known = _words(language)
    ends = {key.split(".", depth)[depth] for key in known for depth in range(key.count(".") + 1)}
    code = _code(path)
    said = {key for pattern in KEYS for key in pattern.findall(code)}
    missing = {key for key in said if key not in ends}
    assert missing == set()
    stems = {
        stem for stem in STEMS.findall(code) if not any(e.startswith(f"{stem}.") for e in ends)
    }
    assert stems == set()


def test_the_lane_is_given_every_word_it_says():
    code = _code(ROOT / "ui" / "components" / "assets" / "lane.js")
    said = {key for pattern in KEYS for key in pattern.findall(code)}
    assert {key for key in said if f"lane.{key}" not in _words("zh")} == set()


def test_no_sentence_of_the_desk_speaks_our_jargon():
    spoken = {
        key: JARGON.findall(text)
        for language in ("zh", "en")
        for key, text in _words(language).items()
    }
    assert {key: words for key, words in spoken.items() if words} == {}
