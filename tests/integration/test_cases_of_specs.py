"""Whatever an engine answered, each spec that is kept has a case that fails."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any, ClassVar

import pytest

from pipeline import bootstrap
from pipeline.models.actor import Actor
from pipeline.models.draft import DraftPermission, DraftSpec
from pipeline.models.project import Participant, Project
from pipeline.models.spec import OpenQuestion
from pipeline.service import meetings
from pipeline.service.intake import Intake

ME = Actor(id="t", name="Tester", via="test")
CALL = """\
[00:00:01] 陈立: 那导出的范围是？
[00:00:05] 王敏: 我们想要一键导出订单，按筛选出来的导就行，客服不行。
[00:00:20] 陈立: 好，这个就这么定。
"""
PROJECT = Project(
    language="zh",
    participants=(Participant(name="陈立", side="us"), Participant(name="王敏", side="client")),
)


class Terse:
    """Writes no case and asks nothing, as a model may."""

    name = "terse"
    model = "m"
    prompt = "p"
    settings: ClassVar[dict[str, Any]] = {}
    at_once = 1

    def __init__(self, *rows: DraftPermission) -> None:
        self.rows = rows

    def specify(self, ask: Any, minutes: Any, transcript: Any, project: Any) -> DraftSpec:
        del minutes, transcript, project
        return DraftSpec(ask=ask.id, title=ask.text, language="zh", permissions=self.rows)


@pytest.mark.parametrize(
    ("rows", "kind", "asked"),
    [
        ((), "failure", 1),
        ((DraftPermission(role="客服", export=False, origin="inferred"),), "permission", 0),
    ],
)
def test_a_spec_without_cases_gets_them_from_its_own_words(tmp_path: Path, rows, kind, asked):
    built = bootstrap.house(bootstrap.settings(home=tmp_path / "home"))
    house = replace(built, tools=built.tools._replace(specifier=Terse(*rows)))
    call = tmp_path / "call.txt"
    call.write_text(CALL, encoding="utf-8")
    meeting = meetings.add(ME, house, call, Intake(project=PROJECT))
    meetings.process(ME, house, meeting.uid, lambda progress: None)
    (spec,) = meetings.view(ME, house, meeting.uid).specs
    assert [case.kind for case in spec.acceptance] == ["happy", kind]
    assert sum(one.slot == "empty_or_error" for one in spec.open_questions) == asked
    assert not {"no_acceptance", "only_happy_case"} & {one.code for one in spec.findings}
    house.tools.store.close()


class Twice(Terse):
    """Asks the same twice, the second time because work waits for it."""

    def specify(self, ask: Any, minutes: Any, transcript: Any, project: Any) -> DraftSpec:
        asked = OpenQuestion(id="q1", slot="empty_or_error", question="没有数据时怎么提示？")
        again = asked.with_(id="q2", blocking=True)
        return (
            super()
            .specify(ask, minutes, transcript, project)
            .with_(permissions=(), open_questions=(asked, again))
        )


def test_a_case_names_a_question_that_is_still_there(tmp_path: Path):
    built = bootstrap.house(bootstrap.settings(home=tmp_path / "home"))
    house = replace(built, tools=built.tools._replace(specifier=Twice()))
    call = tmp_path / "call.txt"
    call.write_text(CALL, encoding="utf-8")
    meeting = meetings.add(ME, house, call, Intake(project=PROJECT))
    meetings.process(ME, house, meeting.uid, lambda progress: None)
    (spec,) = meetings.view(ME, house, meeting.uid).specs
    (failure,) = (case for case in spec.acceptance if case.kind == "failure")
    there = {one.id for one in spec.open_questions}
    assert set(re.findall(r"q\d+", failure.then)) == {"q1"} <= there
    house.tools.store.close()
