"""What comes from a browser: done once, in order, checked, and answered in the reader's language."""

from pipeline.models.actor import Actor
from pipeline.service import review
from ui.outbox import obey

CHEN = Actor(id="local:chen", name="陈立", via="desk")
WANG = Actor(id="local:wang", name="王敏", via="desk")


def first(house, meeting):
    return house.tools.store.minutes(meeting).asks[0]


def sent(uid, name="c1", **more):
    return {"id": name, "op": "edit", "entity": "item", "uid": uid, **more}


def test_an_edit_and_the_yes_to_it_in_one_motion(house, meeting):
    ask = first(house, meeting)
    commands = [
        sent(ask.uid, operation="set", field="text", before=ask.text, after="批量导出"),
        sent(ask.uid, "c2", operation="approve", before=ask.content_hash, follows="c1"),
    ]
    answers = obey(CHEN, house, meeting, commands, "zh")
    assert [one.ok for one in answers.values()] == [True, True]
    now = first(house, meeting)
    assert (now.text, now.review, now.stale) == ("批量导出", "approved", ())


def test_what_was_kept_and_is_sent_again_is_no_conflict(house, meeting):
    ask = first(house, meeting)
    command = sent(ask.uid, operation="set", field="text", before=ask.text, after="批量导出")
    assert obey(CHEN, house, meeting, [command], "zh")["c1"].ok
    assert obey(CHEN, house, meeting, [command], "zh")["c1"].ok
    assert len(house.tools.store.edits(meeting)) == 1


def test_whoever_comes_second_gets_both_texts_in_their_language(house, meeting):
    ask = first(house, meeting)
    edits = [
        sent(ask.uid, operation="set", field="text", before=ask.text, after=text)
        for text in ("第一个", "第二个")
    ]
    assert obey(CHEN, house, meeting, edits[:1], "zh")["c1"].ok
    refused = obey(WANG, house, meeting, edits[1:], "en")["c1"]
    assert (refused.ok, refused.yours, refused.theirs) == (False, "第二个", "第一个")
    assert "陈立" in refused.message
    assert first(house, meeting).text == "第一个"


def test_the_events_of_a_command_are_what_its_undo_takes_back(house, meeting):
    ask = first(house, meeting)
    command = sent(ask.uid, operation="reject", before="draft", reason="没说过")
    answer = obey(CHEN, house, meeting, [command], "zh")["c1"]
    assert first(house, meeting).review == "rejected"
    undo = {"id": "c2", "op": "undo", "events": list(answer.events)}
    assert obey(CHEN, house, meeting, [undo], "zh")["c2"].ok
    assert first(house, meeting).review == "draft"


def test_what_no_words_prove_is_not_approved_with_others(house, meeting):
    minutes = house.tools.store.minutes(meeting)
    items = [[item.uid, item.content_hash] for _, item in minutes.items()]
    answer = obey(CHEN, house, meeting, [{"id": "c1", "op": "approve_many", "items": items}], "zh")[
        "c1"
    ]
    assert not answer.ok
    assert review.history(CHEN, house, meeting) == ()


def test_what_nobody_made_with_our_buttons_changes_nothing(house, meeting):
    ask = first(house, meeting)
    junk = [
        None,
        "text",
        {"id": "", "op": "edit"},
        {"id": "x", "op": "drop"},
        sent(ask.uid, operation="set", field="uid", before=ask.uid, after="x"),
        sent("nobody", "c2", operation="approve", before="x"),
        sent(ask.uid, "c3", entity="project", operation="set", field="client", after="x"),
        {"op": "edit"},
        {"id": 7, "op": "edit"},
    ]
    answers = obey(CHEN, house, meeting, junk, "zh")
    assert answers.keys() == {"x", "c1", "c2", "c3"}
    assert not any(one.ok for one in answers.values())
    assert all(one.message for one in answers.values())
    assert obey(CHEN, house, meeting, {"not": "a list"}, "zh") == {}
    assert first(house, meeting) == ask


def test_a_yes_may_follow_an_edit_whose_answer_is_still_on_its_way(house, meeting):
    ask = first(house, meeting)
    edit = sent(ask.uid, operation="set", field="text", before=ask.text, after="批量导出")
    earlier = obey(CHEN, house, meeting, [edit], "zh")
    yes = sent(ask.uid, "c2", operation="approve", before=ask.content_hash, follows="c1")
    assert not obey(CHEN, house, meeting, [yes], "zh")["c2"].ok
    assert obey(CHEN, house, meeting, [yes], "zh", earlier=earlier)["c2"].ok
    assert (first(house, meeting).text, first(house, meeting).review) == ("批量导出", "approved")


def test_what_is_not_understood_is_answered_so_and_what_only_asks_to_be_heard_is_not(
    house, meeting
):
    sent_again = [{"id": "old", "op": "amend", "text": "批量导出"}, {"id": "again-1"}]
    answers = obey(CHEN, house, meeting, sent_again, "zh")
    assert answers.keys() == {"old"}
    assert (answers["old"].ok, answers["old"].lost) == (False, True)
    assert "没看懂" in answers["old"].message
    assert "not understood" in obey(CHEN, house, meeting, sent_again, "en")["old"].message
