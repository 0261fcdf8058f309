"""Samples -> log-mel features, exactly as faster-whisper computes them, and ways to spoil them."""

import random

import numpy as np
import torch
from faster_whisper.feature_extractor import FeatureExtractor
from torch import Tensor

from pipeline.demo.build.model import MELS

HOP = 160
_FFT = 400


class Features:
    """The feature extractor in PyTorch, for batches of equally long windows."""

    def __init__(self) -> None:
        self._filters = torch.tensor(FeatureExtractor().mel_filters, dtype=torch.float32)
        self._window = torch.hann_window(_FFT)

    def __call__(self, samples: Tensor, lift: Tensor) -> Tensor:
        """Features of (batch, samples).

        Args:
            samples: audio at 16 kHz.
            lift: how much louder (in log10 power) the rest of the file is: faster-whisper
                normalises by the maximum of the whole file, not of the window.
        """
        spectrum = torch.stft(
            samples, _FFT, HOP, window=self._window, return_complex=True, pad_mode="reflect"
        )
        power = spectrum[..., :-1].abs() ** 2
        mel = torch.clamp(self._filters @ power, min=1e-10).log10()
        loudest = mel.amax((1, 2), keepdim=True) + lift[:, None, None]
        return (torch.maximum(mel, loudest - 8) + 4) / 4


def spoil(mel: Tensor, chance: random.Random, noise: np.random.Generator) -> None:
    """Sometimes cut the highest bands off one window, sometimes colour it, in place."""
    if chance.random() < 0.12:
        floor = mel.amin() + chance.uniform(0, 0.5)
        first = chance.randint(50, 76)
        mel[first:] = torch.minimum(mel[first:], floor)
    if chance.random() < 0.15:
        curve = np.interp(np.arange(MELS), (0, 20, 40, 60, 79), noise.normal(0, 0.06, 5))
        mel += torch.tensor(curve, dtype=torch.float32)[:, None]
