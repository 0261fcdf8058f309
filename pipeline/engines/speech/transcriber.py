"""The Transcriber on faster-whisper: hears a recording window by window, batch by batch."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, cached_property, partial
from importlib.metadata import version
from pathlib import Path
from typing import Any, Literal

from pipeline.engines.speech.doubt import sift
from pipeline.engines.speech.listening import listen
from pipeline.engines.speech.memory import Sparing, guarded, short_of_memory, too_large
from pipeline.engines.speech.pieces import Piece
from pipeline.engines.speech.probe import probe
from pipeline.engines.speech.recogniser import Recogniser
from pipeline.engines.speech.sound import Reel, layout, opened
from pipeline.engines.speech.torn import breaks_off
from pipeline.engines.speech.weights import (
    Traits,
    find,
    fingerprint,
    first_line,
    obtain,
    traits,
)
from pipeline.errors import ModelUnavailableError
from pipeline.models.speech import AudioFacts, HeardBatch
from pipeline.models.transcript import Dropped

Device = Literal["auto", "cpu", "cuda"]

LIBRARIES = ("faster-whisper", "ctranslate2")
"""Whose release decides what is heard."""
END = "end"
"""Key of the last batch: what is to be said about the recording as a whole."""


class WhisperTranscriber:
    """Loads no weights until it hears something."""

    name = "faster_whisper"

    def __init__(
        self,
        *,
        model: str,
        demo_model: Path,
        device: Device = "auto",
        compute_type: str = "auto",
        threads: int = 0,
        batch_size: int = 8,
        beam_size: int = 5,
        our_channel: int = 0,
    ) -> None:
        """Keep the settings.

        Args:
            model: Name of a published model, a folder, or "demo".
            demo_model: Folder of the bundled model.
            device: Where to compute; `auto` takes a graphics card that works.
            compute_type: CTranslate2's; `auto` is float16 on a graphics card, else int8.
            threads: 0 means one a core.
            batch_size: Pieces decoded together.
            beam_size: Width of the search.
            our_channel: Which line of a two-line recording is ours.
        """
        self.model = model
        self.our_channel = our_channel
        self._demo_model = demo_model
        self._device = device
        self._compute_type = compute_type
        self._threads = threads
        self._batch_size = batch_size
        self._beam_size = beam_size
        self._sparing = Sparing()
        self._probed: tuple[tuple[Path, int, int], AudioFacts] | None = None

    @property
    def settings(self) -> Mapping[str, Any]:
        """What decides the output. Fetches nothing: a published model is known by its name.

        Another release of what decodes, or another way of ours to cut and sift, hears anew.
        """
        folder = self._demo_model if self.model == "demo" else Path(self.model).expanduser()
        return {
            "weights": fingerprint(folder) if folder.is_dir() else "",
            "device": self._device,
            "compute_type": self._compute_type,
            "batch_size": self._batch_size,
            "beam_size": self._beam_size,
            "our_channel": self.our_channel,
            "libraries": {name: version(name) for name in LIBRARIES},
            "code": _code(),
        }

    def available(self) -> bool:
        """Whether the model is on this machine.

        Raises:
            ModelUnavailableError: there is no such model, or its folder is not complete.
        """
        return find(self.model, demo_model=self._demo_model) is not None

    def probe(self, path: Path) -> AudioFacts:
        """What the file holds; see the port."""
        stat = path.stat() if path.exists() else None
        key = (path, stat.st_size if stat else 0, stat.st_mtime_ns if stat else 0)
        if self._probed is None or self._probed[0] != key:
            self._probed = (key, probe(path))
        return self._probed[1]

    def hear(
        self,
        path: Path,
        *,
        languages: Sequence[str],
        hotwords: Sequence[str],
        done: Mapping[str, HeardBatch],
    ) -> Iterator[HeardBatch]:
        """Every batch in order; see the port.

        A recording that breaks off is heard up to there; the last batch says so in `dropped`.
        """
        facts = self.probe(path)
        reel = Reel(path, channels=facts.channels)
        words = _hint(hotwords) if hotwords and self._traits.hotwords else None
        anybody = False
        for pieces in guarded(self._batches(reel, facts.channels), self.model, self._folder):
            anybody = True
            key = _key(pieces)
            yield done.get(key) or self._heard(key, pieces, languages, words)
        yield _last(path, reel.position, anybody)

    def _batches(self, reel: Reel, channels: int) -> Iterator[list[Piece]]:
        """Pieces of one channel, `batch_size` at a time."""
        waiting: list[list[Piece]] = [[] for _ in range(channels)]
        wanted = self._traits
        for piece in listen(
            reel.blocks(),
            channels=channels,
            longest=wanted.max_piece_seconds,
            keep_silence=wanted.keep_silence,
        ):
            queue = waiting[piece.channel]
            queue.append(piece)
            if len(queue) == self._batch_size:
                yield queue
                waiting[piece.channel] = []
        yield from (queue for queue in waiting if queue)

    def _heard(
        self, key: str, pieces: list[Piece], languages: Sequence[str], hotwords: str | None
    ) -> HeardBatch:
        recognise = partial(self._recogniser.recognise, languages=languages, hotwords=hotwords)
        try:
            found = self._sparing(recognise, pieces)
        except (RuntimeError, MemoryError) as error:
            if short_of_memory(error):
                raise too_large(self.model, self._folder) from error
            raise ModelUnavailableError(
                "speech_model_broken", model=self.model, reason=first_line(error)
            ) from error
        sifted = sift(found)
        return HeardBatch(
            key=key,
            channel=pieces[0].channel,
            start=pieces[0].start,
            end=pieces[-1].end,
            segments=tuple(sifted.segments),
            dropped=tuple(sifted.dropped),
        )

    @cached_property
    def _folder(self) -> Path:
        return obtain(self.model, demo_model=self._demo_model)

    @cached_property
    def _traits(self) -> Traits:
        return traits(self._folder)

    @cached_property
    def _recogniser(self) -> Recogniser:
        return Recogniser(
            self._folder,
            device=self._device,
            compute_type=self._compute_type,
            threads=self._threads,
            beam_size=self._beam_size,
        )


@cache
def _code() -> str:
    return sources(Path(__file__).parent)


def sources(folder: Path) -> str:
    """Digest of the sources in a folder, which say how we hear."""
    total = hashlib.sha256()
    for source in sorted(folder.glob("*.py")):
        total.update(source.name.encode() + b"\0" + source.read_bytes() + b"\0")
    return total.hexdigest()[:16]


def _hint(hotwords: Sequence[str]) -> str:
    """The hotwords as a sentence: Whisper goes on in the punctuation it was shown."""
    chinese = any("\u3400" <= letter <= "\u9fff" for word in hotwords for letter in word)
    return "，".join(hotwords) + "。" if chinese else ", ".join(hotwords) + "."


def _key(pieces: list[Piece]) -> str:
    """The same in every run with the same settings: where on which channel."""
    return f"{pieces[0].channel}:{pieces[0].spans[0].start}-{pieces[-1].spans[-1].end}"


def _last(path: Path, position: float, anybody: bool) -> HeardBatch:
    """What is missing from the recording as a whole, if anything."""
    with opened(path) as (container, stream):
        said = layout(container, stream, path)
    stated = said.duration if said.sure else None
    missing: list[Dropped] = []
    if breaks_off(path, said.container, stated=stated, heard=position):
        missing.append(Dropped(start=position, end=stated, text="", reason="breaks off"))
    if not anybody:
        missing.append(Dropped(start=0.0, end=position, text="", reason="nobody speaks"))
    return HeardBatch(key=END, channel=0, start=position, end=position, dropped=tuple(missing))
