"""The hash chain: what people did cannot be changed without being noticed."""

import pytest

from pipeline.models.actor import Actor
from pipeline.models.review import Edit, EditEvent, chain, verify

CHEN = Actor(id="u1", name="陈立", via="test")


def an_edit(uid: str = "i1", after: str = "五万行") -> Edit:
    return Edit(
        entity="item", entity_uid=uid, operation="set", field="text", before="x", after=after
    )


def link(edit: Edit, after: EditEvent | None = None, uid: str = "e1") -> EditEvent:
    return chain(
        edit,
        after=after,
        uid=uid,
        salt=f"salt of {uid}",
        actor=CHEN,
        at="2026-03-18T06:00:00.000Z",
        project="p1",
        meeting="m1",
    )


@pytest.fixture
def events() -> tuple[EditEvent, ...]:
    """Two chains, one of three links and one of one."""
    first = link(an_edit(), uid="e1")
    second = link(an_edit(after="八万行"), first, uid="e2")
    other = link(an_edit("i2"), uid="e3")
    third = link(an_edit(after="六万行"), second, uid="e4")
    return first, second, other, third


def uids(broken: tuple[EditEvent, ...]) -> list[str]:
    return [event.uid for event in broken]


def test_an_untouched_chain_holds(events):
    assert verify(events) == ()
    assert [event.seq for event in events] == [1, 2, 1, 3]


def test_a_chain_holds_after_it_came_back_from_json(events):
    back = [EditEvent.read_json(event.model_dump_json()) for event in events]
    assert verify(back) == ()


@pytest.mark.parametrize(
    "change",
    [
        {"at": "2026-03-19T06:00:00.000Z"},
        {"actor": Actor(id="u2", name="王敏", via="test")},
        {"operation": "erratum"},
        {"project": "p2"},
        {"body_hash": "0" * 64},
        {"hash": "0" * 64},
        {"seq": 7},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_changed_value_breaks_its_link(events, change):
    tampered = [event.with_(**change) if event.uid == "e2" else event for event in events]
    assert "e2" in uids(verify(tampered))


def test_changed_words_break_their_link(events):
    changed = an_edit(after="十万行")
    tampered = [event.with_(body=changed) if event.uid == "e2" else event for event in events]
    assert uids(verify(tampered)) == ["e2"]


def test_a_changed_link_sealed_anew_breaks_the_next_one(events):
    forged = link(an_edit(after="十万行"), events[0], uid="e2")
    assert uids(verify((events[0], forged, events[2], events[3]))) == ["e4"]


def test_a_link_taken_out_is_noticed(events):
    assert uids(verify((events[0], events[3]))) == ["e4"]


def test_deleted_words_leave_a_chain_that_holds(events):
    bare = [event.with_(body=None, salt=None) for event in events]
    assert verify(bare) == ()


def test_the_hash_of_deleted_words_cannot_be_guessed_from_them():
    one = link(an_edit(), uid="e1")
    assert one.body_hash != link(an_edit(), uid="e2").body_hash
