"""Several tracks of sound: nothing that is only on one is lost, nothing is heard twice."""

import tracemalloc
from pathlib import Path

import av
import numpy as np
import pytest

from pipeline.engines.speech.opening import MOST_TRACKS
from pipeline.engines.speech.playback import encode, native
from pipeline.engines.speech.probe import probe
from pipeline.engines.speech.sound import RATE, Reel, Samples
from pipeline.engines.speech.transcriber import WhisperTranscriber
from pipeline.errors import NotReadableError
from tests.integration.speech.recorders import record

LONG = 24 * RATE


@pytest.fixture(scope="module")
def ours(call: Samples) -> Samples:
    """What the microphone hears: some of our line."""
    return call[:1, 4 * RATE : 4 * RATE + LONG]


@pytest.fixture(scope="module")
def theirs(call: Samples) -> Samples:
    """What comes over the line: the client at the same time."""
    return call[1:, 4 * RATE : 4 * RATE + LONG]


@pytest.fixture(scope="module")
def third(call: Samples) -> Samples:
    """Somebody else, who talks all the time beside the two."""
    return np.roll(np.flip(call[:1, 4 * RATE : 4 * RATE + LONG], axis=1), 7 * RATE, axis=1)


def silence(like: Samples) -> Samples:
    return np.zeros_like(like)


def heard(path: Path) -> Samples:
    facts = probe(path)
    reel = Reel(path, channels=facts.channels, heard=facts.heard)
    return np.concatenate(list(reel.blocks()), axis=1)


def alike(one: Samples, other: Samples) -> float:
    """Correlation of two lines as they are, without shifting them."""
    count = min(one.shape[-1], other.shape[-1])
    return float(np.corrcoef(one.reshape(-1)[:count], other.reshape(-1)[:count])[0, 1])


@pytest.mark.parametrize("name", ["call.mkv", "call.mp4", "call.mov"])
def test_of_a_mix_and_its_two_parts_the_parts_are_the_two_lines(
    tmp_path: Path, ours: Samples, theirs: Samples, name: str
):
    """As OBS writes it: what is seen by everybody, the microphone, the other side."""
    mix = np.repeat(ours + theirs, 2, axis=0)
    path = record(tmp_path / name, [mix, ours, theirs])
    facts = probe(path)
    assert (facts.tracks, facts.channels) == (3, 2)
    assert (facts.heard, facts.copies) == (((1,), (2,)), (0,))
    left, right = heard(path)
    assert alike(left, ours) > 0.95
    assert alike(right, theirs) > 0.95


def test_a_mix_that_is_fainter_than_its_parts_and_coded_apart_is_known(
    tmp_path: Path, ours: Samples, theirs: Samples
):
    mix = 0.4 * (ours + theirs)
    path = record(tmp_path / "call.mka", [ours, theirs, mix], codec="libopus", form="matroska")
    assert probe(path).heard == ((0,), (1,))
    assert probe(path).copies == (2,)


def test_one_track_for_each_side_is_a_call_of_two_lines(
    tmp_path: Path, ours: Samples, theirs: Samples
):
    facts = probe(record(tmp_path / "call.mp4", [ours, theirs]))
    assert (facts.channels, facts.heard, facts.copies) == (2, ((0,), (1,)), ())


def test_the_sides_are_told_though_each_is_faintly_heard_through_the_other(
    tmp_path: Path, ours: Samples, theirs: Samples
):
    tracks = [ours + 0.06 * theirs, theirs + 0.06 * ours]
    assert probe(record(tmp_path / "call.mp4", tracks)).heard == ((0,), (1,))


def test_a_mix_beside_the_microphone_is_heard_alone(tmp_path: Path, ours: Samples, theirs: Samples):
    facts = probe(record(tmp_path / "call.mkv", [ours + theirs, ours]))
    assert (facts.channels, facts.heard, facts.copies) == (1, ((0,),), (1,))


def test_the_microphone_before_the_mix_is_the_one_left_out(
    tmp_path: Path, ours: Samples, theirs: Samples
):
    facts = probe(record(tmp_path / "call.mkv", [ours, ours + theirs]))
    assert (facts.heard, facts.copies) == (((1,),), (0,))


def test_the_same_track_twice_is_heard_once(tmp_path: Path, ours: Samples):
    facts = probe(record(tmp_path / "call.mkv", [ours, 0.7 * ours]))
    assert (facts.channels, facts.heard, facts.copies) == (1, ((0,),), (1,))


def test_of_a_silent_track_and_one_with_sound_the_sound_is_heard(tmp_path: Path, ours: Samples):
    path = record(tmp_path / "call.mkv", [silence(ours), ours, silence(ours)])
    facts = probe(path)
    assert (facts.channels, facts.heard, facts.copies) == (1, ((1,),), ())
    assert alike(heard(path), ours) > 0.95


def test_two_lines_may_be_left_and_right_of_the_second_track(
    tmp_path: Path, ours: Samples, theirs: Samples
):
    both = np.concatenate([ours, theirs])
    path = record(tmp_path / "call.mkv", [silence(both), both])
    assert (probe(path).channels, probe(path).heard) == (2, ((1,),))
    left, right = heard(path)
    assert alike(left, ours) > 0.95
    assert alike(right, theirs) > 0.95


