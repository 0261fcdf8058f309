"""The record of edits in words."""

from typing import Any

from pipeline.models.actor import Actor
from pipeline.models.correction import LIST_ID
from pipeline.models.review import Edit, EditEvent, chain
from ui.deeds import Names, deeds

CHEN = Actor(id="u1", name="陈立", via="test")
KNOWN = Names({"i1": "A1"}, {"s4": "原话"})


def event(uid: str, actor: Actor = CHEN, **edit: Any) -> EditEvent:
    more = {"uid": uid, "salt": "x", "actor": actor, "at": "2026-01-01T00:00:00Z"}
    body = Edit.model_validate({"entity": "item", "entity_uid": "i1", **edit})
    return chain(body, after=None, project="p", meeting="m1", **more)


def told(*events: EditEvent, me: str = "u1"):
    return deeds(events, KNOWN, me, lambda table, value: f"{table}:{value}")


def test_a_change_shows_both_texts_and_why():
    changed = {"operation": "set", "field": "text", "before": "旧", "after": "新", "reason": "错"}
    (one,) = told(event("e1", **changed))
    assert (one.on, one.what) == ("A1", "did:set field:text")
    assert (one.before, one.after, one.reason) == ("value:旧", "value:新", "错")
    assert one.can_undo


def test_a_yes_shows_no_seal():
    (one,) = told(event("e1", operation="approve", before="0" * 64))
    assert "0" * 64 not in str(one)


def test_a_decision_shows_the_state_before():
    (one,) = told(event("e1", operation="reject", before="draft"))
    assert (one.before, one.after) == ("review:draft", "review:rejected")


def test_an_answer_shows_what_was_said_and_by_whom():
    said = {"answer": "五万", "who": "吴总", "side": "client"}
    (one,) = told(event("e1", operation="answer", field="q1", after=said))
    assert (one.before, one.after, one.reason) == ("value:empty", "value:五万", "吴总")


def test_what_became_of_a_turn_shows_its_words():
    after = {"state": "attached", "item": "A1"}
    of_turn = {"entity": "coverage", "entity_uid": "s4", "field": "ask"}
    (one,) = told(event("e1", **of_turn, operation="cover", before="open", after=after))
    assert (one.on, one.before, one.after) == ("原话", "state:open", "state:attached A1")


def test_an_addition_is_told_by_its_words_also_when_it_is_gone():
    item = {"uid": "i9", "id": "R2", "text": "扛不住", "origin_engine": "person"}
    added = {"kind": "risk", "item": item}
    add = {"operation": "add", "entity_uid": "i9"}
    first = event("e1", **add, after=added)
    back = event("e2", **add, before=added, undoes="e1")
    for one in told(first, back):
        assert (one.on, one.before + one.after) == ("R2", "kind:risk: 扛不住")


def test_only_ones_own_that_stands_is_taken_back():
    change = {"operation": "set", "field": "text", "before": "旧", "after": "新"}
    first = event("e1", **change)
    back = event("e2", **change, undoes="e1")
    assert [(one.gone, one.can_undo) for one in told(first, back)] == [
        (False, False),
        (True, False),
    ]
    assert not told(first, me="u2")[0].can_undo


def test_words_that_were_deleted_are_told_so():
    gone = event("e1", operation="reject", before="draft").with_(body=None, salt=None)
    (one,) = told(gone)
    assert (one.what, one.before, one.can_undo) == ("did:deleted", "", False)


def test_values_are_read_by_people():
    row = {"operation": "set", "field": "permissions[0]", "before": None}
    (one,) = told(event("e1", **row, after={"role": "主管", "see": True, "do": []}))
    assert one.before == "value:empty"
    assert one.after == "field:role: value:主管; field:see: value:yes; field:do: value:empty"


def test_a_place_of_the_projects_list_says_so_and_anybody_may_take_it_back():
    listed = Actor(id=LIST_ID, name="the list", via="import")
    mended = {"heard": "定单", "meant": "订单", "at": 1, "was": "定 单", "now": "订单"}
    of_turn = {"entity": "segment", "entity_uid": "s4", "operation": "set", "field": "text"}
    made = event("e1", listed, **of_turn, before="把定 单导出", after="把订单导出", mended=mended)
    (one,) = told(made)
    assert (one.who, one.on, one.what) == ("actor:corrections", "原话", "did:mended")
    assert (one.before, one.after, one.reason) == ("定 单", "订单", "定单 → 订单")
    assert one.can_undo
    back = event("e2", CHEN, **of_turn, before="把订单导出", mended=mended, undoes="e1")
    undo, one = told(made, back)
    assert (undo.what, undo.before, undo.after) == ("did:undo did:mended", "订单", "定 单")
    assert (one.gone, one.can_undo, undo.can_undo) == (True, False, False)
