"""A project file that does not hold names its field and its line."""

import pytest

from pipeline.errors import DragomanError
from pipeline.readers.project_file import project_text, read_project
from pipeline.words.loader import say

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


def test_languages_and_characters_are_read(tmp_path):
    project = read_project(written(tmp_path, GOOD + "spoken: [yue, zh]\ncharacters: hongkong\n"))
    assert (project.spoken, project.characters) == (("yue", "zh"), "hongkong")
    assert read_project(written(tmp_path, project_text(project))) == project


def test_broken_yaml_names_the_line(tmp_path):
    with pytest.raises(DragomanError) as caught:
        read_project(written(tmp_path, GOOD + "scope: [a\n"))
    assert caught.value.code == "project_yaml"
    assert caught.value.params["line"] >= 12


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "project_empty"),
        (" \n", "project_empty"),
        ("# no\n", "project_empty"),
        ("just words", "project_not_mapping"),
        ("- a", "project_not_mapping"),
    ],
)
def test_what_is_no_project_is_said_so(tmp_path, text, code):
    with pytest.raises(DragomanError) as caught:
        read_project(written(tmp_path, text))
    assert caught.value.code == code


def test_a_missing_file_and_a_folder_are_named(tmp_path):
    for path, code in ((tmp_path / "no.yaml", "file_missing"), (tmp_path, "project_is_folder")):
        with pytest.raises(DragomanError) as caught:
            read_project(path)
        assert caught.value.code == code
        assert str(path) in caught.value.params["file"]


@pytest.mark.parametrize(
    ("text", "code", "field", "line"),
    [
        ("client: A\nclient: B\n", "project_key_twice", "client", 2),
        (
            "participants:\n  - name: X\n    side: us\n    side: client\n",
            "project_key_twice",
            "side",
            4,
        ),
        ("client: A\ntime_zone: Mars/Olympus\n", "project_time_zone", "time_zone", 2),
        ("time_zone: ../etc\n", "project_time_zone", "time_zone", 1),
        ("client: A\nspoken: [zh, klingon]\n", "project_spoken", "spoken[1]", 2),
        ("client: A\nspoken:\n- zh\n- no\n", "project_not_text", "spoken[1]", 4),
        ("client: A\ncharacters: fancy\n", "project_field", "characters", 2),
        (
            "participants:\n  - {name: X, side: us}\n  - {name: X, side: client}\n",
            "project_person_twice",
            "participants[1].name",
            3,
        ),
        (
            "participants:\n  - {name: X, side: us, label: L}\n  - {name: L, side: client}\n",
            "project_person_twice",
            "participants[1].name",
            3,
        ),
    ],
)
def test_what_stands_twice_or_nowhere_is_named_with_its_line(tmp_path, text, code, field, line):
    with pytest.raises(DragomanError) as caught:
        read_project(written(tmp_path, text))
    error = caught.value
    assert (error.code, error.params["field"], error.params["line"]) == (code, field, line)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("client: 123\n", "123"),
        ("system: 8.10\n", "8.10"),
        ("client: no\n", "no"),
        ("client: 2026-03-18\n", "2026-03-18"),
        ("scope:\n  - 3.1 订单管理: 查询\n", "3.1 订单管理: 查询"),
    ],
)
def test_what_yaml_takes_for_something_else_should_be_quoted(tmp_path, text, value):
    with pytest.raises(DragomanError) as caught:
        read_project(written(tmp_path, text))
    assert (caught.value.code, caught.value.params["value"]) == ("project_not_text", value)


def test_one_person_may_be_called_by_the_own_label(tmp_path):
    text = "participants:\n  - {name: X, side: us, label: X}\n"
    assert read_project(written(tmp_path, text)).participants[0].label == "X"


def test_an_alias_that_holds_itself_is_no_endless_walk(tmp_path):
    with pytest.raises(DragomanError):
        read_project(written(tmp_path, "glossary: &a\n  x: *a\n"))


def test_plain_words_go_out_and_come_in_the_same(tmp_path):
    words = """plain_words:
  - term: 幂等
    say: "只算一次: # 不是注释"
    to: {财务: 只记一笔, warehouse: 只算一件}
  - {term: ETL, say: 自动整理}
"""
    project = read_project(written(tmp_path, GOOD + words))
    assert project.plain_words[0].to == {"财务": "只记一笔", "warehouse": "只算一件"}
    assert read_project(written(tmp_path, project_text(project))) == project


def test_a_plain_word_that_does_not_fit_is_named_with_its_line(tmp_path):
    broken = GOOD + "plain_words:\n  - term: ETL\n    says: x\n"
    with pytest.raises(DragomanError) as caught:
        read_project(written(tmp_path, broken))
    assert caught.value.params["line"] in (12, 13)
    assert "plain_words[0]" in str(caught.value.params["field"])


def test_corrections_are_a_mapping_or_a_list_and_are_written_back(tmp_path):
    short = read_project(written(tmp_path, GOOD + "corrections:\n  定单: 订单\n  k three: K3\n"))
    assert [(one.heard, one.meant) for one in short.corrections] == [
        ("定单", "订单"),
        ("k three", "K3"),
    ]
    long = (
        "corrections:\n- {heard: 定单, meant: 订单, not_in: [决定单独]}\n- {heard: a, meant: b}\n"
    )
    full = read_project(written(tmp_path, GOOD + long))
    assert full.corrections[0].not_in == ("决定单独",)
    for project in (short, full):
        assert read_project(written(tmp_path, project_text(project))) == project


LONG = "长" * 61


@pytest.mark.parametrize(
    ("lines", "code", "field", "line"),
    [
        ("{定单: 订单, 单: ''}", "correction_empty", "corrections.单", 12),
        ("\n  定单: 订单\n  单: 单", "correction_same", "corrections.单", 14),
        ("\n- {heard: ' ', meant: b}", "correction_empty", "corrections[0].heard", 13),
        (f"\n- {{heard: a, meant: {LONG}}}", "correction_long", "corrections[0].meant", 13),
        ('\n- {heard: a, meant: "b\\n"}', "correction_sign", "corrections[0].meant", 13),
        (
            "\n- {heard: a b, meant: c}\n- {heard: a  b, meant: d}",
            "correction_twice",
            "corrections[1].heard",
            14,
        ),
        (
            "\n- heard: 定单\n  meant: 订单\n  not_in: [决定]",
            "correction_apart",
            "corrections[0].not_in",
            15,
        ),
        ("\n  定单: 订单\n  单: 3", "project_not_text", "corrections.单", 14),
        ("\n- {heard: a, ment: b}", "project_field", "corrections[0].meant", 13),
    ],
)
def test_a_correction_that_does_not_hold_is_named_with_its_line(tmp_path, lines, code, field, line):
    with pytest.raises(DragomanError) as caught:
        read_project(written(tmp_path, GOOD + "corrections: " + lines + "\n"))
    error = caught.value
    assert (error.code, error.params["field"], error.params["line"]) == (code, field, line)
    for language in ("zh", "en"):
        assert str(line) in say(f"error.{code}", language, **error.params)


def test_the_same_correction_twice_is_no_fault(tmp_path):
    twice = "corrections:\n- {heard: a, meant: b}\n- {heard: a, meant: b}\n"
    assert len(read_project(written(tmp_path, GOOD + twice)).corrections) == 2
