"""Fields that people name in passing and no table has: 谁改的 wants 修改人, "a real reason" a reason."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from pipeline.engines.rules.playbook.loader import cues, part_group, phrases
from pipeline.engines.rules.specification.refusal import refused
from pipeline.engines.rules.specification.talk import Clause, Talk
from pipeline.language.normalise import folded
from pipeline.language.support import alikeness, occurs
from pipeline.models.base import Language
from pipeline.models.draft import DraftField
from pipeline.models.evidence import Citation
from pipeline.models.minutes import Ask

_NO_NOUN = re.compile(
    "[我你他她它们谁要的了吗呢不没是有把给让能会就都也这那来去看说做得着过个每哪什么再还又才叫点先直几]"
)
_SAME = 0.5
"""Dice of bigrams from which two labels are one field."""
_MOST = 6


class _Heard(NamedTuple):
    text: str
    clause: Clause | None


def spoken(ask: Ask, talk: Talk, language: Language, have: Iterable[str]) -> tuple[DraftField, ...]:
    """Labels besides those in `have` that the ask and the client's own words about it name."""
    known = list(have)
    found: list[DraftField] = []
    for heard in _heard(ask, talk):
        for label in _labels(heard.text, language):
            if not any(_same(label, one) for one in known):
                known.append(label)
                found.append(_field(label, heard))
    return tuple(found[:_MOST])


def _heard(ask: Ask, talk: Talk) -> Iterator[_Heard]:
    for turn in talk.turns:
        if turn.at in talk.own and turn.side != "us":
            put_off = {one.sentence for one in turn.clauses if cues("say.out").search(one.text)}
            for clause in turn.clauses:
                if clause.sentence not in put_off:
                    yield _Heard(clause.text, clause)
    yield _Heard(ask.text, None)


def _labels(text: str, language: Language) -> Iterator[str]:
    words = phrases(language)
    for name, pattern in part_group("spoken").items():
        for match in pattern.finditer(text):
            value = next((one for one in match.groups() if one), "").strip()
            if refused(text, *match.span()) or (value and _NO_NOUN.search(value)):
                continue
            yield from words[f"field.{name}"].format(value=_verb(value)).lower().split("|")


def _verb(value: str) -> str:
    """修改 for 改; what is no such short verb stays."""
    return next((long for long, one in part_group("verb").items() if one.fullmatch(value)), value)


def _same(one: str, other: str) -> bool:
    mine, theirs = folded(one), folded(other)
    return mine in theirs or theirs in mine or alikeness(one, other) >= _SAME


def _field(label: str, heard: _Heard) -> DraftField:
    if heard.clause is None:
        return DraftField(label=label, origin="inferred")
    cited = (Citation(segments=(heard.clause.segment,), quote=heard.clause.text),)
    said = occurs(label, (heard.clause.text,))
    return DraftField(label=label, origin="stated" if said else "inferred", citations=cited)
