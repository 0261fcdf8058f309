"""What was taken from the words of the call, over more runs of the meeting."""

import pytest

from pipeline.errors import InputError
from pipeline.models.minutes import Ask, Minutes
from pipeline.service import jobs, review

SERVER, STUCK = "s0005", "s0006"


def test_another_run_keeps_it_once_and_writes_its_spec(take, items, again, view, turn):
    item = take()
    again()
    assert items()[item.id].with_(spec=None) == item
    (spec,) = [one for one in view().specs if item.id in one.asks]
    assert items()[item.id].spec == spec.id
    assert (turn().state, turn().item) == ("accepted", item.id)
    again()
    assert [one.id for one in view().specs if item.id in one.asks] == [spec.id]
    assert len([one for one in items().values() if one.first_segment == SERVER]) == 1


def test_its_spec_goes_with_it_unless_somebody_worked_on_that(
    house, meeting, chen, wang, take, items, again, view, edit
):
    item = take()
    again()
    (spec,) = [one for one in view().specs if item.id in one.asks]
    edit(spec, "set", "title", "月底高峰", actor=wang)
    with pytest.raises(InputError, match="added_worked_on"):
        review.undo(chen, house, meeting)
    review.undo(wang, house, meeting)
    review.undo(chen, house, meeting)
    assert item.id not in items()
    assert not [one for one in view().specs if item.id in one.asks]


def found_by_a_run(house, meeting, view, **more) -> Minutes:
    """A newer draft, in which an engine found the same turn."""
    minutes = house.tools.store.draft_minutes(meeting)
    words = view().transcript.segment(SERVER)
    evidence = [
        {
            "meeting": meeting,
            "transcript_version": 1,
            "segments": [SERVER],
            "speaker": words.speaker,
            "side": words.side,
            "quote": words.text,
            "match": "exact",
        }
    ]
    told = {"uid": "", "id": "x", "text": "服务器要扛住月底", "evidence": evidence}
    ask = Ask.model_validate(told | {"origin_engine": "llm", "priority": "must"} | more)
    minutes = house.tools.store.identify(meeting, minutes.with_(asks=(*minutes.asks, ask)))
    house.tools.store.save_minutes(minutes)
    return minutes


def test_what_a_later_run_finds_as_well_is_one_item(house, meeting, take, items, view):
    item = take(also=(STUCK,), text="月底别卡")
    before = house.tools.store.draft_minutes(meeting)
    assert found_by_a_run(house, meeting, view).asks[-1].uid == item.uid
    (now,) = [one for one in items().values() if one.first_segment == SERVER]
    assert (now.uid, now.id, now.text, now.edited) == (item.uid, item.id, "月底别卡", True)
    assert (now.priority, now.stale) == ("must", ("draft_changed:text",))
    assert [one.segments for one in now.evidence] == [(SERVER,), (STUCK,)]
    house.tools.store.save_minutes(before)
    assert items()[item.id] == item, "and stays where the next run misses it again"


def test_a_number_that_was_taken_back_names_nothing_a_run_finds(
    house, meeting, chen, take, items, view
):
    item = take()
    review.undo(chen, house, meeting)
    found = found_by_a_run(house, meeting, view).asks[-1]
    assert (found.id, found.uid == item.uid) == ("A3", False)


def test_the_job_that_writes_its_spec_is_one_of_the_usual_ones(house, meeting, chen, take):
    take()
    job = jobs.begin(chen, house, meeting)
    assert (job.meeting, job.state) == (meeting, "queued")
