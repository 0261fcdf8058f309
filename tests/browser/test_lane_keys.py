"""Every key of the minutes lane does what its button says, and none does anything while typing."""

from pipeline import review as stage
from pipeline.service import review


def test_j_goes_down_and_k_goes_up(lane):
    first = lane.id
    lane.press("j")
    second = lane.id
    assert second != first
    lane.press("j", "k", "k")
    assert lane.id == first


def test_a_approves_and_goes_to_the_next(lane, record, until):
    first = lane.id
    lane.press("a")
    assert lane.id != first
    until(lambda: record.item(first).review == "approved")


def test_x_asks_for_a_reason_and_keeps_it(lane, record, until):
    first = lane.id
    lane.press("x")
    lane.page.keyboard.type("没人说过这个")
    lane.press("Enter")
    until(lambda: record.item(first).review == "rejected")
    assert record.events()[-1].body.reason == "没人说过这个"


def test_escape_takes_a_rejection_back_before_it_is_one(lane, record):
    first = lane.id
    lane.press("x", "Escape")
    assert not lane.note.is_visible()
    assert lane.id == first
    assert record.done() == []


def test_n_leaves_it_to_the_client(lane, record, until):
    first = lane.id
    lane.press("n")
    until(lambda: record.item(first).review == "needs_client")


def test_u_takes_the_last_decision_back(lane, record, until):
    first = lane.id
    lane.press("a")
    until(lambda: record.item(first).review == "approved")
    until(lambda: lane.saved == "已保存")
    lane.press("u")
    until(lambda: record.item(first).review == "draft")


def test_u_takes_back_what_was_done_last_though_its_answer_is_on_its_way(lane, record, until):
    first = lane.id
    lane.press("a")
    until(lambda: lane.saved == "已保存")
    second = lane.id
    lane.page.evaluate(
        """() => { for (const key of ["a", "u"])
          document.dispatchEvent(new KeyboardEvent("keydown", { key })); }"""
    )
    until(lambda: lane.saved == "已撤销")
    assert [operation for operation, _ in record.done()] == ["approve", "approve", "reopen"]
    assert (record.item(first).review, record.item(second).review) == ("approved", "draft")


def test_u_after_a_reload_takes_back_only_what_was_done_on_this_page(lane, record, until):
    first = lane.id
    lane.press("n")
    until(lambda: lane.saved == "已保存")
    second = lane.id
    lane.press("n")
    until(lambda: len(record.events()) == 2)
    me, spec = record.events()[0].actor, record.view().specs[0]
    edit = stage.propose(spec, "set", field="title", after="别处改的标题")
    review.edit(me, record.house, record.meeting, edit)
    until(lambda: lane.saved == "已保存")
    lane.page.reload()
    lane.ready()
    assert second in lane.act("undo").get_attribute("title")
    lane.press("u", "u", "u")
    until(lambda: record.item(first).review == "draft")
    assert record.item(second).review == "draft"
    until(lambda: lane.saved == "已撤销")
    assert record.view().specs[0].title == "别处改的标题"
    assert not lane.note.is_visible()
    assert len(record.events()) == 5


def test_p_plays_the_moment_that_proves_it(lane):
    lane.page.evaluate(
        "() => document.addEventListener('dragoman:play', (e) => { window.played = e.detail; })"
    )
    lane.press("p")
    played = lane.page.evaluate("() => window.played")
    assert played["start"] < played["end"]
    assert played["segments"]


def test_no_key_decides_anything_while_somebody_types(lane, record, until):
    first = lane.id
    lane.text.click()
    lane.press("Control+End")
    lane.page.keyboard.type(" jaxknup")
    assert lane.text.input_value().endswith(" jaxknup")
    assert lane.id == first
    until(lambda: record.done() != [])
    assert [operation for operation, _ in record.done()] == ["set"]


def test_a_key_with_ctrl_is_the_browsers(lane, record):
    first = lane.id
    lane.press("Control+a")
    assert lane.id == first
    assert record.done() == []
