"""Real sound for the tests: made with PyAV, spoken by the bundled calls."""

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from evals.bench.mute_model import SIZES, build
from pipeline.engines.speech.sound import RATE, Reel, Samples

ROOT = Path(__file__).parents[3]
DEMO = ROOT / "pipeline" / "demo"
PACKET = 960

CODECS = {
    ".wav": "pcm_s16le",
    ".flac": "flac",
    ".mp3": "libmp3lame",
    ".opus": "libopus",
    ".webm": "libopus",
    ".m4a": "aac",
    ".mka": "libopus",
}


class Studio:
    """Writes and reads media files."""

    def sound(
        self, path: Path, samples: Samples, *, rate: int = RATE, hole_at: float | None = None
    ) -> Path:
        """Encode samples of shape (channels, n); `hole_at` lets the clock jump 5 s ahead there."""
        layout = "mono" if samples.shape[0] == 1 else "stereo"
        with av.open(str(path), "w") as container:
            stream = container.add_stream(CODECS[path.suffix], rate=rate, layout=layout)
            packed = np.round(np.clip(samples, -1, 1) * 32767).astype(np.int16)
            for at in range(0, samples.shape[1], PACKET):
                chunk = np.ascontiguousarray(packed[:, at : at + PACKET].T.reshape(1, -1))
                frame = av.AudioFrame.from_ndarray(chunk, format="s16", layout=layout)
                frame.sample_rate = rate
                frame.time_base = Fraction(1, rate)
                frame.pts = at + (5 * rate if hole_at is not None and at >= hole_at * rate else 0)
                container.mux(stream.encode(frame))
            container.mux(stream.encode(None))
        return path

    def pictures(self, path: Path, *, samples: Samples | None = None) -> Path:
        """A video of two seconds, with sound if some is given."""
        with av.open(str(path), "w") as container:
            video = container.add_stream("mpeg4", rate=10)
            video.width, video.height, video.pix_fmt = 64, 64, "yuv420p"
            audio = (
                container.add_stream("aac", rate=RATE, layout="mono")
                if samples is not None
                else None
            )
            for at in range(20):
                picture = av.VideoFrame.from_ndarray(
                    np.zeros((64, 64, 3), np.uint8), format="rgb24"
                )
                picture.pts, picture.time_base = at, Fraction(1, 10)
                container.mux(video.encode(picture))
            container.mux(video.encode(None))
            if audio is not None and samples is not None:
                packed = np.round(samples * 32767).astype(np.int16)
                frame = av.AudioFrame.from_ndarray(packed, format="s16", layout="mono")
                frame.sample_rate, frame.pts = RATE, 0
                container.mux(audio.encode(frame))
                container.mux(audio.encode(None))
        return path

    def decoded(self, path: Path, channels: int) -> Samples:
        """All samples of a file."""
        return np.concatenate(list(Reel(path, channels=channels).blocks()), axis=1)


@pytest.fixture(scope="session")
def studio() -> Studio:
    """Makes media files."""
    return Studio()


@pytest.fixture(scope="session")
def call(studio: Studio) -> Samples:
    """The bundled Chinese call: our line and the client's, 206 s."""
    return studio.decoded(DEMO / "zh" / "call.opus", 2)


@pytest.fixture(scope="session")
def noise() -> Samples:
    """Ten seconds that are no speech."""
    rng = np.random.default_rng(1)
    tone = 0.2 * np.sin(np.arange(10 * RATE) * 2 * np.pi * 440 / RATE)
    return (tone + rng.normal(0, 0.05, 10 * RATE)).astype(np.float32)[None]


@pytest.fixture(scope="session")
def mute_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A whole Whisper of random weights: it goes the real way and says nothing of sense."""
    folder = build(tmp_path_factory.mktemp("whisper"), SIZES["test"])
    (folder / "dragoman.json").write_text('{"max_piece_seconds": 12}', encoding="utf-8")
    return folder
