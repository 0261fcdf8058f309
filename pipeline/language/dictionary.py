"""What a project itself vouches for: the columns, capabilities and words of the deployed system."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from pipeline.language.normalise import folded
from pipeline.language.support import alikeness
from pipeline.models.project import Project

_NOTE = re.compile(r"\s*[(（].*?[)）]\s*")
_ALIKE = 0.5
"""Dice of bigrams from which a value repeats a line of the contract or the product."""


class Column(NamedTuple):
    """A column of the deployed system."""

    path: str
    """`table.column`."""
    label: str
    type: str | None


class Dictionary:
    """Looks up what a project knows of its system."""

    def __init__(self, project: Project) -> None:
        """Index the columns by path and by label."""
        columns = tuple(_columns(project))
        self._by_path = {column.path: column for column in columns}
        self._by_label: dict[str, list[Column]] = {}
        for column in columns:
            self._by_label.setdefault(folded(column.label), []).append(column)
        entities = [one.entity for one in project.data_dictionary]
        people = [one.name for one in project.participants]
        labels = [column.label for column in columns]
        self.terms = tuple(dict.fromkeys(one for one in (*labels, *entities, *people) if one))
        """Names that must not be swapped: labels, entities and participants."""
        self.glossary = tuple(f"{term} {meaning}" for term, meaning in project.glossary.items())
        self._lines = (*project.capabilities, *project.scope)
        self._names = {folded(one) for one in (*labels, *entities, *self._by_path)}

    def column(self, path: str | None, label: str) -> Column | None:
        """The column with this path, or else the only one with this label."""
        if path in self._by_path:
            return self._by_path[path]
        same = self._by_label.get(folded(_NOTE.sub("", label)), [])
        return same[0] if len(same) == 1 else None

    def has(self, value: str) -> bool:
        """Whether a value is a column or an entity, or says what a line of the project says."""
        plain = folded(value)
        if not plain:
            return False
        return plain in self._names or any(
            plain in folded(line) or alikeness(value, line) >= _ALIKE for line in self._lines
        )


def _columns(project: Project) -> Iterator[Column]:
    for entity in project.data_dictionary:
        for field in entity.fields:
            label = _NOTE.sub("", field.label).strip()
            yield Column(f"{entity.table}.{field.name}", label, field.type or None)
