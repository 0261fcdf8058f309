"""A call of two thousand turns is as quick to decide on as a short one; real ones take few keys."""

import os
import time
from pathlib import Path

import pytest

from evals.bench import desk_calls as calls
from pipeline.service.intake import Intake

CALLS = Path(os.environ.get("SHARED_CALLS") or Path(__file__).parents[3] / "shared" / "calls")
"""Labelled calls that lie beside the checkout, where there are any."""
OPEN = (
    "en-wholesale-wms-01",
    "en-crm-migration-05",
    "mixed-jv-finance-01",
    "zh-hosp-pharmacy-01",
    "zh-logistics-tms-02",
    "zh-mes-parts-01",
)
MOST_INPUTS = 60

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def long_call(house, home):
    return calls.made_up(house, home.parent, 2000)


def test_two_thousand_turns_open_and_are_decided_on(lane_of, page, long_call, record_of, until):
    lane = lane_of(page).open(long_call)
    record = record_of(long_call)
    assert page.locator(".player .turns li").count() == 2000
    first = lane.id
    begun = time.monotonic()
    for _ in range(10):
        lane.press("j")
    for _ in range(10):
        lane.press("k")
    assert lane.id == first
    assert time.monotonic() - begun < 4
    lane.press("a")
    until(lambda: record.item(first).review == "approved", 30)


@pytest.mark.parametrize("name", OPEN)
def test_a_reviewer_decides_on_a_real_call_with_at_most_sixty_inputs(
    house, page, lane_of, record_of, until, name
):
    file = CALLS / f"{name}.json"
    if not file.is_file():
        pytest.skip("needs the labelled calls beside the checkout")
    meeting = calls.processed(house, file, Intake())
    lane, inputs = lane_of(page).open(meeting), 0
    bulk = page.locator(".lane .bulk")
    if bulk.is_visible():
        bulk.click()
        lane.press("Enter")
        inputs += 2
    left = page.locator(".lane .list li", has_text="·").count()
    for _ in range(left):
        if page.locator(".lane .left").inner_text().find("/") < 0:
            break
        lane.press("a")
        inputs += 1
    record = record_of(meeting)
    until(lambda: all(item.review != "draft" for _, item in record.view().minutes.items()), 40)
    print(f"{name}: {inputs} inputs, {sum(1 for _ in record.view().minutes.items())} items")
    assert inputs <= MOST_INPUTS
