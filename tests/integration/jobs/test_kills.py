"""kill -9 anywhere: nothing is lost, nothing finished is done again, the result is the same."""

import pytest

from tests.integration.jobs.program import TURNS

POINTS = (
    "batch:0",
    "batch:7",
    "before:transcribe",
    "after:transcribe",
    "before:extract",
    "after:extract",
    "before:ground",
    "before:cover",
    "after:cover",
    "after:minutes",
    "before:specify",
    "after:specify",
)


@pytest.mark.parametrize("point", ["batch:7", "before:extract", "after:specify"])
def test_a_worker_killed_goes_on_where_it_stopped(site, undisturbed, point):
    meeting = site.submit()
    assert site.start(die=point).wait() == -9
    assert site.job(meeting).state == "running"
    site.finish()
    assert site.job(meeting).state == "succeeded"
    assert site.result(meeting) == undisturbed
    assert set(site.heard().values()) == {1}
    assert len(site.heard()) == len(TURNS)
