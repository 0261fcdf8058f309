"""A media file, opened: one of its sound tracks, what its headers say, or why there is none."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import av
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.stream import Stream

from pipeline.engines.speech.source import Source
from pipeline.engines.speech.torn import (
    believable,
    ends,
    header_knows_length,
    wav_counts_too_little,
)
from pipeline.errors import NotReadableError

RATES = range(1000, 1_000_001)
"""Sample rates of sound; others are damage, and would become any amount of samples."""
MOST_CHANNELS = 8
"""FFmpeg knows how to mix so many down to one."""
MOST_TRACKS = 64

_LOCKED_TAGS = ("drms", "enca")
"""What MP4 calls sound that is locked, whatever is inside."""
_LOCKED_ASF = (
    bytes.fromhex("fbb3112223bdd211b4b700a0c955fc6e"),
    bytes.fromhex("14e68a292226174cb935dae07ee9289c"),
    bytes.fromhex("338505438169e6499b74ad12cb86d58c"),
)
"""Objects of a WMA file that say how it is locked."""
_LISTS = frozenset({"concat", "dash", "hls", "imf", "rtp", "rtsp", "sdp"})
"""Formats that hold no sound and name where it is."""


class Media(NamedTuple):
    """An open file and the track of it that is read."""

    container: InputContainer
    stream: AudioStream
    source: Source
    tracks: int
    """How many tracks of sound it holds."""


class Layout(NamedTuple):
    """What the container says about itself and the tracks that are heard."""

    container: str
    codec: str
    channels: int
    duration: float | None
    """Seconds; null where the container does not say, or says what cannot be."""
    sure: bool
    """Whether the duration is written in the file; FFmpeg guesses others from a bit rate."""
    tracks: int


@contextmanager
def opened(path: Path, track: int = 0) -> Iterator[Media]:
    """The container and one of its sound tracks, counted from 0.

    Raises:
        NotReadableError: missing, empty, no media, without sound, or cut before its index.
    """
    with Source(path) as source:
        source.head(1)
        options = {"protocol_whitelist": "none"}
        if wav_counts_too_little(path):
            options["ignore_length"] = "1"
        try:
            container = av.open(source, mode="r", metadata_errors="ignore", options=options)
        except (av.FFmpegError, OSError, ValueError) as error:
            source.check()
            code = "cut_media" if source.head(8)[4:] == b"ftyp" else "not_media"
            raise NotReadableError(without_sound(path, code), file=path.name) from error
        with container:
            streams = _tracks_of(container, path)
            yield Media(container, streams[track], source, len(streams))


def layout(path: Path, tracks: Sequence[int] = (0,)) -> Layout:
    """What the headers say, without decoding anything; of several tracks, the longest.

    Raises:
        NotReadableError: see `opened`.
    """
    with opened(path, tracks[0]) as media:
        name = media.container.format.name
        streams = _tracks_of(media.container, path)
        lengths = [stated(media.container, streams[at]) for at in tracks]
        known = [length for length in lengths if length is not None]
        duration = max(known) if known else None
        if duration is not None and not believable(path, duration):
            duration = None
        alone = all(stream.duration is not None for stream in streams)
        return Layout(
            container=name,
            codec=media.stream.codec_context.name,
            channels=media.stream.channels,
            duration=duration,
            sure=duration is not None
            and (alone or len(media.container.streams) == 1)
            and header_knows_length(path, name),
            tracks=len(streams),
        )


def stated(container: InputContainer, stream: AudioStream) -> float | None:
    """Second at which a track ends as its header says; of a container with one length, of that."""
    if stream.duration is not None and stream.time_base is not None:
        begins = float((stream.start_time or 0) * stream.time_base)
        late = begins - (container.start_time or 0) / av.time_base
        return float(stream.duration * stream.time_base) + max(0.0, late)
    return container.duration / av.time_base if container.duration is not None else None


def without_sound(path: Path, code: str = "not_media") -> str:
    """The code of what a person can do something about; the given one where nothing is known."""
    head = ends(path)
    if head[:4] in (b"PK\x03\x04", b"Rar!") or head[:6] == b"7z\xbc\xaf\x27\x1c":
        return "packed_unknown"
    return "media_locked" if _is_locked(head) else code


def _is_locked(ends: bytes) -> bool:
    """Whether only the program it was bought for can play it."""
    if ends[:4] == b"0&\xb2u":
        return any(mark in ends for mark in _LOCKED_ASF)
    return ends[4:11] == b"ftypaax"


def _tracks_of(container: InputContainer, path: Path) -> list[AudioStream]:
    """The tracks of sound that can be decoded."""
    name = container.format.name
    streams = [] if name in _LISTS else container.streams.audio
    sound = [one for one in streams if _has_decoder(one) and one.rate in RATES and one.channels]
    if any(_is_locked_tag(one) for one in sound):
        raise NotReadableError("media_locked", file=path.name)
    if len(sound) > MOST_TRACKS:
        raise NotReadableError("too_many_tracks", file=path.name, count=len(sound))
    few = [one for one in sound if one.channels <= MOST_CHANNELS]
    if sound and not few:
        raise NotReadableError("too_many_channels", file=path.name, count=sound[0].channels)
    if few:
        return few
    # FFmpeg draws text files as pictures and reads subtitles: neither is a recording.
    moving = any(one.codec_context is not None for one in container.streams.video)
    is_picture = name == "tty" or name.endswith("_pipe")
    silent = moving and not is_picture and not container.streams.audio
    raise NotReadableError(
        without_sound(path, "no_audio" if silent else "not_media"), file=path.name
    )


def _has_decoder(stream: Stream) -> bool:
    """PyAV gives no codec where FFmpeg does not know it."""
    return stream.name is not None


def _is_locked_tag(stream: AudioStream) -> bool:
    try:
        return stream.codec_context.codec_tag in _LOCKED_TAGS
    except UnicodeDecodeError:  # such as the number that a WAV file gives in its place
        return False
