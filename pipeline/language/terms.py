"""The columns of the deployed system, found in what people say, however they say it."""

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Literal, NamedTuple

from pipeline.language.normalise import folded
from pipeline.language.once import per_project
from pipeline.language.scanning import Scanner, Spot, atoms_of, words_of
from pipeline.language.script import has_cjk
from pipeline.language.sounds import Heard, Sounds
from pipeline.models.project import DictionaryField, Entity, Project

How = Literal["label", "synonym", "abbreviation", "homophone"]
_Kind = Literal["label", "synonym", "name", "part"]
_KINDS: tuple[_Kind, ...] = ("label", "synonym", "name", "part")
_NOTE = re.compile(r"\s*[(（].*?[)）]\s*")
_HEAD_EN = re.compile(r"\s+(name|number|no|date|code|id)$", re.IGNORECASE)
_HEAD_ZH = re.compile("(名称|编码|编号|代码|号码)$")
_SHORTEST_PART = {True: 2, False: 4}
"""Letters of a part of a label, Chinese or not."""
_INITIALS = 3
"""Words from which their first letters are a name: UOM for unit of measure."""
_MOST_HELD = 8192
"""Texts whose terms are kept in mind; a long call has a few thousand clauses."""


class Column(NamedTuple):
    """A column of the deployed system."""

    entity: Entity
    name: str
    label: str
    """Without a note in brackets."""
    type: str | None

    @property
    def path(self) -> str:
        """`table.column`."""
        return f"{self.entity.table}.{self.name}"


class Hit(NamedTuple):
    """A place in a text where columns are named."""

    start: int
    end: int
    said: str
    how: How
    columns: tuple[Column, ...]
    """All that may be meant, in the order of the dictionary."""
    whole: bool
    """False when only a part of a label was said: 状态 for 订单状态."""


class Meant(NamedTuple):
    """What a label as a whole may mean."""

    how: How
    columns: tuple[Column, ...]


_Forms = dict[_Kind, dict[str, Column]]


