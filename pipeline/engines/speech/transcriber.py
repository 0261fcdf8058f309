"""The Transcriber on faster-whisper: hears a recording window by window, batch by batch."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, cached_property, partial
from importlib.metadata import version
from pathlib import Path
from typing import Any, Literal

from pipeline.engines.speech.doubt import sift
from pipeline.engines.speech.drowned import Drowned
from pipeline.engines.speech.listening import listen
from pipeline.engines.speech.memory import Sparing, guarded, short_of_memory, too_large
from pipeline.engines.speech.opening import layout
from pipeline.engines.speech.pieces import Piece
from pipeline.engines.speech.probe import probe
from pipeline.engines.speech.queues import Queues, Ready
from pipeline.engines.speech.recogniser import Recogniser
from pipeline.engines.speech.sound import Reel
from pipeline.engines.speech.torn import breaks_off
from pipeline.engines.speech.weights import (
    DEMO,
    Traits,
    called,
    find,
    fingerprint,
    first_line,
    obtain,
    traits,
)
from pipeline.errors import ModelUnavailableError
from pipeline.language.unsaid import lists_digest
from pipeline.models.speech import AudioFacts, HeardBatch
from pipeline.models.transcript import BREAKS_OFF, COPY, Dropped

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
        word_times: bool = False,
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
            word_times: Whether every word gets its times.
        """
        self.model = called(model)
        self._wanted = model
        self.our_channel = our_channel
        self._demo_model = demo_model
        self._device = device
        self._compute_type = compute_type
        self._threads = threads
        self._batch_size = batch_size
        self._beam_size = beam_size
        self._word_times = word_times
        self._sparing = Sparing()

    @property
    def settings(self) -> Mapping[str, Any]:
        """What decides the output. Fetches nothing: a published model is known by its name.

        Another release of what decodes, or another way of ours to cut and sift, hears anew.
        """
        folder = self._demo_model if self._wanted == DEMO else Path(self._wanted).expanduser()
        return {
            "weights": fingerprint(folder) if folder.is_dir() else "",
            "device": self._device,
            "compute_type": self._compute_type,
            "batch_size": self._batch_size,
            "beam_size": self._beam_size,
            "our_channel": self.our_channel,
            "word_times": self._word_times,
            "libraries": {name: version(name) for name in LIBRARIES},
            "code": _code(),
            "unsaid": lists_digest(),
        }

    def available(self) -> bool:
        """Whether the model is on this machine.

        Raises:
            ModelUnavailableError: there is no such model, or its folder is not complete.
        """
        return find(self._wanted, demo_model=self._demo_model) is not None

    def probe(self, path: Path) -> AudioFacts:
        """What the file holds; see the port."""
        return probe(path)

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
        reel = Reel(path, channels=facts.channels, heard=facts.heard)
        words = tuple(hotwords) if self._traits.hotwords else ()
        anybody, drowned = False, Drowned(facts.channels)
        found = self._batches(reel, facts.channels, drowned)
        for pieces, heard_to in guarded(found, self.model, self._folder):
            anybody = True
            key = _key(pieces)
            yield done.get(key) or self._heard(key, pieces, languages, words).with_(
                heard_to=heard_to
            )
        last = _last(path, facts, reel.position, anybody)
        yield last.with_(dropped=(*_unheard(drowned), *last.dropped))

    def _batches(self, reel: Reel, channels: int, drowned: Drowned) -> Iterator[Ready]:
        """Pieces of one channel, `batch_size` at a time."""
        wanted = self._traits
        queues = Queues(channels, self._batch_size, wanted.max_piece_seconds)
        for piece in listen(
            reel.blocks(),
            channels=channels,
            longest=wanted.max_piece_seconds,
            keep_silence=wanted.keep_silence,
            drowned=drowned,
        ):
            yield from queues.add(piece)
        yield from queues.rest()

    def _heard(
        self,
        key: str,
        pieces: list[Piece],
        languages: Sequence[str],
        hotwords: Sequence[str],
    ) -> HeardBatch:
        self._known(languages)
        recognise = partial(self._recogniser.recognise, languages=languages, hotwords=hotwords)
        try:
            found = self._sparing(recognise, pieces)
        except (RuntimeError, MemoryError) as error:
            if short_of_memory(error):
                raise too_large(self.model, self._folder) from error
            raise ModelUnavailableError(
                "speech_model_broken", model=self.model, reason=first_line(error)
            ) from error
        sifted = sift(found, languages=languages, told=hotwords)
        return HeardBatch(
            key=key,
            channel=pieces[0].channel,
            start=pieces[0].start,
            end=pieces[-1].end,
            segments=tuple(sifted.segments),
            dropped=tuple(sifted.dropped),
        )

    def _known(self, languages: Sequence[str]) -> None:
        """Raises where a language is spoken that the model would hear as another one."""
        stated = self._traits.languages
        for language in languages:
            if not self._recogniser.knows(language) or (stated and language not in stated):
                raise ModelUnavailableError("speech_language", model=self.model, spoken=language)

    @cached_property
    def _folder(self) -> Path:
        return obtain(self._wanted, demo_model=self._demo_model)

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
            word_times=self._word_times,
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


def _key(pieces: list[Piece]) -> str:
    """The same in every run with the same settings: where on which channel."""
    return f"{pieces[0].channel}:{pieces[0].spans[0].start}-{pieces[-1].spans[-1].end}"


def _unheard(drowned: Drowned) -> Iterator[Dropped]:
    """Where somebody may have spoken without being heard."""
    for one in drowned.stretches():
        yield Dropped(start=one.start, end=one.end, text="", reason="loud without a voice")


def _last(path: Path, facts: AudioFacts, position: float, anybody: bool) -> HeardBatch:
    """What is missing from the recording as a whole, if anything, and what was left out of it."""
    said = layout(path, [track for line in facts.heard for track in line])
    stated = said.duration if said.sure else None
    missing: list[Dropped] = []
    if breaks_off(path, said.container, stated=stated, heard=position):
        missing.append(Dropped(start=position, end=stated, text="", reason=BREAKS_OFF))
    if not anybody:
        missing.append(Dropped(start=0.0, end=position, text="", reason="nobody speaks"))
    copies = [Dropped(start=0.0, end=position, text="", reason=COPY) for _ in facts.copies]
    return HeardBatch(
        key=END,
        channel=0,
        start=position,
        end=position,
        dropped=(*missing, *copies),
        heard_to=position,
    )
