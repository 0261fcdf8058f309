"""What decided the fit, whose estimate it is, and decisions that replace each other in a circle."""

from dataclasses import replace

import pytest

from pipeline.exporters.blocks.minutes import minutes_document
from pipeline.exporters.blocks.spec import spec_document
from pipeline.exporters.markdown import page
from pipeline.models.client_view import client_view
from pipeline.models.item import Scope
from pipeline.models.spec import Effort
from pipeline.models.view import InternalView
from ui.short_text import standing

LINE = "LINE_OF_THE_PRODUCT"
CONTRACT = "LINE_OF_THE_CONTRACT"


@pytest.fixture
def judged(view: InternalView) -> InternalView:
    spec = view.specs[0].with_(
        fit_line=LINE,
        scope=Scope(verdict="out", line=CONTRACT),
        effort=Effort(days=3.5, by="ESTIMATOR"),
    )
    return replace(view, specs=(spec, *view.specs[1:]))


def test_our_people_read_what_decided_and_whose_estimate_it_is(judged: InternalView):
    text = page(spec_document(judged.specs[0], judged))
    label = {"zh": "按这条产品能力判断：", "en": "Judged by this line of the product: "}
    assert label[judged.minutes.language] in text
    assert CONTRACT in text
    assert "3.5" in text
    assert "ESTIMATOR" in text


def test_the_client_reads_none_of_it(judged: InternalView):
    seen = client_view(judged)
    spec = next(one for one in seen.specs if one.id == judged.specs[0].id)
    text = page(spec_document(spec, seen)) + spec.model_dump_json()
    for ours in (LINE, CONTRACT, "3.5", "ESTIMATOR"):
        assert ours.replace("_", r"\_") not in text
        assert ours not in text


@pytest.mark.parametrize("length", [1, 2])
def test_in_a_circle_every_decision_is_shown_and_the_circle_is_named(
    view: InternalView, length: int
):
    minutes = view.minutes
    ids = [one.id for one in minutes.decisions[:length]]
    decisions = tuple(
        one.with_(supersedes=ids[(at + 1) % length] if at < length else None, edited=True)
        for at, one in enumerate(minutes.decisions)
    )
    circular = replace(view, minutes=minutes.with_(decisions=decisions))
    text = page(minutes_document(circular))
    for one in minutes.decisions[:length]:
        assert f"~~{one.text}" not in text
        assert one.text.rstrip("。.") in text
    named = {"zh": "转成一圈", "en": "in a circle"}[minutes.language]
    assert text.count(named) == length
    seen = client_view(circular)
    assert named not in page(minutes_document(seen))
    shown = {one.id for one in seen.minutes.decisions}
    assert {one.id for one in standing(seen)} >= shown & set(ids)