class Terms:
    """One index over the dictionary and the glossary of a project."""

    def __init__(self, project: Project) -> None:
        """Index every way in which a column may be named."""
        self.columns: dict[str, Column] = {}
        """By path. Of a column that is there twice, the first; where types differ, none."""
        self._forms: Scanner[_Forms] = Scanner()
        self._entities: Scanner[list[Entity]] = Scanner()
        self._written: set[str] = set()
        self._initials: set[str] = set()
        self._found: dict[str, tuple[Hit, ...]] = {}
        self._glossary = project.glossary
        self.entities = project.data_dictionary
        self._things = {
            folded(one) for entity in self.entities for one in (entity.entity, *entity.synonyms)
        }
        for entity in self.entities:
            for name in (entity.entity, *entity.synonyms):
                self._entities.add(name, [])[0].append(entity)
            for field in entity.fields:
                self._add(entity, field)
        self._add_glossary()

    def find(self, text: str) -> tuple[Hit, ...]:
        """Columns named in a text, from the left, without overlaps, the longest first."""
        held = self._found.get(text)
        if held is None:
            if len(self._found) >= _MOST_HELD:
                self._found.clear()
            held = self._found[text] = self._sought(text)
        return held

    def meant(self, label: str) -> Meant | None:
        """What a label as a whole may mean; nothing where no table has it."""
        bare = _bare(label)
        for text in dict.fromkeys((bare, bare.replace("的", ""))):
            spot = self._forms.whole(text)
            if spot is not None:
                how, columns, _ = self._read(spot)
                return Meant(how, columns)
            heard = next(self._sounds.in_text(text), None)
            if heard is not None and (heard.start, heard.end) == (0, len(text)):
                return Meant("homophone", self._heard(heard))
        return None

    def fits(self, label: str, column: Column) -> bool:
        """Whether a label can be about a column: it names it, or at least no other and a part of it.

        What is said in another script than the dictionary's is taken for a translation.
        """
        meant = self.meant(label)
        if meant is not None and any(one.path == column.path for one in meant.columns):
            return True
        if meant is not None and meant.how != "abbreviation":
            return False
        if has_cjk(label) != has_cjk(column.label):
            return True
        mine, its = (_content(text, column.entity) for text in (label, column.label))
        return bool(mine & (its | _content(column.name, column.entity)))

    def entities_in(self, text: str) -> Iterator[tuple[int, Entity]]:
        """Entities named in a text, with the place where each stands."""
        for spot in self._entities.every(text):
            yield from ((spot.start, entity) for entity in spot.found)
        for heard in self._thing_sounds.in_text(text) if has_cjk(text) else ():
            thing = self._entities.whole(heard.word)
            yield from ((heard.start, entity) for entity in (thing.found if thing else ()))

    def things_in(self, text: str) -> Iterator[tuple[int, int]]:
        """Where entities are named in a text."""
        yield from ((spot.start, spot.end) for spot in self._entities.spots(text))

    def is_entity(self, label: str) -> bool:
        """Whether a label names a whole record: 订单, not something of it."""
        return folded(label) in self._things

    def same(self) -> Iterator[tuple[str, str]]:
        """Other words for a label, each with the one label it stands for."""
        meant: dict[str, set[str]] = {}
        for column, word in self._synonyms():
            meant.setdefault(word, set()).add(column.label)
        yield from ((word, labels.pop()) for word, labels in meant.items() if len(labels) == 1)
        for entity in self.entities:
            yield from ((word, entity.entity) for word in entity.synonyms)

    def _add(self, entity: Entity, field: DictionaryField) -> None:
        column = Column(entity, field.name, _bare(field.label), field.type or None)
        known = self.columns.setdefault(column.path, column)
        if known.type != column.type:
            self.columns[column.path] = known = known._replace(type=None)
        for kind, text in _ways(entity, column, field, self._things):
            self._enter(kind, text, known)
        for initials in _initials(column.label):
            self._enter("part", initials, known)
            self._initials.add(initials)

    def _enter(self, kind: _Kind, text: str, column: Column) -> None:
        forms, plain = self._forms.add(text, {})
        forms.setdefault(kind, {}).setdefault(column.path, column)
        if kind in ("label", "synonym"):
            self._written.add(plain)

    def _add_glossary(self) -> None:
        """Words that the glossary explains by a label or an entity."""
        for word, meaning in self._glossary.items():
            for column in self._labelled(meaning):
                self._enter("synonym", word, column)
            thing = self._entities.whole(_bare(meaning))
            if thing is not None:
                self._entities.add(word, [])[0].extend(thing.found)

    def _labelled(self, text: str) -> tuple[Column, ...]:
        spot = self._forms.whole(_bare(text))
        return tuple(spot.found.get("label", {}).values()) if spot else ()

    def _synonyms(self) -> Iterator[tuple[Column, str]]:
        for entity in self.entities:
            for field in entity.fields:
                column = self.columns[f"{entity.table}.{field.name}"]
                yield from ((column, one) for one in field.synonyms)
        for word, meaning in self._glossary.items():
            yield from ((column, word) for column in self._labelled(meaning))

    @cached_property
    def _labels(self) -> frozenset[str]:
        labels = {column.label for column in self.columns.values()}
        return frozenset(labels.union(word for _, word in self._synonyms()))

    @cached_property
    def _sounds(self) -> Sounds:
        return Sounds(self._labels, {*self._labels, *self._things, *self._glossary})

    @cached_property
    def _thing_sounds(self) -> Sounds:
        return Sounds(self._things, {*self._labels, *self._things, *self._glossary})

    def _sought(self, text: str) -> tuple[Hit, ...]:
        hits = [self._hit(spot, text) for spot in self._forms.spots(text)]
        hits = [one for one in hits if one.said.upper() not in self._initials or one.said.isupper()]
        for heard in self._sounds.in_text(text) if has_cjk(text) else ():
            near = [one for one in hits if one.start < heard.end and heard.start < one.end]
            if all(heard.start <= one.start and one.end <= heard.end for one in near):
                hits = [one for one in hits if one not in near]
                said = text[heard.start : heard.end]
                columns = self._heard(heard)
                hits.append(Hit(heard.start, heard.end, said, "homophone", columns, whole=True))
        return tuple(sorted(hits, key=lambda one: one.start))

    def _hit(self, spot: Spot[_Forms], text: str) -> Hit:
        how, columns, whole = self._read(spot)
        return Hit(spot.start, spot.end, text[spot.start : spot.end], how, columns, whole)

    def _read(self, spot: Spot[_Forms]) -> tuple[How, tuple[Column, ...], bool]:
        kind = next(one for one in _KINDS if one in spot.found)
        columns = tuple(spot.found[kind].values())
        if kind in ("label", "synonym") and spot.plain in self._written:
            return ("label" if kind == "label" else "synonym"), columns, True
        whole = kind in ("label", "synonym") or (kind == "name" and " " in spot.plain)
        return "abbreviation", columns, whole

    def _heard(self, heard: Heard) -> tuple[Column, ...]:
        spot = self._forms.whole(heard.word)
        return self._read(spot)[1] if spot else ()


@per_project
def terms_of(project: Project) -> Terms:
    """The index of a project."""
    return Terms(project)


def _ways(
    entity: Entity, column: Column, field: DictionaryField, things: set[str]
) -> Iterator[tuple[_Kind, str]]:
    """Every way to name a column that is known beforehand."""
    label = column.label
    yield "label", label
    for word in field.synonyms:
        yield "synonym", word
    gap = "" if has_cjk(label) else " "
    for thing in (entity.entity, *entity.synonyms):
        if thing and not label.startswith(thing):
            yield "synonym", f"{thing}{gap}{label.removeprefix(entity.entity).lstrip()}"
    yield "name", column.name
    for part in _parts(label, entity.entity):
        if folded(part) not in things:
            yield "part", part


def _parts(label: str, entity: str) -> Iterator[str]:
    """What people say for a label: 状态 for 订单状态, "dentist" for "dentist name"."""
    chinese = has_cjk(label)
    shorter = [_HEAD_ZH.sub("", label), label.removeprefix(entity)]
    if not chinese:
        shorter = [_HEAD_EN.sub("", label)]
    for short in shorter:
        if short != label and len(short) >= _SHORTEST_PART[chinese]:
            yield short


def _content(text: str, entity: Entity) -> frozenset[str]:
    """Words or characters of a name, without those of the record it belongs to."""
    whole = {atom.full for atom in atoms_of(_bare(text))}
    return frozenset(whole - {atom.full for atom in atoms_of(entity.entity)} or whole)


def _initials(label: str) -> Iterator[str]:
    """The first letters of several Latin words, where they are a name."""
    if not has_cjk(label):
        words = words_of(label)
        if len(words) >= _INITIALS:
            yield "".join(word[0] for word in words).upper()


def _bare(label: str) -> str:
    return _NOTE.sub("", label).strip()
