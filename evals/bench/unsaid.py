"""Words nobody said, and words that were lost: what hearing makes of sounds that are no words.

`python -m evals.bench.unsaid` makes sounds without words (evals/bench/hush.py) and hears each with
the bundled model: what the gate for voices lets through, what the model makes of that, what is
left out and what remains, in letters a minute; a Chinese character counts as two. The bundled model
knows two calls and little else, so the gate is then taken away: everything goes to the model, and
to one of random weights, and the rules of doubt stand alone.

Then the bundled calls are mixed with noise, under the words and between them, at several levels:
the share of the time somebody really speaks that the gate keeps, turns of which more than half is
lost, how many of them lie in loud sound that people are told of, and seconds without a voice that
it lets through. Voices are those of a speaking programme.

The marks: no letter remains with the gate, except of sounds made of voices; no turn is lost in
clean calls and .99 of their speech is kept.
"""

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from evals.bench.hush import SOUNDS, Sound, made
from evals.bench.hush_calls import MIXES, mixed
from evals.bench.mute_model import SIZES, build
from pipeline.engines.speech.activity import CHUNK, Ear
from pipeline.engines.speech.doubt import sift
from pipeline.engines.speech.listening import listen
from pipeline.engines.speech.pieces import Piece
from pipeline.engines.speech.recogniser import Recogniser
from pipeline.engines.speech.sound import RATE
from pipeline.engines.speech.spans import Span
from pipeline.language.unsaid import letters

LONGEST = 12.0
"""Seconds of a piece, as the bundled model wants them."""
BATCH = 8
VOICES = ("speech reversed", "babble")
"""Begin the names of sounds that are voices."""


class Made(NamedTuple):
    """What became of one sound."""

    seconds: float
    heard: int
    """Letters the model wrote."""
    left: int
    """Letters that remain."""
    why: Counter[str]

    def told(self, minutes: float) -> str:
        """As columns of a table: letters a minute, and why texts were left out."""
        why = ", ".join(f"{reason} {count}" for reason, count in self.why.most_common())
        return f"{self.heard / minutes:>8.0f}{self.left / minutes:>8.0f}  {why}"


def gated(sound: Sound) -> list[Piece]:
    """The pieces that the gate lets through."""
    return list(listen(iter([sound[None]]), channels=1, longest=LONGEST, keep_silence=False))


def ungated(sound: Sound) -> Iterator[Piece]:
    """All of a sound in pieces, with the probability that somebody speaks in each."""
    size = round(LONGEST * RATE) // CHUNK * CHUNK
    ear = Ear()
    for at in range(0, len(sound) // CHUNK * CHUNK, size):
        part = sound[at : at + size]
        voice = float(ear.listen(part[: len(part) // CHUNK * CHUNK]).speech.mean())
        yield Piece(0, (Span(at, at + len(part), voice),), 0.0, 0.0, part)


def heard(recogniser: Recogniser, pieces: Sequence[Piece]) -> Made:
    """What a model makes of some pieces, and what remains of it."""
    before, after, why = 0, 0, Counter[str]()
    for at in range(0, len(pieces), BATCH):
        found = recogniser.recognise(pieces[at : at + BATCH], languages=("zh", "en"), hotwords=())
        sifted = sift(found, languages=("zh", "en"))
        before += sum(letters(one.text) for one in found)
        after += sum(letters(one.text) for one in sifted.segments)
        why.update(one.reason for one in sifted.dropped)
    return Made(sum(one.duration for one in pieces), before, after, why)


@cache
def _model(folder: Path) -> Recogniser:
    return Recogniser(folder, device="cpu", compute_type="int8", threads=2, beam_size=5)


def sounds(seconds: float, mute: Path) -> bool:
    """The first table; whether its mark is met."""
    demo = Path(str(files("pipeline.demo"))) / "model"
    minutes, met, total = seconds / 60, True, Counter[str]()
    _say(f"{'':28}{'let':>8}{'heard':>8}{'left':>8}  letters a minute; why texts were left out")
    for name in SOUNDS:
        sound = made(name, seconds)
        through, whole = gated(sound), list(ungated(sound))
        with_gate = heard(_model(demo), through)
        _say(f"{name:28}{with_gate.seconds:>7.1f}s{with_gate.told(minutes)}")
        for model, folder in (("bundled", demo), ("random", mute)):
            alone = heard(_model(folder), whole)
            _say(f"{f'  no gate, {model}':36}{alone.told(minutes)}")
            total.update({f"{model} heard": alone.heard, f"{model} left": alone.left})
        met &= with_gate.left == 0 or name.startswith(VOICES)
    _say(f"without the gate, letters in all: {dict(total)}")
    _say(f"{'met   ' if met else 'MISSED'}  no letter remains of sounds that are no voices")
    return met


def calls(*, quick: bool) -> bool:
    """The second table; whether its mark is met."""
    _say(
        f"\n{'':28}{'voice over noise':>18}{'speech kept':>13}{'turns lost':>12}{'told of':>9}"
        f"{'let through':>13}"
    )
    met = True
    for mix in MIXES[:: 6 if quick else 1]:
        found = mixed(mix)
        lost, through = f"{found.lost}/{found.turns}", f"{found.through:.0f}/{found.quiet:.0f} s"
        _say(f"{mix.name:28}{mix.how:>18}{found.kept:>13.3f}{lost:>12}{found.told:>9}{through:>13}")
        met &= bool(mix.noise) or (found.kept >= 0.99 and not found.lost)
    _say(
        f"{'met   ' if met else 'MISSED'}  .99 of the speech of clean calls is kept, and every turn"
    )
    return met


def main(argv: Sequence[str] | None = None) -> int:
    """Measure and print; 1 when a mark is missed."""
    parser = argparse.ArgumentParser(prog="evals.bench.unsaid", description=__doc__)
    parser.add_argument("--seconds", type=float, default=60.0, help="of each sound")
    parser.add_argument("--quick", action="store_true", help="only a few of the mixed calls")
    options = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as name:
        met = [sounds(options.seconds, build(Path(name), SIZES["test"]))]
    met.append(calls(quick=options.quick))
    return 0 if all(met) else 1


def _say(line: str) -> None:
    sys.stdout.write(line.rstrip() + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
