"""A data dictionary that is there, and one that a file tells -> one of both.

The columns of the file win. What people wrote by hand and the file lacks is kept: names of tables
and columns, and what else people call them. A column that is gone from a table told whole goes.
"""

from collections.abc import Sequence
from typing import NamedTuple

from pipeline.language.readable import readable
from pipeline.models.project import DictionaryField, Entity, Project
from pipeline.models.vocabulary import FileFinding, Vocabulary

_NAMED = 8
"""Columns that a finding names."""


class Merged(NamedTuple):
    """The dictionary of both, in the order that was there; new tables come last."""

    entities: tuple[Entity, ...]
    findings: tuple[FileFinding, ...]


def merged(known: Sequence[Entity], told: Vocabulary, *, file: str) -> Merged:
    """Put what a file tells over what is known."""
    entities = list(known)
    places = _places(known)
    partial = {name.casefold() for name in told.partial}
    findings: list[FileFinding] = []
    kept: list[str] = []
    for one in told.entities:
        place = _place(places, one.table)
        if place is None:
            entities.append(one)
            continue
        before = entities[place]
        names = {field.name.casefold() for field in one.fields}
        rest = tuple(field for field in before.fields if field.name.casefold() not in names)
        if rest and one.table.casefold() not in partial:
            findings.append(_gone(before.table, rest, file))
            rest = ()
        entities[place] = _joined(before, one, rest, kept)
    if kept:
        params: dict[str, str | int] = {"count": len(kept), "example": kept[0]}
        findings.append(FileFinding(code="label_kept", file=file, params=params))
    return Merged(tuple(entities), tuple(findings))


def over(project: Project, words: Project) -> Project:
    """A project with the tables, capabilities and contract lines of another one on top."""
    names = tuple(one.table for one in words.data_dictionary)
    told = Vocabulary(shape="", entities=words.data_dictionary, partial=names)
    return project.with_(
        data_dictionary=merged(project.data_dictionary, told, file="").entities,
        capabilities=tuple(dict.fromkeys([*project.capabilities, *words.capabilities])),
        scope=tuple(dict.fromkeys([*project.scope, *words.scope])),
    )


def _places(known: Sequence[Entity]) -> dict[str, int]:
    """Where each table stands, by its name and, where only one can be meant, without schema."""
    full = {one.table.casefold(): place for place, one in enumerate(known)}
    last: dict[str, list[int]] = {}
    for name, place in full.items():
        last.setdefault(name.rpartition(".")[2], []).append(place)
    alone = {f".{name}": places[0] for name, places in last.items() if len(places) == 1}
    return alone | full


def _place(places: dict[str, int], table: str) -> int | None:
    name = table.casefold()
    if name in places:
        return places[name]
    schema, _, last = name.rpartition(".")
    return places.get(f".{last}") if not schema else places.get(last)


def _gone(table: str, columns: Sequence[DictionaryField], file: str) -> FileFinding:
    names = ", ".join(one.name for one in columns[:_NAMED])
    more = ", …" if len(columns) > _NAMED else ""
    params: dict[str, str | int] = {"table": table, "count": len(columns), "names": names + more}
    return FileFinding(code="columns_gone", file=file, params=params)


def _joined(
    before: Entity, told: Entity, rest: tuple[DictionaryField, ...], kept: list[str]
) -> Entity:
    by_name = {field.name.casefold(): field for field in before.fields}
    fields = tuple(
        _column(by_name.get(field.name.casefold()), field, told.table, kept)
        for field in told.fields
    )
    label = told.entity
    if label == readable(told.table) and before.entity not in (label, told.table):
        label = before.entity
        kept.append(f"{told.table}: {label}")
    table = before.table if "." in before.table and "." not in told.table else told.table
    synonyms = _both(before.synonyms, told.synonyms)
    return Entity(entity=label, table=table, fields=(*fields, *rest), synonyms=synonyms)


def _column(
    before: DictionaryField | None, told: DictionaryField, table: str, kept: list[str]
) -> DictionaryField:
    if before is None:
        return told
    label = told.label
    if label == readable(told.name) and before.label not in (label, told.name):
        label = before.label
        kept.append(f"{table}.{told.name}: {label}")
    synonyms = _both(before.synonyms, told.synonyms)
    return told.with_(label=label, type=told.type or before.type, synonyms=synonyms)


def _both(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*one, *other]))
