"""Recordings as browsers play them: most as they are, the others as a copy made once."""

import os
import threading
import time
from collections.abc import Collection
from pathlib import Path
from secrets import token_hex

import av
from av.audio.frame import AudioFrame

from pipeline.engines.speech.opening import layout
from pipeline.engines.speech.probe import probe
from pipeline.engines.speech.sound import RATE, Reel
from pipeline.errors import DragomanError, NotReadableError, StorageError
from pipeline.ports.sound import Sound

BIT_RATE = 48_000
"""Of one channel; speech needs no more."""
ABANDONED = 24 * 3600
"""Seconds after which a part belongs to nobody who still writes it."""
HEAD = 64

_PLAYED = {
    "mp3": ("audio/mpeg", ("mp3", "mp3float")),
    "wav": ("audio/wav", ("pcm_s16le", "pcm_u8", "pcm_s24le", "pcm_f32le")),
    "flac": ("audio/flac", ("flac",)),
    "ogg": ("audio/ogg", ("opus", "vorbis", "flac")),
    "aac": ("audio/aac", ("aac",)),
    "matroska,webm": ("audio/webm", ("opus", "vorbis")),
    "mov,mp4,m4a,3gp,3g2,mj2": ("audio/mp4", ("aac", "mp3", "mp3float")),
}
"""By container: what browsers call it, and the codecs inside that they all know."""


class PlaybackFolder:
    """The Playback port: copies lie in a folder as `<sha256>.m4a`, whole or not at all."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._lock = threading.Lock()
        self._one = threading.Semaphore(1)
        self._native: dict[str, str | None] = {}
        self._making: set[str] = set()
        self._failed: dict[str, DragomanError] = {}

    def sound(self, sha256: str, recording: Path) -> Sound | None:
        """What to play; None while a copy is being made: asking begins it.

        Raises:
            NotReadableError: the recording holds nothing that can be played.
            StorageError: the disk is full or read-only.
        """
        if sha256 not in self._native:
            self._native[sha256] = native(recording)
        if media_type := self._native[sha256]:
            return Sound(recording, media_type)
        copy = self._root / f"{sha256}.m4a"
        if copy.is_file():
            return Sound(copy, "audio/mp4")
        self._begin(sha256, recording, copy)
        return None

    def forget(self, used: Collection[str]) -> int:
        """Remove the copies of recordings whose hash is not among these; how many."""
        gone = 0
        for at in self._root.glob("*.*"):
            unused = at.name.partition(".")[0] not in used
            try:
                if unused or (at.suffix == ".part" and _age(at) > ABANDONED):
                    at.unlink()
                    gone += 1
            except OSError:  # gone meanwhile, or open in another process on Windows
                continue
        return gone

    def _begin(self, sha256: str, recording: Path, copy: Path) -> None:
        with self._lock:
            if error := self._failed.pop(sha256, None):
                raise error
            if sha256 in self._making:
                return
            self._making.add(sha256)
        work = threading.Thread(
            target=self._make, args=(sha256, recording, copy), name="playback", daemon=True
        )
        work.start()

    def _make(self, sha256: str, recording: Path, copy: Path) -> None:
        part = copy.with_name(f"{sha256}.{token_hex(4)}.part")
        try:
            with self._one:
                self._root.mkdir(parents=True, exist_ok=True)
                encode(recording, part)
                if recording.exists():  # else it was deleted meanwhile
                    part.replace(copy)
                if not recording.exists():
                    copy.unlink(missing_ok=True)
        except DragomanError as error:
            self._failed[sha256] = error
        except (OSError, av.FFmpegError) as error:
            self._failed[sha256] = StorageError("disk_refused", path=str(self._root))
            self._failed[sha256].__cause__ = error
        finally:
            part.unlink(missing_ok=True)
            with self._lock:
                self._making.discard(sha256)


def native(recording: Path) -> str | None:
    """The media type of a recording that every browser plays as it is; None of another.

    Browsers play the first track only: what has several is played from a copy of what was heard.

    Raises:
        NotReadableError: it is no media file, or has no sound.
    """
    with recording.open("rb") as file:
        head = file.read(HEAD)
    said = layout(recording)
    media_type, codecs = _PLAYED.get(said.container, ("", ()))
    odd = head[4:12] == b"ftypqt  " or (said.container == "matroska,webm" and b"webm" not in head)
    return media_type if said.codec in codecs and said.tracks == 1 and not odd else None


def encode(recording: Path, to: Path) -> None:
    """Write a copy of what is heard as AAC, piece by piece; times stay those of the recording.

    Raises:
        NotReadableError: nothing in it can be decoded.
        OSError: the disk refuses.
    """
    facts = probe(recording)
    channels = len(facts.heard)
    if channels == 1 and len(facts.heard[0]) == 1:
        channels = 2 if layout(recording, facts.heard[0]).channels == 2 else 1
    with av.open(
        str(to), "w", format="mp4", container_options={"movflags": "+faststart"}
    ) as target:
        track = target.add_stream("aac", rate=RATE, layout="stereo" if channels == 2 else "mono")
        track.bit_rate = BIT_RATE * channels
        position = 0
        for block in Reel(recording, channels=channels, heard=facts.heard).blocks():
            frame = AudioFrame.from_ndarray(block, format="fltp", layout=track.layout.name)
            frame.sample_rate, frame.pts = RATE, position
            position += block.shape[1]
            target.mux(track.encode(frame))
        if not position:
            raise NotReadableError("not_media", file=recording.name)
        target.mux(track.encode(None))
    _settle(to)


def _settle(file: Path) -> None:
    with file.open("rb+") as handle:
        os.fsync(handle.fileno())


def _age(path: Path) -> float:
    return time.time() - path.stat().st_mtime
