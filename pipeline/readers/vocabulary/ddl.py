"""SQL DDL -> tables and columns; what does not parse is named, the rest is taken."""

import re
from collections.abc import Sequence

from pipeline.errors import NotReadableError
from pipeline.models.vocabulary import Vocabulary
from pipeline.readers.vocabulary.columns import (
    DIALECTS,
    Column,
    parsed,
    parsed_piece,
    recognised,
    written_kind,
)
from pipeline.readers.vocabulary.gathering import Gathering
from pipeline.readers.vocabulary.sql_text import (
    NAMED,
    QUALIFIED,
    Cut,
    Piece,
    Statement,
    cut,
    name_of,
    parts_of,
    statements,
    string_in,
    unquoted,
)

_DEEPEST = 40
"""Brackets within brackets that a statement may hold to be parsed whole."""
_LONGEST_PIECE = 4_000
_MOST_BROKEN = 500
"""Columns that cannot be read, after which none is tried any more."""
_NO_COLUMN = re.compile(
    r"(?i)(?:(?:not\s+)?cluster|primary|foreign|unique|key|index|constraint|check|fulltext|spatial|partition|exclude"
    r"|like|period|supplemental)\b"
)
_ADD = re.compile(r"(?is)^add\s+(?:column\s+)?(?:if\s+not\s+exists\s+)?")
_OTHER = re.compile(
    r"(?i)^(?:drop|modify|change|alter|rename|enable|disable|owner|set|with|attach|auto_increment)\b"
)
_PLACED = re.compile(r"(?i)\s+(?:first|after\s+\S+)\s*$")
_COMMENT = re.compile(
    rf"(?is)comment\s+on\s+(table|column)\s+({QUALIFIED})\s+is\s+([nNeE]?'(?:[^'\\]|\\.|'')*')"
)
_VALUE = re.compile(r"(?is)(?:@(\w+)\s*=\s*)?([nN]?'(?:[^']|'')*'|\[[^\]]*\]|\"[^\"]*\"|[\w$]+)")
_PROPERTY = re.compile(r"(?i)sp_addextendedproperty\]?")
_PASSING = re.compile(r"(?i)create\s+(?:or\s+replace\s+)?(?:(?:local|private)\s+)?temp(?:orary)?\b")
"""A table that a procedure makes for itself; those of Oracle that all share are `global`."""
_ORDER = (
    "name",
    "value",
    "level0type",
    "level0name",
    "level1type",
    "level1name",
    "level2type",
    "level2name",
)


def read_ddl(text: str, *, name: str) -> Vocabulary:
    """All that the file says of tables; its dialect is told by trying.

    Raises:
        NotReadableError: no table in it could be read, or there are too many columns.
    """
    every = list(statements(text))
    dialect = recognised([one.text for one in every if one.verb == "create"], text)
    gathering = Gathering(name, f"SQL ({DIALECTS[dialect]})", whole=True)
    for one in every:
        if one.verb == "create":
            _create(one, dialect, gathering)
        elif one.verb == "alter":
            _alter(one, dialect, gathering)
    for one in every:
        if one.verb in ("comment", "property"):
            _describe(one, gathering)
    try:
        return gathering.done()
    except NotReadableError:
        found = gathering.findings()
        if found and found[0].line:
            raise NotReadableError(
                "vocabulary.no_statement", file=name, line=found[0].line, dialect=DIALECTS[dialect]
            ) from None
        raise


def _create(one: Statement, dialect: str, gathering: Gathering) -> None:
    named = NAMED.search(one.text)
    if named is None:
        gathering.find("statement_not_read", line=one.line, statement=_shown(one))
        return
    table = name_of(named.group(1))
    if table.startswith("#") or _PASSING.match(one.text):
        return
    rest = one.text[named.end() :]
    if not rest.startswith("("):
        if not re.match(r"(?i)partition\s+of\b", rest):
            gathering.find("statement_not_read", line=one.line, statement=_shown(one))
        return
    begins = one.line + one.text.count("\n", 0, named.end())
    body = cut(rest[1:], begins)
    label = string_in(body.tail, "comment")
    if not gathering.begin(table, label, line=one.line):
        return
    whole = body.closed and body.deepest <= _DEEPEST
    described = one.text[: len(one.text) - len(body.tail)]
    columns = parsed(described, dialect) if whole else None
    if columns is None:
        _piecewise(body.pieces, table, dialect, gathering)
        if not body.closed:
            gathering.find("statement_open", line=one.line, table=table)
        return
    by_name = {_first_name(piece): piece for piece in body.pieces}
    for column in columns:
        piece = by_name.get(column.name.casefold())
        _add(column, piece, table, gathering, line=piece.line if piece else one.line)


