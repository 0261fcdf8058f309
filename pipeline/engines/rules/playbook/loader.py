"""Reads the playbook: plays, probes and phrases in one language, cues in both at once."""

import hashlib
import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from pipeline.models.base import Language, Model
from pipeline.models.item import AskKind
from pipeline.models.slots import SlotKey

VERSION = 2
LANGUAGES: tuple[Language, ...] = ("zh", "en")
_FILES = ("plays.toml", "probes.toml", "phrases.toml", "wording.toml")
_COMMON = ("cues.toml", "parts.toml")
_PACKAGE = "pipeline.engines.rules.playbook"


class Probe(Model):
    """A question the playbook can ask, with what it takes to ask it well."""

    slot: SlotKey
    ask: str
    """May hold {object}, {term} and the other names that questions.py fills in."""
    why: str
    options: tuple[str, ...] = ()
    best: str | None = None
    """The answer we would recommend."""
    blocking: bool = False
    when: str = ""
    """Asked only where the talk about the ask matches; its group `term` fills {term}."""
    unless: str = ""
    """Not asked where the client's words match: it was said."""
    weight: int = 0
    """Moves a probe up or down among its equals."""


class Case(Model):
    """A test of one kind of ask, with {names} to be filled in."""

    kind: Literal["happy", "failure", "permission", "boundary"]
    given: str
    when: str
    then: str = ""
    asks: str = ""
    """Key of the question whose answer decides what then happens."""
    needs: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()


class Play(Model):
    """One kind of ask: how it is recognised, what it opens, and how its spec reads."""

    name: str
    """The action as a noun, such as "export"."""
    cues: tuple[str, ...] = ()
    kinds: tuple[AskKind, ...] = ()
    """Kinds of asks that lean towards this play."""
    lists: bool = False
    """Whether its data fields are exactly those that were named."""
    titles: tuple[str, ...]
    goals: tuple[str, ...]
    act: str
    """What a user or the system does to start it."""
    shall: tuple[str, ...]
    """Of titles, goals and sentences of what the system shall do, the first complete one is taken."""
    cases: tuple[Case, ...]
    ask: dict[str, Probe]
    """By a key that is the same in both languages."""


class Playbook(Model):
    """All plays and probes in one language."""

    plays: dict[str, Play]
    probes: dict[str, Probe]
    """Questions that words of the talk call for, whatever the play."""


@cache
def playbook(language: Language) -> Playbook:
    """The playbook as it speaks one language and understands both."""
    plays = {name: _both(f"plays.{name}", language) for name in _table("plays.toml", language)}
    probes = {name: _both(f"probes.{name}", language) for name in _table("probes.toml", language)}
    return Playbook.model_validate({"plays": plays, "probes": probes})


@cache
def phrases(language: Language) -> Mapping[str, str]:
    """The short sentences a spec is put together from, by dotted key."""
    return dict(_flatten("", _table("phrases.toml", language)))


@cache
def cues(name: str) -> re.Pattern[str]:
    """The expression of one cue, such as "talk.shift", in both languages."""
    group, _, key = name.partition(".")
    return compiled("|".join(f"(?:{one})" for one in _cue_table()[group][key]) or "(?!)")


def cue_group(name: str) -> Mapping[str, re.Pattern[str]]:
    """All cues of a group in their order, such as the slots a question may be about."""
    return {key: cues(f"{name}.{key}") for key in _cue_table()[name]}


def part_group(name: str) -> Mapping[str, re.Pattern[str]]:
    """All expressions of a group of parts, such as the rhythms of an exchange."""
    return {key: compiled("|".join(some)) for key, some in _part_table()[name].items()}


def part_list(name: str) -> tuple[str, ...]:
    """Expressions that read what an ask says of itself; none where its kind has no such parts."""
    group, _, key = name.partition(".")
    return tuple(_part_table().get(group, {}).get(key, ()))


def cue_list(name: str) -> tuple[str, ...]:
    """The raw expressions of one cue."""
    group, _, key = name.partition(".")
    return tuple(_cue_table()[group][key])


@cache
def compiled(expression: str) -> re.Pattern[str]:
    """An expression of the playbook; case does not count."""
    return re.compile(expression, re.IGNORECASE)


@cache
def digest() -> str:
    """Changes whenever a word of the playbook does."""
    folder = files(_PACKAGE)
    texts = [folder.joinpath(name).read_bytes() for name in _COMMON]
    texts += [folder.joinpath(at, name).read_bytes() for at in LANGUAGES for name in _FILES]
    return hashlib.sha256(b"\0".join(text.replace(b"\r\n", b"\n") for text in texts)).hexdigest()[
        :12
    ]


def _both(path: str, language: Language) -> dict[str, Any]:
    """A table of one language whose expressions match both."""
    kind, _, name = path.partition(".")
    here = dict(_table(f"{kind}.toml", language)[name])
    there = _table(f"{kind}.toml", "en" if language == "zh" else "zh").get(name, {})
    if kind == "probes":
        return _joined(here, there)
    here |= _table("wording.toml", language)[name]
    here["cues"] = [_alone(cue) for cue in (*here.get("cues", ()), *there.get("cues", ()))]
    here["ask"] = {key: _joined(one, there["ask"].get(key, {})) for key, one in here["ask"].items()}
    return here


def _alone(cue: str) -> str:
    """A Latin word among Chinese cues, such as App, does not fit inside another word."""
    return rf"(?<![A-Za-z]){cue}(?![A-Za-z])" if cue.isascii() and cue.isalnum() else cue


def _joined(here: Mapping[str, Any], there: Mapping[str, Any]) -> dict[str, Any]:
    both = dict(here)
    for name in ("when", "unless"):
        both[name] = "|".join(filter(None, (here.get(name), there.get(name))))
    # An expression may name a group only once; only the first language fills {term} by name.
    first, mark, rest = both["when"].partition("(?P<term>")
    both["when"] = first + mark + rest.replace("(?P<term>", "(?P<other>", 1)
    return both


@cache
def _cue_table() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(files(_PACKAGE).joinpath("cues.toml").read_text(encoding="utf-8"))


@cache
def _part_table() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(files(_PACKAGE).joinpath("parts.toml").read_text(encoding="utf-8"))


@cache
def _table(name: str, language: Language) -> dict[str, Any]:
    path = files(_PACKAGE).joinpath(language, name)
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _flatten(prefix: str, tree: Mapping[str, Any]) -> list[tuple[str, str]]:
    rows: list[tuple[str, str]] = []
    for name, value in tree.items():
        key = f"{prefix}.{name}" if prefix else name
        rows += _flatten(key, value) if isinstance(value, dict) else [(key, str(value))]
    return rows
