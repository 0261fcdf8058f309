"""A call that does not fit into one question: in pieces, and nothing lost between them."""

import re

import pytest

from evals.bench.scripted import said
from pipeline.engines.llm.extract import LlmExtractor
from pipeline.engines.llm.specify import LlmSpecifier
from pipeline.engines.llm.tokens import estimate
from pipeline.engines.rules.private import private_segments
from pipeline.errors import UnavailableError
from pipeline.ground import ground
from pipeline.models.draft import Draft, DraftAsk
from pipeline.models.evidence import Citation
from pipeline.models.project import DictionaryField, Entity
from tests.integration.llm.model import (
    NOTHING,
    PROJECT,
    SPEC,
    TALK,
    answering,
    ask,
    site_of,
    transcript,
    turns_in,
)


def long_desk(desk_of):
    desk = desk_of(context=6000, answer_tokens=1000, at_once=4)
    return LlmExtractor(desk.endpoint, desk.asker, private_segments)


def every_export(body):
    """Whoever sees an export asked for finds it, in its own turns and beside them."""
    shown = turns_in(body)
    found = [
        ask(f"导出 {name}", (name, "能不能给我们来个一键导出？"))
        for name in shown
        if int(name[1:]) % len(TALK) == 2
    ]
    return {"asks": found, "last_turn_seen": shown[-1]}


def test_a_long_call_is_read_in_pieces_and_no_item_is_found_twice(desk_of, server):
    server.otherwise = answering(Asks=every_export)
    draft = long_desk(desk_of).extract(transcript(repeat=30), PROJECT)
    assert sum(site_of(one) == "Asks" for one in server.asked) > 2
    assert len(draft.asks) == 30
    assert len({one.text for one in draft.asks}) == 30


def test_what_only_a_neighbour_found_beside_its_own_turns_is_kept(desk_of, server):
    beside = []
    talk = [(who, "client", text) for who, _, text in TALK[:8]]

    def asks(body):
        """Finds only what stands beside its own turns: the first turn after them."""
        own, shown = turns_in(body, own=True), turns_in(body)
        after = [name for name in shown if name > own[-1]][:1]
        beside.extend(after)
        found = [ask(f"在 {name}", (name, talk[(int(name[1:]) - 1) % 8][2])) for name in after]
        return {"asks": found, "last_turn_seen": shown[-1]}

    server.otherwise = answering(Asks=asks)
    call = transcript(talk, repeat=45)
    draft = long_desk(desk_of).extract(call, PROJECT)
    assert beside
    assert len(draft.asks) == len(set(beside))


def test_a_piece_that_is_too_much_is_halved(desk_of, server):
    def asks(body):
        if len(turns_in(body, own=True)) > 40:
            return said("", finish="length")
        return every_export(body)

    server.otherwise = answering(Asks=asks)
    draft = long_desk(desk_of).extract(transcript(repeat=30), PROJECT)
    assert len(draft.asks) == 30
    assert draft.unprocessed == ()


def test_a_piece_that_fails_is_named_and_the_rest_stands(desk_of, server):
    def asks(body):
        return (
            said(None, refusal="no") if "T0100" in turns_in(body, own=True) else every_export(body)
        )

    server.otherwise = answering(Asks=asks)
    draft = long_desk(desk_of).extract(transcript(repeat=30), PROJECT)
    assert 20 <= len(draft.asks) < 30
    assert "s99" in draft.unprocessed
    assert 0 < len(draft.unprocessed) < 180
    assert [one.kind for one in draft.unparsed] == ["asks"]


def test_only_the_pieces_that_show_a_corrected_turn_are_asked_about_again(desk_of, server):
    server.otherwise = answering()
    extractor = long_desk(desk_of)
    call = transcript(repeat=30)
    extractor.extract(call, PROJECT)
    pieces = len(server.asked) // 2
    server.asked.clear()
    turns = list(call.segments)
    turns[180] = turns[180].with_(text="王经理您好，今天对一下调拨单的全部需求。")
    extractor.extract(call.with_(segments=tuple(turns)), PROJECT)
    assert pieces > 3
    assert 2 <= len(server.asked) <= 4
    assert all("调拨单" in str(one["messages"]) for one in server.asked)


