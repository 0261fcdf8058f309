"""What was said and not minuted is taken into the minutes, in one motion of the hand."""

import pytest

from evals.bench import desk as bench

TURN = "[class*=st-key-turn-]"


def person(record):
    return [one for _, one in record.view().minutes.items() if one.origin_engine == "person"]


def test_a_turn_is_taken_with_words_of_ones_own_and_found_in_the_lane(
    page, lane_of, desk, meeting, record, until
):
    page.goto(f"{desk.url}/unsaid?m={meeting}")
    first = page.locator(TURN).first
    first.locator("[data-testid=stPopover] button").first.click()
    # No key and no tab in between: what is being typed is taken with the click.
    page.locator("[class*=st-key-text-] textarea").first.fill("月底高峰要扛得住")
    page.locator("[class*=st-key-take-] button").first.click()
    until(lambda: len(person(record)) == 1)
    (item,) = person(record)
    assert (item.text, item.edited, item.evidence[0].match) == ("月底高峰要扛得住", True, "exact")
    first.locator("a", has_text="去看这一条").click()
    lane = lane_of(page).ready()
    assert lane.id == item.id
    page.go_back()
    bench.settled(page)
    page.locator("[class*=st-key-undo-] button").first.click()
    until(lambda: person(record) == [])


@pytest.mark.slow
def test_words_for_a_turn_that_a_colleague_dismissed_are_shown_and_taken_all_the_same(
    visit, desk, meeting, record, until
):
    chen, wang = visit(own=True), visit(own=True)
    for page, name in ((chen, "chen"), (wang, "wang")):
        page.goto(f"{desk.url}/unsaid?m={meeting}&as={name}")
    chen.locator(TURN).first.locator("[data-testid=stPopover] button").first.click()
    words = chen.locator("[class*=st-key-text-] textarea").first
    words.click()
    wang.locator("[class*=st-key-dismiss-] button").first.click()
    until(lambda: record.done())
    # The first that the desk hears of these words is the press itself.
    words.fill("月底高峰要扛得住")
    chen.locator("[class*=st-key-take-] button").first.click()
    left = chen.locator("[class*=st-key-left-s]")
    left.get_by_text("月底高峰要扛得住", exact=True).wait_for()
    assert person(record) == []
    left.locator("[class*=st-key-left-take-] button").click()
    until(lambda: [one.text for one in person(record)] == ["月底高峰要扛得住"])
    left.wait_for(state="detached")
