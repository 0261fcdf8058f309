"""What times of words cost: alignment beside encoding and decoding of the same pieces.

`python -m evals.bench.word_times` builds a Whisper of random weights in a published size. Such a
model says nothing and ends at once, so it is made to go on: both sides take the same tokens.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import NamedTuple

import numpy as np

from evals.bench.mute_model import SIZES, build
from pipeline.engines.speech.pieces import Piece
from pipeline.engines.speech.recogniser import Recognised, Recogniser
from pipeline.engines.speech.sound import RATE
from pipeline.engines.speech.spans import Span
from pipeline.engines.speech.tokens import Stretch

PIECES = 4
SECONDS = 30
BEAM = 5
THREADS = 2


class Cost(NamedTuple):
    """Processor seconds for all pieces."""

    encoding: float
    decoding: float
    alignment: float

    @property
    def more(self) -> float:
        """Time with times of words over time without."""
        return 1 + self.alignment / (self.encoding + self.decoding)


def measured(folder: Path, tokens: int, rounds: int) -> list[Cost]:
    """Hear the same pieces some times over."""
    recogniser = Recogniser(
        folder,
        device="cpu",
        compute_type="int8",
        threads=THREADS,
        beam_size=BEAM,
        word_times=True,
    )
    rng = np.random.default_rng(0)
    span = Span(0, SECONDS * RATE)
    noise = [rng.normal(0, 0.1, span.length).astype(np.float32) for _ in range(PIECES)]
    pieces = [Piece(0, (span,), 1.0, 1.0, one) for one in noise]
    encoded = recogniser._encode(pieces)
    said = tuple(int(one) for one in rng.integers(300, 50_000, tokens))
    stretch = Stretch(0.0, SECONDS, recogniser._tokenizer("zh").decode(list(said)), said)
    heard = [Recognised(piece, (stretch,), "zh", -0.1, 0.0) for piece in pieces]
    prompts = [recogniser._prompt("zh", ())] * PIECES

    def decode() -> None:
        recogniser._whisper.model.generate(
            encoded,
            prompts,
            beam_size=BEAM,
            max_length=2 * tokens,  # CTranslate2 takes half of it
            suppress_tokens=[recogniser._tokenizer("zh").eot],
        )

    def align() -> None:
        for at, one in enumerate(heard):
            recogniser._worded(encoded, at, one)

    decode()  # the first round warms all three
    align()
    return [
        Cost(_took(lambda: recogniser._encode(pieces)), _took(decode), _took(align))
        for _ in range(rounds)
    ]


def _took(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="evals.bench.word_times", description=__doc__)
    parser.add_argument("--size", choices=sorted(SIZES), default="tiny")
    parser.add_argument("--tokens", type=int, default=100, help="of a piece of 30 seconds")
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        model = build(Path(folder) / "model", SIZES[given.size])
        costs = measured(model, given.tokens, given.rounds)
    for one in costs:
        print(
            f"  encoding {one.encoding:.2f} s, decoding {one.decoding:.2f} s,"
            f" alignment {one.alignment:.2f} s: {one.more:.3f}"
        )
    print(f"{given.size}, {given.tokens} tokens a piece: {median(one.more for one in costs):.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
