"""Chains of what replaced what: nothing hangs, and in a circle nothing vanishes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.models.evidence import Evidence
from pipeline.models.minutes import Decision
from pipeline.models.succession import Link, circles, closing, taken_over
from pipeline.models.together import alone, apart, circular, replaced

EVIDENCE = (
    Evidence(meeting="m", transcript_version=1, segments=("s1",), quote="x", match="exact"),
)


def decisions(*pairs: tuple[str, str | None]) -> list[Decision]:
    return [
        Decision(
            uid=f"u{one}",
            id=one,
            text=one,
            supersedes=earlier,
            evidence=EVIDENCE,
            origin_engine="rules",
        )
        for one, earlier in pairs
    ]


def test_a_chain_strikes_all_but_its_end():
    assert replaced(decisions(("D1", None), ("D2", "D1"), ("D3", "D2"))) == {"D1": "D2", "D2": "D3"}


@pytest.mark.parametrize(
    "pairs",
    [
        (("D1", "D1"),),
        (("D1", "D2"), ("D2", "D1")),
        (("D1", "D2"), ("D2", "D3"), ("D3", "D1")),
    ],
)
def test_in_a_circle_nothing_took_the_place_of_anything(pairs):
    items = decisions(*pairs)
    assert replaced(items) == {}
    assert circular(items).keys() == {one for one, _ in pairs}
    assert all(alone(one, apart(items)) for one in items)


def test_what_replaces_one_of_a_circle_from_outside_did_so():
    items = decisions(("D1", "D2"), ("D2", "D1"), ("D3", "D1"))
    assert replaced(items) == {"D1": "D3"}
    assert set(circular(items)) == {"D1", "D2"}


def test_a_rejected_decision_closes_no_circle():
    first, second = decisions(("D1", "D2"), ("D2", "D1"))
    items = [first, second.with_(review="rejected")]
    assert circular(items) == {}
    assert replaced(items) == {"D2": "D1"}


def test_the_link_that_would_close_a_circle_is_named():
    links = [Link("D2", "D1"), Link("D3", "D2")]
    assert closing(links, Link("D1", "D3")) == ("D1", "D3", "D2", "D1")
    assert closing(links, Link("D1", "D1")) == ("D1", "D1")
    assert closing(links, Link("D4", "D3")) == ()
    assert closing([Link("D1", "D2"), Link("D2", "D1")], Link("D3", "D1")) == ()


NAMES = st.sampled_from(["D1", "D2", "D3", "D4", "D5"])


@given(st.dictionaries(NAMES, st.one_of(st.none(), NAMES)))
def test_something_always_stands_and_every_walk_ends(earlier: dict[str, str | None]):
    links = [Link(*one) for one in earlier.items()]
    gone = taken_over(links)
    assert not earlier or set(earlier) - set(gone)
    for start in gone:
        way, at = [start], gone.get(start)
        while at is not None:
            assert at not in way
            way.append(at)
            at = gone.get(at)
    for circle in circles(links):
        assert all(earlier[one] in circle for one in circle)


@given(st.dictionaries(NAMES, NAMES, max_size=5), NAMES, NAMES)
def test_a_link_that_closes_nothing_makes_no_new_circle(earlier: dict[str, str], later, before):
    links = [Link(*one) for one in earlier.items() if one[0] != later]
    made = {one for circle in circles([*links, Link(later, before)]) for one in circle}
    assert (later in made) == bool(closing(links, Link(later, before)))
