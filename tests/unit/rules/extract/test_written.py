"""Notes, and lists in messages: every line a matter of its own."""

import pytest

from pipeline.engines.rules.extract import RulesExtractor
from pipeline.engines.rules.extraction.lines import Lines
from pipeline.engines.rules.extraction.noted import doer, noted
from pipeline.models.project import Participant, Project
from pipeline.models.transcript import IMPORTED, EngineName, Segment, Transcript

PROJECT = Project(participants=(Participant(name="汪敏", side="client"),))


def chat(*texts: str, kind: str = "chat") -> Transcript:
    segments = (
        Segment(id=f"s{at}", index=at, text=text, speaker="汪敏" if kind == "chat" else None)
        for at, text in enumerate(texts)
    )
    engine = EngineName(name=IMPORTED, model=kind)
    return Transcript(engine=engine, segments=tuple(segments), date="2026-06-15")


@pytest.mark.parametrize(
    ("line", "kind", "bare"),
    [
        ("客户要求导出带金额", "ask", "导出带金额"),
        ("希望能批量审核", "ask", "能批量审核"),
        ("需求：按月汇总", "ask", "按月汇总"),
        ("表里没有金额，需要导出时带上", "ask", "需要导出时带上"),
        ("不要显示成本价", "ask", "不要显示成本价"),
        ("The client wants the export to show amounts", "ask", "the export to show amounts"),
        ("must show amount", "ask", "must show amount"),
        ("Finance wants amounts", "ask", "amounts"),
        ("Customer requested monthly totals", "ask", "monthly totals"),
        ("许工周五前给排期", "action", "许工周五前给排期"),
        ("我们下周三给报价", "action", "我们下周三给报价"),
        ("待办：小许给报价", "action", "小许给报价"),
        ("Tom sends the plan by Friday", "action", "Tom sends the plan by Friday"),
        ("TODO: ask the hosting people", "action", "ask the hosting people"),
        ("决定先上 xlsx", "decision", "决定先上 xlsx"),
        ("Decision: go with xlsx", "decision", "go with xlsx"),
        ("旧数据比较脏，导入可能延期", "risk", "旧数据比较脏，导入可能延期"),
        ("the migration may be late", "risk", "the migration may be late"),
        ("谁来审批退款？", "question", "谁来审批退款？"),
        ("who approves refunds?", "question", "who approves refunds?"),
    ],
)
def test_what_a_line_of_notes_says(line: str, kind: str, bare: str):
    found = noted(line)
    assert found is not None
    assert (found.kind, line[found.bare :].strip()) == (kind, bare)


@pytest.mark.parametrize(
    "line",
    [
        "时间：2026-06-15",
        "Attendees: Amy, Tom",
        "客户用的是老系统",
        "It is used daily by ten people",
    ],
)
def test_a_line_that_only_tells_is_none(line: str):
    assert noted(line) is None


def test_we_are_us_in_notes_and_the_client_in_the_words_of_somebody_named():
    assert noted("we need bulk approval") is None
    told = noted("we need bulk approval", quoted=True)
    assert told is not None
    assert told.kind == "ask"
    assert doer("我们下周三给报价") is True
    assert doer("许工周五前给排期") == "许工"


def test_every_line_of_a_list_below_a_wish_is_an_ask_with_the_line_as_its_quote():
    call = chat("还要这几个功能：\n1. 打印送货单\n2. 报表按门店分", "好的")
    asks = RulesExtractor().extract(call, PROJECT).asks
    assert [ask.text for ask in asks] == ["打印送货单", "报表按门店分"]
    assert [[(one.segments, one.quote) for one in ask.citations] for ask in asks] == [
        [(("s0",), "打印送货单")],
        [(("s0",), "报表按门店分")],
    ]


def test_each_sentence_of_a_line_of_notes_is_read_by_itself():
    call = chat("财务希望系统自动对账。仓库想在手机上看库存。我们下周三给方案。", kind="note")
    draft = RulesExtractor().extract(call, PROJECT)
    assert [ask.text for ask in draft.asks] == ["系统自动对账", "在手机上看库存"]
    assert [one.citations[0].quote for one in draft.actions] == ["我们下周三给方案。"]
    assert {one.segments for one in draft.asks[1].citations} == {("s0",)}


def test_a_list_that_nobody_asks_for_is_none():
    call = chat("门店现在有：\n1. 城东店\n2. 城西店", "能不能做个一键导出？")
    asks = RulesExtractor().extract(call, PROJECT).asks
    assert [ask.text for ask in asks] == ["一键导出"]


def test_lines_of_a_message_without_marks_are_heard_one_by_one():
    call = chat("能不能做个一键导出？\n财务催得很\n还要能按门店筛选的报表")
    draft = RulesExtractor().extract(call, PROJECT)
    assert {one for ask in draft.asks for cited in ask.citations for one in cited.segments} == {
        "s0"
    }


def test_a_call_of_one_line_turns_is_the_very_same():
    call = chat("能不能做个一键导出？", "好的")
    lines = Lines(call)
    assert lines.transcript is call
    draft = RulesExtractor().extract(call, PROJECT)
    assert lines.into(draft) is draft
    assert lines.back(draft) is draft


def test_lines_are_cited_as_their_segments_and_found_again():
    call = chat("还要：\n- 打印送货单\n- 一键导出", "好的")
    lines = Lines(call)
    draft = RulesExtractor().extract(call, PROJECT)
    cut = lines.into(draft)
    assert [one.segments for ask in cut.asks for one in ask.citations] == [("s0#2",), ("s0#3",)]
    assert lines.back(cut).asks == draft.asks


@pytest.mark.parametrize(
    ("head", "line", "owner"),
    [
        ("参加：王总、陈静、我方许立", "许立周五前给导出样表", "许立"),
        ("参会人员：欧阳兰 许立（实施）", "许立周五前给导出样表", "许立"),
        ("参加：王总", "周五前给导出样表", None),
        ("时间：许立来的那天", "许立周五前给导出样表", None),
        ("Present: Raj Patel and Mia Sand", "Mia Sand sends the list by Friday", "Mia Sand"),
    ],
)
def test_who_attended_owns_what_begins_with_their_name(head: str, line: str, owner: str | None):
    (action,) = RulesExtractor().extract(chat(head, line, kind="note"), PROJECT).actions
    assert action.owner == owner


@pytest.mark.parametrize(
    ("line", "kind", "text"),
    [
        ("还没定：谁来维护库位", "questions", "谁来维护库位"),
        ("担心：月底上线会乱", "risks", "月底上线会乱"),
        ("Open: who maintains the shelves?", "questions", "Who maintains the shelves"),
    ],
)
def test_a_label_is_not_told_again_in_the_words_of_the_item(line: str, kind: str, text: str):
    draft = RulesExtractor().extract(chat(line, "好的", kind="note"), PROJECT)
    assert [one.text for one in getattr(draft, kind)] == [text]


def test_who_attended_is_no_wish():
    assert noted("参加：王总、陈静") is None
    draft = RulesExtractor().extract(chat("参加：王总要来、陈静", kind="note"), PROJECT)
    assert draft.asks == ()
