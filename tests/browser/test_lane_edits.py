"""What is typed is kept: approved in one motion, over a reload, beside somebody else, offline."""

import pytest

from evals.bench.desk import Desk
from pipeline import review as stage
from pipeline.models.actor import Actor
from pipeline.service import review

TYPED = "按当前筛选条件导出"


def test_an_edit_and_its_approval_are_one_motion(lane, record, until):
    first = lane.id
    lane.text.fill(TYPED)
    lane.act("approve").click()
    until(lambda: record.item(first).review == "approved")
    assert record.item(first).text == TYPED
    assert [operation for operation, _ in record.done()] == ["set", "approve"]


def test_the_yes_to_a_text_that_was_refused_is_none_to_the_old_one(lane, record, until):
    first = lane.id
    lane.text.fill("")
    lane.act("approve").click()
    until(lambda: lane.note.locator(".refused").count() == 2)
    assert "没有批准" in lane.note.inner_text()
    assert record.item(first).review == "draft"
    assert record.done() == []


def test_an_edit_and_its_approval_do_not_overrule_a_no_in_between(lane, record, until):
    first, other = lane.id, Actor(id="local:王工", name="王工", via="test")
    review.edit(other, record.house, record.meeting, stage.reject(record.item(first)))
    lane.text.fill(TYPED)
    lane.act("approve").click()
    lane.note.locator(".refused").wait_for()
    assert "王工" in lane.note.inner_text()
    assert record.item(first).text == TYPED
    assert record.item(first).review == "rejected"


def test_a_reload_in_the_middle_of_a_sentence_loses_nothing(lane, record, until):
    first = lane.id
    lane.text.click()
    lane.press("Control+a")
    lane.page.keyboard.type(TYPED)
    lane.page.reload()
    lane.ready()
    lane.page.locator(".lane .list li", has_text=TYPED).first.click()
    assert lane.id == first
    assert lane.text.input_value() == TYPED
    until(lambda: record.item(first).text == TYPED)


def test_a_reload_in_the_middle_of_a_composed_word_loses_nothing(lane, record, until):
    first = lane.id
    lane.text.fill("只导")
    devtools = lane.page.context.new_cdp_session(lane.page)
    for text in ("d", "dao", "导出"):
        devtools.send(
            "Input.imeSetComposition", {"text": text, "selectionStart": 1, "selectionEnd": 1}
        )
    assert lane.text.input_value() == "只导导出"
    lane.page.reload()
    lane.ready()
    until(lambda: record.item(first).text == "只导导出")


def test_a_composed_word_survives_while_others_are_saved(lane, record, until):
    first = lane.id
    lane.text.fill("只导")
    devtools = lane.page.context.new_cdp_session(lane.page)
    devtools.send(
        "Input.imeSetComposition", {"text": "dao", "selectionStart": 3, "selectionEnd": 3}
    )
    lane.page.wait_for_timeout(1500)
    devtools.send("Input.insertText", {"text": "导出"})
    until(lambda: record.item(first).text == "只导导出")


@pytest.mark.slow
def test_two_people_on_one_item_see_both_texts_and_lose_none(
    visit, lane_of, meeting, record, until
):
    chen, wang = (
        lane_of(visit(own=True)).open(meeting, item="A1", **{"as": who}) for who in ("chen", "wang")
    )
    chen.text.fill("陈的写法")
    until(lambda: record.item("A1").text == "陈的写法")
    wang.text.fill("王的写法")
    wang.note.wait_for()
    assert "陈的写法" in wang.note.inner_text()
    assert "王的写法" in wang.note.inner_text()
    wang.note.locator("button").first.click()
    until(lambda: record.item("A1").text == "王的写法")
    assert [after for _, after in record.done()] == ["陈的写法", "王的写法"]
    assert [one.actor.name for one in record.events()] == ["chen", "wang"]


def test_an_address_opens_the_item_it_names(page, lane_of, meeting):
    lane = lane_of(page).open(meeting, item="D1")
    assert lane.id == "D1"


def test_what_is_proved_is_approved_together_and_taken_back_together(lane, record, until):
    bulk = lane.page.locator(".lane .bulk")
    count = int("".join(filter(str.isdigit, bulk.inner_text())))
    bulk.click()
    assert str(count) in lane.note.inner_text()
    lane.note.locator(".go").click()
    until(lambda: _approved(record) == count)
    assert len(record.done()) == count
    lane.page.wait_for_timeout(500)
    lane.press("u")
    until(lambda: _approved(record) == 0)


