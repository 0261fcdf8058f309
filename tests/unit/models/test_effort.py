"""An effort is somebody's estimate: with days and a name, or none."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from pipeline.errors import InputError
from pipeline.models.actor import Actor
from pipeline.models.draft import DraftSpec
from pipeline.models.estimating import estimated, is_estimate
from pipeline.models.project import Participant
from pipeline.models.review import Edit
from pipeline.models.spec import Effort

ME = Actor(id="u1", name="陈立", via="test")
PEOPLE = (Participant(name="王敏", side="us"), Participant(name="吴总", side="client"))


def edit(days: object, by: object = None, **more: object) -> Edit:
    return Edit(
        entity="spec",
        entity_uid="u",
        operation="set",
        field="effort",
        after={"days": days, "by": by},
        **more,
    )


@pytest.mark.parametrize("by", [None, "", "  "])
def test_days_without_a_name_are_refused_by_the_type(by: str | None):
    with pytest.raises(ValidationError):
        Effort(days=3, by=by)
    with pytest.raises(ValidationError):
        Effort().with_(days=3)


@pytest.mark.parametrize("days", [0, -1, math.nan, math.inf, -math.inf, 10_000])
def test_days_that_nobody_can_work_are_refused(days: float):
    with pytest.raises(ValidationError):
        Effort(days=days, by="陈立")
    with pytest.raises(InputError) as refused:
        estimated(edit(days), ME, PEOPLE)
    assert refused.value.code == "effort.days"


def test_no_engine_can_set_it():
    assert "effort" not in DraftSpec.model_fields
    with pytest.raises(ValidationError):
        DraftSpec.model_validate({"ask": "A1", "title": "t", "effort": {"days": 3, "by": "AI"}})


def test_whoever_sets_it_is_named_unless_another_of_us_is():
    assert estimated(edit(3), ME, PEOPLE).after == {"days": 3.0, "by": "陈立"}
    assert estimated(edit(3, "王敏"), ME, PEOPLE).after == {"days": 3.0, "by": "王敏"}


@pytest.mark.parametrize("by", ["吴总", "某人"])
def test_nobody_but_our_people_estimates(by: str):
    with pytest.raises(InputError) as refused:
        estimated(edit(3, by), ME, PEOPLE)
    assert refused.value.code == "effort.by"
    assert "王敏" in str(refused.value.params["names"])


def test_without_days_nobody_estimated_anything():
    assert estimated(edit(None, "王敏"), ME, PEOPLE).after == {"days": None, "by": None}


def test_an_undo_restores_what_was_whoever_is_there_now():
    assert not is_estimate(edit(3, "走了的人", undoes="e1"))
    assert is_estimate(edit(3))


@given(
    st.one_of(st.none(), st.floats(), st.integers(), st.text(max_size=5), st.booleans()),
    st.one_of(st.none(), st.text(max_size=5), st.sampled_from(["王敏", "吴总", "陈立"])),
)
def test_whatever_is_written_has_days_and_one_of_our_names_or_neither(days, by):
    try:
        kept = Effort.model_validate(estimated(edit(days, by), ME, PEOPLE).after)
    except InputError:
        return
    assert (kept.days is None) == (kept.by is None)
    assert kept.days is None or (kept.days > 0 and kept.by in ("王敏", "陈立"))
