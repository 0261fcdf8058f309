"""SQL text cut into the statements that describe tables, and those into their parts."""

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

Verb = Literal["create", "alter", "comment", "property"]

_START = re.compile(
    r"(?im)(?:^|(?<=;))[ \t]*(?:"
    r"(?P<create>create\s+(?:or\s+replace\s+)?(?:(?:global|local|private)\s+)?"
    r"(?:(?:temp|temporary|unlogged|external|foreign)\s+)?table\b)"
    r"|(?P<alter>alter\s+table\b)"
    r"|(?P<comment>comment\s+on\s+(?:table|column)\b)"
    r"|(?P<property>(?:exec(?:ute)?\s+)?(?:\[?\w+\]?\s*\.\s*)*\[?sp_addextendedproperty\b))"
)
_VERBS: tuple[Verb, ...] = ("create", "alter", "comment", "property")
_STRING = r"'(?:[^'\\]|\\.|'')*'"
_END = re.compile(r"(?im);|^[ \t]*go[ \t]*$|^[ \t]*/[ \t]*$")
_SPECIAL = re.compile(r"['\"`\[(),;\n]|\)|--|/\*|(?<=\n)#")
_LONGEST_QUOTED = 20_000
"""Characters within which what was opened has to be closed."""
_MOST_ESCAPED = 50
"""Quotes within a string; text with more of them is no comment anybody wrote."""
_LONGEST_TAIL = 20_000
_CLOSERS = {"'": "'", '"': '"', "`": "`", "[": "]", "/*": "*/", "--": "\n", "#": "\n"}
_REMARK = re.compile(r"(?m)^[ \t]*/\*(?!!)")
PART = r"(?:\"[^\"\n]+\"|`[^`\n]+`|\[[^\]\n]+\]|[^\s(),;.\"'`\[\]]+)"
QUALIFIED = rf"{PART}(?:\s*\.\s*{PART})*"
NAMED = re.compile(rf"(?is)\btable\s+(?:if\s+not\s+exists\s+)?(?:only\s+)?({QUALIFIED})\s*")
_DEFAULT_SCHEMAS = frozenset({"public", "dbo"})


class Statement(NamedTuple):
    """One statement, with the line it begins in (1-based)."""

    verb: Verb
    text: str
    line: int


class Piece(NamedTuple):
    """What stands between two commas, and what `--` says behind it."""

    text: str
    line: int
    remark: str = ""


def looks_sql(text: str) -> bool:
    """Whether any line begins a statement about a table."""
    return _START.search(text) is not None


def statements(text: str) -> Iterator[Statement]:
    """Those that tell tables, columns or comments, in their order; the others are no concern."""
    text = _without_remarks(text)
    starts = list(_starts(text))
    line, counted = 1, 0
    for place, found in enumerate(starts):
        begin = found.start() + len(found.group()) - len(found.group().lstrip())
        stop = starts[place + 1].start() if place + 1 < len(starts) else len(text)
        line += text.count("\n", counted, begin)
        counted = begin
        verb = next(name for name in _VERBS if found[name])
        yield Statement(verb, _first(text[begin:stop]), line)


def _starts(text: str) -> Iterator[re.Match[str]]:
    """Where statements begin; what a row of data holds in quotes behind a semicolon is none."""
    at = 0
    for found in _START.finditer(text):
        begin = found.start()
        if begin == 0 or text[begin - 1] == "\n":
            at = begin
        elif at <= begin:
            at = _outside(text, max(at, text.rfind("\n", at, begin) + 1), begin)
        if at <= begin:
            yield found


def _without_remarks(text: str) -> str:
    """Without what is commented out as a block; lines keep their numbers."""
    parts, at = [], 0
    for found in _REMARK.finditer(text):
        if found.start() < at:
            continue
        end = text.find("*/", found.end())
        if end < 0:
            break
        parts += [text[at : found.start()], "\n" * text.count("\n", found.start(), end)]
        at = end + 2
    return "".join([*parts, text[at:]])


def _first(chunk: str) -> str:
    """Up to where the statement ends; text in quotes ends nothing."""
    at = 0
    for end in _END.finditer(chunk):
        if end.start() < at:
            continue
        at = _outside(chunk, at, end.start())
        if at == end.start():
            return chunk[:at].rstrip()
    return chunk.rstrip()


def _outside(text: str, at: int, wanted: int) -> int:
    """`wanted`, or the end of the quotes it stands in, where it does."""
    while found := _SPECIAL.search(text, at, wanted):
        at = found.end()
        if found.group() in _CLOSERS:
            at = _closed(text, found.group(), at)
            if at > wanted:
                return at
    return wanted


