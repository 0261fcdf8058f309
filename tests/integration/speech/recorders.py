"""What recorders write: tracks beside each other, pictures, subtitles, clocks that begin late."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.audio.stream import AudioStream
from av.container import OutputContainer
from av.video.stream import VideoStream

from pipeline.engines.speech.sound import RATE, Samples

BIT_RATES = {"libopencore_amrnb": 12_200, "wmav2": 64_000}
CHAPTER = {
    "id": 1,
    "start": 0,
    "end": 1000,
    "time_base": Fraction(1, 1000),
    "metadata": {"title": "Hello"},
}
PIECE = RATE
"""Samples of each track that are written before the next track has its turn."""


def record(
    path: Path,
    tracks: Sequence[Samples],
    *,
    codec: str = "aac",
    rate: int = 48_000,
    form: str | None = None,
    begins: Sequence[float] = (),
    video: Sequence[float] = (),
    cover: bool = False,
    subtitles: Path | None = None,
    chapters: bool = False,
    interleaved: bool = True,
    flags: str = "",
) -> Path:
    """Encode a file as a recorder does.

    Args:
        path: Where to.
        tracks: Samples of shape (channels, n) at 16 kHz, one for each track.
        codec: Name of FFmpeg's encoder.
        rate: Sample rate of the file.
        form: FFmpeg's name of the container; told from the path where it is not given.
        begins: Second at which each track begins; 0 where it is not given.
        video: Times of pictures in seconds, evenly spaced or not.
        cover: Whether a picture is attached, as music has it.
        subtitles: A file of words that becomes a track.
        chapters: Whether the first second is a chapter.
        interleaved: Whether tracks lie side by side; else one after the other.
        flags: `movflags` of an MP4 file; "1" writes a Matroska one as a live stream.
    """
    options = {} if interleaved else {"max_interleave_delta": "1"}
    if flags:
        options["live" if flags == "1" else "movflags"] = flags
    with av.open(str(path), "w", format=form, options=options) as container:
        if chapters:
            container.set_chapters([CHAPTER])
        pictures = _pictures(container, video, cover)
        streams = [_stream(container, codec, rate, one) for one in tracks]
        writers = [
            _written(container, stream, one, begins[at] if at < len(begins) else 0.0)
            for at, (stream, one) in enumerate(zip(streams, tracks, strict=True))
        ]
        if subtitles:
            _subtitle(container, subtitles)
        if pictures is not None:
            _draw(container, pictures, video or [0.0])
        if interleaved:
            while writers:
                writers = [one for one in writers if next(one, None) is not None]
        for one in writers:
            list(one)
    return path


def _stream(container: OutputContainer, codec: str, rate: int, samples: Samples) -> AudioStream:
    layout = "mono" if samples.shape[0] == 1 else "stereo"
    options = {"strict": "experimental"} if codec == "vorbis" else {}
    stream = container.add_stream(codec, rate=rate, layout=layout, options=options)
    if codec in BIT_RATES:
        stream.bit_rate = BIT_RATES[codec]
    return stream


def _written(
    container: OutputContainer, stream: AudioStream, samples: Samples, begins: float
) -> Iterator[int]:
    """Encodes a piece at each step."""
    layout = "mono" if samples.shape[0] == 1 else "stereo"
    packed = np.round(np.clip(samples, -1, 1) * 32767).astype(np.int16)
    for at in range(0, samples.shape[1], PIECE):
        chunk = np.ascontiguousarray(packed[:, at : at + PIECE].T.reshape(1, -1))
        frame = av.AudioFrame.from_ndarray(chunk, format="s16", layout=layout)
        frame.sample_rate, frame.time_base = RATE, Fraction(1, RATE)
        frame.pts = at + round(begins * RATE)
        container.mux(stream.encode(frame))
        yield at
    container.mux(stream.encode(None))


def _pictures(
    container: OutputContainer, video: Sequence[float], cover: bool
) -> VideoStream | None:
    if not video and not cover:
        return None
    stream = container.add_stream("mjpeg" if cover else "mpeg4", rate=25)
    stream.width, stream.height = 64, 64
    stream.pix_fmt = "yuvj420p" if cover else "yuv420p"
    stream.metadata["timecode"] = "01:00:00:00"
    if cover:
        stream.disposition = av.stream.Disposition.attached_pic
    return stream


def _subtitle(container: OutputContainer, file: Path) -> None:
    with av.open(str(file)) as words:
        (there,) = words.streams.subtitles
        here = container.add_stream_from_template(there)
        for packet in words.demux(there):
            if packet.dts is not None:
                packet.stream = here
                container.mux(packet)


def _draw(container: OutputContainer, stream: VideoStream, times: Sequence[float]) -> None:
    for time in times:
        picture = av.VideoFrame.from_ndarray(np.full((64, 64, 3), 90, np.uint8), format="rgb24")
        picture.pts, picture.time_base = round(time * 1000), Fraction(1, 1000)
        container.mux(stream.encode(picture))
    container.mux(stream.encode(None))
