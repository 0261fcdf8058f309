"""PyTorch weights -> a CTranslate2 folder that faster-whisper loads as it loads any Whisper.

The specification is filled directly: the transformers converter would leave out the languages
and the alignment heads.
"""

import json
import shutil
from pathlib import Path
from typing import Any

import torch
from ctranslate2.converters.utils import fuse_linear
from ctranslate2.specs.common_spec import LinearSpec
from ctranslate2.specs.whisper_spec import WhisperSpec
from torch import Tensor, nn

from pipeline.demo.build.features import HOP
from pipeline.demo.build.model import (
    MAX_PIECE_SECONDS,
    MELS,
    Attention,
    Block,
    MicroWhisper,
    Size,
)
from pipeline.demo.build.script import LANGUAGES
from pipeline.demo.build.sound import SAMPLE_RATE
from pipeline.demo.build.tokenizer import Words
from pipeline.demo.build.train import GUIDED_HEADS, new_model

TRAITS = {"max_piece_seconds": MAX_PIECE_SECONDS, "keep_silence": True, "hotwords": False}
"""How the application is to feed the model: it was trained on pieces with their pauses in them."""


def export(checkpoint: Path, tokenizer: Path, folder: Path) -> None:
    """Write model.bin (int8), config.json, vocabulary.json, tokenizer.json and the small files."""
    words = Words(tokenizer)
    model = new_model(words)
    model.load_state_dict(torch.load(checkpoint))
    specification = _specification(model, words, _tokens(tokenizer))
    folder.mkdir(parents=True, exist_ok=True)
    specification.save(str(folder))
    shutil.copy(tokenizer / "tokenizer.json", folder)
    extractor = {
        "chunk_length": 30,
        "feature_size": MELS,
        "hop_length": HOP,
        "n_fft": 400,
        "sampling_rate": SAMPLE_RATE,
    }
    about = {"languages": list(LANGUAGES), **TRAITS}
    for name, data in (("preprocessor_config.json", extractor), ("dragoman.json", about)):
        (folder / name).write_text(json.dumps(data, indent=2) + "\n", encoding="utf-8")


def parameters(checkpoint: Path) -> int:
    """How many weights the exported model has; the first phase's reader stays behind."""
    weights: dict[str, Tensor] = torch.load(checkpoint)
    left_out = ("frame_reader", "positions")
    return sum(w.numel() for name, w in weights.items() if not name.startswith(left_out))


def _tokens(tokenizer: Path) -> list[str]:
    listed: list[str] = json.loads((tokenizer / "vocabulary.json").read_text(encoding="utf-8"))
    return listed


def _specification(model: MicroWhisper, words: Words, tokens: list[str]) -> WhisperSpec:
    size: Size = model.size
    spec = WhisperSpec(size.encoder_layers, size.heads, size.decoder_layers, size.heads)
    _fill_encoder(spec.encoder, model)
    _fill_decoder(spec.decoder, model)
    spec.register_vocabulary(tokens)
    spec.config.suppress_ids = []
    spec.config.suppress_ids_begin = [words.end]
    spec.config.lang_ids = sorted(words.special(language) for language in LANGUAGES)
    last = size.decoder_layers - 1
    spec.config.alignment_heads = [[last, head] for head in range(GUIDED_HEADS)]
    spec.validate()
    spec.optimize(quantization="int8")
    return spec


def _fill_encoder(spec: Any, model: MicroWhisper) -> None:
    for target, source in ((spec.conv1, model.conv1), (spec.conv2, model.conv2)):
        _fill_linear(target, source)
    spec.position_encodings.encodings = _array(model.positions)
    _fill_norm(spec.layer_norm, model.encoder_norm)
    for target, block in zip(spec.layer, model.encoder, strict=True):
        _fill_block(target, block)


def _fill_decoder(spec: Any, model: MicroWhisper) -> None:
    spec.embeddings.weight = _array(model.tokens.weight)
    spec.projection.weight = _array(model.tokens.weight)
    spec.scale_embeddings = False
    spec.position_encodings.encodings = _array(model.token_positions)
    _fill_norm(spec.layer_norm, model.decoder_norm)
    for target, block in zip(spec.layer, model.decoder, strict=True):
        _fill_block(target, block)
        _fill_cross(target.attention, block)


def _fill_block(spec: Any, block: Block) -> None:
    own = block.attention
    fuse_linear(
        spec.self_attention.linear[0], [_linear(p) for p in (own.query, own.key, own.value)]
    )
    _fill_linear(spec.self_attention.linear[-1], own.out)
    _fill_norm(spec.self_attention.layer_norm, block.attention_norm)
    _fill_linear(spec.ffn.linear_0, block.feed_in)
    _fill_linear(spec.ffn.linear_1, block.feed_out)
    _fill_norm(spec.ffn.layer_norm, block.feed_norm)


def _fill_cross(spec: Any, block: Block) -> None:
    cross = block.cross
    if not isinstance(cross, Attention):
        msg = "a decoder layer must look at the audio"
        raise TypeError(msg)
    fuse_linear(spec.linear[0], [_linear(cross.query)])
    fuse_linear(spec.linear[1], [_linear(cross.key), _linear(cross.value)])
    _fill_linear(spec.linear[-1], cross.out)
    _fill_norm(spec.layer_norm, block.cross_norm)


def _linear(source: nn.Linear) -> LinearSpec:
    spec = LinearSpec()
    _fill_linear(spec, source)
    return spec


def _fill_linear(spec: Any, source: nn.Linear | nn.Conv1d) -> None:
    spec.weight = _array(source.weight)
    if source.bias is not None:
        spec.bias = _array(source.bias)


def _fill_norm(spec: Any, source: nn.Module | None) -> None:
    if not isinstance(source, nn.LayerNorm):
        msg = f"{source!r} is not a layer norm"
        raise TypeError(msg)
    spec.gamma, spec.beta = _array(source.weight), _array(source.bias)


def _array(weights: Tensor) -> Any:
    return weights.detach().float().contiguous().numpy()
