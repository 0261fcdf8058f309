"""What somebody puts right on one side of the desk is seen on the other."""

from pipeline.models.actor import Actor
from pipeline.service import transcripts

ASKS_AGAIN = "依据的原话后来更正过"
HEARD_ANEW = "导出要按照当前的筛选条件来"


def test_a_corrected_turn_makes_what_rests_on_it_ask_for_another_look(lane, record, until):
    page, first = lane.page, lane.id
    turn = page.locator(".player .turns li.shown").first
    turn.hover()
    turn.locator(".pen").click()
    page.locator(".player .edit-text").fill(HEARD_ANEW)
    page.locator(".player .keep").click()
    until(lambda: bool(record.item(first).stale))
    assert any(one.text == HEARD_ANEW for one in record.view().transcript.segments)
    turn = page.locator(".player .turns li.shown").first
    for reload in (False, True):
        if reload:
            page.reload()
            lane.ready()
            page.locator(".lane .list li", has_text=first).first.click()
        until(lambda: ASKS_AGAIN in page.locator(".lane .card .title").inner_text())
        assert turn.locator(".words").inner_text() == HEARD_ANEW


def test_a_correction_is_taken_back_beside_where_it_was_made(lane, record, until):
    page, first, heard = lane.page, lane.id, record.view().transcript.segments
    turn = page.locator(".player .turns li.shown").first
    words = turn.locator(".words").inner_text()
    turn.hover()
    turn.locator(".pen").click()
    page.locator(".player .edit-text").fill(HEARD_ANEW)
    page.locator(".player .editor input").fill("另一位")
    page.locator(".player .keep").click()
    until(lambda: bool(record.item(first).stale))
    page.locator(".player .say .undo").click()
    until(lambda: record.view().transcript.segments == heard)
    assert record.item(first).stale == ()
    until(lambda: turn.locator(".words").inner_text() == words)
    until(lambda: ASKS_AGAIN not in page.locator(".lane .card .title").inner_text())


def test_a_turn_that_was_split_is_joined_again(lane, record, until):
    page, heard = lane.page, record.view().transcript.segments
    turn = page.locator(".player .turns li.shown").first
    turn.hover()
    turn.locator(".pen").click()
    page.locator(".player .edit-text").evaluate("area => area.setSelectionRange(3, 3)")
    page.locator(".player .split").click()
    until(lambda: len(record.view().transcript.segments) == len(heard) + 1)
    page.locator(".player .say .undo").click()
    until(lambda: record.view().transcript.segments == heard)


def test_what_somebody_else_changed_since_is_not_taken_back(lane, record):
    page = lane.page
    turn = page.locator(".player .turns li.shown").first
    said = turn.locator(".words").inner_text()
    uid = next(one.id for one in record.view().transcript.segments if one.text == said)
    turn.hover()
    turn.locator(".pen").click()
    page.locator(".player .edit-text").fill(HEARD_ANEW)
    page.locator(".player .keep").click()
    page.wait_for_selector(".player .say .undo")
    other = Actor(id="local:王工", name="王工", via="test")
    fields = {"field": "text", "before": HEARD_ANEW, "after": "王工听到的"}
    transcripts.correct(other, record.house, record.meeting, uid, **fields)
    page.locator(".player .say .undo").click()
    page.wait_for_selector(".player .note .two")
    told = page.locator(".player .note").inner_text()
    assert all(one in told for one in ("王工", "王工听到的", said))
    assert record.view().transcript.segment(uid).text == "王工听到的"


def test_only_the_corrected_row_is_drawn_anew(lane, record, until):
    """So the list keeps its place, however high the rows are that were never seen."""
    page = lane.page
    turn = page.locator(".player .turns li").nth(-9)
    page.locator(".player .turns li").nth(-10).evaluate("row => { row.before = true; }")
    turn.scroll_into_view_if_needed()
    turn.hover()
    place = turn.bounding_box()["y"]
    turn.locator(".pen").click()
    page.locator(".player .edit-text").fill(HEARD_ANEW)
    page.locator(".player .keep").click()
    page.wait_for_selector(".player .say .undo")
    page.locator(".player .say .undo").click()
    until(lambda: turn.locator(".words").inner_text() != HEARD_ANEW)
    assert page.locator(".player .turns li").nth(-10).evaluate("row => row.before === true")
    assert abs(turn.bounding_box()["y"] - place) < 40
