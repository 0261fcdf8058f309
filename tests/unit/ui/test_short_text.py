"""The text for a chat: ten lines, and nothing in it that is not the client's."""

from typing import Any

import pytest

from pipeline.models.client_view import ClientView, client_view
from pipeline.models.evidence import Evidence
from pipeline.models.meeting import Meeting
from pipeline.models.minutes import Action, Ask, Concern, Decision, Minutes, Question
from pipeline.models.project import Project
from pipeline.models.spec import FeatureSpec, OpenQuestion
from pipeline.models.view import InternalView
from ui.short_text import LINES, questions, short_text


def made(kind: type[Any], ref: str, text: str, **more: Any) -> Any:
    told = (
        Evidence(meeting="m1", transcript_version=1, match="exact", segments=(ref,), quote=text),
    )
    return kind(uid=ref, id=ref, text=text, evidence=told, origin_engine="rules", **more)


def view(*, language: str = "zh", specs: tuple[FeatureSpec, ...] = (), **arrays: Any) -> ClientView:
    minutes = Minutes(meeting="m1", transcript_version=1, language=language, **arrays)
    meeting = Meeting(uid="m1", project="p", title="碰头", date="2026-03-18")
    return client_view(InternalView(minutes, specs, meeting, Project(client="华露")))


def test_only_what_is_the_clients():
    text = short_text(
        view(
            decisions=(
                made(Decision, "D1", "按筛选导", state="tentative"),
                made(Decision, "D2", "毛利不能说", visibility="internal"),
                made(Decision, "D3", "驳回的", review="rejected"),
                made(Decision, "D4", "不给王敏看", not_for=("王敏",)),
            ),
            concerns=(made(Concern, "E1", "客户很烦"),),
            actions=(
                made(Action, "T1", "发方案", owner="陈立", due_date="2026-03-20", side="us"),
                made(Action, "T2", "给样表", side="client"),
            ),
        )
    )
    assert text.splitlines() == [
        "【会议小结】碰头 2026-03-18（草稿，未核对）",
        "暂定：按筛选导",
        "待办：发方案（陈立，2026-03-20）",
        "待办：给样表（贵方）",
    ]


def test_questions_that_hold_everything_up_come_first():
    ask = made(Ask, "A1", "导出")
    asked = [("q1", "文件名？", False), ("q2", "行数上限？", True)]
    spec = FeatureSpec(
        uid="S1",
        id="S1",
        project="p",
        meetings=("m1",),
        asks=("A1",),
        title="导出",
        origin_engine="rules",
        open_questions=tuple(
            OpenQuestion(id=one, slot="volume_limit", question=text, blocking=blocking)
            for one, text, blocking in asked
        ),
    )
    found = questions(view(specs=(spec,), asks=(ask,), questions=(made(Question, "Q1", "何时？"),)))
    assert found == ["行数上限？", "何时？", "文件名？"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_never_more_than_ten_lines(language: str):
    many = view(
        language=language,
        decisions=tuple(made(Decision, f"D{n}", f"d{n} " * 40) for n in range(9)),
        actions=tuple(made(Action, f"T{n}", f"t{n}") for n in range(9)),
        questions=tuple(made(Question, f"Q{n}", f"q{n}?") for n in range(9)),
    )
    lines = short_text(many).splitlines()
    assert len(lines) == LINES
    assert max(map(len, lines)) < 150
    assert [one for one in lines[1:] if "6" in one] == [lines[3], lines[6]]
    assert "5" in lines[9]  # eight questions go out


def test_no_word_is_cut_in_two():
    text = "approve every single quotation above the limit " * 5
    line = short_text(view(language="en", decisions=(made(Decision, "D1", text),))).splitlines()[1]
    assert line.endswith("…")
    assert line.removesuffix("…").split()[-1] in text.split()


def test_a_decision_that_a_later_one_replaced_is_not_sent_as_decided():
    text = short_text(
        view(
            decisions=(
                made(Decision, "D1", "五千以下自动通过"),
                made(Decision, "D2", "三千以下自动通过", supersedes="D1"),
                made(Decision, "D3", "短信通知", state="rejected"),
            )
        )
    )
    assert "五千" not in text
    assert "已定：三千以下自动通过" in text
    assert "不做：短信通知" in text


def asking(ref: str, *asked: str) -> FeatureSpec:
    return FeatureSpec(
        uid=ref,
        id=ref,
        project="p",
        meetings=("m1",),
        asks=("A1",),
        title=asked[0],
        language="zh",
        origin_engine="rules",
        open_questions=tuple(
            OpenQuestion(id=f"q{n}", slot="trigger", question=one, blocking=n == 1)
            for n, one in enumerate(asked, 1)
        ),
    )


def test_a_question_says_what_it_is_about():
    ask = made(Ask, "A1", "导出")
    one = asking("S1", "近效期：什么时候算？", "近效期：提醒谁？")
    other = asking("S2", "叫号屏：什么时候算？", "叫号屏：谁来调？")
    own = asking("S3", "金蝶有没有发票？")
    found = questions(view(specs=(one, other, own), asks=(ask,)))
    assert found == [
        "近效期、叫号屏：什么时候算？",
        "金蝶有没有发票？",
        "近效期：提醒谁？",
        "叫号屏：谁来调？",
    ]
