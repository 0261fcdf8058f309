"""The questions as one message: what we understood, at most eight, to be answered by pointing."""

from typing import Any

import pytest

from pipeline.models.client_view import ClientView, client_view
from pipeline.models.evidence import Evidence
from pipeline.models.meeting import Meeting
from pipeline.models.minutes import Ask, Minutes, Question
from pipeline.models.project import Participant, PlainWord, Project
from pipeline.models.slots import Slot
from pipeline.models.spec import FeatureSpec, OpenQuestion
from pipeline.models.view import InternalView
from ui.asking_text import asking_text

TOLD = (
    Evidence(meeting="m1", transcript_version=1, match="exact", segments=("s1",), quote="我要导出"),
)


def view(*questions: OpenQuestion, readers: tuple[str, ...] = (), **more: Any) -> ClientView:
    ask = Ask(
        uid="a",
        id="A1",
        text="导出",
        evidence=TOLD,
        origin_engine="rules",
        kind="function",
        raw_quote="",
    )
    spec = FeatureSpec(
        uid="u", id="S1", project="p", meetings=("m1",), asks=("A1",), title="导出", language="zh",
        origin_engine="rules", open_questions=questions,
        goal=Slot(value="一键导出", origin="stated", evidence=TOLD),
    )  # fmt: skip
    minutes = Minutes(meeting="m1", transcript_version=1, language="zh", asks=(ask,), **more)
    project = Project(
        client="华露",
        participants=(Participant(name="李梅", title="会计", side="client"),),
        plain_words=(PlainWord(term="幂等", say="只算一次", to={"财务": "只记一笔"}),),
    )
    meeting = Meeting(uid="m1", project="p", title="碰头", date="2026-03-18")
    return client_view(InternalView(minutes, (spec,), meeting, project), readers=readers)


ROLES = OpenQuestion(
    id="q1", slot="permission", question="谁能导？", options=("主管", "所有人"), recommended="主管"
)


def test_the_message_is_as_it_should_be():
    assert asking_text(view(ROLES)).splitlines() == [
        "【请您答复】碰头 2026-03-18 共 1 个问题，回“1A 2B”就行；拿不准的回“等”。",
        "我理解您的意思是：",
        "· 一键导出（S1）",
        "对吗？不对请直接说。",
        "",
        "1. 谁能导？（S1）",
        "   A. 主管（建议）",
        "   B. 所有人",
    ]


def test_eight_at_most_and_how_many_wait():
    many = (
        ROLES.with_(id=f"q{n}", question=f"第{c}项呢") for n, c in enumerate("甲乙丙丁戊己庚辛壬癸")
    )
    text = asking_text(view(*many))
    assert "8. " in text
    assert "9. " not in text
    assert text.endswith("另有 2 个问题先放着，理由写在文件里。")


@pytest.mark.parametrize(("readers", "heard"), [((), "只算一次"), (("李梅",), "只记一笔")])
def test_in_the_words_of_whoever_reads(readers: tuple[str, ...], heard: str):
    text = asking_text(view(ROLES.with_(question="要幂等吗？"), readers=readers))
    assert heard in text
    assert "幂等" not in text


def test_nothing_internal_and_nothing_where_nothing_is_asked():
    hidden = Question(
        uid="q",
        id="Q1",
        text="毛利多少？",
        evidence=TOLD,
        origin_engine="rules",
        visibility="internal",
    )
    assert asking_text(view(questions=(hidden,))) == ""
    assert "毛利" not in asking_text(view(ROLES, questions=(hidden,)))
