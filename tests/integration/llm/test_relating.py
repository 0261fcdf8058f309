"""Asks that go into others: none is lost with the one it went into, none is shown to strangers."""

import pytest

from pipeline.engines.llm.extract import LlmExtractor
from pipeline.engines.llm.specify import LlmSpecifier
from pipeline.engines.rules.private import private_segments
from pipeline.ground import ground
from pipeline.models.draft import Draft, DraftAsk
from pipeline.models.evidence import Citation
from tests.integration.llm.model import (
    NOTHING,
    PROJECT,
    SPEC,
    TALK,
    answering,
    site_of,
    transcript,
    turns_in,
)


@pytest.fixture
def extractor(desk):
    return LlmExtractor(desk.endpoint, desk.asker, private_segments)


def an_ask(ref, text, *segments, **more):
    cited = tuple(Citation(segments=(one,)) for one in segments)
    return DraftAsk(ref=ref, text=text, citations=cited, **more)


def relations(*pairs, **more):
    duplicates = [{"ask": ask, "of": of} for ask, of in pairs]
    return NOTHING["Relations"] | {"duplicates": duplicates} | more


def statuses(extractor, server, asks, found):
    server.otherwise = answering(Relations=found)
    draft = extractor.relate(Draft(asks=asks), transcript(), PROJECT)
    return [(one.status, one.duplicate_of) for one in draft.asks]


LOOK = an_ask("ask1", "查询订单", "s1")
BLOCK = an_ask("ask2", "查询超过三千条要拦截", "s3")
THIRD = an_ask("ask3", "查询时提醒", "s4")


def test_nothing_goes_into_an_ask_that_gets_no_spec(extractor, server):
    found = relations(("ask2", "ask1"), supported=[{"ask": "ask1", "capability": 1}])
    assert statuses(extractor, server, (LOOK, BLOCK), found) == [
        ("already_supported", None),
        ("live", None),
    ]
    gone = LOOK.with_(status="withdrawn")
    assert statuses(extractor, server, (gone, BLOCK), relations(("ask2", "ask1"))) == [
        ("withdrawn", None),
        ("live", None),
    ]


def test_of_a_chain_only_the_last_link_holds(extractor, server):
    found = relations(("ask1", "ask2"), ("ask2", "ask3"))
    assert statuses(extractor, server, (LOOK, BLOCK, THIRD), found) == [
        ("live", None),
        ("duplicate", "ask3"),
        ("live", None),
    ]


def test_nothing_goes_into_an_ask_that_is_for_others(extractor, server):
    inward = LOOK.with_(visibility="internal")
    found = relations(("ask2", "ask1"))
    assert statuses(extractor, server, (inward, BLOCK), found)[1] == ("live", None)
    assert statuses(extractor, server, (LOOK, BLOCK.with_(not_for=("王敏",))), found)[1] == (
        "live",
        None,
    )


@pytest.mark.parametrize(
    ("verdicts", "left"),
    [((("out", 2), ("unclear", None)), "out"), ((("out", 2), ("in", 1)), "unclear")],
)
def test_a_line_of_the_contract_beats_unclear_and_two_lines_are_none(
    extractor, server, verdicts, left
):
    told = [{"ask": "ask1", "verdict": verdict, "line": line} for verdict, line in verdicts]
    server.otherwise = answering(Relations=relations(scope=told))
    draft = extractor.relate(Draft(asks=(LOOK, BLOCK)), transcript(), PROJECT)
    assert draft.asks[0].scope.verdict == left


@pytest.mark.parametrize("hidden", [{"visibility": "internal"}, {"review": "rejected"}])
def test_what_the_client_may_not_read_is_not_shown_where_their_spec_is_written(
    desk, server, hidden
):
    talk = (*TALK, ("陈立", "us", "他们老板想裁掉财务。"))
    part = an_ask("ask2", "看出财务谁多余", "s11", status="duplicate", duplicate_of="ask1")
    minutes = ground(Draft(asks=(LOOK, part)), transcript(talk), language="zh", engine="llm")
    asks = [one.with_(uid=one.id) for one in minutes.asks]
    asks[1] = asks[1].with_(**hidden)
    server.otherwise = answering(WireSpec=SPEC)
    specifier = LlmSpecifier(desk.endpoint, desk.asker, private_segments)
    specifier.specify(asks[0], minutes.with_(asks=tuple(asks)), transcript(talk), PROJECT)
    assert "谁多余" not in str(server.asked[-1]["messages"])