def test_no_question_of_a_long_call_is_longer_than_the_context_holds(desk_of, server):
    """Hours of talk, 220 asks, a dictionary of thousands of columns and a small context."""
    columns = tuple(
        DictionaryField(name=f"column_{n}", label=f"字段{n}", type="varchar(32)")
        for n in range(3000)
    )
    orders = (DictionaryField(name="order_no", label="导出", type="varchar(32)"),)
    project = PROJECT.with_(
        data_dictionary=(
            Entity(entity="别的", table="other", fields=columns),
            Entity(entity="订单", table="so_order", fields=orders),
        )
    )
    call = transcript(repeat=220)
    spec = SPEC | {"title": "导出"}
    server.otherwise = answering(Asks=every_export, WireSpec=spec)
    desk = desk_of(context=8000, answer_tokens=1500, at_once=8)
    extractor = LlmExtractor(desk.endpoint, desk.asker, private_segments)
    draft = extractor.extract(call, project)
    draft = extractor.thread(draft, call, project)
    looked = [one.id for one in call.segments[4::300]]
    draft = draft.plus(extractor.reconsider(draft, looked, call, project))
    draft = extractor.relate(draft, call, project)
    draft = extractor.summarise(draft, call, project)
    minutes = ground(draft, call, language="zh", engine="llm")
    asks = [one.with_(uid=one.id) for one in minutes.asks]
    minutes = minutes.with_(asks=tuple(asks))
    specifier = LlmSpecifier(desk.endpoint, desk.asker, private_segments)
    made = specifier.specify(asks[-1], minutes, call, project)
    assert (len(asks), made.title, draft.undone) == (220, "导出", ())
    assert "so_order" in str(server.asked[-1]["messages"])
    assert {site_of(one) for one in server.asked} == {*NOTHING, "WireSpec"}
    said_to_it = ["".join(part["content"] for part in one["messages"]) for one in server.asked]
    assert max(map(estimate, said_to_it)) <= desk.endpoint.question_tokens
    related = [one for one in server.asked if site_of(one) == "Relations"]
    assert len(related) >= 3
    together = [set(re.findall(r'"id": "(ask\d+)"', str(one["messages"]))) for one in related]
    names = [one.ref for one in draft.asks]
    assert all(any({a, b} <= one for one in together) for a in names for b in names)


def test_two_asks_in_one_turn_at_a_border_are_both_kept(desk_of, server):
    """One piece finds the one, its neighbour the other: a turn in common is not the same ask."""
    call = transcript([("王敏", "client", "要导出，也要打印条码。")] * 400)
    extractor = long_desk(desk_of)
    border = []

    def asks(body):
        own, shown = turns_in(body, own=True), turns_in(body)
        if own[0] == "T0001":
            border.append(next(name for name in shown if name > own[-1]))
            found = [ask("打印条码", (border[0], "也要打印条码"))]
        else:
            found = [ask("导出订单", (own[0], "要导出"))] if own[0] == named else []
        return {"asks": found, "last_turn_seen": shown[-1]}

    first = extractor._readings.of(call, PROJECT).pieces[0]
    named = f"T{first.after + 1:04d}"
    server.otherwise = answering(Asks=asks)
    draft = extractor.extract(call, PROJECT)
    assert border == [named]
    assert sorted(one.text for one in draft.asks) == ["导出订单", "打印条码"]


def test_a_spec_of_which_half_would_not_fit_is_refused(desk_of, server):
    call = transcript(
        [("王敏", "client", "我们要导出订单。" * 3000), ("王敏", "client", "最多五千条")]
    )
    desk = desk_of(context=8000, answer_tokens=2000)
    draft = Draft(
        asks=(DraftAsk(ref="ask1", text="导出", citations=(Citation(segments=("s0",)),)),)
    )
    minutes = ground(draft, call, language="zh", engine="llm")
    asked = minutes.asks[0].with_(uid="u1")
    specifier = LlmSpecifier(desk.endpoint, desk.asker, private_segments)
    with pytest.raises(UnavailableError) as caught:
        specifier.specify(asked, minutes.with_(asks=(asked,)), call, PROJECT)
    assert caught.value.code == "model_too_long"
    assert server.asked == []
