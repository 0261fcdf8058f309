"""What is typed beside an upload becomes what is known of the call; nothing known is lost."""

import datetime as dt

import pytest

from pipeline.models.project import Participant, Project
from ui.intake import (
    FILE_PROJECT,
    NEW_PROJECT,
    Form,
    Named,
    Person,
    glossary_of,
    glossary_text,
    intake_of,
    named_by,
    refilled,
    troubles,
)

WU = Participant(name="吴总", label="Speaker 2", title="总经理", side="client", site="二厂")
KNOWN = Project(
    uid="p1", client="华露饮料", system="ERP", participants=(WU,), glossary={"在制": "半成品"}
)
ROW = Person(name="吴总", side="client", title="总经理")
CHEN = Person(name=" 陈工 ", side="us")


def intake(form: Form, file: Project | None = None):
    return intake_of(form, [KNOWN], file, name="订单会.m4a", language="zh")


def test_nothing_typed_is_nothing_said():
    said = intake(Form(people=(Person(),)))
    assert said.project is None
    assert (said.languages, said.text_language, said.consent, said.date) == ((), None, None, None)


def test_what_was_typed_is_said():
    form = Form(date=dt.date(2026, 11, 20), spoken="mixed", minutes="en", consent=True)
    said = intake(form)
    assert said.date == dt.date(2026, 11, 20)
    assert (said.languages, said.text_language, said.consent) == (("zh", "en"), "en", True)


def test_people_of_a_known_project_keep_what_the_form_does_not_show():
    said = intake(
        Form(choice="p1", people=(ROW.with_(title="董事长"), CHEN), glossary="在制 = 半成品")
    )
    assert said.project is not None
    wu, chen = said.project.participants
    assert (wu.label, wu.site, wu.title) == ("Speaker 2", "二厂", "董事长")
    assert (chen.name, chen.side, chen.title) == ("陈工", "us", None)


def test_a_person_and_a_term_taken_out_of_a_known_project_are_out():
    said = intake(Form(choice="p1"))
    assert said.project is not None
    assert (said.project.participants, said.project.glossary) == ((), {})


def test_a_client_typed_anew_that_is_known_keeps_all_that_is_known():
    form = Form(
        choice=NEW_PROJECT, client="华露饮料 ", system="ERP", people=(CHEN,), glossary="a=b"
    )
    project = intake(form).project
    assert project is not None
    assert [one.name for one in project.participants] == ["陈工", "吴总"]
    assert project.glossary == {"在制": "半成品", "a": "b"}


def test_a_new_client_is_a_new_project():
    project = intake(Form(choice=NEW_PROJECT, client="合骏", system="MES")).project
    assert project is not None
    assert (project.uid, project.client, project.system, project.language) == (
        "",
        "合骏",
        "MES",
        "zh",
    )


def test_people_without_a_client_are_not_everybodys():
    project = intake(Form(people=(CHEN,))).project
    assert project is not None
    assert (project.client, project.system) == ("default", "订单会")


def test_a_project_file_is_the_project():
    file = Project(client="铭川", scope=("首件检验",))
    project = intake(Form(choice=FILE_PROJECT), file).project
    assert project is not None
    assert (project.client, project.scope) == ("铭川", ("首件检验",))


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        (Form(), []),
        (Form(choice=NEW_PROJECT, client="  "), [("client", "")]),
        (Form(choice=FILE_PROJECT), [("file", "")]),
        (Form(people=(Person(name="李"),)), [("side", "李")]),
        (Form(people=(Person(title="经理"),)), []),
        (Form(people=(CHEN, CHEN)), [("twice", "陈工")]),
        (Form(glossary="a = b\n乱写\n = c"), [("glossary", "乱写"), ("glossary", "= c")]),
    ],
)
def test_what_has_to_be_put_right_is_named(form, expected):
    assert troubles(form, None) == expected


def test_terms_are_read_as_they_are_written():
    terms = {"WIP": "work = in progress", "在制": "半成品"}
    assert glossary_of(glossary_text(terms)) == (terms, [])
    assert glossary_of("在制＝半成品") == ({"在制": "半成品"}, [])


def test_another_project_brings_its_people_and_leaves_what_was_typed():
    people, glossary = refilled((CHEN, Person()), "我的 = 词", None, KNOWN)
    assert people == (ROW, CHEN)
    assert glossary == "在制 = 半成品\n我的 = 词"
    other = Project(client="合骏", participants=(Participant(name="财务李", side="client"),))
    people, glossary = refilled(people, glossary, KNOWN, other)
    assert [one.name.strip() for one in people] == ["财务李", "陈工"]
    assert glossary == "我的 = 词"


@pytest.mark.parametrize(
    ("file", "date"),
    [
        ("华露 2026-03-18 订单.m4a", "2026-03-18"),
        ("rec_20260318_0930.wav", "2026-03-18"),
        ("2026年3月8日 碰头.mp3", "2026-03-08"),
        ("2026-13-40.mp3", None),
        ("电话 13800138000.amr", None),
        ("订单会.txt", None),
    ],
)
def test_a_file_name_gives_the_title_and_a_date_where_it_holds_one(file, date):
    named = named_by(file)
    assert named.title == file.rpartition(".")[0]
    assert (str(named.date) if named.date else None) == date


@pytest.mark.parametrize(
    ("typed", "title"), [("订单会", None), (" ", None), ("恒丰对账", "恒丰对账"), ("", None)]
)
def test_the_title_of_the_file_itself_wins_over_the_name_that_nobody_typed(typed, title):
    named = Named(title=typed)
    done = intake_of(Form(), [], None, name="订单会.txt", language="zh", named=named)
    assert done.title == title
