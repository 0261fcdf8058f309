"""How fast a model hears on this machine: some ten seconds of trying -> time for an hour."""

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import mean
from typing import Literal, NamedTuple

from pipeline.engines.speech.listening import listen
from pipeline.engines.speech.pieces import Piece
from pipeline.engines.speech.probe import probe
from pipeline.engines.speech.recogniser import Recogniser
from pipeline.engines.speech.sound import Reel
from pipeline.engines.speech.weights import traits

LONG_ENOUGH = 10.0
"""Seconds for which pieces are heard; the first of a slow model may take longer."""
HOUR = 3600.0
Step = Literal["listening", "loading", "hearing"]


class Speed(NamedTuple):
    """What was measured, in seconds."""

    device: str
    compute_type: str
    """The device and the precision that were really used."""
    loading: float
    a_piece: float
    """For one piece of speech, of those decoded together."""
    an_hour: float
    """For an hour that is as full of talk as the recording that was tried."""


def measure(
    folder: Path,
    recording: Path,
    *,
    device: str,
    compute_type: str,
    threads: int,
    batch_size: int,
    beam_size: int = 5,
    told: Callable[[Step, float], None],
) -> Speed:
    """Hear part of a recording as a real run does.

    Args:
        folder: The model.
        recording: What is heard, over and over where it is short.
        device: As for a transcriber, like the next four.
        compute_type: The precision.
        threads: 0 means one a core.
        batch_size: Pieces decoded together.
        beam_size: Width of the search.
        told: Called with what goes on and how far it is, from 0 to 1, between two pieces of
            work; what it raises ends the measuring.

    Raises:
        ModelUnavailableError: the model cannot be loaded here.
    """
    told("listening", 0.0)
    begun = time.perf_counter()
    facts, wanted = probe(recording), traits(folder)
    reel = Reel(recording, channels=facts.channels)
    pieces = list(
        listen(
            reel.blocks(),
            channels=facts.channels,
            longest=wanted.max_piece_seconds,
            keep_silence=wanted.keep_silence,
        )
    )
    listening = time.perf_counter() - begun
    told("loading", 0.0)
    begun = time.perf_counter()
    recogniser = Recogniser(
        folder,
        device=device,
        compute_type=compute_type,
        threads=threads,
        beam_size=beam_size,
    )
    loading = time.perf_counter() - begun
    a_piece = _a_piece(recogniser, pieces, batch_size, told)
    hearing = listening + len(pieces) * a_piece
    return Speed(*recogniser.on, loading, a_piece, hearing * HOUR / reel.position)


def _a_piece(
    recogniser: Recogniser,
    pieces: Sequence[Piece],
    batch_size: int,
    told: Callable[[Step, float], None],
) -> float:
    """Seconds for a piece: one alone first, then as many together as the time allows."""
    spent = 0.0
    at, together = 0, 1
    took: dict[int, list[float]] = {}
    while spent < LONG_ENOUGH:
        told("hearing", spent / LONG_ENOUGH)
        some = [pieces[(at + more) % len(pieces)] for more in range(together)]
        begun = time.perf_counter()
        recogniser.recognise(some, languages=["zh"], hotwords=())
        seconds = time.perf_counter() - begun
        took.setdefault(together, []).append(seconds / together)
        spent += seconds
        at += together
        left = int((LONG_ENOUGH - spent) / took[together][-1])
        together = max(1, min(batch_size, left))
    told("hearing", 1.0)
    return mean(took[max(took)])
