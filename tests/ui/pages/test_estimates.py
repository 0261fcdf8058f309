"""Whose estimate it is, on the page of the record."""

from typing import Any

import pytest

from pipeline import review as stage
from pipeline.models.actor import Actor
from pipeline.service import review
from ui.words.loader import tin

ME = Actor(id="local:陈工", name="陈工", via="test")


@pytest.mark.usefixtures("language")
def test_the_record_tells_in_words_who_estimated_what_and_when(desk: Any, open_page: Any, language):
    spec = desk.view.specs[0]
    edit = stage.propose(spec, "set", field="effort", after={"days": 3.5, "by": "陈立"})
    review.edit(ME, desk.house, desk.meeting, edit)
    rule = stage.propose(desk.view.specs[0], "set", field="limits[0]", after="五万行")
    review.edit(ME, desk.house, desk.meeting, rule)
    app = open_page("audit", m=desk.meeting, **{"as": "陈工"})
    assert not app.exception
    text = " ".join(str(one.value) for one in (*app.markdown, *app.caption, *app.text))
    days, by, part, limits = (
        tin(language, f"desk.{key}")
        for key in (
            "audit.estimate.days",
            "audit.estimate.by",
            "specs.part.effort",
            "specs.part.limits",
        )
    )
    assert f"{days}: 3.5" in text.replace("\\", "")
    assert f"{by}: 陈立" in text.replace("\\", "")
    assert part in text
    assert f"{limits} 1" in text
    assert "陈工" in text
