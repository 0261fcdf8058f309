"""What was said and not minuted is taken into the minutes, in one motion of the hand."""

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
