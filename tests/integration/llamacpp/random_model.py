"""A model of random weights, half a megabyte, in llama.cpp's own format: it speaks no sense."""

from pathlib import Path

import numpy as np

WIDTH, INNER, HEADS, LAYERS, CONTEXT = 64, 128, 4, 1, 4096
WORDS = ("ask", "risk", "turn", "quote", "export", "order", "客户", "导出", "订单", "风险")
NORMAL, UNKNOWN, CONTROL, BYTE = 1, 2, 3, 6
QUIET = 0.02
"""Bytes of no character are hardly ever chosen: what they spell is no text."""


def write(path: Path, gguf) -> Path:
    """Write the model with the `gguf` package."""
    pieces, kinds = _vocabulary()
    writer = gguf.GGUFWriter(path, "llama")
    writer.add_context_length(CONTEXT)
    writer.add_embedding_length(WIDTH)
    writer.add_feed_forward_length(INNER)
    writer.add_block_count(LAYERS)
    writer.add_head_count(HEADS)
    writer.add_head_count_kv(HEADS)
    writer.add_rope_dimension_count(WIDTH // HEADS)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_file_type(0)
    writer.add_vocab_size(len(pieces))
    writer.add_tokenizer_model("llama")
    writer.add_token_list(pieces)
    writer.add_token_scores([-float(place) for place in range(len(pieces))])
    writer.add_token_types(kinds)
    writer.add_unk_token_id(0)
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(2)
    writer.add_chat_template("{% for one in messages %}{{ one.content }}\n{% endfor %}")
    for name, values in _weights(kinds).items():
        writer.add_tensor(name, values)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


def _vocabulary() -> tuple[list[str], list[int]]:
    letters = [chr(code) for code in range(33, 127)]
    spaced = [*letters, "\u2581", *(f"\u2581{word}" for word in WORDS), *WORDS]
    pieces = ["<unk>", "<s>", "</s>", *(f"<0x{byte:02X}>" for byte in range(256)), *spaced]
    kinds = [UNKNOWN, CONTROL, CONTROL, *[BYTE] * 256, *[NORMAL] * len(spaced)]
    return pieces, kinds


def _weights(kinds: list[int]) -> dict[str, np.ndarray]:
    dice = np.random.default_rng(7)

    def some(*shape: int) -> np.ndarray:
        return dice.standard_normal(shape, np.float32) * np.float32(0.3)

    output = some(len(kinds), WIDTH)
    output[np.array(kinds) == BYTE] *= QUIET
    made = {"token_embd.weight": some(len(kinds), WIDTH), "output.weight": output}
    made["output_norm.weight"] = np.ones(WIDTH, np.float32)
    for layer in range(LAYERS):
        named = {
            "attn_norm": np.ones(WIDTH, np.float32),
            "ffn_norm": np.ones(WIDTH, np.float32),
            **{f"attn_{part}": some(WIDTH, WIDTH) for part in ("q", "k", "v", "output")},
            "ffn_gate": some(INNER, WIDTH),
            "ffn_up": some(INNER, WIDTH),
            "ffn_down": some(WIDTH, INNER),
        }
        made |= {f"blk.{layer}.{name}.weight": values for name, values in named.items()}
    return made
