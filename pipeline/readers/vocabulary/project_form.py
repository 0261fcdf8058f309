"""Values in the form of project.yaml, a bare list of tables, or a list of rows."""

from collections.abc import Iterator, Mapping
from typing import Any

from pipeline.readers.rows import Row
from pipeline.readers.vocabulary.gathering import Gathering, synonyms_of
from pipeline.readers.vocabulary.headers import folded
from pipeline.readers.vocabulary.sheets import read_sheet
from pipeline.readers.vocabulary.structured import text

_HOLDS = ("data_dictionary", "dictionary", "tables", "entities", "数据字典", "表", "表结构")
_TABLE = ("table", "tablename", "表名", "表", "数据表", "物理表名", "name")
_ENTITY = (
    "entity",
    "label",
    "中文名",
    "表中文名",
    "实体",
    "名称",
    "说明",
    "注释",
    "comment",
    "title",
)
_FIELDS = ("fields", "columns", "字段", "列")
_NAME = ("name", "column", "field", "字段", "字段名", "列名", "columnname", "fieldname")
_LABEL = ("label", "中文名", "名称", "注释", "说明", "comment", "description", "title", "含义")
_KIND = ("type", "类型", "数据类型", "字段类型", "datatype")
_SYNONYMS = ("synonyms", "synonym", "别名", "同义词", "alias", "aliases")


def read_tables(value: object, gathering: Gathering) -> None:
    """All tables of a parsed file.

    Raises:
        NotReadableError: more columns than the bound.
    """
    place = ""
    if isinstance(value, dict):
        held = next((name for name in value if str(name).casefold() in _HOLDS), None)
        if held is not None:
            value, place = value[held], str(held)
    if isinstance(value, dict):
        value = list(_by_name(value))
    if not isinstance(value, list):
        return
    if _are_rows(value):
        _read_rows(value, gathering, place)
        return
    for number, one in enumerate(value):
        at = f"{place}[{number}]"
        if isinstance(one, dict) and _get(one, _FIELDS) is not None:
            _read_table(one, gathering, at)
        else:
            gathering.find("not_a_table", place=at)


def _by_name(value: Mapping[Any, Any]) -> Iterator[dict[str, Any]]:
    """`{so_order: {label: 订单, fields: …}}` and `{so_order: {order_no: 订单号}}` as a list."""
    for name, inside in value.items():
        if isinstance(inside, dict) and _get(inside, _FIELDS) is not None:
            yield {"table": text(name), **inside}
        elif isinstance(inside, dict | list):
            yield {"table": text(name), "fields": inside}


def _are_rows(value: list[Any]) -> bool:
    """A list in which each line is a column that names its table."""
    known = [one for one in value if isinstance(one, dict)]
    return bool(known) and all(_get(one, _FIELDS[:2]) is None for one in known)


def _read_rows(value: list[Any], gathering: Gathering, place: str) -> None:
    keys = list(dict.fromkeys(str(key) for one in value if isinstance(one, dict) for key in one))
    rows = [Row(0, tuple(keys))]
    for number, one in enumerate(value, start=1):
        if isinstance(one, dict):
            cells = {str(key): _joined(inside) for key, inside in one.items()}
            rows.append(Row(number, tuple(cells.get(key, "") for key in keys)))
    read_sheet(place or gathering.file, rows, gathering)


def _read_table(one: Mapping[Any, Any], gathering: Gathering, at: str) -> None:
    name = text(_get(one, _TABLE))
    label = text(_get(one, _ENTITY))
    synonyms = synonyms_of([_joined(_get(one, _SYNONYMS))])
    if not gathering.begin(name or label, label, synonyms=synonyms, place=at):
        return
    fields = _get(one, _FIELDS)
    if isinstance(fields, dict):
        fields = [_named(key, inside) for key, inside in fields.items()]
    for number, each in enumerate(fields if isinstance(fields, list) else ()):
        where = f"{at}.fields[{number}]"
        column = {"name": each} if isinstance(each, str) else each
        if not isinstance(column, dict):
            gathering.find("not_a_column", place=where)
            continue
        gathering.column(
            name or label,
            text(_get(column, _NAME)),
            text(_get(column, _LABEL)),
            kind=text(_get(column, _KIND)),
            synonyms=[_joined(_get(column, _SYNONYMS))],
            place=where,
        )


def _named(key: object, inside: object) -> dict[str, Any]:
    if isinstance(inside, dict):
        return {"name": text(key), **inside}
    return {"name": text(key), "label": text(inside)}


def _get(one: Mapping[Any, Any], names: tuple[str, ...]) -> Any:  # noqa: ANN401 - foreign value
    known = {folded(str(key)): value for key, value in one.items()}
    return next((known[name] for name in names if known.get(name) is not None), None)


def _joined(value: object) -> str:
    if isinstance(value, list):
        return "、".join(text(one) for one in value[:50])
    return text(value)
