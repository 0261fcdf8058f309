"""Who speaks in a file becomes rows of the form; a recorder's number stays with its call."""

import pytest

from pipeline.models.project import Participant, Project
from pipeline.service.previews import Speaker
from ui.heard import Known, heard
from ui.intake import Form, Person, intake_of, numbered, troubles

LIN = Participant(name="林芳", label="Lin (iPad)", title="仓库主管", side="client")
KNOWN = Project(uid="p1", client="华露饮料", system="WMS", participants=(LIN,))


def said(*names: str) -> list[Speaker]:
    return [Speaker(name=name, turns=3) for name in names]


def participants(form: Form) -> tuple[Participant, ...]:
    project = intake_of(form, [KNOWN], None, name="盘点.txt", language="zh").project
    return project.participants if project else ()


def test_who_is_of_the_project_comes_with_side_and_title_once():
    found = heard(said("Lin (iPad)", "周凯", "林芳"), Known(KNOWN, alone=False))
    assert found.people == (
        Person(name="林芳", side="client", title="仓库主管", label="Lin (iPad)"),
        Person(name="周凯", label="周凯"),
    )


@pytest.mark.parametrize(
    "label", ["说话人 1", "说话人1", "发言人二", "Speaker 2", "SPEAKER_00", "Speaker A"]
)
def test_a_number_that_a_recorder_gave_is_nobody_of_a_project(label: str):
    assert numbered(label)
    assert heard(said(label), Known(KNOWN, alone=False)) == ((), (label,))
    assert [one.name for one in heard(said(label), Known(None, alone=True)).people] == [label]


@pytest.mark.parametrize(
    "name", ["用户王敏", "Guest Bob", "Speaker Pelosi", "嘉宾张老师", "Guesnon", "林芳"]
)
def test_a_name_is_no_number(name: str):
    assert not numbered(name)


def test_a_name_given_to_a_label_is_known_by_both():
    row = Person(name="周凯", side="us", label="Zhou K.")
    assert participants(Form(choice="p1", people=(row,)))[0].label == "Zhou K."
    of_recorder = row.with_(label="说话人 2")
    assert participants(Form(people=(of_recorder,)))[0].label == "说话人 2"
    assert participants(Form(choice="p1", people=(of_recorder,)))[0].label is None


def test_whose_side_nobody_knows_is_no_trouble_and_changes_nothing():
    form = Form(
        choice="p1",
        people=(Person(name="林芳", side="unknown"), Person(name="周凯", side="unknown")),
    )
    assert troubles(form, None) == []
    assert participants(form) == (LIN,)
