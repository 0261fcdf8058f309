"""From a call to a spec: columns as people say them, and the question where two tables fit."""

import json
from pathlib import Path

import pytest

from pipeline import bootstrap
from pipeline.models.actor import Actor
from pipeline.models.project import DictionaryField, Entity, Participant, Project
from pipeline.service import meetings
from pipeline.service.intake import Intake

ME = Actor(id="t", name="Tester", via="test")


def entity(name: str, table: str, *labels: str) -> Entity:
    fields = tuple(
        DictionaryField(name=f"c{n}", label=one, type="text") for n, one in enumerate(labels)
    )
    return Entity(entity=name, table=table, fields=fields)


PROJECT = Project(
    client="澄江",
    system="云仓",
    language="zh",
    participants=(Participant(name="陈", side="us"), Participant(name="王", side="client")),
    data_dictionary=(
        entity("单据", "doc", "单据编号", "经办人"),
        entity("订单", "so_order", "订单号", "金额"),
        entity("合同", "contract", "合同号", "经办人"),
    ),
)
TURNS = (
    ("王", "能不能给我们来个一键导出？财务催得很。"),
    ("陈", "导出哪些内容？"),
    ("王", "导出要有定单号、金额、经办人、炉号、产地、保质期。"),
    ("陈", "好的。"),
)


@pytest.mark.slow  # every stage, on a database of its own
def test_what_was_heard_wrong_is_a_column_and_what_two_tables_have_is_asked(tmp_path: Path) -> None:
    file = tmp_path / "call.json"
    turns = [{"speaker": who, "text": text} for who, text in TURNS]
    file.write_text(json.dumps({"turns": turns}), encoding="utf-8")
    house = bootstrap.house(bootstrap.settings(home=tmp_path / "home", engine="rules"))
    uid = meetings.add(ME, house, file, Intake(project=PROJECT)).uid
    meetings.process(ME, house, uid, lambda progress: None)
    (spec, *_) = meetings.view(ME, house, uid).specs

    named = {one.label: one.name for one in spec.data_fields}
    assert named["订单号"] == "so_order.c0"
    assert named["经办人"] is None
    (heard,) = (one for one in spec.data_fields if one.label == "订单号")
    assert heard.origin == "stated"
    assert "定单号" in heard.evidence[0].quote
    which = [one for one in spec.open_questions if "经办人" in one.question]
    assert [one.options for one in which] == [("单据里的经办人", "合同里的经办人")]
    assert which[0].blocking
    for label in ("炉号", "产地", "保质期"):
        assert named[label] is None
        assert any(label in one.question and one.blocking for one in spec.open_questions)
    assert spec.status == "needs_answers"
    assert len({one.id for one in spec.open_questions}) == len(spec.open_questions)
