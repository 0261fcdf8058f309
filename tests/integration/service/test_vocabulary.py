"""What files would change in a project, and taking it."""

import pytest

from pipeline.errors import ConflictError, NotReadableError
from pipeline.models.actor import Actor
from pipeline.models.project import DictionaryField, Entity, Project
from pipeline.readers.vocabulary.reader import VocabularyReader
from pipeline.service import projects, vocabulary
from pipeline.service.house import House
from pipeline.service.vocabulary import Given

CHEN = Actor(id="u1", name="陈立", via="test")
KNOWN = Entity(
    entity="销售单",
    table="so_order",
    synonyms=("单子",),
    fields=(
        DictionaryField(name="order_no", label="订单号", type="text", synonyms=("单号",)),
        DictionaryField(name="amount", label="金额"),
        DictionaryField(name="old", label="作废的"),
    ),
)
PROJECT = Project(client="华露", system="订单", data_dictionary=(KNOWN,), scope=("3.1 导出",))
DDL = b"""create table dbo.so_order (
  ORDER_NO varchar(32), amount decimal(18,2) comment '\xe5\x90\xab\xe7\xa8\x8e\xe9\x87\x91\xe9\xa2\x9d', extra int
);
create table wms_stock (lot varchar(20) comment '\xe6\x89\xb9\xe6\xac\xa1');
"""


def proposed(*files: Given, project: Project = PROJECT):
    return vocabulary.proposed(project, files, VocabularyReader)


def columns(project: Project, table: str):
    one = next(one for one in project.data_dictionary if one.table == table)
    return [(field.name, field.label, field.type, field.synonyms) for field in one.fields]


def test_the_file_wins_and_what_people_wrote_is_kept():
    told = proposed(Given("a.sql", DDL))
    assert columns(told.wanted, "so_order") == [
        ("ORDER_NO", "订单号", "varchar(32)", ("单号",)),
        ("amount", "含税金额", "decimal(18,2)", ()),
        ("extra", "extra", "int", ()),
    ]
    first = told.wanted.data_dictionary[0]
    assert (first.entity, first.synonyms) == ("销售单", ("单子",))
    assert (told.tables.new, told.tables.changed, told.tables.gone) == (1, 1, 0)
    assert (told.columns.new, told.columns.changed, told.columns.gone) == (2, 2, 1)
    found = {one.code: one.params for one in told.findings}
    assert found["columns_gone"] == {"table": "so_order", "count": 1, "names": "old"}
    assert found["label_kept"]["count"] == 2


def test_a_list_completes_and_never_removes():
    rows = "表名,字段,中文名\nso_order,amount,应收金额\nso_order,extra,附加\n".encode()
    told = proposed(Given("a.csv", rows))
    assert [name for name, *_ in columns(told.wanted, "so_order")] == [
        "amount",
        "extra",
        "order_no",
        "old",
    ]
    assert columns(told.wanted, "so_order")[0][1] == "应收金额"
    assert told.columns.gone == 0


def test_a_list_names_what_the_sql_beside_it_leaves_bare():
    rows = "表名,字段,中文名\nso_order,extra,附加\n".encode()
    told = proposed(Given("a.csv", rows), Given("a.sql", DDL), project=Project(client="新"))
    assert [label for _, label, *_ in columns(told.wanted, "so_order")] == [
        "附加",
        "order no",
        "含税金额",
    ]
    assert told.shapes == {"a.sql": "SQL (MySQL)", "a.csv": "csv"}


def test_the_same_twice_changes_nothing():
    once = proposed(Given("a.sql", DDL))
    again = proposed(Given("a.sql", DDL), project=once.wanted)
    assert once.changes
    assert not again.changes


def test_lines_are_added_once():
    told = proposed(
        Given("范围.txt", "3.1 导出\n3.2 报表\n".encode(), "scope"),
        Given("能力.md", "- 筛选\n".encode(), "capabilities"),
    )
    assert told.wanted.scope == ("3.1 导出", "3.2 报表")
    assert told.wanted.capabilities == ("筛选",)
    assert (told.scope, told.capabilities) == (1, 1)


def test_nothing_is_kept_before_it_is_taken(house: House, monkeypatch: pytest.MonkeyPatch):
    object.__setattr__(house, "vocabulary", VocabularyReader)
    project = projects.save(CHEN, house, PROJECT)
    proposal = vocabulary.vocabulary(CHEN, house, project.uid, [Given("a.sql", DDL)])
    assert projects.of(CHEN, house, project.uid) == project
    projects.change(CHEN, house, project, project.with_(industry="饮料"))
    vocabulary.take(CHEN, house, proposal)
    kept = projects.of(CHEN, house, project.uid)
    assert (kept.industry, len(kept.data_dictionary)) == ("饮料", 2)


def test_what_somebody_else_changed_meanwhile_is_not_written_over(house: House):
    object.__setattr__(house, "vocabulary", VocabularyReader)
    project = projects.save(CHEN, house, PROJECT)
    proposal = vocabulary.vocabulary(CHEN, house, project.uid, [Given("a.sql", DDL)])
    projects.change(CHEN, house, project, project.with_(data_dictionary=()))
    with pytest.raises(ConflictError):
        vocabulary.take(CHEN, house, proposal)


def test_a_file_that_does_not_hold_changes_nothing(house: House):
    object.__setattr__(house, "vocabulary", VocabularyReader)
    project = projects.save(CHEN, house, PROJECT)
    with pytest.raises(NotReadableError):
        vocabulary.vocabulary(CHEN, house, project.uid, [Given("a.sql", DDL), Given("b", b"x")])
