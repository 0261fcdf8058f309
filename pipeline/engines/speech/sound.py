"""Media file -> 16 kHz samples, block by block: never the whole recording in memory."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import av
import numpy as np
from av.audio.fifo import AudioFifo
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.packet import Packet
from numpy.typing import NDArray

from pipeline.engines.speech.torn import header_knows_length
from pipeline.errors import NotReadableError

RATE = 16000
Samples = NDArray[np.float32]

GROUP = 500_000
"""Samples resampled in one go, as faster-whisper does: frame by frame is far slower."""
HOLE = 0.5
"""Seconds by which the clock of the file may run ahead before silence is put in."""
TRIES = 50
"""Read errors after which a file is taken to have ended."""
LONGEST_HOLE = 3600.0
"""A jump of the clock by more than this, in a file of unknown length, is taken for damage."""


class Layout(NamedTuple):
    """What the container says about itself and its first audio stream."""

    container: str
    codec: str
    channels: int
    duration: float | None
    """Seconds; null where the container does not say."""
    sure: bool
    """Whether the duration is written in the file; FFmpeg guesses others from a bit rate."""


@contextmanager
def opened(path: Path) -> Iterator[tuple[InputContainer, AudioStream]]:
    """The container and its first audio stream.

    Raises:
        NotReadableError: missing, empty, no media, without sound, or cut before its index.
    """
    _check_there(path)
    try:
        container = av.open(str(path), mode="r", metadata_errors="ignore")
    except (av.FFmpegError, OSError, ValueError) as error:
        code = "cut_media" if _is_mp4(path) else "not_media"
        raise NotReadableError(code, file=path.name) from error
    with container:
        yield container, _audio_of(container, path)


def layout(container: InputContainer, stream: AudioStream, path: Path) -> Layout:
    """What the headers say, without decoding anything."""
    duration = None
    if stream.duration is not None and stream.time_base is not None:
        duration = float(stream.duration * stream.time_base)
    elif container.duration is not None and len(container.streams) == 1:
        duration = container.duration / av.time_base
    return Layout(
        container=container.format.name,
        codec=stream.codec_context.name,
        channels=stream.channels,
        duration=duration,
        sure=duration is not None and header_knows_length(path, container.format.name),
    )


class Reel:
    """One pass over the sound of a recording, in the time of the file."""

    def __init__(self, path: Path, *, channels: int) -> None:
        """Mixed down to one channel, or left and right kept apart."""
        self._path = path
        self._channels = channels
        self.position = 0.0
        """Seconds decoded so far."""

    def blocks(self, *, start: float = 0.0) -> Iterator[Samples]:
        """Samples of shape (channels, n), of whatever length the decoder gives.

        Frames that cannot be decoded are passed over; where the clock of the file jumps, the
        hole is filled with silence, so that times stay those a player shows.

        Args:
            start: Seconds to seek to first; the nearest place before it is taken.
        """
        with opened(self._path) as (container, stream):
            if start:
                container.seek(int(start * av.time_base))
            limit = layout(container, stream, self._path).duration
            clock = _Clock((container.start_time or 0) / av.time_base if not start else None, limit)
            for block in _resampled(_decoded(container, stream), clock, self._channels):
                self.position += block.shape[1] / RATE
                yield block


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
            if hole < HOLE or time - self._begin > latest:
                hole = 0.0
        self._seen += hole + frame.samples / frame.sample_rate
        return hole


def _decoded(container: InputContainer, stream: AudioStream) -> Iterator[AudioFrame]:
    """Every frame that can be decoded: a broken packet does not end the recording.

    PyAV's own `decode` cannot go on after an error, so packets are decoded one by one.
    """
    for packet in _packets(container, stream):
        try:
            frames = packet.decode()
        except (av.FFmpegError, OSError):
            continue
        yield from (frame for frame in frames if frame.sample_rate and frame.samples)


def _packets(container: InputContainer, stream: AudioStream) -> Iterator["Packet[AudioStream]"]:
    """Every packet that can be read; after too many errors in a row the file has ended."""
    for _ in range(TRIES):
        try:
            yield from container.demux(stream)
        except (av.FFmpegError, OSError):
            continue
        return


def _resampled(frames: Iterator[AudioFrame], clock: _Clock, channels: int) -> Iterator[Samples]:
    """Frames -> samples; a new resampler wherever the layout of the sound changes."""
    fifo, resampler, shape = AudioFifo(), _resampler(channels), None
    for frame in frames:
        hole = clock.hole_before(frame)
        this = (frame.format.name, frame.layout.name, frame.sample_rate)
        if shape is not None and this != shape:
            yield from _drained(fifo, resampler, channels)
            fifo, resampler = AudioFifo(), _resampler(channels)
        elif hole:
            yield from _pushed(fifo, resampler, channels)
        yield from _silence(hole, channels)
        shape = this
        frame.pts = None  # the clock has been read: no second opinion from the fifo
        fifo.write(frame)
        if fifo.samples >= GROUP:
            yield from _pushed(fifo, resampler, channels)
    if shape is not None:
        yield from _drained(fifo, resampler, channels)


def _resampler(channels: int) -> AudioResampler:
    return AudioResampler(format="s16", layout="mono" if channels == 1 else "stereo", rate=RATE)


def _pushed(fifo: AudioFifo, resampler: AudioResampler, channels: int) -> Iterator[Samples]:
    group = fifo.read() if fifo.samples else None
    if group is not None:
        yield from _arrays(resampler.resample(group), channels)


def _drained(fifo: AudioFifo, resampler: AudioResampler, channels: int) -> Iterator[Samples]:
    yield from _pushed(fifo, resampler, channels)
    yield from _arrays(resampler.resample(None), channels)


def _arrays(frames: list[AudioFrame], channels: int) -> Iterator[Samples]:
    for frame in frames:
        packed = frame.to_ndarray().reshape(-1, channels)
        yield np.ascontiguousarray(packed.T, dtype=np.float32) / 32768.0


def _silence(seconds: float, channels: int) -> Iterator[Samples]:
    left = round(seconds * RATE)
    while left > 0:
        count = min(left, GROUP)
        yield np.zeros((channels, count), np.float32)
        left -= count


def _check_there(path: Path) -> None:
    if path.is_dir():
        raise NotReadableError("is_folder", file=path.name)
    try:
        with path.open("rb") as file:
            first = file.read(1)
    except FileNotFoundError as error:
        raise NotReadableError("file_missing", file=path.name) from error
    except OSError as error:
        raise NotReadableError("file_refused", file=path.name, reason=error.strerror) from error
    if not first:
        raise NotReadableError("empty_file", file=path.name)


def _is_mp4(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(8)[4:] == b"ftyp"


def _audio_of(container: InputContainer, path: Path) -> AudioStream:
    if container.streams.audio:
        stream = container.streams.audio[0]
        if not stream.rate or not stream.channels:
            raise NotReadableError("not_media", file=path.name)
        return stream
    # FFmpeg draws text files as pictures and reads subtitles: neither is a recording.
    moving = any(one.codec_context is not None for one in container.streams.video)
    is_picture = container.format.name == "tty" or container.format.name.endswith("_pipe")
    if moving and not is_picture:
        raise NotReadableError("no_audio", file=path.name)
    raise NotReadableError("not_media", file=path.name)


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
