"""Media file -> 16 kHz samples, block by block: never the whole recording in memory."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from pathlib import Path
from typing import NamedTuple

import av
import numpy as np
from av.audio.fifo import AudioFifo
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.audio.stream import AudioStream
from av.packet import Packet
from numpy.typing import NDArray

from pipeline.engines.speech.opening import MOST_CHANNELS, RATES, Media, opened, stated
from pipeline.engines.speech.torn import believable

RATE = 16000
Samples = NDArray[np.float32]
Heard = tuple[tuple[int, ...], ...]
"""For each line of a recording, the tracks that are mixed into it; tracks count from 0."""

GROUP = 500_000
"""Samples resampled in one go, as faster-whisper does: frame by frame is far slower."""
LONGEST_GROUP = 60
"""Seconds of sound in such a group: at a low rate it would become millions of samples."""
HOLE = 0.5
"""Seconds by which the clock of the file may run ahead before silence is put in."""
FIRST_HOLE = 0.01
"""The same before the first sound: a track may begin later than the others."""
TRIES = 50
"""Read errors after which a file is taken to have ended."""
LONGEST_HOLE = 3600.0
"""A jump of the clock by more than this, in a file of unknown length, is taken for damage."""


class Form(NamedTuple):
    """What samples are wanted."""

    channels: int = 1
    rate: int = RATE
    group: int = GROUP
    """Samples resampled in one go; less where several tracks are read at a time."""


class Reel:
    """One pass over the sound of a recording, in the time of the file."""

    def __init__(self, path: Path, *, channels: int, heard: Heard = ((0,),)) -> None:
        """What to hear.

        Args:
            path: The recording.
            channels: 1 mixes the one track that is heard down; 2 keeps left and right apart, or
                the two lines that are heard.
            heard: The tracks of each line.
        """
        self._path = path
        self._channels = channels
        self._heard = heard
        self.position = 0.0
        """Seconds decoded so far."""

    def blocks(self, *, start: float = 0.0) -> Iterator[Samples]:
        """Samples of shape (channels, n), of whatever length the decoder gives.

        Frames that cannot be decoded are passed over; where the clock of the file jumps, the
        hole is filled with silence, so that times stay those a player shows.

        Args:
            start: Seconds to seek to first, where one track is heard; the nearest place before
                it is taken.

        Raises:
            NotReadableError: it is no recording, or cannot be read any further.
        """
        for block in self._joined() if self._several else self._single(start):
            self.position += block.shape[1] / RATE
            yield block

    @property
    def _several(self) -> bool:
        return sum(len(line) for line in self._heard) > 1

    def _single(self, start: float) -> Iterator[Samples]:
        return passage(self._path, self._heard[0][0], Form(self._channels), start=start)

    def _joined(self) -> Iterator[Samples]:
        """Tracks in step, each from a file opened for itself: none has to wait for another."""
        tracks = [track for line in self._heard for track in line]
        for rows in abreast(self._path, tracks, RATE):
            ends = np.cumsum([len(line) for line in self._heard])[:-1]
            lines = [part.sum(axis=0) for part in np.split(rows, ends)]
            yield np.clip(np.stack(lines), -1.0, 1.0)


def abreast(path: Path, tracks: Sequence[int], rate: int) -> Iterator[Samples]:
    """Several tracks at once: samples of shape (tracks, n), with silence where one has ended."""
    form = Form(rate=rate, group=GROUP // len(tracks))
    each = [regrouped(passage(path, track, form), form.group) for track in tracks]
    for parts in zip_longest(*each):
        length = max(part.shape[1] for part in parts if part is not None)
        rows = np.zeros((len(tracks), length), np.float32)
        for row, part in zip(rows, parts, strict=True):
            if part is not None:
                row[: part.shape[1]] = part[0]
        yield rows


def passage(path: Path, track: int, form: Form, *, start: float = 0.0) -> Iterator[Samples]:
    """The samples of one track, of shape (form.channels, n); see `Reel.blocks`."""
    with opened(path, track) as media:
        if start:
            media.container.seek(int(start * av.time_base))
        limit = stated(media.container, media.stream)
        limit = limit if limit is not None and believable(path, limit) else None
        begin = (media.container.start_time or 0) / av.time_base if not start else None
        yield from _resampled(_decoded(media), _Clock(begin, limit), form)


class _Clock:
    """Compares the times written on frames with the sound seen so far."""

    def __init__(self, begin: float | None, limit: float | None) -> None:
        self._begin = begin
        self._limit = limit
        self._seen = 0.0

    def hole_before(self, frame: AudioFrame) -> float:
        """Seconds of sound missing before this frame; 0 for a file that runs on."""
        time = frame.time
        hole = 0.0
        if time is not None:
            if self._begin is None:
                self._begin = time - self._seen
            hole = time - self._begin - self._seen
            latest = self._seen + LONGEST_HOLE if self._limit is None else self._limit
            if hole < (HOLE if self._seen else FIRST_HOLE) or time - self._begin > latest:
                hole = 0.0
        self._seen += hole + frame.samples / frame.sample_rate
        return hole


def _decoded(media: Media) -> Iterator[AudioFrame]:
    """Every frame that can be decoded: a broken packet does not end the recording.

    PyAV's own `decode` cannot go on after an error, so packets are decoded one by one.
    """
    for packet in _packets(media):
        try:
            frames = packet.decode()
        except (av.FFmpegError, OSError):
            continue
        yield from filter(_is_sound, frames)


def _is_sound(frame: AudioFrame) -> bool:
    shape = frame.layout.nb_channels
    return bool(frame.samples) and frame.sample_rate in RATES and 0 < shape <= MOST_CHANNELS


def _packets(media: Media) -> Iterator["Packet[AudioStream]"]:
    """Every packet that can be read; after too many errors in a row the file has ended."""
    for _ in range(TRIES):
        try:
            yield from media.container.demux(media.stream)
        except (av.FFmpegError, OSError):
            media.source.check()
            continue
        media.source.check()
        return


def _resampled(frames: Iterator[AudioFrame], clock: _Clock, form: Form) -> Iterator[Samples]:
    """Frames -> samples; a new resampler wherever the layout of the sound changes."""
    fifo, resampler, shape = AudioFifo(), _resampler(form), None
    for frame in frames:
        hole = clock.hole_before(frame)
        this = (frame.format.name, frame.layout.name, frame.sample_rate)
        if shape is not None and this != shape:
            yield from _drained(fifo, resampler, form)
            fifo, resampler = AudioFifo(), _resampler(form)
        elif hole:
            yield from _pushed(fifo, resampler, form)
        yield from _silence(hole, form)
        shape = this
        frame.pts = None  # the clock has been read: no second opinion from the fifo
        fifo.write(frame)
        if fifo.samples >= min(form.group, LONGEST_GROUP * frame.sample_rate):
            yield from _pushed(fifo, resampler, form)
    if shape is not None:
        yield from _drained(fifo, resampler, form)


def _resampler(form: Form) -> AudioResampler:
    layout = "mono" if form.channels == 1 else "stereo"
    return AudioResampler(format="s16", layout=layout, rate=form.rate)


def _pushed(fifo: AudioFifo, resampler: AudioResampler, form: Form) -> Iterator[Samples]:
    group = fifo.read() if fifo.samples else None
    if group is not None:
        yield from _arrays(resampler.resample(group), form)


def _drained(fifo: AudioFifo, resampler: AudioResampler, form: Form) -> Iterator[Samples]:
    yield from _pushed(fifo, resampler, form)
    yield from _arrays(resampler.resample(None), form)


def _arrays(frames: list[AudioFrame], form: Form) -> Iterator[Samples]:
    for frame in frames:
        packed = frame.to_ndarray().reshape(-1, form.channels)
        yield np.ascontiguousarray(packed.T, dtype=np.float32) / 32768.0


def _silence(seconds: float, form: Form) -> Iterator[Samples]:
    left = round(seconds * form.rate)
    while left > 0:
        count = min(left, form.group)
        yield np.zeros((form.channels, count), np.float32)
        left -= count


def regrouped(blocks: Iterator[Samples], size: int) -> Iterator[Samples]:
    """The same samples in blocks of `size`; the last one may be shorter."""
    held: list[Samples] = []
    count = 0
    for block in blocks:
        held.append(block)
        count += block.shape[1]
        if count >= size:
            joined = np.concatenate(held, axis=1)
            full = count - count % size
            yield from (joined[:, at : at + size] for at in range(0, full, size))
            held, count = [joined[:, full:].copy()], count - full
    if count:
        yield np.concatenate(held, axis=1)
