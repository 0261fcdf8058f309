"""Lines of a contract, or of what a product can do, from text, tables and lists."""

import re
from collections.abc import Iterable, Sequence

from pipeline.errors import NotReadableError
from pipeline.models.vocabulary import Kind, Lines
from pipeline.readers.rows import Row
from pipeline.readers.vocabulary.gathering import Gathering, clean
from pipeline.readers.vocabulary.headers import folded
from pipeline.readers.vocabulary.structured import text as text_of

MOST_LINES = 2_000
_LONGEST = 500
_BULLET = re.compile(r"^\s*(?:[-*+•·●○▪■]|\[[ xX]\])\s+(?:\[[ xX]\]\s+)?")
_NO_LINE = re.compile(r"^\s*(?:#{1,6}\s|[-=*_|:+\s]+$|```|<!--)")
_HEADINGS = frozenset(
    [
        "序号",
        "编号",
        "号",
        "条款号",
        "no",
        "id",
        "number",
        "#",
        "功能",
        "功能点",
        "功能名称",
        "功能描述",
        "功能说明",
        "模块",
        "能力",
        "产品能力",
        "条款",
        "条款内容",
        "合同条款",
        "内容",
        "范围",
        "合同范围",
        "说明",
        "描述",
        "备注",
        "名称",
        "capability",
        "capabilities",
        "feature",
        "features",
        "scope",
        "item",
        "items",
        "line",
        "clause",
        "description",
        "text",
        "module",
        "function",
    ]
)
_KEYS = {
    "capabilities": ("capabilities", "capability", "能力", "产品能力", "功能", "功能清单"),
    "scope": ("scope", "范围", "合同范围", "合同条款", "条款"),
}


def lines_of_text(text: str, *, name: str, shape: str) -> Lines:
    """A line each; bullets and headings go, numbering stays."""
    gathering = Gathering(name, shape)
    told = [
        (number, _BULLET.sub("", line))
        for number, line in enumerate(text.split("\n"), start=1)
        if not _NO_LINE.match(line)
    ]
    return _gathered(told, gathering)


def lines_of_rows(rows: Sequence[Row], *, name: str, shape: str) -> Lines:
    """A row each: its cells with a space between, without the heading row."""
    told = []
    for place, row in enumerate(rows):
        filled = [cell for cell in row.cells if cell]
        if place == 0 and all(folded(cell) in _HEADINGS for cell in filled):
            continue
        told.append((row.line, " ".join(filled)))
    return _gathered(told, Gathering(name, shape))


def lines_of_value(value: object, kind: Kind, *, name: str, shape: str) -> Lines:
    """A list of texts, by itself or under its name in a project file."""
    if isinstance(value, dict):
        known = {folded(str(key)): inside for key, inside in value.items()}
        value = next((known[key] for key in _KEYS.get(kind, ()) if key in known), None)
    gathering = Gathering(name, shape)
    told = []
    for number, one in enumerate(value if isinstance(value, list) else (), start=1):
        if isinstance(one, dict):
            one = " ".join(filter(None, (text_of(inside) for inside in one.values())))
        told.append((number, text_of(one)))
    return _gathered(told, gathering)


def _gathered(told: Iterable[tuple[int, str]], gathering: Gathering) -> Lines:
    found: dict[str, int] = {}
    for number, text in told:
        line = clean(text, _LONGEST * 4)
        if not line:
            continue
        if len(line) > _LONGEST:
            gathering.find("line_cut", line=number, most=_LONGEST)
            line = line[:_LONGEST].rstrip()
        if line in found:
            gathering.find("line_twice", line=number, first=found[line])
            continue
        found[line] = number
        if len(found) > MOST_LINES:
            raise NotReadableError(
                "vocabulary.too_many_lines", file=gathering.file, most=MOST_LINES
            )
    if not found:
        raise NotReadableError("vocabulary.no_lines", file=gathering.file)
    return Lines(shape=gathering.shape, lines=tuple(found), findings=gathering.findings())
