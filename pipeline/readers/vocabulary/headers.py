"""Header rows of data dictionaries, told by what stands in them, in Chinese and English."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Literal

Part = Literal["table", "entity", "column", "label", "kind", "length", "synonyms"]
Header = Mapping[Part, tuple[int, ...]]
"""Where each part stands in a row, the best place first."""

_WORDS: dict[Part, str] = {
    "table": "表名 表英文名 英文表名 物理表名 物理表 数据表 数据表名 表代码 表 表名称"
    " tablename table tablecode physicaltable",
    "entity": "表中文名 中文表名 表注释 表说明 表描述 表含义 实体 实体名 业务对象"
    " entity tablecomment tablelabel tabledescription entityname",
    "column": "字段 字段名 列名 字段英文名 英文字段名 物理字段 物理字段名 字段代码 字段编码 英文名 英文名称"
    " 字段英文名称 英文字段 列 代码 标识符 字段名称 列名称 column columnname field fieldname columncode fieldcode code name",
    "label": "中文名 中文名称 字段中文名 列中文名 字段中文名称 中文字段 显示名 显示名称 字段名称 label 名称 列名称"
    " 数据项 数据项名称 name 标签 字段注释 列注释 注释 comment columncomment fieldcomment 字段说明 列说明 字段含义 含义"
    " 业务含义 说明 description 描述 字段描述 displayname title caption meaning 备注 remark remarks notes",
    "kind": "类型及长度 类型长度 columntype 字段类型 列类型 数据类型 类型 fieldtype type datatype",
    "length": "长度 字段长度 length size",
    "synonyms": "别名 同义词 俗称 俗名 也叫 又称 简称 synonyms synonym alias aliases alsocalled",
}
_RANKED = {
    part: {word: place for place, word in enumerate(words.split())}
    for part, words in _WORDS.items()
}
_BEHIND = re.compile(r"[(（\[【/\n]")
_NOISE = re.compile(r"[\s_\-*:：/()（）\[\]【】.]+")


def header_of(cells: Sequence[str]) -> Header | None:
    """Where what stands, if this row is a header of a dictionary; else None.

    It names the columns and at least one more part, so that no row of data is taken for one.
    """
    found: dict[Part, list[tuple[int, int]]] = {}
    for place, cell in enumerate(cells):
        for part, ranks in _RANKED.items():
            word = next((word for word in _readings(cell) if word in ranks), None)
            if word is not None:
                found.setdefault(part, []).append((ranks[word], place))
    if "column" not in found:
        return None
    taken = min(found["column"])[1]
    header: dict[Part, tuple[int, ...]] = {"column": (taken,)}
    for part, places in found.items():
        free = tuple(place for _, place in sorted(places) if place != taken)
        if part != "column" and free:
            header[part] = free
    return header if len(header) > 1 else None


def _readings(cell: str) -> tuple[str, str]:
    """A heading, and without what stands in brackets or behind a slash: 字段名(Field)."""
    return folded(cell), folded(_BEHIND.split(cell[:60].strip("(（[【"), maxsplit=1)[0])


def folded(cell: str) -> str:
    """A heading without case, width, spaces and marks."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", cell[:60])).casefold()
