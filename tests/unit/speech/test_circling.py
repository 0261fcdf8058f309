"""What only the whole call shows to go in circles is kept once."""

import pytest

from pipeline.errors import NotReadableError
from pipeline.models.speech import HeardBatch
from tests.unit.speech.scripted import TALK, Scripted, batch, run, said


def hold(*texts: str, channel: int = 0, after: float = 100.0) -> list[HeardBatch]:
    """A batch for each text, half a minute apart."""
    return [
        batch(f"{channel}:{after + at}", said(after + 30 * at, text, channel))
        for at, text in enumerate(texts)
    ]


WAITING = "Your call is important to us."


def test_a_sentence_again_and_again_through_hold_music_is_kept_once():
    made = run(Scripted(*TALK, *hold(*[WAITING] * 6)))
    assert [one.text for one in made.segments] == [
        *("Hello.", "Good morning.", "Go on.", "Fine."),
        WAITING,
    ]
    assert [(one.start, one.text, one.reason) for one in made.dropped] == [
        (130.0 + 30 * at, WAITING, "goes in circles") for at in range(5)
    ]


def test_sentences_in_turn_again_and_again_are_kept_once_each():
    made = run(Scripted(*hold(*[WAITING, "Please hold the line now."] * 5)))
    assert [one.text for one in made.segments] == [WAITING, "Please hold the line now."]
    assert len(made.dropped) == 8


@pytest.mark.parametrize("text", ["嗯。", "对。", "Yeah.", "Hello?", "喂，听得到吗？"])
def test_who_says_a_short_word_ten_times_is_heard_ten_times(text: str):
    assert len(run(Scripted(*hold(*[text] * 10))).segments) == 10


def test_a_sentence_said_four_times_was_said_four_times():
    assert len(run(Scripted(*hold(*[WAITING] * 4))).segments) == 4


def test_what_each_line_says_is_its_own():
    """Both sides greet, say the same by turns, and nobody goes in circles."""
    both = [one for at in range(4) for one in hold(WAITING, channel=at % 2, after=100 + 10 * at)]
    assert len(run(Scripted(*both)).segments) == 4


def test_circles_over_batches_are_the_same_in_a_run_that_was_broken_off():
    batches = hold(*[WAITING] * 6)
    kept: dict[str, HeardBatch] = {}
    with pytest.raises(NotReadableError):
        run(Scripted(*batches, breaks_at=4), done=kept)
    assert run(Scripted(*batches), done=kept) == run(Scripted(*batches))
    assert [one.segments[0].text for one in kept.values()] == [WAITING] * 6


def answered(answer: str, *questions: str) -> list[HeardBatch]:
    """One line asks, the other gives the same answer each time."""
    return [
        batch(f"{at}", said(10 * at, question, 0), said(10 * at + 3, answer, 1))
        for at, question in enumerate(questions)
    ]


FIELDS = ("客户编号呢？", "订单号呢？", "税率呢？", "金额要不要？", "仓库呢？", "日期呢？")


@pytest.mark.parametrize(
    "answer",
    ["这个字段也要导出的。", "Yes, that's correct.", "Thank you.", "这个也要，跟刚才一样。"],
)
def test_who_gives_one_answer_to_six_questions_is_heard_six_times(answer: str):
    made = run(Scripted(*answered(answer, *FIELDS)))
    assert [one.text for one in made.segments].count(answer) == 6
    assert not made.dropped


def test_a_word_into_hold_music_does_not_make_it_talk():
    made = run(Scripted(*hold(*[WAITING] * 6), batch("1:x", said(171, "Hello?", 1))))
    assert [one.text for one in made.segments] == [WAITING, "Hello?"]
