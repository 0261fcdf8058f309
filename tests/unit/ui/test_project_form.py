"""A project as lines and rows: nothing that nobody touched changes."""

from pipeline import bootstrap
from pipeline.models.project import DictionaryField, Entity, Participant, Project
from ui.project_form import (
    dictionary,
    edited,
    glossary,
    glossary_text,
    lines,
    people,
    people_rows,
)

PROJECT = Project(
    uid="p1",
    client="华露饮料",
    system="3.10",
    industry="饮料: 连锁",
    language="zh",
    time_zone="Asia/Shanghai",
    participants=(
        Participant(name="陈立", title="陈工", side="us", site="总部"),
        Participant(name="王敏", label="发言人2", side="client", role="运营"),
    ),
    data_dictionary=(
        Entity(
            entity="订单",
            table="so_order",
            fields=(
                DictionaryField(name="order_no", label="订单号", type="varchar(32)"),
                DictionaryField(name="no", label="yes", type="decimal(12,2)"),
            ),
        ),
    ),
    capabilities=("订单列表\n按门店筛选", "3.1"),
    scope=("3.10 导出",),
    glossary={"金蝶": "ERP = 财务", "no": "不"},
)


def texts(project: Project) -> dict[str, object]:
    return {
        "industry": project.industry,
        "language": project.language,
        "time_zone": project.time_zone,
        "capabilities": "\n".join(project.capabilities),
        "scope": "\n".join(project.scope),
        "glossary": glossary_text(project.glossary),
    }


def test_a_form_nobody_touched_changes_nothing():
    assert edited(PROJECT, texts(PROJECT), people_rows(PROJECT.participants)) == PROJECT


def test_what_is_written_is_taken():
    told = texts(PROJECT) | {"scope": " 3.10  导出 \n\n3.11 提醒\n", "industry": "食品"}
    wanted = edited(PROJECT, told, people_rows(PROJECT.participants))
    assert wanted.scope == ("3.10 导出", "3.11 提醒")
    assert wanted.industry == "食品"
    assert wanted.capabilities == PROJECT.capabilities


def test_languages_and_characters_are_taken():
    told = texts(PROJECT) | {"spoken": ("yue", "de"), "characters": "hongkong"}
    wanted = edited(PROJECT, told, people_rows(PROJECT.participants))
    assert (wanted.spoken, wanted.characters) == (("yue", "de"), "hongkong")


def test_people_keep_what_is_not_in_the_table():
    rows = people_rows(PROJECT.participants)
    rows[0]["role"] = "实施"
    rows.append({"name": " ", "side": "client"})
    rows.append({"name": "李四", "side": None})
    found = people(rows, PROJECT.participants)
    assert [one.name for one in found] == ["陈立", "王敏", "李四"]
    assert (found[0].site, found[0].role, found[2].side) == ("总部", "实施", "client")


def test_a_line_without_a_meaning_is_named():
    assert glossary("金蝶 = ERP = 财务\n客服＝录单\n只有词\n= 空") == (
        {"金蝶": "ERP = 财务", "客服": "录单"},
        ("只有词", "= 空"),
    )


def test_a_search_wants_all_its_words():
    assert [row.name for row in dictionary(PROJECT.data_dictionary, "订单 ORDER_NO")] == [
        "order_no"
    ]
    assert len(dictionary(PROJECT.data_dictionary)) == 2
    assert not dictionary(PROJECT.data_dictionary, "库存")


def test_lines_are_tidy():
    assert lines(" a  b \n\n\tc") == ("a b", "c")


def test_a_downloaded_project_reads_the_same():
    text = bootstrap.project_text(PROJECT)
    assert bootstrap.project_content(text.encode(), "project.yaml") == PROJECT.with_(uid="")
    assert "uid" not in text
    empty = Project()
    assert bootstrap.project_content(bootstrap.project_text(empty).encode(), "p") == empty