def _first_name(piece: Piece) -> str:
    return (parts_of(piece.text[:300]) or [""])[0].casefold()


def _piecewise(
    pieces: Sequence[Piece],
    table: str,
    dialect: str,
    gathering: Gathering,
    *,
    partial: bool = False,
) -> None:
    """Column by column, so that one that is broken does not take the others with it."""
    for piece in pieces:
        if _NO_COLUMN.match(piece.text):
            continue
        column = None
        if (
            len(piece.text) <= _LONGEST_PIECE
            and gathering.told("column_not_read") < _MOST_BROKEN
            and cut(piece.text, 1, opened=False).deepest <= _DEEPEST
        ):
            column = parsed_piece(_PLACED.sub("", piece.text), dialect)
        if column is None or not column.name.strip('`"[] '):
            if len(piece.text) > 1:
                gathering.find(
                    "column_not_read", line=piece.line, table=table, statement=piece.text[:80]
                )
            continue
        _add(column, piece, table, gathering, line=piece.line, partial=partial)


def _add(
    column: Column,
    piece: Piece | None,
    table: str,
    gathering: Gathering,
    *,
    line: int,
    partial: bool = False,
) -> None:
    label = column.comment or (piece.remark if piece else "")
    kind = (written_kind(piece.text[:_LONGEST_PIECE]) if piece else "") or column.kind
    gathering.column(table, column.name, label, kind=kind, line=line, partial=partial)


def _alter(one: Statement, dialect: str, gathering: Gathering) -> None:
    """`ADD` with one column, several, or a list in brackets; every other change is no addition."""
    named = NAMED.search(one.text)
    rest = one.text[named.end() :].strip() if named else ""
    if named is None or not _ADD.match(rest):
        return
    begins = one.line + one.text.count("\n", 0, named.end())
    inside = _ADD.sub("", rest)
    parts: Cut = (
        cut(inside[1:], begins) if inside.startswith("(") else cut(inside, begins, opened=False)
    )
    pieces = [
        piece._replace(text=_ADD.sub("", piece.text))
        for piece in parts.pieces
        if not _OTHER.match(piece.text)
    ]
    table = name_of(named.group(1))
    _piecewise(pieces, table, dialect, gathering, partial=True)


def _describe(one: Statement, gathering: Gathering) -> None:
    told = _told_by_comment(one) if one.verb == "comment" else _told_by_property(one)
    if told is None:
        return
    table, column, label = told
    if not gathering.describe(table, column, label=label):
        about = f"{table}.{column}" if column else table
        gathering.find("comment_for_unknown", line=one.line, about=about)


def _told_by_comment(one: Statement) -> tuple[str, str | None, str] | None:
    found = _COMMENT.match(one.text)
    if found is None:
        return None
    what, qualified, literal = found.groups()
    if what.casefold() == "table":
        return name_of(qualified), None, unquoted(literal)
    parts = parts_of(qualified)
    return name_of(".".join(f'"{part}"' for part in parts[:-1])), parts[-1], unquoted(literal)


def _told_by_property(one: Statement) -> tuple[str, str | None, str] | None:
    """SQL Server: `MS_Description` of a table or a column; other properties are none of ours."""
    arguments = "".join(_PROPERTY.split(one.text[:20_000], maxsplit=1)[1:])
    values: dict[str, str] = {}
    for place, found in enumerate(_VALUE.finditer(arguments)):
        key = (found.group(1) or (_ORDER[place] if place < len(_ORDER) else "")).casefold()
        raw = found.group(2)
        values.setdefault(key, unquoted(raw) if "'" in raw[:2] else raw.strip('[]"'))
    if values.get("name", "").casefold() != "ms_description":
        return None
    table, schema = values.get("level1name", ""), values.get("level0name", "")
    table = name_of(f'"{schema}"."{table}"') if schema else table
    return table, values.get("level2name") or None, values.get("value", "")


def _shown(one: Statement) -> str:
    return " ".join(one.text[:120].split())[:80]
