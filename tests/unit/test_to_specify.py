"""Which asks get a spec: none is lost with another that it went into."""

import pytest

from pipeline.models.buildable import to_specify
from pipeline.models.minutes import Ask, Minutes


def ask(name, **more):
    return Ask(uid=f"u-{name}", id=name, text=name, origin_engine="rules", **more)


def wanted(*asks):
    minutes = Minutes(meeting="m", transcript_version=1, language="en", asks=asks)
    return [one.id for one in to_specify(minutes)]


def test_live_asks_do_and_withdrawn_or_supported_ones_do_not():
    asks = (ask("A1"), ask("A2", status="withdrawn"), ask("A3", status="already_supported"))
    assert wanted(*asks) == ["A1"]


def test_what_went_into_a_live_ask_is_written_with_it():
    assert wanted(ask("A1"), ask("A2", status="duplicate", duplicate_of="A1")) == ["A1"]
    assert wanted(ask("A1"), ask("A2", status="duplicate", duplicate_of="u-A1")) == ["A1"]


@pytest.mark.parametrize(
    "gone", [{"review": "rejected"}, {"status": "withdrawn"}, {"status": "already_supported"}]
)
def test_what_went_into_one_that_is_gone_stands_for_itself(gone):
    assert wanted(ask("A1", **gone), ask("A2", status="duplicate", duplicate_of="A1")) == ["A2"]


def test_a_rejected_ask_gets_none():
    assert wanted(ask("A1", review="rejected")) == []
