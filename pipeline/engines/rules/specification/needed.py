"""The columns an ask touches without spelling their labels: 有效期 where 近效期 is said."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from pipeline.engines.rules.specification.columns import Found
from pipeline.engines.rules.specification.concept import (
    Concept,
    Said,
    bare,
    concept,
    names,
    row_word,
)
from pipeline.engines.rules.specification.talk import Clause, Talk
from pipeline.engines.rules.specification.vocabulary import Vocabulary, content_words
from pipeline.language.script import has_cjk
from pipeline.language.terms import Column
from pipeline.models.draft import DraftField
from pipeline.models.evidence import Citation
from pipeline.models.minutes import Ask
from pipeline.models.project import Entity

_NOTE = re.compile(r"[(（](.*?)[)）]")
_MOST = 8
_WIDELY = 3
"""Tables that share a label from which it tells rows apart; of a number or code two are enough."""


class _Listed(NamedTuple):
    """A column of the dictionary, and the clause that touches it, if one does."""

    column: Column
    concept: Concept
    named: Concept
    """Its name read as words, where the label is in another script: cost_center of 成本中心."""
    clause: Clause | None = None

    @property
    def table(self) -> str:
        return self.column.entity.table


class _Heard(NamedTuple):
    said: Said
    clause: Clause | None


def needed(
    ask: Ask, talk: Talk, vocabulary: Vocabulary, entity: Entity | None, found: Found
) -> tuple[DraftField, ...]:
    """Columns besides those found that the ask and its own talk touch, and what tells rows apart.

    What could be several columns is left to the question that asks which.
    """
    heard = tuple(_heard(ask, talk))
    listed = tuple(_listed(vocabulary))
    touched = tuple(_touched(listed, heard))
    tables = _tables(heard, vocabulary, entity, found, touched)
    keys = [one for one in _keys(listed) if one.table in tables]
    taken = {one.name for one in found.fields}
    taken |= {column.path for mention in found.doubtful for column in mention.columns}
    labels = {one.label.lower() for one in found.fields}
    chosen = [
        _field(one)
        for one in _settled([*touched, *keys], tables)
        if one.column.path not in taken and one.column.label.lower() not in labels
    ]
    return tuple(chosen[:_MOST])


def _heard(ask: Ask, talk: Talk) -> Iterator[_Heard]:
    for text in (ask.text, ask.raw_quote):
        yield _Heard(_said(text, own=True), None)
    for turn in talk.turns:
        whole = bool(ask.raw_quote) and ask.raw_quote.strip(" 。.") in turn.text
        for clause in turn.clauses if turn.at in talk.own else ():
            yield _Heard(_said(clause.text, own=whole), clause)


def _said(text: str, *, own: bool) -> Said:
    return Said(text, content_words(text.replace("-", " ")), own)


def _listed(vocabulary: Vocabulary) -> Iterator[_Listed]:
    for entity in vocabulary.project.data_dictionary:
        for field in entity.fields:
            column, note = vocabulary.column(entity, field), _NOTE.search(field.label)
            words = column.name.replace("_", " ") if has_cjk(column.label) else ""
            label = concept(column.label, note[1] if note else "")
            yield _Listed(column, label, concept(words, ""))


def _touched(listed: Iterable[_Listed], heard: Sequence[_Heard]) -> Iterator[_Listed]:
    everything = _said("\n".join(one.said.text for one in heard), own=True)
    for one in listed:
        read = [each for each in (one.concept, one.named) if each.may_be_in(everything)]
        where = next((h for h in heard if any(each.is_in(h.said) for each in read)), None)
        if where is not None:
            yield one._replace(clause=where.clause)


def _keys(listed: Sequence[_Listed]) -> Iterator[_Listed]:
    """Columns that tell rows apart: the first of each table, and those by which tables belong together."""
    seen = {(one.column.label.lower(), one.table) for one in listed}
    tables = Counter(label for label, _ in seen)
    for one in listed:
        enough = 2 if one.concept.family == "id" else _WIDELY
        shared = tables[one.column.label.lower()] >= enough and not bare(one.column.label)
        if shared or one.column.name == one.column.entity.fields[0].name:
            yield one


def _tables(
    heard: Sequence[_Heard],
    vocabulary: Vocabulary,
    entity: Entity | None,
    found: Found,
    touched: Iterable[_Listed],
) -> frozenset[str]:
    """The tables whose rows the ask is about: named in it, or touched the most."""
    own = _said("\n".join(one.said.text for one in heard if one.clause is None), own=True)
    votes = Counter(one.table for one in touched)
    votes.update((one.name or "").rpartition(".")[0] for one in found.fields)
    scores = {
        one.table: 2 * names(row_word(one.entity), own) + votes[one.table] + (entity == one)
        for one in vocabulary.project.data_dictionary
    }
    best = max(scores.values(), default=0)
    return frozenset(table for table, score in scores.items() if score == best > 0)


def _settled(some: Iterable[_Listed], tables: frozenset[str]) -> list[_Listed]:
    """The one column of a label: the only one, or the one of the ask's own tables; else none."""
    by_label: dict[str, dict[str, _Listed]] = {}
    for one in some:
        by_label.setdefault(one.column.label, {}).setdefault(one.column.path, one)
    chosen = []
    for same in by_label.values():
        mine = [one for one in same.values() if one.table in tables]
        fitting = mine or list(same.values())
        if len(fitting) == 1:
            chosen.append(fitting[0])
    return chosen


def _field(one: _Listed) -> DraftField:
    clause = one.clause
    return DraftField(
        label=one.column.label,
        name=one.column.path,
        type=one.column.type or None,
        origin="dictionary",
        citations=(Citation(segments=(clause.segment,), quote=clause.text),) if clause else (),
    )
