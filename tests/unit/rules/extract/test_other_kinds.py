"""Risks, open questions, conflicts and concerns: found where said, and only there."""

from typing import Any

import pytest

from pipeline.engines.rules.extract import RulesExtractor
from pipeline.models.project import Project
from pipeline.models.transcript import EngineName, Segment, Transcript

Read = Any


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("刘工: 没有文档我们没法估工期，这是一个风险。", "technical"),
        ("王敏: 我们IT就小刘一个人，他下个月还要休陪产假。", "people"),
        ("王敏: 储存条件字段有，一半是空的。", "data"),
        ("王敏: 十二月是高峰，别放在二十号以后。", "schedule"),
        ("Uma: Without that document we cannot estimate the work, that is a risk.", "technical"),
        ("Cleo: Bear in mind it's just me on this side.", "people"),
        ("Cleo: About half of the customer records are blank.", "data"),
        ("Cleo: August is when half my team is away.", "people"),
    ],
)
def test_a_warning_is_a_risk(read: Read, line: str, kind: str):
    (risk,) = read(line).risks
    assert risk.kind == kind


@pytest.mark.parametrize(
    "line",
    ["王敏: 报工太麻烦了，天天骂我。", "Cleo: It prints in item order and we walk back and forth."],
)
def test_a_pain_is_no_risk(read: Read, line: str):
    assert read(line).risks == ()


@pytest.mark.parametrize(
    "lines",
    [
        ["刘工: 炉号由谁录进系统？", "王敏: 这个我说了不算，得问仓库。"],
        ["刘工: 已经入库的还让改吗？", "王敏: 没想过，还真说不好。"],
        ["Uma: If nothing covers it, does the order split?", "Cleo: Depends on the customer."],
        ["Uma: Where does the unit cost come from?", "Cleo: I don't know."],
    ],
)
def test_a_question_without_an_answer_stays_open(read: Read, lines: list[str]):
    (question,) = read(*lines).questions
    assert question.text in lines[0]
    assert question.who == lines[1].split(":")[0]


@pytest.mark.parametrize(
    "lines",
    [
        ["刘工: 一次最多导多少条？", "王敏: 平时几千条，月底最多五万条。"],
        ["Uma: How many rows at most?", "Cleo: Twenty thousand at year end."],
        ["Uma: Can you hear me?", "Cleo: Not sure, now yes."],
    ],
)
def test_an_answered_question_is_closed(read: Read, lines: list[str]):
    assert read(*lines).questions == ()


@pytest.mark.parametrize(
    "lines",
    [
        ["赵工: 九点可以改单。", "王敏: 九点我坚决反对。"],
        ["Cleo: Under twenty-five feet it's scrap.", "Carl: No, it's fifty."],
        ["王敏: 一天两千八左右。", "赵工: 两千八是挂号量吧，我查的日均一千九。"],
    ],
)
def test_a_denial_by_a_colleague_is_a_conflict(read: Read, lines: list[str]):
    assert len(read(*lines).conflicts) == 1


@pytest.mark.parametrize(
    ("who", "told"),
    [
        ((None, "赵工"), ("九点可以改单", "赵工：九点我坚决反对")),
        (("王敏", None), ("王敏：九点可以改单", "九点我坚决反对")),
    ],
)
def test_a_side_of_a_conflict_that_nobody_is_named_for_has_no_name(
    who: tuple[str | None, str | None], told: tuple[str, str]
):
    segments = (
        Segment(id=str(at), index=at, speaker=one, text=words)
        for at, (one, words) in enumerate(
            zip(who, ("九点可以改单。", "九点我坚决反对。"), strict=True)
        )
    )
    call = Transcript(engine=EngineName(name="test"), segments=tuple(segments))
    (conflict,) = RulesExtractor().extract(call, Project()).conflicts
    assert (conflict.a.text, conflict.b.text, conflict.text) == (*told, " / ".join(told))


@pytest.mark.parametrize(
    "lines",
    [
        ["赵工: 五千以上我批。", "王敏: 五千太低了，一万吧。", "赵工: 这个可以。"],
        ["刘工: 一天三百单？", "王敏: 不止，八百。"],
        ["Cleo: Nine hundred orders a day.", "Cleo: No, it's six hundred."],
        ["Cleo: Seven columns.", "Carl: Also, two people need access."],
    ],
)
def test_no_conflict_where_they_agree_or_one_corrects_oneself(read: Read, lines: list[str]):
    assert read(*lines).conflicts == ()


@pytest.mark.parametrize(
    "line",
    [
        "王敏: 我担心客服不愿意用新系统，他们上次就抱怨过。",
        "王敏: 老员工那边我有点没底。",
        "Cleo: I am worried that reception will not use the new system.",
        "Cleo: The last vendor promised the same and nobody used it.",
    ],
)
def test_a_worry_is_a_concern_and_internal(read: Read, line: str):
    (concern,) = read(line).concerns
    assert (concern.who, concern.visibility) == (line.split(":")[0], "internal")


def test_our_own_worry_is_no_concern_of_the_client(read: Read):
    assert read("Uma: I am worried about the date.").concerns == ()
