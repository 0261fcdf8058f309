"""Chinese and English are equal: each sentence exists in both, with the same values to fill in."""

import string
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
FOLDERS = [
    at for at in (ROOT / name / "words" for name in ("pipeline", "ui", "evals")) if at.is_dir()
]


def _sentences(table: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _sentences(value, f"{prefix}{name}.")
        else:
            yield prefix + name, str(value)


def _placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


def _read(folder: Path, language: str) -> dict[str, str]:
    text = (folder / f"{language}.toml").read_text(encoding="utf-8")
    return dict(_sentences(tomllib.loads(text)))


def test_the_pipeline_has_its_words():
    assert ROOT / "pipeline" / "words" in FOLDERS


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda at: at.parent.name)
def test_every_key_exists_in_both_languages(folder: Path):
    zh, en = _read(folder, "zh"), _read(folder, "en")
    assert zh.keys() - en.keys() == set(), "only in zh.toml"
    assert en.keys() - zh.keys() == set(), "only in en.toml"


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda at: at.parent.name)
def test_both_languages_fill_in_the_same_values(folder: Path):
    zh, en = _read(folder, "zh"), _read(folder, "en")
    differing = {
        key: (_placeholders(zh[key]), _placeholders(en[key]))
        for key in zh.keys() & en.keys()
        if _placeholders(zh[key]) != _placeholders(en[key])
    }
    assert not differing


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("folder", FOLDERS, ids=lambda at: at.parent.name)
def test_no_sentence_is_empty(folder: Path, language: str):
    assert [key for key, text in _read(folder, language).items() if not text.strip()] == []
