"""Tokens -> stretches: every word has a time, and no word is lost."""

from pipeline.engines.speech.tokens import Stretch, last_time, stretches


class Letters:
    """A tokenizer whose tokens are letters; times begin at 1000, the end of text is 500."""

    timestamp_begin = 1000
    eot = 500

    def decode(self, tokens: list[int]) -> str:
        return "".join(chr(token) for token in tokens)


def tokens(*parts: str | float) -> list[int]:
    found: list[int] = []
    for part in parts:
        found += map(ord, part) if isinstance(part, str) else [1000 + round(part / 0.02)]
    return found


def read(*parts: str | float, duration: float = 30.0) -> list[tuple[float, float, str]]:
    found = stretches(tokens(*parts), Letters(), duration)
    return [(round(one.start, 2), round(one.end, 2), one.text) for one in found]


def test_pairs_of_times_enclose_a_stretch():
    assert read(0.0, " a b", 2.0, 2.5, " c", 4.0) == [(0, 2, "a b"), (2.5, 4, "c")]


def test_text_after_the_last_time_goes_on_to_the_end():
    assert read(0.0, "a", 2.0, 2.5, "b", duration=6.0) == [(0, 2, "a"), (2.5, 6, "b")]


def test_one_time_between_two_texts_ends_one_and_begins_the_other():
    assert read(0.0, "a", 2.0, "b", 3.0) == [(0, 2, "a"), (2, 3, "b")]


def test_text_without_any_time_fills_the_piece():
    assert read("abc", duration=5.0) == [(0, 5, "abc")]


def test_times_never_leave_the_piece_nor_run_backwards():
    assert read(4.0, "a", 9.0, 2.0, "b", 1.0, duration=5.0) == [(4, 5, "a"), (5, 5, "b")]


def test_silence_is_nothing():
    assert read(0.0, "  ", 3.0) == []


def test_special_tokens_are_not_text():
    assert stretches([*tokens(0.0, "a"), 501, *tokens(1.0)], Letters(), 5.0)[0].text == "a"


def test_a_stretch_remembers_its_tokens():
    assert stretches(tokens(0.0, "ab", 1.0), Letters(), 5.0) == [Stretch(0.0, 1.0, "ab", (97, 98))]


def test_the_last_time_is_where_a_cut_text_goes_on():
    assert last_time(tokens(0.0, "a", 2.0, "b"), Letters()) == 2.0
    assert last_time(tokens("ab"), Letters()) == 0.0
