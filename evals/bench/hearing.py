"""The ways of hearing that the speech bench compares, and how much each of them decodes.

All ways get the same weights, beam, batch size, threads and length of pieces, and the same two
lines of the bundled call. The pipeline of faster-whisper has no second try and no previous text;
the sequential way goes without previous text too, and falls back to sampling as it does by itself.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from fractions import Fraction
from importlib.resources import files
from itertools import accumulate
from pathlib import Path
from typing import Any, Literal, NamedTuple
from unittest.mock import patch

import av
import numpy as np
from ctranslate2.models import Whisper
from faster_whisper import BatchedInferencePipeline, WhisperModel, decode_audio
from faster_whisper.vad import VadOptions, get_speech_timestamps

from pipeline.engines.speech.listening import listen
from pipeline.engines.speech.probe import probe
from pipeline.engines.speech.sound import RATE, Reel
from pipeline.engines.speech.spans import Span
from pipeline.engines.speech.transcriber import WhisperTranscriber
from pipeline.engines.speech.weights import traits

Way = Literal["ours", "batched", "our pieces", "sequential"]
Hear = Callable[[Path], int]
"""Hears a recording and says how many segments that gave."""

LANGUAGE = "zh"
LINES = 2
PACKET = 0.02
"""Seconds of sound in a packet of the bundled call."""


class Setup(NamedTuple):
    """What all ways have in common."""

    model: Path
    device: Literal["cpu", "cuda"] = "cpu"
    compute: str = "int8"
    threads: int = 2
    batch: int = 8
    beam: int = 5

    def whisper(self) -> WhisperModel:
        """The weights, as faster-whisper itself loads them."""
        return WhisperModel(
            str(self.model),
            device=self.device,
            compute_type=self.compute,
            cpu_threads=self.threads,
        )


def looped(path: Path, minutes: float, *, silence: float = 0.0) -> Path:
    """The bundled Chinese call over and over: its packets are copied, not encoded again.

    Args:
        path: The Matroska file to write.
        minutes: Its length.
        silence: Seconds of silence after each time.
    """
    source_path = Path(str(files("pipeline.demo"))) / "zh" / "call.opus"
    with av.open(str(source_path)) as source, av.open(str(path), "w") as target:
        stream = source.streams.audio[0]
        out = target.add_stream_from_template(stream)
        packets = [bytes(packet) for packet in source.demux(stream) if packet.size]
        packets += [_silent(stream.rate)] * round(silence / PACKET)
        samples, base = round(stream.rate * PACKET), Fraction(1, stream.rate)
        for at in range(round(minutes * 60 / PACKET)):
            packet = av.Packet(packets[at % len(packets)])
            packet.stream, packet.time_base = out, base
            packet.pts = packet.dts = at * samples
            packet.duration = samples
            target.mux(packet)
    return path


def _silent(rate: int) -> bytes:
    """A packet in which nothing is heard on either line."""
    codec = av.CodecContext.create("libopus", "w")
    codec.rate, codec.layout, codec.format = rate, "stereo", "s16"
    samples = np.zeros((1, LINES * round(rate * PACKET)), np.int16)
    packets: list[bytes] = []
    while len(packets) < 2:  # the first one may still hold the encoder's beginning
        frame = av.AudioFrame.from_ndarray(samples, format="s16", layout="stereo")
        frame.sample_rate = rate
        packets += [bytes(packet) for packet in codec.encode(frame)]
    return packets[-1]


def ways(setup: Setup, recording: Path) -> dict[Way, Callable[[], Hear]]:
    """Each way by its name; called, it loads its weights."""
    return {
        "ours": lambda: ours(setup),
        "batched": lambda: batched(setup),
        "our pieces": lambda: on_our_pieces(setup, recording),
        "sequential": lambda: sequential(setup),
    }


def ours(setup: Setup) -> Hear:
    """Our way."""
    transcriber = WhisperTranscriber(
        model=str(setup.model),
        demo_model=setup.model,
        device=setup.device,
        compute_type=setup.compute,
        threads=setup.threads,
        batch_size=setup.batch,
        beam_size=setup.beam,
    )

    def hear(recording: Path) -> int:
        probe(recording)  # the transcriber remembers it after the first time
        batches = transcriber.hear(recording, languages=[LANGUAGE], hotwords=[], done={})
        return sum(len(batch.segments) + len(batch.dropped) for batch in batches)

    return hear


def batched(setup: Setup) -> Hear:
    """faster-whisper's batched pipeline on each line, which cuts and packs in its own way."""
    pipeline = BatchedInferencePipeline(setup.whisper())
    longest = round(traits(setup.model).max_piece_seconds)

    def hear(recording: Path) -> int:
        return sum(
            _piped(pipeline, setup, line, chunk_length=longest)
            for line in decode_audio(str(recording), split_stereo=True)
        )

    return hear