def _closed(text: str, opener: str, at: int) -> int:
    """Behind the end of what was opened; where it has none it counts for nothing."""
    closer = _CLOSERS[opener]
    stop = at + _LONGEST_QUOTED
    end = text.find(closer, at, stop)
    for _ in range(_MOST_ESCAPED if opener == "'" else 0):
        if end < 0 or not _escaped(text, at, end):
            break
        end = text.find(closer, end + 1, stop)
    return end + len(closer) if end >= 0 else at


def _escaped(text: str, at: int, end: int) -> bool:
    r"""Whether a quote belongs to the string: `\'`; a doubled one ends it and opens the next."""
    slashes = 0
    while end - slashes - 1 >= at and text[end - slashes - 1] == "\\":
        slashes += 1
    return slashes % 2 == 1 and text[end + 1 : end + 2] not in ("", ",", ")", "\n", ";")


class Cut(NamedTuple):
    """The parts of a list in brackets, and what follows it."""

    pieces: tuple[Piece, ...]
    tail: str
    deepest: int
    closed: bool = True
    """Whether the brackets match."""


def cut(text: str, line: int, *, opened: bool = True) -> Cut:
    """Cut at the commas of the outermost level, up to the bracket that closes it.

    A text whose brackets do not match is cut where lines end in a comma.
    """
    pieces: list[Piece] = []
    depth, deepest, begin, at = 0, 0, 0, 0
    while found := _SPECIAL.search(text, at):
        sign, at = found.group(), found.end()
        if sign in _CLOSERS:
            at = _closed(text, sign, at)
        elif sign == "(":
            depth += 1
            deepest = max(deepest, depth)
        elif sign == ")":
            depth -= 1
            if depth < 0 and opened:
                pieces.append(_piece(text, begin, found.start(), line))
                return Cut(_remarked(text, pieces, line), text[at:], deepest)
        elif sign == "," and depth == 0:
            pieces.append(_piece(text, begin, found.start(), line))
            begin = at
    if depth > 0 or opened:
        return Cut(_by_lines(text, line), "", deepest, closed=False)
    pieces.append(_piece(text, begin, len(text), line))
    return Cut(_remarked(text, pieces, line), "", deepest)


def _piece(text: str, begin: int, end: int, line: int) -> Piece:
    """Offsets stand in for lines until all pieces are known."""
    del line
    inside = text[begin:end]
    return Piece(inside.strip(), begin + len(inside) - len(inside.lstrip()))


_TRAILING = re.compile(r"[ \t]*--[ \t]*([^\n]*)")
_LEADING = re.compile(r"\s*(?:--[^\n]*\n\s*)+")


def _remarked(text: str, pieces: list[Piece], line: int) -> tuple[Piece, ...]:
    """With real lines; what `--` says behind a comma belongs to what stands before the comma."""
    found: list[Piece] = []
    counted, number = 0, line
    for one in pieces:
        leading = _LEADING.match(one.text)
        offset = one.line + (leading.end() if leading else 0)
        inside = one.text[leading.end() :] if leading else one.text
        number += text.count("\n", counted, offset)
        counted = offset
        end = offset + len(inside)
        behind = _TRAILING.match(text, end + 1 if text[end : end + 1] == "," else end)
        own = re.search(r"--[ \t]*([^\n]*)\Z", inside)
        remark = behind.group(1) if behind else own.group(1) if own else ""
        if inside:
            found.append(Piece(inside, number, remark.strip()))
    return tuple(found)


def _by_lines(text: str, line: int) -> tuple[Piece, ...]:
    found = []
    for number, each in enumerate(text.split("\n"), start=line):
        inside, _, remark = each.partition("--")
        if inside := inside.strip().rstrip(","):
            found.append(Piece(inside, number, remark.strip()))
    return tuple(found)


def name_of(qualified: str) -> str:
    """`[dbo].[so_order]` -> `so_order`; a schema that is no default stays in front."""
    parts = [part.strip(' \t\n"`[]') for part in re.findall(PART, qualified)]
    if len(parts) > 1:
        parts = parts[-2:]
        if parts[0].casefold() in _DEFAULT_SCHEMAS:
            parts = parts[1:]
    return ".".join(parts)


def parts_of(qualified: str) -> list[str]:
    """The parts of a qualified name, without their quotes."""
    return [part.strip(' \t\n"`[]') for part in re.findall(PART, qualified)]


def string_in(text: str, before: str) -> str:
    """What stands in quotes behind a word: `COMMENT = '订单'`."""
    found = re.search(rf"(?is)\b{before}\s*=?\s*[nN]?({_STRING})", text[:_LONGEST_TAIL])
    return unquoted(found.group(1)) if found else ""


def unquoted(text: str) -> str:
    """The text of a string literal."""
    inside = text.strip().lstrip("NnEe")[1:-1]
    return re.sub(r"\\(.)", r"\1", inside.replace("''", "'").replace("\\n", " "))
