"""A whole Whisper of random weights, in any size: it goes the real way and says nothing of sense.

No published weights are needed to measure speed and memory, nor to test every step of hearing.
"""

import json
import random
import string
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from ctranslate2.specs import whisper_spec
from faster_whisper.tokenizer import _LANGUAGE_CODES
from numpy.typing import NDArray
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers

MELS = 80
POSITIONS = 448
PROMPT = 3
"""Tokens before the answer: that it begins, the language and the task."""
LOUD = 10.0
"""Strength with which late positions point to the end of the text."""


class Size(NamedTuple):
    """The measures of a published Whisper, or of a smaller one."""

    width: int
    heads: int
    layers: int
    vocabulary: int = 50257


SIZES = {
    "test": Size(32, 2, 1, 300),
    "tiny": Size(384, 6, 4),
    "base": Size(512, 8, 6),
    "small": Size(768, 12, 12),
}


def build(folder: Path, size: Size, *, tokens_a_piece: int = 40, stretches: int = 0) -> Path:
    """Write a model folder.

    Args:
        folder: Where to.
        size: Its measures.
        tokens_a_piece: Every piece is answered with at most so many tokens; most with fewer.
        stretches: With any, every piece is answered with the same `tokens_a_piece` tokens: so
            many stretches of letters with their times, which fill half a minute. Two ways of
            hearing then decode as much as each other. The answer follows on the prompt, so
            that no hotwords may come before it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    tokens = _write_tokenizer(folder, size.vocabulary)
    spec = whisper_spec.WhisperSpec(size.layers, size.heads, size.layers, size.heads)
    answer = _answer(tokens_a_piece, stretches) if stretches else []
    _fill(spec, size, tokens, tokens_a_piece + (PROMPT - 1 if answer else 0))
    _teach(spec, [tokens.index(token) for token in answer])
    spec.register_vocabulary(tokens)
    spec.config.suppress_ids = []
    spec.config.suppress_ids_begin = [tokens.index("<|endoftext|>")]
    spec.config.lang_ids = [tokens.index("<|en|>"), tokens.index("<|zh|>")]
    spec.config.alignment_heads = [[size.layers - 1, 0]]
    spec.validate()
    spec.optimize(quantization="int8")
    spec.save(str(folder))
    if answer:
        (folder / "dragoman.json").write_text('{"hotwords": false}', encoding="utf-8")
    return folder


def _answer(count: int, stretches: int) -> list[str]:
    """The tokens of half a minute: each stretch has a time before it and one after it."""
    rng = random.Random(0)
    letters = count - 2 * stretches
    shares = [letters * at // stretches for at in range(stretches + 1)]
    answer: list[str] = []
    for at in range(stretches):
        answer.append(f"<|{30 * at / stretches:.2f}|>")
        answer += rng.choices(string.ascii_letters, k=shares[at + 1] - shares[at])
        answer.append(f"<|{30 * (at + 1) / stretches:.2f}|>")
    return answer


def _teach(spec: Any, answer: list[int]) -> None:  # noqa: ANN401
    """Make each position after the prompt point to its own token of the answer, and to no other."""
    rng = np.random.default_rng(1)
    decoder = spec.decoder
    for at, token in enumerate(answer):
        way = rng.choice(np.array([-1, 1], np.float32), decoder.embeddings.weight.shape[1])
        decoder.position_encodings.encodings[PROMPT - 1 + at] += LOUD * way
        decoder.embeddings.weight[token] += way


def _write_tokenizer(folder: Path, count: int) -> list[str]:
    """Bytes, what faster-whisper looks for, and filling up to `count`; returns all tokens."""
    notes = ["♪", "♩", "♫", "♬", "♭", "♮", "♯"]
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=300, initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), show_progress=False
    )
    texts = [" -", " '", *notes, *(f" {note}" for note in notes)]
    tokenizer.train_from_iterator(texts * 1000, trainer)
    written = json.loads(tokenizer.to_str())
    vocabulary: dict[str, int] = written["model"]["vocab"]
    for at in range(len(vocabulary), count):
        vocabulary[f"w{at}"] = at
    size = len(vocabulary)
    vocabulary[""] = size  # CTranslate2 takes this for the mark of a multilingual model
    special = _special()
    flags = dict.fromkeys(("single_word", "lstrip", "rstrip", "normalized"), False)
    written["added_tokens"] = [
        {"id": size + 1 + at, "content": text, "special": True, **flags}
        for at, text in enumerate(special)
    ]
    (folder / "tokenizer.json").write_text(json.dumps(written), encoding="utf-8")
    return [*sorted(vocabulary, key=lambda text: vocabulary[text]), *special]


def _special() -> list[str]:
    """Whisper's special tokens in its order: the times must come last."""
    names = ["endoftext", "startoftranscript", *_LANGUAGE_CODES]
    names += ["translate", "transcribe", "startoflm", "startofprev", "nospeech", "notimestamps"]
    return [f"<|{name}|>" for name in [*names, *(f"{at * 0.02:.2f}" for at in range(1501))]]


def _fill(spec: Any, size: Size, tokens: list[str], tokens_a_piece: int) -> None:  # noqa: ANN401
    rng = np.random.default_rng(0)
    width, encoder, decoder = size.width, spec.encoder, spec.decoder

    def some(*shape: int) -> NDArray[np.float32]:
        return rng.standard_normal(shape, np.float32) * np.float32(0.1 * (32 / width) ** 0.5)

    encoder.conv1.weight, encoder.conv1.bias = some(width, MELS, 3), some(width)
    encoder.conv2.weight, encoder.conv2.bias = some(width, width, 3), some(width)
    encoder.position_encodings.encodings = some(1500, width)
    decoder.embeddings.weight = decoder.projection.weight = some(len(tokens), width)
    decoder.position_encodings.encodings = some(POSITIONS, width)
    decoder.scale_embeddings = False
    stop = np.where(np.arange(width) % 2, 1.0, -1.0).astype(np.float32)
    decoder.position_encodings.encodings[tokens_a_piece:] += LOUD * stop
    decoder.embeddings.weight[tokens.index("<|endoftext|>")] = stop
    for norm in (encoder.layer_norm, decoder.layer_norm):
        norm.gamma, norm.beta = np.ones(width, np.float32), some(width)
    for layer in (*encoder.layer, *decoder.layer):
        _linear(layer.self_attention.linear, some, [3 * width, width], width)
        _linear([layer.ffn.linear_0], some, [4 * width], width)
        _linear([layer.ffn.linear_1], some, [width], 4 * width)
        norms = [layer.self_attention.layer_norm, layer.ffn.layer_norm]
        if layer in decoder.layer:
            _linear(layer.attention.linear, some, [width, 2 * width, width], width)
            norms.append(layer.attention.layer_norm)
        for norm in norms:
            norm.gamma, norm.beta = np.ones(width, np.float32), some(width)


def _linear(specs: Any, some: Any, outs: list[int], into: int) -> None:  # noqa: ANN401
    for spec, out in zip(specs, outs, strict=True):
        spec.weight, spec.bias = some(out, into), some(out)
