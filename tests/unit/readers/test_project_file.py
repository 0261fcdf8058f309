"""A project file that does not hold names its field and its line."""

import pytest

from pipeline.errors import DragomanError
from pipeline.readers.project_file import read_project

GOOD = """client: 澄江茶饮
system: 云仓 V3
participants:
  - {name: 王敏, side: client}
data_dictionary:
  - entity: 订单
    table: so_order
    fields:
      - {name: order_no, label: 订单号, type: varchar(32)}
glossary:
  金蝶: 客户的 ERP
"""


def written(tmp_path, text: str):
    path = tmp_path / "project.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_good_file_becomes_a_project(tmp_path):
    project = read_project(written(tmp_path, GOOD))
    assert project.data_dictionary[0].fields[0].label == "订单号"
    assert project.side_of("王敏") == "client"


@pytest.mark.parametrize(
    ("change", "code", "field", "line"),
    [
        (("side: client", "side: boss"), "project_field", "participants[0].side", 4),
        (("table: so_order", "tabel: so_order"), "project_field", "data_dictionary[0].table", 6),
        (("client: 澄江茶饮", "client: [a]"), "project_field", "client", 1),
        (("glossary:", "glosary:"), "project_unknown_field", "glosary", 10),
        (("{name: 王敏", "{name: 王敏, age: 3"), "project_unknown_field", "participants[0].age", 4),
    ],
)
def test_a_wrong_field_is_named_with_its_line(tmp_path, change, code, field, line):
    with pytest.raises(DragomanError) as caught:
        read_project(written(tmp_path, GOOD.replace(*change)))
    error = caught.value
    assert (error.code, error.params["field"], error.params["line"]) == (code, field, line)


def test_broken_yaml_names_the_line(tmp_path):
    with pytest.raises(DragomanError) as caught:
        read_project(written(tmp_path, GOOD + "scope: [a\n"))
    assert caught.value.code == "project_yaml"
    assert caught.value.params["line"] >= 12


@pytest.mark.parametrize(
    ("text", "code"),
    [("", "empty_file"), ("just words", "project_not_mapping"), ("- a", "project_not_mapping")],
)
def test_what_is_no_project_is_said_so(tmp_path, text, code):
    with pytest.raises(DragomanError) as caught:
        read_project(written(tmp_path, text))
    assert caught.value.code == code


def test_a_missing_file_and_a_folder_are_named(tmp_path):
    for path, code in ((tmp_path / "no.yaml", "file_missing"), (tmp_path, "is_folder")):
        with pytest.raises(DragomanError) as caught:
            read_project(path)
        assert caught.value.code == code
        assert str(path) in caught.value.params["file"]
