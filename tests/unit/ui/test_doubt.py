"""Which item is looked at first, and why; what may be approved together."""

import pytest

from pipeline.models.evidence import Evidence
from pipeline.models.minutes import Conflict, Decision, Minutes, Position
from pipeline.models.transcript import Segment
from ui.doubt import doubt, place, unsure


def said(segment="s1", match="exact", start=1.0):
    if match == "missing":
        return (Evidence(meeting="m", transcript_version=1, match="missing"),)
    return (
        Evidence(
            meeting="m",
            transcript_version=1,
            segments=(segment,),
            quote="原话",
            match=match,
            start=start,
        ),
    )


def decision(uid, evidence, **more):
    return Decision(uid=uid, id=uid, text="定了", evidence=evidence, origin_engine="rules", **more)


SEGMENTS = {
    "s1": Segment(id="s1", index=0, text="清楚", avg_logprob=-0.1),
    "s2": Segment(id="s2", index=1, text="不清楚", avg_logprob=-1.4),
    "s3": Segment(id="s3", index=2, text="没有数值"),
}


@pytest.mark.parametrize(
    ("item", "reason", "good"),
    [
        (decision("D1", said()), "none", True),
        (decision("D1", said(match="normalised")), "none", True),
        (decision("D1", said(match="fuzzy")), "fuzzy", False),
        (decision("D1", said(match="weak")), "weak", False),
        (decision("D1", said(match="missing")), "missing", False),
        (decision("D1", ()), "missing", False),
        (decision("D1", said("s2")), "unheard", False),
        (decision("D1", said("s3")), "none", True),
        (decision("D1", said(), stale=("segment_corrected:s1",)), "stale", False),
    ],
)
def test_the_worst_that_can_be_said_of_an_item(item, reason, good):
    found = doubt(item, SEGMENTS)
    assert (found.reason, found.good) == (reason, good)


def test_two_who_say_different_things_are_never_approved_in_passing():
    sides = Position(text="五万", evidence=said()), Position(text="八万", evidence=said())
    conflict = Conflict(uid="C1", id="C1", text="", a=sides[0], b=sides[1], origin_engine="rules")
    assert doubt(conflict, SEGMENTS).reason == "conflict"


def test_the_most_doubtful_come_first_and_the_rest_in_the_order_of_the_call():
    minutes = Minutes(
        meeting="m",
        transcript_version=1,
        language="zh",
        decisions=(
            decision("late", said(start=90.0)),
            decision("early", said(start=5.0)),
            decision("close", said(match="fuzzy", start=1.0)),
            decision("nowhere", said(match="missing")),
        ),
    )
    ordered = sorted(minutes.decisions, key=lambda item: place(item, SEGMENTS))
    assert [item.uid for item in ordered] == ["nowhere", "close", "early", "late"]


def test_only_what_ears_were_unsure_of_is_unsure():
    assert [unsure(one) for one in SEGMENTS.values()] == [False, True, False]
