"""Every key of the minutes lane does what its button says, and none does anything while typing."""


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
