"""A micro Whisper in PyTorch: the real architecture at d = 128, so that CTranslate2 can run it."""

import math
from typing import Any, NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from pipeline.demo.build.tokenizer import TIME_STAMPS

MELS = 80
FRAMES_PER_SECOND = 50
WINDOW_FRAMES = 1500
MAX_TOKENS = 448
MAX_PIECE_SECONDS = 12.0
"""The longest piece the model is trained to hear well; exported beside the weights."""


class Size(NamedTuple):
    """How big the model is."""

    width: int = 128
    heads: int = 4
    encoder_layers: int = 3
    decoder_layers: int = 3
    feed: int = 512


class Heard(NamedTuple):
    """Decoder states, and where the last layer looked: (batch, heads, tokens, frames)."""

    states: Tensor
    looks: Tensor


class Attention(nn.Module):
    """Multi-head attention, over itself or over another sequence."""

    def __init__(self, size: Size) -> None:
        super().__init__()
        self.heads = size.heads
        self.query = nn.Linear(size.width, size.width)
        self.key = nn.Linear(size.width, size.width, bias=False)
        self.value = nn.Linear(size.width, size.width)
        self.out = nn.Linear(size.width, size.width)

    def forward(self, x: Tensor, source: Tensor | None = None, *, causal: bool = False) -> Tensor:
        """What each element of x sees in the source, or in x itself."""
        query, key, value = self._heads(x, source)
        seen = F.scaled_dot_product_attention(query, key, value, is_causal=causal)
        return self._merged(seen)

    def looking(self, x: Tensor, source: Tensor) -> tuple[Tensor, Tensor]:
        """The same, and the attention weights themselves."""
        query, key, value = self._heads(x, source)
        scores = (query @ key.transpose(-1, -2)) / math.sqrt(query.shape[-1])
        looks = scores.float().softmax(-1)
        return self._merged(looks.to(value.dtype) @ value), looks

    def _heads(self, x: Tensor, source: Tensor | None) -> list[Tensor]:
        read = x if source is None else source
        projected = (self.query(x), self.key(read), self.value(read))
        return [p.unflatten(-1, (self.heads, -1)).transpose(1, 2) for p in projected]

    def _merged(self, seen: Tensor) -> Tensor:
        merged: Tensor = self.out(seen.transpose(1, 2).flatten(2))
        return merged


class Block(nn.Module):
    """One layer: attention to itself, to the audio (in the decoder), and a feed-forward."""

    def __init__(self, size: Size, *, cross: bool) -> None:
        super().__init__()
        self.attention_norm = nn.LayerNorm(size.width)
        self.attention = Attention(size)
        self.cross_norm = nn.LayerNorm(size.width) if cross else None
        self.cross = Attention(size) if cross else None
        self.feed_norm = nn.LayerNorm(size.width)
        self.feed_in = nn.Linear(size.width, size.feed)
        self.feed_out = nn.Linear(size.feed, size.width)

    def attend(self, x: Tensor, *, causal: bool) -> Tensor:
        """Add what the sequence says about itself."""
        added: Tensor = x + self.attention(self.attention_norm(x), causal=causal)
        return added

    def feed(self, x: Tensor) -> Tensor:
        """Add the feed-forward part."""
        added: Tensor = x + self.feed_out(F.gelu(self.feed_in(self.feed_norm(x))))
        return added


class MicroWhisper(nn.Module):
    """Encoder, decoder, and a head for the first phase that reads tokens off the encoder."""

    positions: Tensor

    def __init__(self, size: Size, *, vocabulary: int, first_stamp: int, text_tokens: int) -> None:
        super().__init__()
        self.size = size
        self.conv1 = nn.Conv1d(MELS, size.width, 3, padding=1)
        self.conv2 = nn.Conv1d(size.width, size.width, 3, stride=2, padding=1)
        self.register_buffer("positions", _sinusoids(size.width))
        self.encoder: Any = nn.ModuleList(
            Block(size, cross=False) for _ in range(size.encoder_layers)
        )
        self.encoder_norm = nn.LayerNorm(size.width)
        self.decoder: Any = nn.ModuleList(
            Block(size, cross=True) for _ in range(size.decoder_layers)
        )
        self.decoder_norm = nn.LayerNorm(size.width)
        self.tokens = nn.Embedding(vocabulary, size.width)
        self.token_positions = nn.Parameter(torch.randn(MAX_TOKENS, size.width) * 0.01)
        self.frame_reader = nn.Linear(size.width, text_tokens)
        self._set_stamps(first_stamp)

    def _set_stamps(self, first_stamp: int) -> None:
        """Start the time stamps as the positions they stand for: they need not be learnt."""
        nn.init.normal_(self.tokens.weight, std=0.05)
        with torch.no_grad():
            stamps = torch.cat([self.positions, self.positions[-1:]])
            self.tokens.weight[first_stamp : first_stamp + TIME_STAMPS] = 0.25 * stamps

    def encode(self, mel: Tensor, offsets: Tensor) -> Tensor:
        """Audio states of windows whose first frames stand at `offsets`."""
        x = F.gelu(self.conv1(mel))
        x = F.gelu(self.conv2(x)).transpose(1, 2)
        x = x + self.positions[offsets[:, None] + torch.arange(x.shape[1])]
        for block in self.encoder:
            x = block.feed(block.attend(x, causal=False))
        encoded: Tensor = self.encoder_norm(x)
        return encoded

    def decode(self, tokens: Tensor, audio: Tensor) -> Heard:
        """States after each token of the input."""
        x = self.tokens(tokens) + self.token_positions[: tokens.shape[1]]
        looks = x
        for block in self.decoder:
            x = block.attend(x, causal=True)
            seen, looks = _look(block, x, audio, last=block is self.decoder[-1])
            x = block.feed(x + seen)
        return Heard(self.decoder_norm(x), looks)

    def logits(self, states: Tensor) -> Tensor:
        """Scores of all tokens; the embedding is the projection."""
        return states @ self.tokens.weight.T


def _look(block: Block, x: Tensor, audio: Tensor, *, last: bool) -> tuple[Tensor, Tensor]:
    """Cross attention; its weights are wanted of the last layer only."""
    if block.cross is None or block.cross_norm is None:
        msg = "an encoder layer looks at nothing"
        raise TypeError(msg)
    normed = block.cross_norm(x)
    if last:
        return block.cross.looking(normed, audio)
    return block.cross(normed, audio), x


def _sinusoids(width: int) -> Tensor:
    """Whisper's fixed encoder positions."""
    step = math.log(10_000) / (width // 2 - 1)
    rates = torch.exp(-step * torch.arange(width // 2))
    angles = torch.arange(WINDOW_FRAMES)[:, None] * rates[None]
    return torch.cat([angles.sin(), angles.cos()], 1)
