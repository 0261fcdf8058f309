"""What was said and not minuted becomes an item, on a real database."""

from pathlib import Path

import pytest

from pipeline.errors import ConflictError, InputError, NotFoundError
from pipeline.models.adding import ADDABLE
from pipeline.service import deletion, documents, review, transcripts
from ui.turns import covered

OURS, SERVER, STUCK = "s0004", "s0005", "s0006"


def test_a_turn_becomes_an_item_like_any_other(house, meeting, chen, take, items, turn):
    item = take()
    assert items()[item.id] == item
    assert (item.text, item.raw_quote, item.speaker) == (
        "月底服务器会不会扛不住？",
        "月底服务器会不会扛不住？",
        "王敏",
    )
    (words,) = item.evidence
    assert (words.segments, words.match, words.quote) == ((SERVER,), "exact", item.text)
    assert (item.review, item.edited, item.origin_engine) == ("draft", False, "person")
    assert (turn().state, turn().item) == ("accepted", item.id)
    made, covered = review.history(chen, house, meeting)
    assert (made.operation, made.actor, made.entity_uid) == ("add", chen, item.uid)
    assert made.body.together == covered.body.together
    assert review.check(chen, house, meeting) == ()


@pytest.mark.parametrize("kind", ADDABLE)
def test_what_nobody_said_of_it_stays_unknown(take, kind):
    item = take(kind)
    told = item.model_dump()
    for name in ("owner", "due_date", "by", "who", "pain", "priority_by", "deliverable"):
        assert told.get(name) is None
    assert told.get("priority", "unknown") == told.get("likelihood", "unknown") == "unknown"
    assert told.get("side", "unknown") == "unknown"
    assert told.get("state", "tentative") == "tentative"
    assert item.visibility == ("internal" if kind == "concern" else "client")


def test_words_of_ones_own_are_seen_to_be_so(take, items):
    item = take("risk", text=" 月底高峰服务器可能扛不住 ")
    assert (item.text, item.edited) == ("月底高峰服务器可能扛不住", True)
    assert items()[item.id].edited
    assert item.evidence[0].quote == "月底服务器会不会扛不住？"


def test_a_turn_beside_it_belongs_to_it_with_its_own_speaker(take):
    item = take(also=(OURS, STUCK))
    assert [(one.speaker, one.segments) for one in item.evidence] == [
        ("王敏", (SERVER,)),
        ("陈立", (OURS,)),
        ("王敏", (STUCK,)),
    ]
    assert item.first_segment == SERVER
    assert item.speaker == "王敏"


@pytest.mark.parametrize(
    ("more", "code"),
    [({"text": "  "}, "added_text_empty"), ({"kind": "conflict"}, "edit_not_possible")],
)
def test_what_does_not_fit_leaves_nothing(house, meeting, chen, take, items, more, code):
    before = items()
    with pytest.raises(InputError, match=code):
        take(**more)
    with pytest.raises(NotFoundError, match="turn_gone"):
        take(also=("s9999",))
    assert items() == before
    assert review.history(chen, house, meeting) == ()


def test_one_undo_takes_item_and_answer_back_and_its_number_is_nobody_elses(
    house, meeting, chen, take, items, turn
):
    before = items()
    first = take()
    assert review.undo(chen, house, meeting) == (turn(),)
    assert items() == before
    assert (turn().state, turn().item) == ("open", None)
    second = take()
    assert (first.id, second.id) == ("A2", "A3")
    assert second.uid != first.uid
    assert review.check(chen, house, meeting) == ()


def test_the_answer_alone_named_takes_the_item_back_too(house, meeting, chen, take, items):
    item = take()
    (event,) = review.history(chen, house, meeting, "coverage", SERVER)
    review.undo(chen, house, meeting, event.uid)
    assert item.id not in items()
    _, _, *back = review.history(chen, house, meeting)
    review.undo(chen, house, meeting, back[0].uid)
    assert items()[item.id] == item, "and what was taken back can be taken again"


def test_what_somebody_worked_on_is_not_taken_away_from_them(
    house, meeting, chen, wang, take, items, edit
):
    item = take()
    edit(item, "set", "text", "月底别卡", actor=wang)
    with pytest.raises(InputError, match="added_worked_on") as refused:
        review.undo(chen, house, meeting)
    assert refused.value.params == {"item": item.id, "who": "王敏"}
    assert items()[item.id].text == "月底别卡"
    review.undo(wang, house, meeting)
    review.undo(chen, house, meeting)
    assert item.id not in items()


def test_what_something_else_belongs_to_stays(house, meeting, chen, take, items, view, edit):
    item = take()
    edit(next(one for one in view().minutes.asks if one.id == "A1"), "set", "duplicate_of", item.id)
    (event,) = review.history(chen, house, meeting, "item", item.uid)
    with pytest.raises(InputError, match="added_leaned_on"):
        review.undo(chen, house, meeting, event.uid)
    assert item.id in items()


def test_it_is_edited_decided_and_goes_stale_like_the_others(
    house, meeting, chen, take, items, edit
):
    item = take()
    edited = edit(item, "set", "text", "月底高峰别卡")
    edit(edited, "approve")
    assert items()[item.id].review == "approved"
    review.undo(chen, house, meeting)
    review.undo(chen, house, meeting)
    now = items()[item.id]
    assert (now.text, now.review, now.content_hash) == (item.text, "draft", item.content_hash)
    before = "月底服务器会不会扛不住？"
    transcripts.correct(
        chen, house, meeting, SERVER, field="text", before=before, after="月底服务器扛得住吗？"
    )
    assert items()[item.id].stale == (f"segment_corrected:{SERVER}",)


def test_of_two_who_take_the_same_turn_the_second_is_told(house, meeting, wang, take, turn, items):
    seen = turn()
    take()
    with pytest.raises(ConflictError, match="changed_since_seen"):
        take("risk", actor=wang, seen=seen)
    assert [item.id for item in items().values() if item.origin_engine == "person"] == ["A2"]


def test_what_was_only_marked_to_be_taken_is_taken_once(house, chen, meeting, take, turn, items):
    marked = turn()
    review.edit(chen, house, meeting, covered(marked, "accepted"))
    seen = turn()
    first = take(seen=seen)
    with pytest.raises(InputError, match="taken_already"):
        take(seen=seen)
    assert [one.id for one in items().values() if one.origin_engine == "person"] == [first.id]
    review.undo(chen, house, meeting)
    assert (turn().state, turn().item) == ("accepted", None)


def test_documents_say_it(house, meeting, chen, take, view):
    item = take("risk", text="月底高峰服务器可能扛不住")
    files = documents.rendered(chen, house, documents.all_of(view()), ("md", "json"))
    assert all(item.text.encode() in files[f"minutes.{one}"] for one in ("md", "json"))


def test_no_word_of_it_outlives_the_meeting(house, home, meeting, chen, take):
    take(text="月底高峰别卡住仓库")
    review.undo(chen, house, meeting)
    take("risk", text="月底高峰别卡住仓库")

    def found() -> list[Path]:
        word = "月底高峰别卡住仓库".encode()
        escaped = "月底高峰别卡住仓库".encode("unicode_escape")
        files = [one for one in home.rglob("*") if one.is_file()]
        return [one for one in files if word in (data := one.read_bytes()) or escaped in data]

    assert found()
    deletion.delete(chen, house, meeting)
    assert found() == []
