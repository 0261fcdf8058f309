"""Makes untrusted text harmless in each format. Text of a model or a client is never trusted."""

import hashlib
import html
import re
import unicodedata

CELL_LIMIT = 32_000
"""UTF-16 units in a cell; Excel refuses to open a file with more than 32,767 in one."""

_BREAKS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_MARKDOWN = re.compile(r"[\\`*\[\]<>|~$]|(?<![^\W_])_|_(?![^\W_])|&(?=[#\w])|(?<=\w):(?=//)")
_WWW = re.compile(r"(?i)\bwww(?=\.)")
_LINE_START = re.compile(r"^(\s*)([#+=:-]|\d{1,9}(?=[.)]))")
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)$")


def clean(text: str) -> str:
    """Without characters that XML forbids, that hide, or that turn the direction of reading.

    Dropped are control and format characters (zero-width, bidirectional, tags), halves of
    surrogate pairs and non-characters. All ways to break a line become one.
    """
    lines = _BREAKS.sub("\n", text).replace("\t", " ")
    return "".join(one for one in lines if one == "\n" or _visible(one))


def one_line(text: str) -> str:
    """Cleaned, with every run of white space as one space."""
    return " ".join(clean(text).split())


def _visible(character: str) -> bool:
    if unicodedata.category(character) in ("Cc", "Cf", "Cs"):
        return False
    code = ord(character)
    return code & 0xFFFE != 0xFFFE and not 0xFDD0 <= code <= 0xFDEF


def width(text: str) -> int:
    """How wide the text is in Latin letters: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in text)


def markdown(text: str) -> str:
    """One line of Markdown that shows exactly this text: no markup, link, image or formula."""
    escaped = _MARKDOWN.sub(r"\\\g<0>", one_line(text))
    return _WWW.sub(r"\g<0>\\", escaped)


def markdown_start(escaped: str) -> str:
    r"""The same at the start of a block, where also `#`, `-`, `+`, `=` and `1.` mean something."""
    begun = _LINE_START.match(escaped)
    if begun is None:
        return escaped
    mark = begun[2]
    if mark.isdigit():
        return begun[1] + mark + "\\" + escaped[begun.end() :]
    return begun[1] + "\\" + mark + escaped[begun.end() :]


def markdown_code(text: str) -> str:
    """A code span, fenced by more backticks than the text holds in a row."""
    plain = one_line(text).replace("|", "¦")
    if not plain:
        return ""
    longest = max((len(run) for run in re.findall(r"`+", plain)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if plain.startswith("`") or plain.endswith("`") else ""
    return f"{fence}{pad}{plain}{pad}{fence}"


def markup(text: str) -> str:
    """Text inside HTML or an attribute; lines stay lines."""
    return html.escape(clean(text), quote=True)


def cell(text: str, *, cut: str) -> str:
    """Text of a spreadsheet cell, cut at the limit with a mark that says so.

    The caller writes it as a string: no character in front can make it a formula.
    """
    plain = clean(text)
    units = plain.encode("utf-16-le")
    if len(units) <= 2 * CELL_LIMIT:
        return plain
    room = CELL_LIMIT - len(cut.encode("utf-16-le")) // 2
    return units[: 2 * room].decode("utf-16-le", errors="ignore") + cut


def file_name(text: str) -> str:
    """A name that is one path component on every system; different texts stay different."""
    safe = re.sub(r"[^A-Za-z0-9_-]", "", text)[:60]
    if safe and safe == text and not _RESERVED.match(safe):
        return safe
    return f"{safe or 'x'}-{hashlib.sha256(text.encode('utf-8', 'replace')).hexdigest()[:8]}"
