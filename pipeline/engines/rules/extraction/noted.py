"""Noted: what a line that somebody wrote down says, by how such lines are put."""

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Literal, NamedTuple

from pipeline.engines.rules.extraction.due import due_of
from pipeline.language.cues_content import terms
from pipeline.language.cues_heard import heard
from pipeline.language.cues_strength import REQUIRED, wants
from pipeline.language.labels import label_of, of_meeting
from pipeline.language.script import clauses, has_cjk
from pipeline.models.minutes import Cue

_ORDER: tuple[Cue, ...] = ("action", "decision", "risk", "question", "ask")
"""Kinds in the order they are looked for, after who wants something."""


class Noted(NamedTuple):
    """What a line says."""

    kind: Cue
    start: int
    """Where the words begin that say it: after the label."""
    bare: int
    """Where they begin without "the client wants"."""


class _Rules(NamedTuple):
    labels: dict[str, Cue]
    refused: frozenset[str]
    """Labels that say what is not wanted: without them the line would say the opposite."""
    ours: re.Pattern[str]
    head: re.Pattern[str]
    dated: re.Pattern[str]
    doer: re.Pattern[str]
    kinds: dict[Cue, re.Pattern[str]]


@cache
def _rules(language: str) -> _Rules:
    path = files("pipeline.engines.rules.extraction").joinpath("noted.toml")
    table = tomllib.loads(path.read_text(encoding="utf-8"))[language]
    labels: dict[str, list[str]] = table["labels"]
    return _Rules(
        labels={word: kind for kind in _ORDER for word in labels[kind]},
        refused=frozenset(labels["refused"]),
        ours=re.compile(table["ours"]),
        head=re.compile(table["head"]),
        dated=re.compile(table["dated"]),
        doer=re.compile(table["doer"]),
        kinds={kind: re.compile(table[kind]) for kind in _ORDER},
    )


def noted(text: str, *, quoted: bool = False) -> Noted | None:
    """What a line says; None for one that only tells how things are.

    Args:
        text: The line.
        quoted: Whether these are the words of somebody named: then "we" is not us.
    """
    if of_meeting(text):
        return None
    rules = _rules("zh" if has_cjk(text) else "en")
    named = label_of(text) or ""
    if named in rules.refused:
        return Noted("decision", 0, 0)
    label = rules.labels.get(named)
    start = re.match(r"[^:：]*[:：]\s*", text) if label else None
    begins = start.end() if start else 0
    said = text[begins:]
    head = None if _by_us(said, rules, quoted=quoted) else rules.head.search(said)
    bare = begins + head.end() if head and terms(said[head.end() :].lower()) else begins
    kind = label or ("ask" if head else _kind(said, rules, quoted=quoted))
    if kind == "ask" and head is None:
        begins = bare = begins + _wanting(said, rules)
    return Noted(kind, begins, bare) if kind else None


def doer(text: str, *, quoted: bool = False) -> str | Literal[True] | None:
    """Who does what a line says: a name at its head; True where that is us; None where nobody is."""
    rules = _rules("zh" if has_cjk(text) else "en")
    if _by_us(text, rules, quoted=quoted):
        return True
    found = rules.doer.search(text)
    return found["who"] if found else None


def _wanting(said: str, rules: _Rules) -> int:
    """Where the clause begins that says who wants what; what stands before it is why."""
    pieces = (piece for piece in clauses(said) if rules.head.search(piece.text))
    return next((piece.start for piece in pieces), 0)


def _by_us(said: str, rules: _Rules, *, quoted: bool) -> bool:
    return not quoted and rules.ours.search(said) is not None


def _kind(said: str, rules: _Rules, *, quoted: bool) -> Cue | None:
    if due_of(said) and rules.dated.search(said) and not re.search(r"每|(?i:\bevery\b)", said):
        return "action"
    ours = _by_us(said, rules, quoted=quoted)
    for kind in _ORDER:
        if rules.kinds[kind].search(said) and not (kind == "ask" and ours):
            return "ask" if kind == "question" and _wants(said) else kind
    if ours:
        return "action" if heard(said) == "action" else None
    wanted = _wants(said) or any(rules.head.search(piece.text) for piece in clauses(said))
    return "ask" if wanted else heard(said)


def _wants(said: str) -> bool:
    return any(wants(piece.text) >= REQUIRED for piece in clauses(said.lower()))
