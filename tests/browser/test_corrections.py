"""What somebody puts right on one side of the desk is seen on the other."""

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
