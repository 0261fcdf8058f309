"""What notes say is not wanted is never turned into a wish."""

import pytest

from pipeline.engines.rules.extraction.noted import noted


@pytest.mark.parametrize(
    "line",
    [
        "Not needed: phone numbers",
        "Out of scope: the mobile app",
        "不需要：电话号码",
        "暂不做：小程序",
    ],
)
def test_a_label_that_refuses_stays_with_its_line_and_is_a_decision(line: str):
    told = noted(line)
    assert told is not None
    assert (told.kind, line[told.start :], line[told.bare :]) == ("decision", line, line)


@pytest.mark.parametrize("line", ["Needed: phone numbers", "需求：电话号码"])
def test_the_same_words_without_the_refusal_are_no_decision(line: str):
    told = noted(line)
    assert told is None or told.kind == "ask"
