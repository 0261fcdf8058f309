"""The columns an ask touches without spelling their labels: 有效期 where 近效期 is said."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from pipeline.engines.rules.playbook.loader import compiled, part_group, part_list
from pipeline.engines.rules.specification.talk import Clause, Talk
from pipeline.engines.rules.specification.vocabulary import Column, Vocabulary, content_words
from pipeline.models.draft import DraftField
from pipeline.models.evidence import Citation
from pipeline.models.minutes import Ask
from pipeline.models.project import Entity

_NOTE = re.compile(r"[(（](.*?)[)）]")
_CJK = re.compile("[\u4e00-\u9fff]")
_MOST = 8
_LEADING = 1
_ABOUT = 1
"""Score from which an ask is about a table."""


class _Said(NamedTuple):
    """A stretch of words about the ask."""

    text: str
    stems: frozenset[str]
    clause: Clause | None
    """Null for the ask's own words."""


class _Concept(NamedTuple):
    """What a label names (报废 of 报废数) and of which family it is (number of it)."""

    cores: tuple[str, ...]
    family: str
    values: tuple[str, ...]
    """What its note lists: 普货 and 冷藏 of 货物类型(普货/冷藏)."""


def needed(
    ask: Ask, talk: Talk, vocabulary: Vocabulary, entity: Entity | None, have: Iterable[DraftField]
) -> tuple[DraftField, ...]:
    """Columns besides those in `have` that the ask and its own talk touch, and what identifies them."""
    said = tuple(_said(ask, talk))
    columns = tuple(_columns(vocabulary))
    shared = _shared(columns)
    found: list[tuple[Column, _Said]] = []
    for column in columns:
        concept = _concept(column.label, column.note)
        where = next((one for one in said if _touches(concept, one)), None)
        if where is not None:
            found.append((column.column, where))
    tables = _tables(said, vocabulary, entity, [*have], [one for one, _ in found])
    found += [
        (one.column, _Said("", frozenset(), None))
        for one in columns
        if one.column.entity.table in tables and (one.label.lower() in shared or _leads(one.column))
    ]
    taken = {one.name for one in have if one.name}
    labels = {one.label.lower() for one in have}
    chosen = _settled(found, tables)
    fields = [
        _field(*one)
        for one in chosen
        if one[0].path not in taken and one[0].label.lower() not in labels
    ]
    return tuple(fields[:_MOST])


def _leads(column: Column) -> bool:
    """Whether it is among the first columns of its table: those that tell its rows apart."""
    return column.name in [field.name for field in column.entity.fields[:_LEADING]]


class _Listed(NamedTuple):
    """A column with the note of its label."""

    column: Column
    note: str

    @property
    def label(self) -> str:
        return self.column.label


def _columns(vocabulary: Vocabulary) -> Iterator[_Listed]:
    for entity in vocabulary.project.data_dictionary:
        for field in entity.fields:
            note = _NOTE.search(field.label)
            yield _Listed(vocabulary.column(entity, field), note[1] if note else "")


def _shared(columns: Iterable[_Listed]) -> frozenset[str]:
    """Labels that several tables have, by which their rows belong together."""
    tables: dict[str, set[str]] = {}
    for one in columns:
        tables.setdefault(one.label.lower(), set()).add(one.column.entity.table)
    return frozenset(
        label
        for label, some in tables.items()
        if len(some) > (1 if _concept(label, "").family == "id" else 2) and not _bare(label)
    )


def _bare(label: str) -> bool:
    """Whether a label is nothing but a family: 状态, 数量, "status"."""
    return compiled(part_list("family_bare.all")[0]).fullmatch(label) is not None


def _tables(
    said: Sequence[_Said],
    vocabulary: Vocabulary,
    entity: Entity | None,
    have: Sequence[DraftField],
    touched: Sequence[Column],
) -> frozenset[str]:
    """The tables whose rows the ask is about."""
    own = " ".join(one.text for one in said if one.clause is None)
    stems = content_words(own)
    scores: dict[str, float] = {}
    for one in vocabulary.project.data_dictionary:
        core = compiled(part_list("family_bare.entity")[0]).sub("", one.entity)
        words = content_words(core)
        named = (core in own) if _CJK.search(core) else bool(words & stems)
        mine = sum(column.entity.table == one.table for column in touched)
        mine += sum((field.name or "").startswith(f"{one.table}.") for field in have)
        scores[one.table] = 2 * named + mine + (entity is not None and entity.table == one.table)
    best = max(scores.values(), default=0)
    return frozenset(table for table, score in scores.items() if score == best and best >= _ABOUT)


def _said(ask: Ask, talk: Talk) -> Iterator[_Said]:
    for text in (ask.text, ask.raw_quote):
        yield _Said(text, content_words(text.replace("-", " ")), None)
    for turn in talk.turns:
        if turn.at in talk.own:
            for clause in turn.clauses:
                yield _Said(clause.text, content_words(clause.text.replace("-", " ")), clause)


def _concept(label: str, note: str) -> _Concept:
    values = tuple(one.strip() for one in re.split(r"[/、,，]", note))
    values = tuple(one for one in values if len(one) >= (2 if _CJK.search(one) else 4))
    if _bare(label):
        return _Concept((), "", values)
    for family, pattern in part_group("family").items():
        match = pattern.search(label)
        if match and match.start() > 0:
            return _Concept(_cores(label[: match.start()]), family, values)
    return _Concept(_cores(label), "", values)


def _cores(text: str) -> tuple[str, ...]:
    """The words themselves, and what people say for them: 效期 for 有效期, 操作 for 操作工."""
    text = text.strip()
    if not _CJK.search(text):
        return (re.sub(r"(?i)^last ", "", text),)
    if len(text) < 3:
        return (text,) if len(text) >= 2 else ()
    return (text, text[-2:], text[:2]) if len(text) > 2 else (text,)


def _touches(concept: _Concept, said: _Said) -> bool:
    own = said.clause is None
    if own and any(one in said.text for one in concept.values):
        return True
    cores = concept.cores if own or concept.family == "who" else concept.cores[:1]
    core = next((one for one in cores if _holds(said, one)), None)
    if core is None or concept.family == "id":
        return False
    counted = own and concept.family == "number" and _CJK.search(core) is not None
    if concept.family == "" or counted:
        return True
    if concept.family == "when" and re.search(re.escape(core) + "(?:以|之|了)?[后前]", said.text):
        return True
    return any(
        compiled(one).search(said.text) for one in part_list(f"family_said.{concept.family}")
    )


def _holds(said: _Said, core: str) -> bool:
    if _CJK.search(core):
        return core in said.text
    stems = content_words(core)
    return bool(stems) and stems <= said.stems


def _settled(
    found: Iterable[tuple[Column, _Said]], tables: frozenset[str]
) -> list[tuple[Column, _Said]]:
    """The one column of a label: the only one, or the one of the ask's own tables; else none."""
    by_label: dict[str, dict[str, tuple[Column, _Said]]] = {}
    for column, said in found:
        by_label.setdefault(column.label, {}).setdefault(column.path, (column, said))
    chosen = []
    for some in by_label.values():
        mine = [one for one in some.values() if one[0].entity.table in tables]
        fitting = mine or list(some.values())
        if len(fitting) == 1:
            chosen.append(fitting[0])
    return chosen


def _field(column: Column, said: _Said) -> DraftField:
    cited = (
        (Citation(segments=(said.clause.segment,), quote=said.clause.text),) if said.clause else ()
    )
    return DraftField(
        label=column.label,
        name=column.path,
        type=column.type or None,
        origin="dictionary",
        citations=cited,
    )
