"""Every layout that can be read has a name that people know, in both languages."""

import pytest

from pipeline import bootstrap
from pipeline.errors import NotReadableError
from ui.shapes import called, explained, facts, in_order

KNOWN = bootstrap.reader().shapes()


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("shape", sorted(KNOWN))
def test_it_has_a_word(shape, language):
    assert called(shape, language) != shape


def test_one_without_a_word_is_called_by_its_own_name():
    assert called("no-such", "zh") == "no-such"


def test_calls_come_before_chats_and_notes():
    shapes = {"note": "note", "x": "chat", "vtt": "call", "srt": "call"}
    assert in_order(shapes, "en") == ["srt", "vtt", "x", "note"]


def test_an_error_calls_it_as_people_do():
    error = NotReadableError("not_of_shape", file="a.txt", shape="vtt")
    assert called("vtt", "zh") in explained(error, "zh")


def test_what_came_of_it_leaves_out_what_there_is_not():
    assert facts(1, 0, 0, "en") == "1 turn, no names"
    assert facts(128, 3, 2, "zh", length=2530) == "128 句，3 个人，长 42:10，2 行没看懂"
