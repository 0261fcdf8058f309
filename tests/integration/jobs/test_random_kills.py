"""A hundred kills at random moments, while people edit: nothing is lost."""

import random
import time
from collections import Counter

import pytest

from pipeline import review
from pipeline.models.review import verify
from pipeline.service import jobs
from tests.integration.jobs.conftest import ME
from tests.integration.jobs.program import TURNS

KILLS = 100
CALLS = 6
"""Calls that are to be worked on; a slow machine is given more kills until they are."""
WORKERS = ("w1", "w2")


class Editor:
    """Somebody who corrects one meeting all the time, and knows what was acknowledged."""

    def __init__(self, site, meeting):
        self.site, self.meeting, self.said = site, meeting, []

    def edit(self):
        store = self.site.store
        with store.transaction():
            asks = store.minutes(self.meeting).asks
            ask = asks[len(self.said) % len(asks)]
            text = f"改 {len(self.said)}"
            edit = review.propose(ask, "set", field="text", after=text)
            project = store.meeting(self.meeting).project
            store.append_edit(ME, project=project, meeting=self.meeting, edit=edit)
        self.said.append((ask.uid, text))

    def rework(self, number):
        """Another line in the project makes its minutes be drafted anew, under the edits."""
        store = self.site.store
        project = store.project(store.meeting(self.meeting).project)
        store.save_project(project.with_(scope=(f"{number}. 订单导出",)))
        jobs.retry(ME, self.site.house, self.meeting)

    def check(self):
        events = self.site.store.edits(self.meeting)
        assert verify(events) == ()
        assert [(one.entity_uid, one.body.after) for one in events] == self.said
        last = dict(self.said)
        shown = {ask.uid: ask.text for ask in self.site.store.minutes(self.meeting).asks}
        assert {uid: shown[uid] for uid in last} == last


@pytest.mark.slow
@pytest.mark.timeout(1500)
def test_a_hundred_kills_at_random_moments_lose_nothing(site, undisturbed):
    dice = random.Random(20260318)
    edited = site.submit("edited")
    site.finish()
    editor = Editor(site, edited)
    calls, kills, points = [site.submit("call 0")], 0, Counter()
    running = {
        name: site.start(name=name, batch=0.03, slow=0.05, until_done=False) for name in WORKERS
    }
    due = {name: _soon(dice) for name in WORKERS}
    while kills < KILLS or (len(calls) < CALLS and kills < 4 * KILLS):
        time.sleep(0.02)
        for name in WORKERS:
            if time.monotonic() < due[name]:
                continue
            points.update(one.stage for one in site.store.jobs() if one.state == "running")
            assert running[name].process.poll() is None, running[name].said
            running[name].kill()
            kills += 1
            editor.edit()
            if kills % 20 == 0:
                editor.rework(kills)
            running[name] = site.start(name=name, batch=0.03, slow=0.05, until_done=False)
            due[name] = _soon(dice)
        _keep_busy(site, calls)
    for worker in running.values():
        worker.kill()
    kills += len(WORKERS)
    for one in site.store.jobs():
        if one.state == "failed":
            assert one.failure.code == "job_exhausted", one
            jobs.retry(ME, site.house, one.meeting)
    site.finish()
    assert len(calls) >= CALLS, "work was done between the kills"
    assert all(site.job(one).state == "succeeded" for one in [*calls, edited])
    assert all(site.result(one) == undisturbed for one in calls)
    editor.check()
    heard = site.heard()
    assert len(heard) == len(TURNS) * (len(calls) + 1)
    assert sum(heard.values()) - len(heard) <= kills, "at most one batch a kill is done again"
    assert {"transcribe", "specify"} <= set(points), points


def _soon(dice):
    """A moment from before the worker is up to when it has done most of a call."""
    return time.monotonic() + dice.uniform(0.5, 5.0)


def _keep_busy(site, calls):
    open_jobs = [one for one in site.store.jobs() if one.under_way]
    if len(open_jobs) < 2:
        calls.append(site.submit(f"call {len(calls)}"))
    for one in site.store.jobs():
        if one.state == "failed" and one.failure.code == "job_exhausted":
            jobs.retry(ME, site.house, one.meeting)