def test_three_that_differ_are_one_line_with_all_their_words(
    tmp_path: Path, ours: Samples, theirs: Samples, third: Samples
):
    path = record(tmp_path / "call.mkv", [ours, theirs, third])
    facts = probe(path)
    assert (facts.channels, facts.heard, facts.copies) == (1, ((0, 1, 2),), ())
    assert alike(heard(path), ours + theirs + third) > 0.95


def test_an_interpreter_who_talks_at_the_same_time_has_a_line_of_their_own(
    tmp_path: Path, ours: Samples, theirs: Samples, third: Samples
):
    path = record(tmp_path / "call.mkv", [ours + theirs, third])
    assert (probe(path).channels, probe(path).heard) == (2, ((0,), (1,)))


@pytest.mark.slow
def test_who_speaks_for_five_seconds_in_ten_minutes_is_not_lost(tmp_path: Path, call: Samples):
    long = np.resize(call[0], 600 * RATE)[None]
    rare = silence(long)
    rare[:, 433 * RATE : 438 * RATE] = call[1:, 12 * RATE : 17 * RATE]
    mix = long + rare
    mix[:, 433 * RATE : 438 * RATE] = 0.0
    path = record(tmp_path / "call.mka", [mix, rare], codec="libopus", form="matroska")
    place = slice(433 * RATE, 438 * RATE)
    said = heard(path)[:, place].sum(axis=0)
    assert alike(said, rare[:, place]) > 0.8


def test_tracks_that_begin_at_other_times_stay_in_step(
    tmp_path: Path, ours: Samples, theirs: Samples
):
    late = round(0.25 * RATE)
    mix = ours + theirs
    path = record(tmp_path / "call.mkv", [mix, ours[:, late:], theirs], begins=[0.0, 0.25, 0.0])
    assert probe(path).heard == ((1,), (2,))
    left, right = heard(path)
    assert alike(left[late:], ours[:, late:]) > 0.95
    assert alike(right, theirs) > 0.95


def test_a_track_that_ends_early_is_followed_by_silence(
    tmp_path: Path, ours: Samples, theirs: Samples
):
    path = record(tmp_path / "call.mkv", [ours[:, : LONG // 2], theirs])
    left, right = heard(path)
    assert np.abs(left[LONG // 2 + RATE :]).max() == 0
    assert alike(right, theirs) > 0.95
    assert probe(path).duration == pytest.approx(24, abs=0.2)


def test_the_length_counts_from_the_beginning_of_the_file(tmp_path: Path, ours: Samples):
    path = record(tmp_path / "call.mp4", [silence(ours)[:, :RATE], ours], begins=[0.0, 3.0])
    assert probe(path).heard == ((1,),)
    assert probe(path).duration == pytest.approx(27, abs=0.1)
    assert heard(path).shape[1] == pytest.approx(27 * RATE, abs=0.1 * RATE)


def test_many_tracks_are_mixed_and_too_many_refused(tmp_path: Path, ours: Samples):
    short = ours[:, : 2 * RATE]
    path = record(tmp_path / "call.mka", [short] * 10, codec="flac", form="matroska")
    assert probe(path).heard == (tuple(range(10)),)
    few = record(
        tmp_path / "many.mka", [short] * (MOST_TRACKS + 1), codec="pcm_s16le", form="matroska"
    )
    with pytest.raises(NotReadableError) as caught:
        probe(few)
    assert caught.value.code == "too_many_tracks"


def test_what_is_left_out_is_told_and_two_lines_are_heard(
    tmp_path: Path, ours: Samples, theirs: Samples, mute_model: Path
):
    path = record(tmp_path / "call.mkv", [ours + theirs, ours, theirs])
    made = WhisperTranscriber(model=str(mute_model), demo_model=mute_model, threads=1, beam_size=1)
    *batches, last = made.hear(path, languages=["zh"], hotwords=[], done={})
    assert {one.channel for one in batches} == {0, 1}
    assert [one.reason for one in last.dropped] == ["said on another track too"]


def test_the_copy_for_the_browser_holds_what_was_heard_and_can_be_sought(
    tmp_path: Path, ours: Samples, theirs: Samples
):
    path = record(tmp_path / "call.mp4", [silence(ours), ours, theirs])
    assert native(path) is None
    encode(path, tmp_path / "copy.m4a")
    left, right = np.concatenate(list(Reel(tmp_path / "copy.m4a", channels=2).blocks()), axis=1)
    assert alike(left, ours) > 0.95
    assert alike(right, theirs) > 0.95
    with av.open(str(tmp_path / "copy.m4a")) as container:
        (stream,) = container.streams.audio
        container.seek(12 * av.time_base)
        frames = [frame for frame, _ in zip(container.decode(stream), range(20), strict=False)]
    assert frames[0].time == pytest.approx(12, abs=0.1)
    sound = np.concatenate([frame.to_ndarray() for frame in frames], axis=1)
    begin = round((frames[0].time or 0) * RATE)
    assert alike(sound[0], ours[0, begin : begin + sound.shape[1]]) > 0.9


@pytest.mark.slow
def test_tracks_that_lie_one_after_the_other_are_read_without_holding_one(
    tmp_path: Path, call: Samples
):
    tracks = [np.resize(line, 600 * RATE)[None] for line in call]
    path = record(
        tmp_path / "call.mka", tracks, codec="flac", form="matroska", interleaved=False, rate=RATE
    )
    tracemalloc.start()
    reel = Reel(path, channels=2, heard=((0,), (1,)))
    assert sum(block.shape[1] for block in reel.blocks()) == pytest.approx(600 * RATE, abs=RATE)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 40e6