def test_a_later_piece_does_not_undo_what_an_earlier_one_corrected(desk_of, server):
    """Each piece knows the ask as it was; all its turns are seen side by side in the end."""
    desk = desk_of(context=6000, answer_tokens=1000)
    extractor = LlmExtractor(desk.endpoint, desk.asker, private_segments)
    export = an_ask("ask1", "导出最多三千条", "s1")

    def threads(body):
        shown = turns_in(body)
        if "T0080" in shown and "T0296" in shown:
            turns, text = [], "导出最多五千条，按大区"
        elif "T0080" in shown:
            turns, text = [{"t": "T0080", "role": "correction"}], "导出最多五千条"
        elif "T0296" in shown:
            turns, text = [{"t": "T0296", "role": "detail"}], "导出最多三千条，按大区"
        else:
            turns, text = [], "导出最多三千条"
        thread = {"ask": "ask1", "turns": turns, "text": text, "status": "live"}
        return {"threads": [thread], "last_turn_seen": shown[-1]}

    server.otherwise = answering(Threads=threads)
    draft = extractor.thread(Draft(asks=(export,)), transcript(repeat=30), PROJECT)
    assert draft.asks[0].text == "导出最多五千条，按大区"
    cited = [turn for one in draft.asks[0].citations for turn in one.segments]
    assert cited == ["s1", "s79", "s295"]


@pytest.mark.parametrize("status", ["live", "withdrawn"])
def test_all_turns_together_decide_whether_an_ask_lives(desk_of, server, status):
    """One piece hears it dropped, another hears it wanted again: neither knows of the other."""
    desk = desk_of(context=6000, answer_tokens=1000)
    extractor = LlmExtractor(desk.endpoint, desk.asker, private_segments)

    def threads(body):
        shown = turns_in(body)
        both = "T0080" in shown and "T0296" in shown
        heard = next((one for one in ("T0080", "T0296") if one in shown and not both), None)
        turns = [{"t": heard, "role": "withdrawal"}] if heard else []
        gone = "withdrawn" if heard == "T0296" else "live"
        told = {"ask": "ask1", "turns": turns, "text": "导出", "status": status if both else gone}
        return {"threads": [told], "last_turn_seen": shown[-1]}

    server.otherwise = answering(Threads=threads)
    export = an_ask("ask1", "导出", "s1")
    draft = extractor.thread(Draft(asks=(export,)), transcript(repeat=30), PROJECT)
    assert draft.asks[0].status == status


def test_an_ask_that_an_answer_leaves_out_is_asked_for_again(extractor, server):
    def threads(body):
        both = "ask2" in body["messages"][-1]["content"] and '"ask1"' in str(body["messages"])
        name = "ask1" if both else "ask2"
        told = {"ask": name, "turns": [], "text": f"{name} 的最后说法", "status": "live"}
        return {"threads": [told], "last_turn_seen": None}

    server.otherwise = answering(Threads=threads)
    draft = extractor.thread(Draft(asks=(LOOK, BLOCK)), transcript(), PROJECT)
    assert [one.text for one in draft.asks] == ["ask1 的最后说法", "ask2 的最后说法"]
    assert [site_of(one) for one in server.asked] == ["Threads", "Threads"]


def test_what_changes_an_ask_is_cited_however_many_details_it_has(extractor, server):
    full = an_ask("ask1", "导出三千条", *(f"s{n}" for n in range(1, 16)))
    told = {
        "ask": "ask1",
        "turns": [{"t": "T0020", "role": "correction"}, {"t": "T0021", "role": "detail"}],
        "text": "导出五千条",
        "status": "live",
    }
    server.otherwise = answering(Threads={"threads": [told], "last_turn_seen": None})
    draft = extractor.thread(Draft(asks=(full,)), transcript(repeat=3), PROJECT)
    cited = [turn for one in draft.asks[0].citations for turn in one.segments]
    assert ("s19" in cited, "s20" in cited, len(cited)) == (True, False, 16)


def test_what_only_we_said_is_assumed_in_a_spec(desk, server):
    """The client never took the text message up; to the stars they said yes."""
    talk = (
        ("王敏", "client", "能不能给我们来个一键导出？"),
        ("陈立", "us", "我建议导出完发短信通知。"),
        ("王敏", "client", "手机号要脱敏。"),
        ("陈立", "us", "中间四位用星号。"),
        ("王敏", "client", "可以。"),
    )
    made = [
        ("发短信通知", "T0002", "导出完发短信通知"),
        ("中间四位用星号", "T0004", "中间四位用星号"),
    ]
    rules = [
        {"value": value, "origin": "stated", "evidence": [{"turns": [turn], "quote": quote}]}
        for value, turn, quote in made
    ]
    server.otherwise = answering(WireSpec=SPEC | {"rules": rules})
    export = an_ask("ask1", "一键导出", "s0")
    minutes = ground(Draft(asks=(export,)), transcript(talk), language="zh", engine="llm")
    asked = minutes.asks[0].with_(uid="u1")
    specifier = LlmSpecifier(desk.endpoint, desk.asker, private_segments)
    spec = specifier.specify(asked, minutes.with_(asks=(asked,)), transcript(talk), PROJECT)
    assert [(one.value, one.origin) for one in spec.rules] == [
        ("发短信通知", "inferred"),
        ("中间四位用星号", "stated"),
    ]
