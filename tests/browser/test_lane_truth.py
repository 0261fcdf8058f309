"""Only what changed is sent to a lane; every row is right all the same, and every word somebody's."""

import json

from evals.bench import desk_calls as calls
from pipeline.models.review import Edit
from pipeline.service import review

WORDS = "我写的这一句不能丢"
CATCH = """
  const set = WeakMap.prototype.set;
  WeakMap.prototype.set = function (key, value) {
    if (value?.constructor?.name === "Lane") window.caught = value;
    return set.call(this, key, value);
  };
"""
DECIDE_AND_FORGET = """() => {
  document.dispatchEvent(new KeyboardEvent("keydown", { key: "n" }));
  window.caught.held = new window.caught.held.constructor();
}"""
LEFT = "(start) => Object.keys(localStorage).filter((name) => name.startsWith(start))"
PUT = "([name, value]) => localStorage.setItem(name, value)"


def test_what_a_colleague_did_shows_with_my_next_answer(visit, lane_of, meeting, record, until):
    chen, wang = (lane_of(visit(own=True)).open(meeting, **{"as": who}) for who in ("chen", "wang"))
    chen.page.locator(".lane .all input").check()
    last = chen.rows.last.locator("span").nth(2).inner_text()
    wang.rows.last.click()
    wang.text.fill("王的写法")
    until(lambda: record.item(last).text == "王的写法")
    first = chen.id
    chen.press("n")
    until(lambda: record.item(first).review == "needs_client")
    until(lambda: "王的写法" in chen.rows.last.inner_text())
    wang.press("Escape", "a")
    until(lambda: record.item(last).review == "approved")
    chen.press("n")
    until(lambda: chen.rows.last.inner_text().startswith("✓"))
    assert chen.rows.first.inner_text().startswith("?")
    chen.page.reload()
    chen.ready()
    chen.page.locator(".lane .all input").check()
    assert "王的写法" in chen.rows.last.inner_text()


def test_a_page_left_and_opened_again_has_all_its_rows(lane, meeting, record, until):
    count = lane.rows.count()
    lane.press("n")
    until(lambda: len(record.done()) == 1)
    for wanted, sign in (("specs", ".specs .all li"), ("review", ".lane .list li")):
        lane.page.locator(f".st-key-meeting-bar a[href*='{wanted}']").click()
        lane.page.wait_for_selector(sign)
    lane.ready()
    until(lambda: lane.rows.count() == count - 1)
    lane.press("n")
    until(lambda: len(record.done()) == 2)
    until(lambda: lane.rows.count() == count - 2)


def test_a_lane_that_lost_its_rows_asks_for_all_of_them(lane_of, page, meeting, record, until):
    """The library may draw a part of the page anew with what came last, which is not all."""
    page.add_init_script(CATCH)
    lane = lane_of(page).open(meeting)
    count = lane.rows.count()
    page.evaluate(DECIDE_AND_FORGET)
    until(lambda: len(record.done()) == 1)
    until(lambda: page.evaluate("() => window.caught.held.order.length") == count)
    lane.press("n")
    until(lambda: len(record.done()) == 2)
    until(lambda: lane.rows.count() == count - 2)
    assert page.evaluate("() => window.caught.held.server.size") == count


def test_the_next_one_on_this_chair_sends_nobody_elses_words(
    visit, lane_of, meeting, record, until
):
    page = visit(own=True)
    wang = lane_of(page).open(meeting, **{"as": "wang"})
    item = record.item(wang.id)
    command = {
        "op": "edit",
        "entity": "item",
        "uid": item.uid,
        "operation": "set",
        "field": "text",
        "before": item.text,
        "after": WORDS,
    }
    place = f"dragoman:outbox:{meeting}/local%3Achen/0-late"
    page.evaluate(PUT, [place, json.dumps({"id": "0-late", **command})])
    page.reload()
    wang.ready()
    wang.press("n")
    until(lambda: len(record.done()) == 1)
    assert record.events()[0].actor.name == "wang"
    assert page.evaluate(LEFT, place) == [place]
    wang.open(meeting, **{"as": "chen"})
    until(lambda: record.item(item.id).text == WORDS)
    assert record.events()[-1].actor.name == "chen"
    until(lambda: page.evaluate(LEFT, place) == [])


def test_what_is_not_understood_is_told_with_its_words_and_not_sent_for_ever(
    lane, meeting, record, until
):
    mine = f"dragoman:outbox:{meeting}/"
    lane.page.evaluate(PUT, [f"{mine}0-old", json.dumps({"op": "amend", "after": WORDS})])
    lane.page.evaluate(PUT, [f"{mine}1-torn", '{"op": "edit", "after": "半句'])
    lane.page.reload()
    lane.ready()
    lane.note.wait_for()
    until(lambda: lane.note.locator(".refused").count() == 2)
    told = lane.note.inner_text()
    assert "没看懂" in told
    assert WORDS in told
    assert "半句" in told
    assert lane.page.evaluate(LEFT, mine) == []
    assert record.done() == []
    for _ in range(2):
        lane.note.locator("button").first.click()
    assert not lane.note.is_visible()


def test_a_refused_text_stays_in_sight_until_somebody_closes_it(lane, record):
    item = record.item(lane.id)
    edit = Edit(
        entity="item",
        entity_uid=item.uid,
        operation="set",
        field="text",
        before=item.text,
        after="别人的写法",
    )
    review.edit(calls.ME, record.house, record.meeting, edit)
    lane.text.fill(WORDS)
    lane.note.wait_for()
    assert WORDS in lane.note.inner_text()
    lane.press("Escape", "j", "x", "Escape")
    assert WORDS in lane.note.inner_text()
    lane.note.locator("button").last.click()
    assert not lane.note.is_visible()


def test_what_one_typed_is_not_in_the_field_of_the_next(visit, lane_of, meeting, record, until):
    page = visit(own=True)
    wang = lane_of(page).open(meeting, item="A1", **{"as": "wang"})
    item = record.item("A1")
    draft = f"dragoman:draft:{meeting}:local%3Achen:{item.uid}:text"
    page.evaluate(PUT, [draft, json.dumps({"before": item.text, "value": WORDS})])
    page.reload()
    wang.ready()
    assert (wang.id, wang.text.input_value()) == ("A1", item.text)
    wang.open(meeting, item="A1", **{"as": "chen"})
    until(lambda: record.item("A1").text == WORDS)
    assert [one.actor.name for one in record.events()] == ["chen"]
