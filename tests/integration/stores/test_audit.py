"""What people did is only ever added to, whoever holds the database."""

import sqlite3

import pytest

from pipeline.models.review import Edit, verify


@pytest.fixture
def events(store, make, meeting):
    """Three edits of one item and one of another."""
    for after, uid in (("a", "i1"), ("b", "i1"), ("c", "i2"), ("d", "i1")):
        edit = Edit(entity="item", entity_uid=uid, operation="set", field="text", after=after)
        store.append_edit(make.actor, project=meeting.project, meeting="m1", edit=edit)
    return store.edits("m1")


def test_edits_come_oldest_first_and_chained_for_each_entity(events, make, meeting):
    assert [event.body.after for event in events] == ["a", "b", "c", "d"]
    assert [(event.entity_uid, event.seq) for event in events] == [
        ("i1", 1),
        ("i1", 2),
        ("i2", 1),
        ("i1", 3),
    ]
    assert events[3].prev_hash == events[1].hash
    assert verify(events) == ()
    assert {(event.actor, event.project, event.meeting) for event in events} == {
        (make.actor, meeting.project, "m1")
    }
    assert all(event.at.endswith("Z") for event in events)


def test_edits_kept_together_are_those_kept_one_by_one(store, make, meeting, events):
    edits = [
        Edit(entity="item", entity_uid=f"i{at % 600}", operation="set", field="text", after=f"{at}")
        for at in range(650)
    ]
    made = store.append_edits(make.actor, project=meeting.project, meeting="m1", edits=edits)
    kept = store.edits("m1")
    assert kept[len(events) :] == made
    assert [one.body for one in made] == edits
    assert verify(kept) == ()
    assert [one.seq for one in kept if one.entity_uid == "i1"] == [1, 2, 3, 4, 5]
    assert [one.seq for one in kept if one.entity_uid == "i599"] == [1]
    assert store.append_edits(make.actor, project=meeting.project, meeting="m1", edits=()) == ()


def test_any_json_value_is_kept_as_it_was(store, make, meeting):
    value = {"字": [1, 2.5, 1e-9, -0.0, None, True, {"a": "😀\n"}], "n": 2**53 - 1}
    edit = Edit(entity="project", entity_uid="p", operation="set", before=value, after=(1, 2))
    made = store.append_edit(make.actor, project=meeting.project, meeting="m1", edit=edit)
    (kept,) = store.edits("m1")
    assert kept.body.before == value
    assert kept.hash == made.hash
    assert verify([kept]) == ()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE edit_event SET at = '2020-01-01T00:00:00Z'",
        "UPDATE edit_event SET hash = hash WHERE seq = 1",
        "DELETE FROM edit_event",
        "DELETE FROM edit_event WHERE position = 4",
        "REPLACE INTO edit_event SELECT * FROM edit_event WHERE position = 1",
        """INSERT OR REPLACE INTO edit_event SELECT 99, uid, project, meeting, entity, entity_uid,
           9, actor, at, operation, body_hash, prev_hash, hash FROM edit_event WHERE seq = 1""",
        """INSERT OR REPLACE INTO edit_event SELECT 99, 'new', project, meeting, entity, entity_uid,
           seq, actor, at, operation, body_hash, prev_hash, hash FROM edit_event WHERE seq = 3""",
        "UPDATE edit_body SET salt = 'x'",
        "UPDATE edit_body SET body = '{}'",
        "REPLACE INTO edit_body SELECT * FROM edit_body LIMIT 1",
    ],
)
def test_the_database_itself_refuses_to_change_what_happened(events, raw, store, statement):
    with pytest.raises(sqlite3.IntegrityError, match="only ever added to"):
        raw.execute(statement)
    assert store.edits("m1") == events


def test_the_words_of_an_edit_can_be_deleted_and_the_chain_still_holds(events, raw, store):
    raw.execute("DELETE FROM edit_body")
    bare = store.edits("m1")
    assert [event.body for event in bare] == [None] * 4
    assert [event.hash for event in bare] == [event.hash for event in events]
    assert verify(bare) == ()


@pytest.mark.parametrize(
    ("statement", "noticed"),
    [
        ("UPDATE edit_event SET actor = replace(actor, '陈立', '王敏') WHERE position = 2", 2),
        ("UPDATE edit_event SET at = '2020-01-01T00:00:00.000Z' WHERE position = 1", 1),
        ("DELETE FROM edit_event WHERE position = 2", 4),
        ("UPDATE edit_body SET body = replace(body, '\"b\"', '\"x\"')", 2),
    ],
)
def test_whoever_removes_the_guards_and_tampers_is_noticed(events, raw, store, statement, noticed):
    for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        raw.execute(f"DROP TRIGGER {name}")
    raw.execute(statement)
    broken = verify(store.edits("m1"))
    assert [event.uid for event in broken] == [events[noticed - 1].uid]
