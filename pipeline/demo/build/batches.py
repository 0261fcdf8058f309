"""Windows and their labels as tensors."""

import random
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor

from pipeline.demo.build.bank import Bank
from pipeline.demo.build.features import HOP, Features, spoil
from pipeline.demo.build.labels import Example, Labels
from pipeline.demo.build.model import FRAMES_PER_SECOND
from pipeline.demo.build.sources import Sources
from pipeline.demo.build.tokenizer import Words
from pipeline.demo.build.windows import Windows

IGNORED = -100
_SLACK = 0.04
"""Seconds around a token in which attention to the audio is still right."""


class Batch(NamedTuple):
    """What one training step needs; the second axis of all but the audio is the token."""

    mel: Tensor
    offsets: Tensor
    shown: Tensor
    wanted: Tensor
    """The next token, or IGNORED."""
    weights: Tensor
    spans: Tensor
    """(batch, tokens, frames): 1 where the wanted token is heard."""


class Batches:
    """Makes batches without end; the same seed gives the same ones."""

    def __init__(self, bank: Bank, words: Words, *, seed: int) -> None:
        self._chance, self._noise = random.Random(seed), np.random.default_rng(seed)
        sources = Sources(bank, words, self._chance)
        self._windows = Windows(sources, self._chance, self._noise)
        self._features = Features()
        self._padding = words.end
        self.labels = Labels(sources, words, self._chance, prefix_share=0.0)

    def draw(self, count: int, length: float) -> Batch:
        """A batch of `count` windows of `length` seconds."""
        windows = [self._windows.compose(length) for _ in range(count)]
        examples = [self.labels.write(window) for window in windows]
        samples = torch.tensor(np.stack([window.samples for window in windows]))
        lift = torch.tensor([self._chance.uniform(0, 0.4) for _ in windows])
        mel = self._features(samples, lift)
        for row, window in zip(mel, windows, strict=True):
            spoil(row, self._chance, self._noise)
            row[:, window.heard // HOP + 1 :] = 0  # faster-whisper pads features, not samples
        offsets = torch.tensor([window.offset for window in windows])
        return self._tensors(mel, offsets, examples)

    def _tensors(self, mel: Tensor, offsets: Tensor, examples: list[Example]) -> Batch:
        shape = (len(examples), max(len(example.steps) for example in examples))
        frames = mel.shape[-1] // 2
        shown = torch.full(shape, self._padding)
        wanted = torch.full(shape, IGNORED)
        weights, spans = torch.zeros(shape), torch.zeros(*shape, frames)
        for row, example in enumerate(examples):
            shown[row, : len(example.shown)] = torch.tensor(example.shown)
            for at, step in enumerate(example.steps[1:]):
                if step.weight:
                    wanted[row, at], weights[row, at] = step.token, step.weight
                if step.start is not None and step.end is not None:
                    first = max(0, int((step.start - _SLACK) * FRAMES_PER_SECOND))
                    last = min(frames, int((step.end + _SLACK) * FRAMES_PER_SECOND) + 1)
                    spans[row, at, first:last] = 1
        return Batch(mel, offsets, shown, wanted, weights, spans)
