"""Segments and the voices in them; voices of windows and those of the recording."""

import numpy as np
import pytest

from pipeline.engines.voices.linking import linked
from pipeline.models.speech import HeardSegment
from pipeline.models.transcript import Word
from pipeline.models.voices import Roll, VoiceTurn, VoiceWindow

FIRST = VoiceTurn(start=0.0, end=10.0, voice=0)
SECOND = VoiceTurn(start=10.0, end=20.0, voice=1)


def segment(start: float, end: float, *words: tuple[float, float, str], text: str | None = None):
    told = tuple(Word(start=at, end=until, text=said) for at, until, said in words)
    said = "".join(one.text for one in told).strip() or "words"
    return HeardSegment(start=start, end=end, text=text or said, channel=0, words=told)


def owners(one: HeardSegment, *turns: VoiceTurn) -> list[tuple[str, int | None]]:
    return [(part.text, voice) for part, voice in Roll(turns).attributed(one)]


WORDS = ((8.0, 8.6, "Can"), (8.7, 9.8, " you?"), (10.3, 10.9, " Yes"), (11.0, 12.0, " we can."))


def test_a_segment_is_parted_where_the_voice_changes():
    parts = list(Roll([FIRST, SECOND]).attributed(segment(7.9, 12.2, *WORDS)))
    assert [(one.segment.text, one.voice) for one in parts] == [("Can you?", 0), ("Yes we can.", 1)]
    (left, _), (right, _) = parts
    assert (left.start, left.end, right.start, right.end) == (7.9, 9.8, 10.3, 12.2)
    words = left.words + right.words
    assert [one.text.strip() for one in words] == [text.strip() for *_, text in WORDS]
    assert [(one.start, one.end) for one in words] == [(at, until) for at, until, _ in WORDS]


def test_the_words_of_each_part_are_its_text():
    """Else its characters could not be written over by its words."""
    mixed = ((8.0, 8.6, "头"), (8.7, 9.8, "发"), (10.3, 10.9, " CRM "), (11.0, 12.0, "以后 "))
    for words in (WORDS, mixed):
        for one, _ in Roll([FIRST, SECOND]).attributed(segment(7.9, 12.2, *words)):
            assert "".join(word.text for word in one.words) == one.text


def test_without_times_of_words_it_is_whoever_has_most():
    assert owners(segment(7.0, 12.0), FIRST, SECOND) == [("words", 0)]
    assert owners(segment(9.0, 14.0), FIRST, SECOND) == [("words", 1)]


def test_words_that_are_not_all_of_the_text_part_nothing():
    """Else what they lack would vanish."""
    one = segment(7.9, 12.2, *WORDS, text="Can you? Yes we can. Surely.")
    assert owners(one, FIRST, SECOND) == [("Can you? Yes we can. Surely.", 1)]


def test_one_word_that_slips_over_the_change_makes_no_turn():
    slip = ((8.0, 9.6, "Can you do it"), (10.05, 10.2, " soon?"))
    late = VoiceTurn(start=10.3, end=20.0, voice=1)
    short = VoiceTurn(start=10.0, end=10.3, voice=1)
    assert owners(segment(8.0, 10.2, *slip), FIRST, short, late) == [("Can you do it soon?", 0)]


def test_what_no_voice_is_heard_in_is_nobodys():
    assert owners(segment(30.0, 31.0), FIRST, SECOND) == [("words", None)]
    assert owners(segment(19.9, 31.0), FIRST, SECOND) == [("words", None)]


def test_a_turn_inside_a_long_one_is_found():
    long = VoiceTurn(start=0.0, end=100.0, voice=0)
    inside = VoiceTurn(start=50.0, end=51.0, voice=1)
    assert owners(segment(90.0, 95.0), long, inside) == [("words", 0)]


def window(index: int, *voices: tuple[float, float, tuple[float, ...]]) -> VoiceWindow:
    turns = (VoiceTurn(start=start, end=end, voice=at) for at, (start, end, _) in enumerate(voices))
    return VoiceWindow(
        index=index, turns=tuple(turns), prints=tuple(tuple(one) for *_, one in voices)
    )


LOW, HIGH = (1.0, 0.0), (0.0, 1.0)


def numbered(*windows: VoiceWindow, count: int = 0) -> list[int]:
    return [one.voice for one in linked(windows, threshold=0.5, count=count)]


def test_voices_are_numbered_by_their_first_words():
    assert numbered(window(0, (5, 9, LOW), (0, 5, HIGH)), window(1, (9, 14, LOW))) == [0, 1, 1]


def test_a_voice_without_a_print_is_not_guessed():
    assert numbered(window(0, (0, 5, LOW), (5, 6, ()), (6, 9, HIGH))) == [0, 1]


def test_a_voice_hardly_heard_is_no_speaker():
    assert numbered(window(0, (0, 5, LOW), (5, 6, HIGH))) == [0]


def test_nobody_at_all():
    assert numbered(window(0)) == []
    assert linked((), threshold=0.5, count=3) == ()


def test_more_people_than_voices_are_as_many_as_there_are():
    assert numbered(window(0, (0, 5, LOW), (5, 9, HIGH)), count=7) == [0, 1]


@pytest.mark.parametrize("count", [0, 30])
def test_thirty_people_over_eight_hours(count: int):
    chance = np.random.default_rng(3)
    people = np.linalg.qr(chance.normal(size=(64, 64)))[0][:30]
    windows, truth = [], []
    for at in range(96):
        voices = []
        for place, who in enumerate(chance.permutation(30)[:12]):
            heard = people[who] + chance.normal(0, 0.04, 64)
            start = at * 300.0 + place * 20
            voices.append((start, start + 15.0, tuple(heard / np.linalg.norm(heard))))
            truth.append(int(who))
        windows.append(window(at, *voices))
    found = numbered(*windows, count=count)
    assert len(set(found)) == 30
    assert len(set(zip(found, truth, strict=True))) == 30
