"""Later beats earlier: a corrected number or a changed mind replaces what was said before."""

import re
from collections.abc import Sequence

from pipeline.engines.rules.playbook.loader import cues
from pipeline.engines.rules.specification.statement import Statement
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


def revise(said: Sequence[Statement]) -> tuple[Statement, ...]:
    """Statements in order, without those that were taken back, the corrected ones in their stead."""
    kept = list(said)
    for later in said:
        if later in kept and later.sort in _REVISED and cues("say.correction").search(later.text):
            kept = _corrected(kept, later)
    return tuple(kept)


def _corrected(said: Sequence[Statement], later: Statement) -> list[Statement]:
    number = _number(later.text)
    earlier = [one for one in said if one.at < later.at and one.sort in _REVISED]
    old = _replaced(earlier, number) if number and not cues("say.keep").search(later.text) else None
    if number is None or old is None:
        gone = [one for one in earlier if _opposite(one.text, later.text)]
        return [one for one in said if one not in gone]
    return _renumbered(said, later, number, old)


def _number(text: str) -> NumberMention | None:
    """The new number of a correction: the first, because the old one comes after a "not"."""
    return next((one for one in find_numbers(text) if not one.ordinal), None)


def _replaced(earlier: Sequence[Statement], new: NumberMention) -> NumberMention | None:
    """The latest number of the same kind that was said before."""
    for one in reversed(earlier):
        for number in find_numbers(one.text):
            if _same_kind(number, new) and number.value != new.value and not number.ordinal:
                return number
    return None


def _same_kind(one: NumberMention, other: NumberMention) -> bool:
    return dimension(one.unit) == dimension(other.unit)


def _renumbered(
    said: Sequence[Statement], later: Statement, new: NumberMention, old: NumberMention
) -> list[Statement]:
    """Everything that rested on the old number, resting on the new one."""
    kept: list[Statement] = []
    made: list[Statement] = []
    for one in said:
        has_old = one.at < later.at and one.sort in _REVISED and _holds(one.text, old)
        if not has_old:
            kept.append(one)
            continue
        if not one.also:  # words of ours that were accepted are only an echo of the client's
            made.extend(_with_new(one, later, new, old))
    if made and any(one.sure for one in made):
        kept = [one for one in kept if one is not later]
    return sorted(kept + made, key=lambda one: one.at)


def _holds(text: str, number: NumberMention) -> bool:
    return any(
        n.value == number.value and (_same_kind(n, number) or None in (n.unit, number.unit))
        for n in find_numbers(text)
    )


def _with_new(
    one: Statement, later: Statement, new: NumberMention, old: NumberMention
) -> list[Statement]:
    """The clauses of an earlier statement with the new number; only those it speaks of are sure."""
    made = []
    for piece in clauses(one.text):
        text = piece.text.rstrip("，,。. ")
        if not _holds(text, old) or not _comparison(text):
            continue
        where = next(n for n in find_numbers(text) if n.value == old.value)
        put = f"{text[: where.start]}{new.text.strip()}{text[where.end :]}"
        sure = _comparison(text) == _comparison(later.text)
        made.append(
            later._replace(sort="rule", put=put, sure=sure, also=(_cite(one, text), *later.also))
        )
    return made


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


def _cite(one: Statement, text: str) -> Citation:
    return Citation(segments=(one.segment,), quote=text)
