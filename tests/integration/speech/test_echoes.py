"""Real calls with an echo of one line in the other: nothing twice, nothing lost."""

import numpy as np
import pytest
from numpy.typing import NDArray

from evals.bench.lines import DELAYS, LEVELS, Case, compared, demo_lines, heard, mixed, written
from pipeline.engines.speech.listening import listen
from pipeline.engines.speech.sound import RATE, Samples

STEP = RATE // 100
LANGUAGES = ["zh", "en"]
Mask = NDArray[np.bool_]


@pytest.fixture(scope="module")
def part() -> Samples:
    """The first minute of a call: the sides take turns, each speaks some thirty seconds."""
    return demo_lines("en")[:, : 60 * RATE]


def speaking(lines: Samples) -> Mask:
    """Where each line is taken for speech, to ten milliseconds; shape (2, n)."""
    found = np.zeros((2, lines.shape[1] // STEP), bool)
    pieces = listen(iter([lines]), channels=2, longest=30.0, keep_silence=False)
    for piece in pieces:
        for span in piece.spans:
            found[piece.channel, span.start // STEP : span.end // STEP] = True
    return found


def seconds(mask: Mask) -> float:
    return float(mask.sum()) / 100


def lost(alone: Mask, found: Mask) -> float:
    return seconds(alone & ~found)


def more(alone: Mask, found: Mask) -> float:
    """Seconds more than half a second from what is really said: there, spans only reach further."""
    near = np.array([np.convolve(line, np.ones(101), "same") > 0 for line in alone])
    return seconds(found & ~near)


@pytest.fixture(scope="module")
def alone(part: Samples) -> Mask:
    """Who really speaks."""
    return speaking(part)


@pytest.mark.parametrize(
    ("level", "delay"),
    [
        pytest.param(
            level,
            delay,
            marks=() if (level, delay) in {(-12.0, 0.25), (-20.0, 0.0)} else pytest.mark.slow,
        )
        for level in LEVELS
        for delay in DELAYS
    ],
)
def test_an_echo_is_no_speech_and_hides_none(
    part: Samples, alone: Mask, level: float, delay: float
):
    found = speaking(mixed(part, Case(level, delay)))
    assert more(alone, found) < 1.0
    assert lost(alone, found) < 1.0


@pytest.mark.slow
@pytest.mark.parametrize(
    "case",
    [
        Case(-20.0, 0.25, both=True),
        Case(-12.0, 0.25, both=True),
        Case(-20.0, 0.6, low_pass=True, noise=-55.0),
        Case(-6.0, 0.05, low_pass=True, noise=-55.0),
    ],
    ids=str,
)
def test_dull_and_noisy_echoes_and_those_of_both_sides(part: Samples, alone: Mask, case: Case):
    found = speaking(mixed(part, case))
    assert more(alone, found) < 1.0
    assert lost(alone, found) < 2.0


@pytest.mark.parametrize("level", [None, pytest.param(-20.0, marks=pytest.mark.slow)])
def test_somebody_quiet_is_heard_beside_somebody_loud(
    part: Samples, alone: Mask, level: float | None
):
    found = speaking(mixed(part, Case(level, 0.25, quiet=-20.0)))
    assert more(alone, found) < 1.0
    assert lost(alone, found) < 2.0


@pytest.mark.parametrize("level", [-12.0, pytest.param(-20.0, marks=pytest.mark.slow)])
def test_who_speaks_over_the_other_keeps_every_word(part: Samples, level: float):
    alone = speaking(mixed(part, Case(together=2.0)))
    assert seconds(alone[0] & alone[1]) > 5.0  # they do speak at once
    found = speaking(mixed(part, Case(level, 0.05, together=2.0)))
    assert lost(alone, found) < 1.0


def test_a_call_without_an_echo_is_left_as_it_is(part: Samples):
    pieces = listen(iter([part]), channels=2, longest=30.0, keep_silence=True)
    for piece in pieces:
        (span,) = piece.spans
        assert np.array_equal(piece.samples, part[piece.channel, span.start : span.end])


@pytest.mark.asr
@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_words_are_heard_twice_and_none_lost(language: str, tmp_path):
    call = demo_lines(language)
    clean = heard(written(tmp_path / "clean.flac", call), language)
    for case in (Case(-20.0, 0.25), Case(-6.0, 0.05), Case(-12.0, 0.6)):
        echoed = heard(written(tmp_path / "echo.flac", mixed(call, case)), language)
        for found in compared(clean, echoed):
            assert found.lost <= 0.03 * found.said, case
            assert found.more <= 0.03 * found.said, case