def test_a_decision_that_a_later_one_replaced_says_so_and_is_not_approved_with_others(
    lane_of, page, meeting, record, until
):
    """Nor is what was promised in soft words."""
    minutes = record.view().minutes
    later = next(one for one in minutes.decisions if one.supersedes)
    soft = {one.id for one in minutes.actions if one.weak}
    assert soft
    lane = lane_of(page).open(meeting, item=later.supersedes)
    assert f"已被 {later.id} 取代" in lane.page.locator(".lane .card .title").inner_text()
    lane.page.locator(".lane .bulk").click()
    lane.page.locator(".lane .note .go").click()
    until(lambda: record.item(later.id).review == "approved")
    left = {item.id for _, item in record.view().minutes.items() if item.review == "draft"}
    assert {later.supersedes, *soft} <= left


def test_a_decision_is_no_longer_replaced_when_the_later_one_is_rejected(
    lane_of, page, meeting, record, until
):
    later = next(one for one in record.view().minutes.decisions if one.supersedes)
    lane = lane_of(page).open(meeting, item=later.id)
    old = page.locator(".lane .list li", has=page.get_by_text(later.supersedes, exact=True))
    assert f"已被 {later.id} 取代" in old.inner_text()
    lane.press("x", "Enter")
    until(lambda: record.item(later.id).review == "rejected")
    until(lambda: "取代" not in old.inner_text())
    old.click()
    assert lane.id == later.supersedes
    assert "取代" not in lane.page.locator(".lane .card .title").inner_text()
    until(lambda: lane.saved == "已保存")
    lane.press("u")
    until(lambda: f"已被 {later.id} 取代" in old.inner_text())


def _approved(record):
    return sum(item.review == "approved" for _, item in record.view().minutes.items())


@pytest.mark.slow
def test_what_was_done_while_the_server_was_dead_is_sent_again(
    home, visit, meeting, record, until, lane_of
):
    with Desk(home) as mortal:
        page = visit(mortal)
        lane = type(lane_of(page))(page, mortal.url).open(meeting)
        first = lane.id
        mortal.kill()
        lane.text.fill(TYPED)
        lane.act("approve").click()
        until(lambda: lane.id != first)
        second = lane.id
        lane.press("n")
        page.wait_for_timeout(1500)
        assert record.done() == []
        mortal.start()
        until(lambda: record.item(second).review == "needs_client", 60)
        assert record.item(first).text == TYPED
        assert record.item(first).review == "approved"
        assert mortal.troubles() == []
        page.close()  # before its server is killed for good: it would complain, and rightly


def test_what_is_sent_again_after_a_reload_is_not_done_again(lane, meeting, record, until):
    """The answer may be lost on its way: the same command comes a second time."""
    lane.press("a")
    until(lambda: lane.saved == "已保存")
    lane.press("a")
    until(lambda: len(record.done()) == 2)
    until(lambda: lane.saved == "已保存")
    lane.page.reload()
    lane.ready()
    lane.page.evaluate(
        """() => {
          const put = Storage.prototype.setItem;
          Storage.prototype.setItem = function (name, value) {
            if (name.startsWith("dragoman:outbox:")) window.sent = [name, value];
            return put.call(this, name, value);
          };
        }"""
    )
    lane.press("u")  # what was done before the reload is known to the server only
    until(lambda: len(record.done()) == 3)
    until(lambda: lane.saved == "已撤销")
    lane.page.evaluate("() => localStorage.setItem(...window.sent)")
    lane.page.reload()
    lane.ready()
    left = "(start) => Object.keys(localStorage).filter((name) => name.startsWith(start))"
    until(lambda: lane.page.evaluate(left, f"dragoman:outbox:{meeting}/") == [])
    assert len(record.done()) == 3


def test_two_tabs_of_one_person_do_not_write_over_each_others_commands(
    lane, lane_of, visit, meeting, record, until
):
    other = lane_of(visit()).open(meeting)
    mine = "dragoman:outbox:" + meeting + "/zzz-lost"
    lane.page.evaluate("(name) => localStorage.setItem(name, JSON.stringify(null))", mine)
    other.press("n")
    until(lambda: len(record.done()) == 1)
    until(lambda: other.saved == "已保存")
    assert lane.page.evaluate("(name) => localStorage.getItem(name)", mine) is not None
