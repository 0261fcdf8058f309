"""Tables and lines taken in on the page of a project."""

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from pipeline.models.actor import Actor
from pipeline.service import projects
from ui import session
from ui.words.loader import tin

ME = Actor(id="local:陈工", name="陈工", via="test")
DDL = "create table so_order (order_no varchar(32) comment '订单号', amount int, ![x](y) !!);"


def said(key: str, **params: object) -> str:
    return tin(session.language(), key, **params)


def hand_in(app: AppTest, *files: tuple[str, bytes, str]) -> AppTest:
    uploader = next(one for one in app.file_uploader if "vocabulary-" in str(one.key))
    return uploader.set_value(list(files)).run()


@pytest.mark.usefixtures("language")
def test_a_create_table_is_shown_before_it_is_taken(desk: Any, open_page: Any):
    project = projects.listed(ME, desk.house)[0]
    app = hand_in(open_page("project", p=project.uid), ("库.sql", DDL.encode(), "text/plain"))
    assert not app.exception
    texts = [one.value for one in app.text]
    assert said("vocabulary.tables", new=1, changed=0, gone=0) in texts
    assert said("vocabulary.columns", new=2, changed=0, gone=0) in texts
    assert any("![x](y)" in one for one in texts)
    assert projects.of(ME, desk.house, project.uid).data_dictionary == ()
    next(one for one in app.button if one.label == said("desk.vocabulary.take")).click().run()
    assert not app.exception
    kept = projects.of(ME, desk.house, project.uid)
    assert [field.label for field in kept.data_dictionary[0].fields] == ["订单号", "amount"]


def test_a_wrong_file_is_named(desk: Any, open_page: Any):
    project = projects.listed(ME, desk.house)[0]
    app = hand_in(open_page("project", p=project.uid), ("x.csv", b"a,b\n1,2\n", "text/csv"))
    assert not app.exception
    assert "x\\.csv" in app.error[0].value


def test_contract_lines_are_taken(desk: Any, open_page: Any):
    project = projects.listed(ME, desk.house)[0]
    app = open_page("project", p=project.uid)
    next(one for one in app.radio if "vocabulary-kind" in str(one.key)).set_value("scope").run()
    app = hand_in(app, ("合同.txt", "3.1 订单导出\n".encode(), "text/plain"))
    next(one for one in app.button if one.label == said("desk.vocabulary.take")).click().run()
    assert not app.exception
    assert projects.of(ME, desk.house, project.uid).scope == ("3.1 订单导出",)
