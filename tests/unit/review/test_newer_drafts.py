"""What becomes of edits when the transcript or the draft under them is another."""

from pipeline import review
from pipeline.models import undoing
from pipeline.models.review import Missed
from pipeline.models.slots import Slot
from pipeline.models.spec import OpenQuestion
from pipeline.models.transcript import Segment


def test_a_corrected_segment_makes_stale_what_rests_on_it_until_somebody_confirms(desk):
    desk.do(review.approve(desk.ask), desk.ask)
    segment = Segment(id="s1", index=0, text="导出五万行")
    desk.do(review.propose(segment, "set", field="text", after="导出八万行", version=1), segment)
    assert (desk.ask.review, desk.ask.stale) == ("approved", ("segment_corrected:s1",))
    assert desk.minutes.actions[0].stale == ()
    assert desk.spec.stale == ("segment_corrected:s1",)
    assert not desk.minutes.reviewed
    desk.do(review.approve(desk.ask), desk.ask)
    assert desk.ask.stale == ()


def test_what_rests_on_the_corrected_words_already_is_not_stale(desk):
    segment = Segment(id="s1", index=0, text="导出五万行")
    desk.do(review.propose(segment, "set", field="text", after="八万行", version=1), segment)
    desk.draft = desk.DRAFT.with_(asks=(desk.ASK.with_(evidence=(desk.said("s1", version=2),)),))
    assert desk.ask.stale == ()


def test_an_item_not_found_again_is_stale_until_somebody_confirms(desk):
    desk.do(review.approve(desk.ask), desk.ask)
    missed = {"i1": Missed(run=2, after=1)}
    ask = review.effective(desk.DRAFT, desk.events, missed=missed).asks[0]
    assert (ask.review, ask.stale) == ("approved", ("not_found_again:2",))
    desk.do(review.approve(desk.ask), desk.ask)
    assert review.effective(desk.DRAFT, desk.events, missed=missed).asks[0].stale == ()


def test_an_edit_stands_on_a_newer_draft_and_says_so(desk):
    desk.set(desk.ask, "text", "批量导出订单")
    desk.draft = desk.DRAFT.with_(asks=(desk.ASK.with_(text="导出订单和金额"),))
    assert (desk.ask.text, desk.ask.stale) == ("批量导出订单", ("draft_changed:text",))


def test_a_yes_to_the_edited_text_holds_on_a_newer_draft_of_it(desk):
    desk.set(desk.ask, "text", "批量导出订单")
    desk.do(review.approve(desk.ask), desk.ask)
    desk.draft = desk.DRAFT.with_(asks=(desk.ASK.with_(text="导出订单和金额"),))
    assert (desk.ask.review, desk.ask.stale) == ("approved", ())


def test_a_yes_holds_when_another_engine_finds_the_same(desk):
    desk.do(review.approve(desk.ask), desk.ask)
    desk.do(review.approve(desk.spec), desk.spec)
    status = desk.spec.status
    desk.draft = desk.DRAFT.with_(asks=(desk.ASK.with_(origin_engine="llm"),))
    desk.draft_spec = desk.SPEC.with_(origin_engine="llm")
    assert (desk.ask.review, desk.ask.stale) == ("approved", ())
    assert (desk.spec.review, desk.spec.status, desk.spec.stale) == ("approved", status, ())


def test_a_yes_falls_when_a_newer_draft_says_something_else(desk):
    desk.do(review.approve(desk.ask), desk.ask)
    desk.draft = desk.DRAFT.with_(asks=(desk.ASK.with_(text="导出订单和金额"),))
    assert (desk.ask.review, desk.ask.stale) == ("draft", ("changed_since_approval",))


def test_entries_of_a_list_are_known_by_their_value_on_a_newer_draft(desk):
    desk.set(desk.spec, "limits[1]", "十分钟内")
    desk.set(desk.spec, "limits[2]", "只限工作日")
    new = (Slot(value="半小时内", origin="inferred"), Slot(value="新的限制", origin="inferred"))
    desk.draft_spec = desk.SPEC.with_(limits=new)
    assert [one.value for one in desk.spec.limits] == ["十分钟内", "新的限制", "只限工作日"]
    assert desk.spec.stale == ()


def test_an_edited_entry_that_a_newer_draft_lacks_is_added_and_says_so(desk):
    desk.set(desk.spec, "limits[1]", "十分钟内")
    desk.draft_spec = desk.SPEC.with_(limits=desk.SPEC.limits[:1])
    assert [one.value for one in desk.spec.limits] == ["单次五万行", "十分钟内"]
    assert desk.spec.stale == ("draft_changed:limits[1]",)


def test_an_entry_taken_out_stays_out_wherever_a_newer_draft_has_it(desk):
    desk.set(desk.spec, "limits[0]", None)
    desk.draft_spec = desk.SPEC.with_(limits=desk.SPEC.limits[::-1])
    assert [one.value for one in desk.spec.limits] == ["半小时内"]
    desk.draft_spec = desk.SPEC.with_(limits=desk.SPEC.limits[1:])
    assert (len(desk.spec.limits), desk.spec.stale) == (1, ())


def test_an_edit_without_a_place_in_a_newer_draft_is_not_lost_in_silence(desk):
    desk.set(desk.spec, "open_questions[0].blocking", True)
    desk.draft_spec = desk.SPEC.with_(open_questions=())
    assert desk.spec.stale == ("edit_lost:open_questions[0].blocking",)


def test_an_answer_stays_with_its_question_where_a_newer_draft_numbers_it_otherwise(desk):
    desk.do(review.propose(desk.spec, "answer", field="q1", after="orders.xlsx"), desk.spec)
    name, who = desk.SPEC.open_questions
    desk.draft_spec = desk.SPEC.with_(open_questions=(who.with_(id="q1"), name.with_(id="q2")))
    assert [one.answer for one in desk.spec.open_questions] == [None, "orders.xlsx"]
    assert [one.value for one in desk.spec.rules] == ["按筛选导出", "文件名：orders.xlsx"]
    undone = undoing.undo(desk.events[0], was=desk.draft_spec, on=desk.spec)
    desk.do(undone, desk.spec)
    assert [one.answer for one in desk.spec.open_questions] == [None, None]
    assert desk.spec.rules == desk.SPEC.rules


def test_an_answer_and_its_value_stay_where_a_newer_draft_no_longer_asks(desk):
    desk.do(review.propose(desk.spec, "answer", field="q1", after="orders.xlsx"), desk.spec)
    other = OpenQuestion(id="q1", slot="timing", question="几点导？")
    desk.draft_spec = desk.SPEC.with_(open_questions=(other,), rules=())
    asked = [(one.id, one.question, one.answer) for one in desk.spec.open_questions]
    assert asked == [("q1", "几点导？", None), ("q2", "文件名？", "orders.xlsx")]
    assert [one.value for one in desk.spec.rules] == ["文件名：orders.xlsx"]
    assert desk.spec.stale == ()


def test_edits_whose_words_were_deleted_change_nothing(desk):
    desk.set(desk.ask, "text", "批量导出订单")
    desk.events = [event.with_(body=None, salt=None) for event in desk.events]
    assert desk.ask.text == "导出订单"
