"""What the words say and what the trained reader hears are weighed together."""

import pytest

from pipeline.engines.rules.extraction.weighing import BARS, enough

LONG = 100


def test_a_reader_who_is_sure_needs_no_cue():
    assert enough("risk", BARS["risk"].needed, cue=False, turns=LONG)


def test_a_cue_helps_a_reader_who_is_nearly_sure():
    margin = BARS["action"].needed - BARS["action"].cue
    assert enough("action", margin, cue=True, turns=LONG)
    assert not enough("action", margin, cue=False, turns=LONG)


def test_a_cue_alone_is_not_enough_where_the_reader_is_sure_of_the_opposite():
    assert not enough("ask", -6.0, cue=True, turns=LONG)


def test_in_a_few_lines_the_words_count_for_more():
    margin = BARS["ask"].needed - BARS["ask"].cue - 2
    assert not enough("ask", margin, cue=True, turns=LONG)
    assert enough("ask", margin, cue=True, turns=3)
    assert not enough("ask", margin, cue=False, turns=3)


@pytest.mark.parametrize("kind", list(BARS))
def test_a_cue_never_counts_against_an_item(kind: str):
    assert BARS[kind].cue >= 0  # type: ignore[index]
