"""What a project itself vouches for: the columns, capabilities and words of the deployed system."""

from collections.abc import Iterable

from pipeline.language.names import Names
from pipeline.language.normalise import folded
from pipeline.language.once import per_project
from pipeline.language.script import has_cjk
from pipeline.language.support import alikeness, occurs
from pipeline.language.terms import Column, terms_of
from pipeline.models.project import Project

_ALIKE = 0.5
"""Dice of bigrams from which a value repeats a line of the contract or the product."""
_BRACKETS = "(（"


class Dictionary:
    """Looks up what a project knows of its system."""

    def __init__(self, project: Project) -> None:
        """Index what the project vouches for; `dictionary_of` does so once."""
        self._terms = terms_of(project)
        columns = tuple(self._terms.columns.values())
        people = [one.name for one in project.participants]
        labels = [one.label for one in columns]
        entities = [one.entity for one in project.data_dictionary]
        self.terms = Names((*labels, *entities, *people), self._terms.same())
        """Names that must not be swapped: labels, entities and participants."""
        self.glossary = tuple(f"{term} {meaning}" for term, meaning in project.glossary.items())
        self._lines = (*project.capabilities, *project.scope)
        known = (
            *labels,
            *entities,
            *self._terms.columns,
            *(word for word, _ in self._terms.same()),
        )
        self._names = {folded(one) for one in known}

    def column(self, path: str | None, label: str) -> Column | None:
        """The column with this path where the label fits it, or else the only one so called."""
        claimed = self._terms.columns.get(path or "")
        if claimed is not None and self._terms.fits(label, claimed):
            return claimed
        meant = self._terms.meant(label)
        return meant.columns[0] if meant and len(meant.columns) == 1 else None

    def label(self, said: str, column: Column) -> str:
        """The dictionary's own word for what was named otherwise, in the language it was named in."""
        meant = self._terms.meant(said)
        names_it = meant is not None and any(one.path == column.path for one in meant.columns)
        noted = any(mark in said for mark in _BRACKETS)
        same_script = has_cjk(said) == has_cjk(column.label)
        return column.label if names_it and same_script and not noted else said

    def named(self, label: str, column: Column | None, said: Iterable[str]) -> bool:
        """Whether the need behind a field was said; people rarely say a label letter by letter."""
        told = tuple(said)
        if not told:
            return False
        if occurs(label, (*told, *self.glossary)):
            return True
        hits = (hit for text in told for hit in self._terms.find(text))
        return column is not None and any(
            [one.path for one in hit.columns] == [column.path] for hit in hits
        )

    def has(self, value: str) -> bool:
        """Whether a value is a column or an entity, or says what a line of the project says."""
        plain = folded(value)
        if not plain:
            return False
        return plain in self._names or any(
            plain in folded(line) or alikeness(value, line) >= _ALIKE for line in self._lines
        )


@per_project
def dictionary_of(project: Project) -> Dictionary:
    """What a project vouches for, indexed once."""
    return Dictionary(project)