def on_our_pieces(setup: Setup, recording: Path) -> Hear:
    """The batched pipeline, which looks for speech as ever and is then told to take our pieces.

    So both decode exactly the same windows. Finding our pieces is not part of the time.
    """
    pipeline = BatchedInferencePipeline(setup.whisper())
    wanted = traits(setup.model)
    longest = wanted.max_piece_seconds
    pieces: list[list[tuple[Span, ...]]] = [[] for _ in range(LINES)]
    blocks = Reel(recording, channels=LINES).blocks()
    for piece in listen(blocks, channels=LINES, longest=longest, keep_silence=wanted.keep_silence):
        pieces[piece.channel].append(piece.spans)
    options = VadOptions(max_speech_duration_s=longest, min_silence_duration_ms=160)

    def hear(recording: Path) -> int:
        count = 0
        for line, own in zip(decode_audio(str(recording), split_stereo=True), pieces, strict=True):
            get_speech_timestamps(line, options)
            sound = np.concatenate([line[one.start : one.end] for cut in own for one in cut])
            count += _piped(pipeline, setup, sound, clip_timestamps=_clips(own))
        return count

    return hear


def sequential(setup: Setup) -> Hear:
    """faster-whisper one window after the other, on what its own search for speech leaves."""
    whisper = setup.whisper()

    def hear(recording: Path) -> int:
        count = 0
        for line in decode_audio(str(recording), split_stereo=True):
            segments, _ = whisper.transcribe(
                line,
                language=LANGUAGE,
                beam_size=setup.beam,
                vad_filter=True,
                condition_on_previous_text=False,
            )
            count += sum(1 for _ in segments)
        return count

    return hear


def _piped(
    pipeline: BatchedInferencePipeline,
    setup: Setup,
    line: Any,  # noqa: ANN401
    **cutting: Any,
) -> int:
    segments, _ = pipeline.transcribe(
        line,
        language=LANGUAGE,
        beam_size=setup.beam,
        batch_size=setup.batch,
        without_timestamps=False,
        **cutting,
    )
    return sum(1 for _ in segments)


def _clips(pieces: Sequence[tuple[Span, ...]]) -> list[dict[str, float]]:
    """Where each piece lies when all are laid end to end; half a sample guards the rounding."""
    ends = list(accumulate(sum(span.length for span in spans) for spans in pieces))
    return [
        {"start": (start + 0.5) / RATE, "end": (end + 0.5) / RATE}
        for start, end in zip([0, *ends[:-1]], ends, strict=True)
    ]


class Work(NamedTuple):
    """What a way had the model do."""

    windows: int = 0
    """Half minutes that were encoded."""
    decoded: int = 0
    """Windows that were decoded; more than were encoded where some were tried again."""
    tokens: int = 0
    """Of the best text of each decoded window."""
    aligned: int = 0
    """Windows whose words were given times."""


class Counter:
    """The work done since it was last asked."""

    def __init__(self) -> None:
        self._work = Work()

    def add(self, **done: int) -> None:
        """Some more of it."""
        more = {name: getattr(self._work, name) + count for name, count in done.items()}
        self._work = self._work._replace(**more)

    def taken(self) -> Work:
        """What was done; begins anew."""
        done, self._work = self._work, Work()
        return done


@contextmanager
def counted() -> Iterator[Counter]:
    """Count what any Whisper of this process does."""
    counter = Counter()
    encode, generate, align = Whisper.encode, Whisper.generate, Whisper.align

    def encoding(whisper: Whisper, features: Any, *rest: Any, **options: Any) -> Any:  # noqa: ANN401
        counter.add(windows=features.shape[0])
        return encode(whisper, features, *rest, **options)

    def generating(whisper: Whisper, features: Any, *rest: Any, **options: Any) -> Any:  # noqa: ANN401
        found = generate(whisper, features, *rest, **options)
        counter.add(decoded=len(found), tokens=sum(len(one.sequences_ids[0]) for one in found))
        return found

    def aligning(whisper: Whisper, *given: Any, **options: Any) -> Any:  # noqa: ANN401
        found = align(whisper, *given, **options)
        counter.add(aligned=len(found))
        return found

    with (
        patch.object(Whisper, "encode", encoding),
        patch.object(Whisper, "generate", generating),
        patch.object(Whisper, "align", aligning),
    ):
        yield counter
