"""What is lost, and what is heard twice, where one line of a call is heard through the other.

`python -m evals.bench.lines` mixes an echo of each bundled call's one line into its other, in
many ways, hears it with the bundled model, and counts units (characters of Chinese, words of
English) against the same call without the echo.
"""

import argparse
import re
import tempfile
from collections.abc import Iterator, Sequence
from fractions import Fraction
from importlib.resources import files
from itertools import product
from pathlib import Path
from typing import NamedTuple

import av
import numpy as np
from rapidfuzz.distance import Levenshtein

from pipeline.engines.speech.sound import RATE, Reel, Samples
from pipeline.engines.speech.transcriber import WhisperTranscriber
from pipeline.models.meeting import Meeting
from pipeline.models.project import Project
from pipeline.models.speech import AudioFacts
from pipeline.models.transcript import Transcript
from pipeline.transcribe import transcribe

DEMO = Path(str(files("pipeline.demo")))
LEVELS = (-34.0, -20.0, -12.0, -6.0)
DELAYS = (0.0, 0.05, 0.25, 0.6)


class Case(NamedTuple):
    """How one line is heard through the other."""

    level: float | None = None
    """Decibels of the echo against its source; none at all where null."""
    delay: float = 0.0
    """Seconds by which it comes later."""
    both: bool = False
    """Whether our line is heard in theirs only, or each in the other."""
    low_pass: bool = False
    noise: float | None = None
    """Decibels below full scale of a hiss on both lines."""
    quiet: float = 0.0
    """Decibels by which their line is weaker than it was."""
    together: float = 0.0
    """Seconds by which their line comes earlier, so that both speak at once."""

    @property
    def clean(self) -> "Case":
        """The same without the echo."""
        return self._replace(level=None, delay=0.0, both=False, low_pass=False, quiet=0.0)


class Found(NamedTuple):
    """Units of one line against those of the same line without the echo."""

    said: int
    lost: int
    more: int


CASES: tuple[Case, ...] = (
    *(Case(level, delay) for level, delay in product(LEVELS, DELAYS)),
    *(Case(level, 0.25, both=True) for level in LEVELS),
    *(Case(level, 0.25, low_pass=True, noise=-55.0) for level in LEVELS),
    *(Case(level, 0.25, quiet=-20.0) for level in (None, -34.0, -20.0)),
    *(Case(level, 0.05, together=2.0) for level in (None, -34.0, -20.0, -12.0, -6.0)),
)


class Bench(WhisperTranscriber):
    """Takes every file for two lines, whatever they sound like."""

    def probe(self, path: Path) -> AudioFacts:
        """What the file holds, on two lines."""
        return super().probe(path).with_(channels=2)


def mixed(call: Samples, case: Case) -> Samples:
    """The two lines as the case has them."""
    lines = call.copy()
    if case.together:
        early = round(case.together * RATE)
        lines[1] = np.concatenate([lines[1, early:], np.zeros(early, np.float32)])
    lines[1] *= 10 ** (case.quiet / 20)
    if case.level is not None:
        echoes = [_echo(line, case) for line in lines]
        lines[1] += echoes[0]
        if case.both:
            lines[0] += echoes[1]
    if case.noise is not None:
        hiss = np.random.default_rng(1).normal(0, 10 ** (case.noise / 20), lines.shape)
        lines += hiss.astype(np.float32)
    return np.clip(lines, -1, 1)


def _echo(line: Samples, case: Case) -> Samples:
    gain = 10 ** ((case.level or 0.0) / 20)
    late = round(case.delay * RATE)
    echo = np.concatenate([np.zeros(late, np.float32), line])[: len(line)] * gain
    if case.low_pass:
        taps = np.sinc((np.arange(65) - 32) * 2 * 1800 / RATE) * np.hanning(65)
        echo = np.convolve(echo, taps / taps.sum(), "same")
    return echo.astype(np.float32)


def written(path: Path, lines: Samples) -> Path:
    """Two lines as a FLAC file."""
    packed = np.ascontiguousarray(np.round(lines * 32767).astype(np.int16).T.reshape(1, -1))
    with av.open(str(path), "w") as container:
        stream = container.add_stream("flac", rate=RATE, layout="stereo")
        for at in range(0, packed.shape[1], 8192):
            chunk = np.ascontiguousarray(packed[:, at : at + 8192])
            frame = av.AudioFrame.from_ndarray(chunk, format="s16", layout="stereo")
            frame.sample_rate, frame.time_base, frame.pts = RATE, Fraction(1, RATE), at // 2
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def demo_lines(language: str) -> Samples:
    """The two lines of a bundled call."""
    path = DEMO / language / "call.opus"
    return np.concatenate(list(Reel(path, channels=2).blocks()), axis=1)


def heard(path: Path, language: str) -> Transcript:
    """Two lines as the bundled model hears them."""
    return transcribe(
        path,
        transcriber=Bench(model="demo", demo_model=DEMO / "model", device="cpu", threads=2),
        meeting=Meeting(uid="m", project="p", title="t", languages=(language,)),
        project=Project(client="c", system="s", language="zh" if language == "zh" else "en"),
        done={},
        keep=lambda batch: None,
        watch=lambda progress: None,
    )


def units(transcript: Transcript, line: int) -> list[str]:
    """What was heard on one line, character by character or word by word."""
    text = " ".join(one.text for one in transcript.segments if one.channel == line)
    bare = re.sub(r"[^\w\s]", " ", text.casefold())
    return re.findall(r"[\u3400-\u9fff]|[^\W\u3400-\u9fff]+", bare)


def compared(clean: Transcript, echoed: Transcript) -> tuple[Found, ...]:
    """Each line against itself without the echo."""
    found: list[Found] = []
    for line in (0, 1):
        said, got = units(clean, line), units(echoed, line)
        same = sum(one.size for one in Levenshtein.opcodes(said, got).as_matching_blocks())
        found.append(Found(len(said), len(said) - same, len(got) - same))
    return tuple(found)


def measured(languages: Sequence[str], cases: Sequence[Case]) -> Iterator[tuple[str, Case, Found]]:
    """What each case loses and hears twice, both lines together."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "call.flac"
        for language in languages:
            call, clean = demo_lines(language), dict[Case, Transcript]()
            for case in cases:
                if case.clean not in clean:
                    lines = mixed(call, case.clean)
                    clean[case.clean] = heard(written(path, lines), language)
                transcript = heard(written(path, mixed(call, case)), language)
                both = compared(clean[case.clean], transcript)
                yield language, case, Found(*(sum(each) for each in zip(*both, strict=True)))


def main() -> None:
    """Print a line a case."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--language", choices=("zh", "en"), action="append")
    languages = parser.parse_args().language or ["zh", "en"]
    for language, case, found in measured(languages, CASES):
        shown = ", ".join(f"{name} {value}" for name, value in case._asdict().items() if value)
        print(f"{language}  {found.said:4} said {found.lost:4} lost {found.more:4} more  {shown}")


if __name__ == "__main__":
    main()
