"""Decisions that replace each other in a circle: all there, the circle named, none in passing."""

import pytest

from evals.bench import desk_calls as calls
from pipeline import review


@pytest.mark.slow
def test_a_circle_that_was_stored_is_named_and_nothing_of_it_is_approved_with_others(
    lane_of, page, meeting, record, until
):
    later = next(one for one in record.view().minutes.decisions if one.supersedes)
    earlier = record.item(later.supersedes)
    store = record.house.tools.store
    edit = review.propose(earlier, "set", field="supersedes", after=later.id)
    project = store.meeting(meeting).project
    store.append_edit(calls.ME, project=project, meeting=meeting, edit=edit)
    lane = lane_of(page).open(meeting, item=earlier.id)
    for one in (earlier, later):
        entry = page.locator(".lane .list li", has=page.get_by_text(one.id, exact=True))
        told = entry.inner_text()
        assert "互相取代" in told
        assert earlier.id in told
        assert later.id in told
        assert "已被" not in told
    lane.page.locator(".lane .bulk").click()
    lane.page.locator(".lane .note .go").click()
    until(lambda: any(item.review == "approved" for _, item in record.view().minutes.items()))
    assert {record.item(one.id).review for one in (earlier, later)} == {"draft"}
