"""The columns of one CREATE TABLE, by sqlglot, in the dialects that deployed systems speak."""

import logging
import re
from collections.abc import Sequence
from typing import NamedTuple

import sqlglot
from sqlglot import exp

from pipeline.readers.vocabulary.sql_text import PART, string_in

DIALECTS = {
    "mysql": "MySQL",
    "postgres": "PostgreSQL",
    "tsql": "SQL Server",
    "oracle": "Oracle",
}
"""What the parser calls a dialect, and what people do."""
_HINTS = {
    "mysql": re.compile(r"(?i)`|\bengine\s*=|\bauto_increment\b|\bcomment\s+'"),
    "postgres": re.compile(
        r"(?i)\bpublic\.|\bserial\b|\bcharacter varying\b|::|\bjsonb\b|\bbytea\b"
    ),
    "tsql": re.compile(r"(?im)\[\w+\]|^\s*go\s*$|\bnvarchar\b|\bidentity\(|sp_addextendedproperty"),
    "oracle": re.compile(
        r"(?i)\bvarchar2\b|\bnumber\s*\(|\bnumber\b\s*[,\n]|\bclob\b|\btablespace\b"
    ),
}
_LOOKED_AT = 200_000
"""Characters in which hints are looked for."""
_TRIED = 8
"""Statements that every dialect is tried on."""
_TRIED_LENGTH = 60_000
_ENABLED = re.compile(r"(?i)(\bnull)\s+(?:en|dis)able\b")
_NAME_AND_TYPE = re.compile(rf"(?s)\s*{PART}\s+[\w\[\]]+(?:\s*\([\w\s,]*\))?(?=[\s,]|\Z)")
_WRITTEN = re.compile(
    rf"(?is)\s*{PART}\s+((?:\[\w+\]|\w+)(?:\s+(?:varying|precision))?"
    r"(?:\s*\((?:[^()']|'[^']*')*\))?(?:\[\])*(?:\s+unsigned|\s+with(?:out)?\s+(?:local\s+)?time\s+zone)?)"
    r"(?=[\s,]|\Z)"
)
_COMPUTED = re.compile(rf"(?is)\s*({PART})\s+as\s*\(")
"""A column of SQL Server that is worked out from others: it has no type of its own."""
_BARE = str.maketrans("", "", '"`')
_OUTSIDE_QUOTES = re.compile(r"('(?:[^']|'')*')")


class Column(NamedTuple):
    """A column as its definition says it."""

    name: str
    kind: str
    comment: str


def recognised(creates: Sequence[str], text: str) -> str:
    """The dialect that reads the most, where several read as much the one that the text hints at."""
    head = text[:_LOOKED_AT]
    hinted = {name: len(hint.findall(head)) for name, hint in _HINTS.items()}
    order = sorted(DIALECTS, key=lambda name: -hinted[name])
    tried = [one for one in creates if len(one) <= _TRIED_LENGTH][:_TRIED]
    read = {}
    for name in order:
        read[name] = sum(_whole(one, name) is not None for one in tried)
        if read[name] == len(tried):
            break
    return max(read, key=lambda name: read[name])


def parsed(statement: str, dialect: str) -> list[Column] | None:
    """All columns of a statement, in this dialect or else in another; None where none reads it."""
    statement = _ENABLED.sub(r"\1", statement)
    for name in (dialect, *(one for one in DIALECTS if one != dialect)):
        found = _whole(statement, name)
        if found is not None:
            return found
    return None


def parsed_piece(definition: str, dialect: str) -> Column | None:
    """One column by its definition, such as `order_no varchar(32) not null`.

    Where a product has options of its own behind the type, name and type are enough.
    """
    begins = _NAME_AND_TYPE.match(definition)
    for text in (definition, begins.group() if begins else ""):
        found = parsed(f"CREATE TABLE t ({text}\n)", dialect) if text else None
        if found and len(found) == 1 and found[0].kind:
            return found[0]._replace(comment=found[0].comment or string_in(definition, "comment"))
    computed = _COMPUTED.match(definition)
    return Column(computed.group(1).strip('"`[]'), "", "") if computed else None


def _whole(statement: str, dialect: str) -> list[Column] | None:
    log = logging.getLogger("sqlglot")
    log.setLevel(logging.CRITICAL)  # it would tell a terminal what it cannot read; we do
    try:
        tree = sqlglot.parse_one(statement, dialect=dialect)
        if not isinstance(tree, exp.Create) or not isinstance(tree.this, exp.Schema):
            return None
        columns = [one for one in tree.this.expressions if isinstance(one, exp.ColumnDef)]
        return [_column(one, dialect) for one in columns] or None
    except Exception:  # a parser of foreign text raises what it likes: not read is not read
        return None


def _column(one: exp.ColumnDef, dialect: str) -> Column:
    kind = one.args.get("kind")
    comment = ""
    for constraint in one.args.get("constraints") or ():
        inside = constraint.args.get("kind")
        if isinstance(inside, exp.CommentColumnConstraint):
            comment = inside.this.name if isinstance(inside.this, exp.Expression) else ""
    return Column(one.name, _lower(kind.sql(dialect=dialect)) if kind else "", comment)


def written_kind(definition: str) -> str:
    """The type as the definition has it, since parsers put other names of a type for it."""
    found = _WRITTEN.match(definition)
    if found is None or _COMPUTED.match(definition):
        return ""
    kind = re.sub(r"\s+", " ", found.group(1).replace(" (", "(")).translate(_BARE)
    return _lower(re.sub(r"^\[(\w+)\]", r"\1", kind))


def _lower(kind: str) -> str:
    """Types in small letters; the values of an enumeration as they are."""
    return "".join(
        part if part.startswith("'") else part.lower().replace(", ", ",")
        for part in _OUTSIDE_QUOTES.split(kind)
    )
