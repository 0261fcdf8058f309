"""Tables and columns as a reader meets them -> Vocabulary, with what was left out and why."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from pipeline.errors import NotReadableError
from pipeline.language.normalise import visible
from pipeline.language.readable import readable
from pipeline.models.project import DictionaryField, Entity
from pipeline.models.vocabulary import FileFinding, Vocabulary

MOST_COLUMNS = 50_000
MOST_OF_A_KIND = 20
"""Findings of one kind that are told one by one; the others are counted."""
_LONGEST_NAME = 128
_LONGEST_LABEL = 120
_LONG = 24
"""Characters of a comment above which only what it begins with is a label."""
_UNSEEN = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e007f]")
_NAMES = re.compile(r"[,，;；、/|\n]")
_LABEL_ENDS = re.compile(r"\s*[:：;；,，。(（\[【|\n]|\.\s|\s+(?=\d)")
_VALUES = re.compile(r"\d\s*[-=:：、.]\s*\S|[:：]\s*\d")
"""How comments list what a column may hold: "0-open 1-closed", "状态：0 草稿"."""


@dataclass
class _Column:
    name: str
    label: str
    type: str
    synonyms: tuple[str, ...]


@dataclass
class _Table:
    name: str
    label: str
    synonyms: tuple[str, ...]
    partial: bool
    columns: dict[str, _Column] = field(default_factory=dict)


class Gathering:
    """Collects in the order of the file; of two with one name the first is kept."""

    def __init__(self, file: str, shape: str, *, whole: bool = False) -> None:
        """Of which file, what it is read as, and whether such a file tells all of a table."""
        self.file = file
        self.shape = shape
        self._whole = whole
        self._tables: dict[str, _Table] = {}
        self._findings: list[FileFinding] = []
        self._told: Counter[str] = Counter()
        self._columns = 0
        self._by_last: dict[str, list[str]] = {}

    def find(
        self, code: str, *, line: int | None = None, place: str = "", **params: str | int
    ) -> None:
        """Note something; of one kind only the first ones are kept, the others counted."""
        self._told[code] += 1
        if self._told[code] <= MOST_OF_A_KIND:
            values = {
                key: clean(one) if isinstance(one, str) else one for key, one in params.items()
            }
            finding = FileFinding(
                code=code, file=self.file, line=line, place=clean(place), params=values
            )
            self._findings.append(finding)

    def told(self, code: str) -> int:
        """How often something was noted."""
        return self._told[code]

    def begin(
        self,
        name: str,
        label: str = "",
        *,
        synonyms: Iterable[str] = (),
        line: int | None = None,
        place: str = "",
    ) -> bool:
        """A table that the file tells whole; False where it told one of this name before."""
        name = clean(name, _LONGEST_NAME)
        if not name:
            self.find("table_without_name", line=line, place=place)
            return False
        key = name.casefold()
        if key in self._tables and not self._tables[key].partial:
            self.find("table_twice", line=line, place=place, table=name)
            return False
        early = self._tables.pop(key, None)
        self._put(_Table(name, label_of(label), synonyms_of(synonyms), partial=False))
        for one in early.columns.values() if early else ():
            self._tables[key].columns[one.name.casefold()] = one
        return True

    def add(self, name: str, label: str = "", synonyms: Iterable[str] = ()) -> None:
        """A table that may be there already; what is known of it is completed."""
        self._table(name, partial=False)
        self.describe(name, label=label, synonyms=synonyms)

    def describe(
        self, table: str, column: str | None = None, *, label: str, synonyms: Iterable[str] = ()
    ) -> bool:
        """What a table or column is called, where nothing said so before; False if unknown."""
        known = self._found(clean(table, _LONGEST_NAME))
        one: _Table | _Column | None = known
        if known is not None and column is not None:
            one = known.columns.get(clean(column, _LONGEST_NAME).casefold())
        if one is None:
            return False
        one.label = one.label or label_of(label)
        one.synonyms = tuple(dict.fromkeys([*one.synonyms, *synonyms_of(synonyms)]))
        return True

    def column(
        self,
        table: str,
        name: str,
        label: str = "",
        *,
        kind: str = "",
        synonyms: Iterable[str] = (),
        line: int | None = None,
        place: str = "",
        partial: bool = False,
    ) -> None:
        """A column of a table.

        Raises:
            NotReadableError: there are more than anybody can talk about.
        """
        name = clean(name, _LONGEST_NAME)
        known = self._table(table, partial=partial)
        if known is None or not name:
            self.find("column_without_name", line=line, place=place, table=clean(table))
            return
        if name.casefold() in known.columns:
            self.find("column_twice", line=line, place=place, table=known.name, column=name)
            return
        self._columns += 1
        if self._columns > MOST_COLUMNS:
            raise NotReadableError("vocabulary.too_many", file=self.file, most=MOST_COLUMNS)
        called = label_of(label)
        known.columns[name.casefold()] = _Column(
            name, called, clean(kind, _LONGEST_NAME), synonyms_of(synonyms)
        )

    def _table(self, name: str, *, partial: bool) -> _Table | None:
        name = clean(name, _LONGEST_NAME)
        if not name:
            return None
        return self._found(name) or self._put(_Table(name, "", (), partial))

    def _found(self, name: str) -> _Table | None:
        """By its name; with or without its schema, where only one can be meant."""
        key = name.casefold()
        if key in self._tables:
            return self._tables[key]
        _, dot, last = key.rpartition(".")
        same = self._by_last.get(last, [])
        same = [one for one in same if not dot or "." not in one]
        return self._tables[same[0]] if len(same) == 1 else None

    def _put(self, table: _Table) -> _Table:
        key = table.name.casefold()
        self._tables[key] = table
        keys = self._by_last.setdefault(key.rpartition(".")[2], [])
        if key not in keys:
            keys.append(key)
        return table

    def done(self) -> Vocabulary:
        """All of it.

        Raises:
            NotReadableError: nothing in the file is a table with a column.
        """
        tables = [one for one in self._tables.values() if one.columns]
        for one in self._tables.values():
            if not one.columns:
                self.find("table_without_columns", table=one.name)
        if not tables:
            raise NotReadableError("vocabulary.nothing", file=self.file, shape=self.shape)
        self._count_bare(tables)
        return Vocabulary(
            shape=self.shape,
            entities=tuple(_entity(one) for one in tables),
            partial=tuple(one.name for one in tables if one.partial or not self._whole),
            findings=self.findings(),
        )

    def findings(self) -> tuple[FileFinding, ...]:
        """What was noted; what was only counted comes last."""
        rest = sum(max(0, count - MOST_OF_A_KIND) for count in self._told.values())
        more = FileFinding(code="more", file=self.file, params={"count": rest})
        return (*self._findings, *([more] if rest else []))

    def _count_bare(self, tables: list[_Table]) -> None:
        bare = [(one, column) for one in tables for column in one.columns.values()]
        bare = [(one, column) for one, column in bare if not column.label]
        if bare:
            table, column = bare[0]
            example = f"{table.name}.{column.name}"
            self.find("no_comment", count=len(bare), example=example, label=readable(column.name))


def _entity(table: _Table) -> Entity:
    fields = tuple(
        DictionaryField(
            name=one.name,
            label=one.label or readable(one.name),
            type=one.type,
            synonyms=tuple(word for word in one.synonyms if word != one.label),
        )
        for one in table.columns.values()
    )
    label = table.label or readable(table.name)
    return Entity(entity=label, table=table.name, fields=fields, synonyms=table.synonyms)


def clean(text: str, most: int = 300) -> str:
    """In one line, without what no eye sees, cut to a length."""
    return " ".join(_UNSEEN.sub("", visible(text)).split())[:most].rstrip()


def label_of(comment: str) -> str:
    """What a comment calls the thing: without the values, rules and remarks that follow."""
    text = clean(comment, _LONGEST_LABEL * 4)
    first = _LABEL_ENDS.split(text, maxsplit=1)[0].strip()
    if first and (len(text) > _LONG or _VALUES.search(text)):
        text = first
    return text[:_LONGEST_LABEL].rstrip()


def synonyms_of(texts: Iterable[str]) -> tuple[str, ...]:
    """Each name once; several may stand in one text, with commas or 、 between."""
    found = (clean(one, _LONGEST_LABEL) for text in texts for one in _NAMES.split(text))
    return tuple(dict.fromkeys(one for one in found if one))[:50]
