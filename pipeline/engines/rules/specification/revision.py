"""Later beats earlier: a corrected number or a changed mind replaces what was said before."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from pipeline.engines.rules.playbook.loader import cues
from pipeline.engines.rules.specification.refusal import refused
from pipeline.engines.rules.specification.rights import Row
from pipeline.engines.rules.specification.statement import Statement
from pipeline.engines.rules.specification.talk import Talk, Turn
from pipeline.language.number_mention import NumberMention
from pipeline.language.numbers import find_numbers
from pipeline.language.script import clauses
from pipeline.language.units import dimension
from pipeline.models.evidence import Citation

_UNDER = re.compile(
    r"小于|以下|低于|不到|以内|少于|\b(below|under|less than|up to)\b", re.IGNORECASE
)
_OVER = re.compile(r"大于|以上|超过|高于|多于|\b(above|over|more than|exceeds?)\b", re.IGNORECASE)
_FORBIDS = re.compile(r"(?:别|不要|不用|不)([\u4e00-\u9fff]{1,2})")
_REVISED = ("rule", "limit", "need")
_SOON = 8
"""Turns within which a mere "sorry" corrects a number."""


class Change(NamedTuple):
    """A number that no longer holds, and the one that does."""

    old: NumberMention
    new: NumberMention


class Revised(NamedTuple):
    """What still holds, and the numbers that changed on the way."""

    statements: tuple[Statement, ...]
    changes: tuple[Change, ...]

    def renewed(self, text: str) -> str:
        """A text with the numbers that hold now."""
        for change in self.changes:
            text = _replace(text, change)
        return text


def revise(said: Sequence[Statement], talk: Talk, rows: Sequence[Row] = ()) -> Revised:
    """Statements in order, without those that were taken back; what follows from both is added."""
    turns = {turn.at: turn for turn in talk.turns}
    kept, changes = list(said), list[Change]()
    for later in said:
        if later not in kept or later.sort not in _REVISED:
            continue
        sure = cues("say.correction").search(later.text) is not None
        if sure or _takes_back(later, turns[later.at]):
            kept, change = _corrected(kept, later, sure=sure)
            changes += [change] if change else []
    return Revised(tuple(_overruled(kept, rows)), tuple(changes))


def _takes_back(later: Statement, turn: Turn) -> bool:
    """Whether the sentence opens with a "sorry", a "no" or the like, and says the number anew."""
    start = turn.text.find(later.text)
    before = re.split(r"[。.!！?？]", turn.text[:start])[-1] if start >= 0 else ""
    return cues("say.takes_back").match(f"{before}{later.text}") is not None


def _corrected(
    said: Sequence[Statement], later: Statement, *, sure: bool
) -> tuple[list[Statement], Change | None]:
    number = _number(later.text)
    least = -1 if sure else later.at - _SOON
    earlier = [one for one in said if least <= one.at < later.at and one.sort in _REVISED]
    keeps = cues("say.keep").search(later.text)
    old = _replaced(earlier, number, sure=sure) if number and not keeps else None
    if number is None or old is None:
        gone = [one for one in earlier if sure and _opposite(one.text, later.text)]
        return [one for one in said if one not in gone], None
    return _renumbered(said, later, number, old), Change(old, number)


def _number(text: str) -> NumberMention | None:
    """The new number of a correction: the first that is not turned down."""
    found = [one for one in find_numbers(text) if not one.ordinal]
    return next((one for one in found if not refused(text, one.start, one.end)), None)


def _replaced(
    earlier: Sequence[Statement], new: NumberMention, *, sure: bool
) -> NumberMention | None:
    """The latest number of the same kind that was said before."""
    for one in reversed(earlier):
        for number in find_numbers(one.text):
            same = _same_kind(number, new) and (sure or new.unit is not None)
            if same and number.value != new.value and not number.ordinal:
                return number
    return None


def _same_kind(one: NumberMention, other: NumberMention) -> bool:
    return dimension(one.unit) == dimension(other.unit)


def _renumbered(
    said: Sequence[Statement], later: Statement, new: NumberMention, old: NumberMention
) -> list[Statement]:
    """Everything that rested on the old number goes; what it says with the new one only follows."""
    kept: list[Statement] = []
    made: list[Statement] = []
    for one in said:
        has_old = one.at < later.at and one.sort in _REVISED and _holds(one.text, old)
        if one == later:
            kept.append(_own_words(later, new))
        elif not has_old:
            kept.append(one)
        elif not one.also:  # words of ours that were accepted are only an echo of the client's
            made.extend(_with_new(one, _own_words(later, new), Change(old, new)))
    return sorted(kept + made, key=lambda one: one.at)


def _own_words(later: Statement, new: NumberMention) -> Statement:
    """A correction without the words that only lead up to it: 三千以下自动通过."""
    for match in reversed(list(cues("say.lead").finditer(later.text))):
        rest = later.text[match.end() :]
        if rest and any(number.value == new.value for number in find_numbers(rest)):
            return later._replace(text=rest)
    return later


def _holds(text: str, number: NumberMention) -> bool:
    return any(_is(one, number) for one in find_numbers(text))


def _is(one: NumberMention, other: NumberMention) -> bool:
    same = _same_kind(one, other) or None in (one.unit, other.unit)
    return one.value == other.value and same


def _replace(text: str, change: Change) -> str:
    """The new number where the old one stood."""
    for number in reversed([one for one in find_numbers(text) if _is(one, change.old)]):
        text = f"{text[: number.start]}{change.new.text.strip()}{text[number.end :]}"
    return text


def _with_new(one: Statement, later: Statement, change: Change) -> Iterator[Statement]:
    """The clauses of an earlier statement with the new number: composed, so only inferred."""
    for piece in clauses(one.text):
        text = piece.text.rstrip("，,。. ")
        if not _holds(text, change.old):
            continue
        yield later._replace(
            sort="rule" if _comparison(text) else one.sort,
            put=_replace(text, change),
            sure=False,
            composed=_comparison(text) == _comparison(later.text),
            also=(Citation(segments=(one.segment,), quote=text), *later.also),
        )


def _comparison(text: str) -> str | None:
    under, over = _UNDER.search(text), _OVER.search(text)
    return "under" if under else "over" if over else None


def _opposite(earlier: str, later: str) -> bool:
    """Whether the later statement does what the earlier one forbade."""
    for match in _FORBIDS.finditer(earlier):
        verb = match.group(1)
        if re.search(f"(?<![别不]){verb}", later) and not re.search(f"[别不]{verb}", later):
            return True
    return False


def _overruled(said: Sequence[Statement], rows: Sequence[Row]) -> Iterable[Statement]:
    """Without clauses that gave or denied a right which was later denied or given."""
    gone = [
        row.clause
        for index, row in enumerate(rows)
        if any(_against(row, later) for later in rows[index + 1 :])
    ]
    for one in said:
        lost = [c for c in gone if c.segment == one.segment and c.text in one.text]
        if not lost:
            yield one
            continue
        rest = one.text
        for clause in lost:
            rest = rest.replace(clause.text, "")
        rest = rest.strip(" ，,。.;；")
        if len(rest) > 1 and rest in one.text:
            yield one._replace(text=rest)


def _against(row: Row, later: Row) -> bool:
    same = row.role.lower() == later.role.lower() and row.right == later.right
    return same and row.value != later.value and later.clause.at > row.clause.at
