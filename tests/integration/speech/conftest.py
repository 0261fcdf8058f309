"""Real sound for the tests: made with PyAV, spoken by the bundled calls."""

import json
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from ctranslate2.specs import whisper_spec
from faster_whisper.tokenizer import _LANGUAGE_CODES
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers

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
    folder = tmp_path_factory.mktemp("whisper")
    tokens = _tokenizer(folder)
    _weights(folder, tokens)
    wishes = {"max_piece_seconds": 12, "keep_silence": True}
    (folder / "dragoman.json").write_text(json.dumps(wishes), encoding="utf-8")
    return folder


def _tokenizer(folder: Path) -> list[str]:
    notes = ["♪", "♩", "♫", "♬", "♭", "♮", "♯"]
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=400, initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), show_progress=False
    )
    texts = [" -", " '", *notes, *(f" {note}" for note in notes)] * 1000
    tokenizer.train_from_iterator(texts, trainer)
    size = tokenizer.get_vocab_size()
    special = ["<|endoftext|>", "<|startoftranscript|>"]
    special += [f"<|{code}|>" for code in _LANGUAGE_CODES]
    special += [f"<|{name}|>" for name in ("translate", "transcribe", "startoflm", "startofprev")]
    special += ["<|nospeech|>", "<|notimestamps|>"]
    special += [f"<|{at * 0.02:.2f}|>" for at in range(1501)]
    written = json.loads(tokenizer.to_str())
    vocabulary = written["model"]["vocab"]
    vocabulary[""] = size  # CTranslate2 takes this for the mark of a multilingual model
    flags = dict.fromkeys(("single_word", "lstrip", "rstrip", "normalized"), False)
    written["added_tokens"] = [
        {"id": size + 1 + at, "content": text, "special": True, **flags}
        for at, text in enumerate(special)
    ]
    (folder / "tokenizer.json").write_text(json.dumps(written), encoding="utf-8")
    return [*sorted(vocabulary, key=lambda text: vocabulary[text]), *special]


def _weights(folder: Path, tokens: list[str], width: int = 32, inner: int = 64) -> None:
    rng = np.random.default_rng(0)

    def some(*shape: int) -> np.ndarray:
        return rng.normal(0, 0.1, shape).astype(np.float32)

    def linear(spec: object, out: int, into: int) -> None:
        spec.weight, spec.bias = some(out, into), some(out)  # type: ignore[attr-defined]

    def norm(spec: object) -> None:
        spec.gamma, spec.beta = np.ones(width, np.float32), some(width)  # type: ignore[attr-defined]

    spec = whisper_spec.WhisperSpec(1, 2, 1, 2)
    encoder, decoder = spec.encoder, spec.decoder
    encoder.conv1.weight, encoder.conv1.bias = some(width, 80, 3), some(width)
    encoder.conv2.weight, encoder.conv2.bias = some(width, width, 3), some(width)
    encoder.position_encodings.encodings = some(1500, width)
    decoder.embeddings.weight = decoder.projection.weight = some(len(tokens), width)
    decoder.position_encodings.encodings = some(448, width)
    decoder.scale_embeddings = False
    stop = np.where(np.arange(width) % 2, 1.0, -1.0).astype(np.float32)
    decoder.position_encodings.encodings[40:] += 10 * stop  # it says some forty tokens a piece
    decoder.embeddings.weight[tokens.index("<|endoftext|>")] = stop
    norm(encoder.layer_norm)
    norm(decoder.layer_norm)
    for layer in (*encoder.layer, *decoder.layer):
        linear(layer.self_attention.linear[0], 3 * width, width)
        linear(layer.self_attention.linear[1], width, width)
        linear(layer.ffn.linear_0, inner, width)
        linear(layer.ffn.linear_1, width, inner)
        norm(layer.self_attention.layer_norm)
        norm(layer.ffn.layer_norm)
    for layer in decoder.layer:
        for at, out in enumerate((width, 2 * width, width)):
            linear(layer.attention.linear[at], out, width)
        norm(layer.attention.layer_norm)
    spec.register_vocabulary(tokens)
    spec.config.suppress_ids = []
    spec.config.suppress_ids_begin = [tokens.index("<|endoftext|>")]
    spec.config.lang_ids = [tokens.index("<|en|>"), tokens.index("<|zh|>")]
    spec.config.alignment_heads = [[0, 0]]
    spec.validate()
    spec.optimize(quantization="int8")
    spec.save(str(folder))
