"""A project's corrections before a real browser: seen in the words, applied, taken back, learnt."""

import pytest

from pipeline.models.correction import Correction
from pipeline.service import mending

pytestmark = pytest.mark.slow
VALUES = "inputs => inputs.map((one) => one.value)"


def spots(record):
    return mending.told(record.view(), record.events())


def with_list(record, *rules):
    project = record.view().project.with_(corrections=rules)
    record.house.tools.store.save_project(project)


def test_what_was_heard_is_told_at_each_place_and_comes_back(lane_of, page, meeting, record, until):
    with_list(record, Correction(heard="财务", meant="财务部"))
    places = len(spots(record).waiting)
    assert places > 1
    lane_of(page).open(meeting)
    assert page.locator(".player .mended").count() == 0
    page.locator(".st-key-mended summary").click()
    page.locator(".st-key-mended-apply button").click()
    until(lambda: len(spots(record).changed) == places)
    until(lambda: page.locator(".player .mended").count() == places)
    first = page.locator(".player .mended").first
    assert first.inner_text() == "财务部"
    assert "财务" in first.get_attribute("title")
    page.locator(".player .find").fill("财务部")
    until(lambda: page.locator(".player mark").count() == places)
    page.locator(".player .find").fill("")
    until(lambda: page.locator(".player .mended").count() == places)
    page.locator("[class*=st-key-one-] button").first.click()
    until(lambda: page.locator(".player .mended").count() == places - 1)
    assert len(spots(record).taken_back) == 1


def test_a_word_corrected_by_hand_is_offered_to_the_project(lane, record, until):
    page, turn = lane.page, record.view().transcript.segments[0]
    row = page.locator(".player .turns li").first
    row.hover()
    row.locator(".pen").click()
    word = turn.text[:2]
    page.locator(".player .edit-text").fill(f"某某{turn.text[2:]}")
    page.locator(".player .keep").click()
    offer = page.locator(".st-key-mended-offer")
    # Until the page stands, the frame of the offer may still hold what was there before it.
    until(lambda: offer.locator("input").evaluate_all(VALUES) == [word, "某某"])
    offer.locator("button").first.click()
    rule = Correction(heard=word, meant="某某")
    until(lambda: record.view().project.corrections == (rule,))
    offer.wait_for(state="detached")
