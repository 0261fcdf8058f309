"""What changed between two states of a spec: word by word, value by value."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Literal, NamedTuple

from pipeline.models.slots import Permission, Slot, SpecField
from pipeline.models.spec import Acceptance, FeatureSpec

_WORDS = re.compile(r"[A-Za-z0-9_]+|\s+|.", re.DOTALL)
"""A Latin word or a number is one piece; a Chinese character is one as well."""
ALIKE = 0.4
"""From this likeness on, of 1, two texts are shown as one with changes."""
_SLOTS = ("goal", "pain", "trigger", "format")
_LISTS = ("actors", "rules", "limits", "behaviours", "errors")
_PLAIN = ("assumptions", "out_of_scope", "dependencies", "feasibility", "conflicts_with")
_DOT = " · "


class Piece(NamedTuple):
    """A stretch of text: in both, only in the old one, or only in the new one."""

    kind: Literal["same", "gone", "new"]
    text: str


class Change(NamedTuple):
    """One value that is not what it was."""

    part: str
    """Name of the part of the spec that holds it, such as "rules"."""
    pieces: tuple[Piece, ...]


def pieces(old: str, new: str) -> tuple[Piece, ...]:
    """Both texts as one, with what went and what came."""
    if old and new and _likeness(old, new) < ALIKE:
        return (Piece("gone", old), Piece("new", new))
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    found: list[Piece] = []
    for kind, i, j, m, n in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            found.append(Piece("same", "".join(before[i:j])))
            continue
        if i < j:
            found.append(Piece("gone", "".join(before[i:j])))
        if m < n:
            found.append(Piece("new", "".join(after[m:n])))
    return tuple(found)


def changes(old: FeatureSpec, new: FeatureSpec) -> tuple[Change, ...]:
    """Every value of a spec that differs, in the order of the page."""
    before, after = dict(_texts(old)), dict(_texts(new))
    return tuple(
        Change(part, pieces(was, now))
        for part in after
        for was, now in _pairs(before.get(part, []), after[part])
        if was != now
    )


def _pairs(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The entries of two lists side by side: the same ones, then those that are much alike."""
    for kind, i, j, m, n in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "replace":
            yield from _alike(old[i:j], new[m:n])
        else:
            yield from zip_longest(old[i:j], new[m:n], fillvalue="")


def _alike(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, str]]:
    left = list(old)
    for text in new:
        best = max(left, key=lambda one: _likeness(one, text), default="")
        if best and _likeness(best, text) >= ALIKE:
            yield best, text
            left.remove(best)
        else:
            yield "", text
    yield from ((text, "") for text in left)


def _likeness(one: str, other: str) -> float:
    if one in other or other in one:
        return 1.0
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _texts(spec: FeatureSpec) -> Iterator[tuple[str, list[str]]]:
    yield "title", [spec.title]
    for name in _SLOTS:
        yield name, [_said(getattr(spec, name))]
    yield "fit_line", [spec.fit_line or ""]
    yield "scope", [_joined(spec.scope.verdict, spec.scope.line)]
    for name in _LISTS:
        yield name, [_said(one) for one in getattr(spec, name)]
    yield "data_fields", [_field(one) for one in spec.data_fields]
    yield "permissions", [_permission(one) for one in spec.permissions]
    yield "acceptance", [_case(one) for one in spec.acceptance]
    for name in _PLAIN:
        yield name, list(getattr(spec, name))
    yield "effort", [_joined(spec.effort.days and f"{spec.effort.days:g}", spec.effort.by)]
    asked = spec.open_questions
    yield (
        "open_questions",
        [_joined(one.question, one.answer and f"→ {one.answer}") for one in asked],
    )


def _said(slot: Slot) -> str:
    return _value(slot.value)


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "✓" if value else "✗"
    return str(value or "")


def _joined(*values: object) -> str:
    return _DOT.join(text for text in map(_value, values) if text)


def _field(one: SpecField) -> str:
    return _joined(one.label, one.name, one.type, one.required.value, one.example.value)


def _permission(one: Permission) -> str:
    rights = "/".join(_value(right) or "–" for right in (one.see, one.do, one.export))
    return f"{one.role} {rights}"


def _case(one: Acceptance) -> str:
    return _joined(one.given, one.when, one.then)
