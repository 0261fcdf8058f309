"""Train the demo model: first the ear, then the pen, then the reader.

1. *ear*: the encoder alone names each token from the frames it is spoken in (minutes, not the
   quarter of an hour it takes through the decoder);
2. *pen*: encoder and decoder together on short windows, attention guided to the right frames;
3. *reader*: pieces up to the cap, 30-second windows, earlier text before half of them.
"""

import copy
import math
import random
import time
from collections import deque
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from pipeline.demo.build.bank import Bank
from pipeline.demo.build.batches import IGNORED, Batch, Batches
from pipeline.demo.build.model import MicroWhisper, Size
from pipeline.demo.build.tokenizer import Words
from pipeline.demo.build.windows import WINDOW_SECONDS

GUIDED_HEADS = 2
"""So many heads of the last decoder layer are led to the audio; they also give word times.
For time stamps all are: where they look is what they have to write."""
_NEARLY = {-2: 0.1, -1: 0.2, 0: 0.4, 1: 0.2, 2: 0.1}
"""What a time stamp so many steps away from the true one is worth."""
_EMA = 0.99
_REPORT_EVERY, _SAVE_SECONDS = 50, 60


@dataclass(frozen=True, kw_only=True)
class Phase:
    """One stretch of training."""

    name: str
    share: float
    """Of the whole training time."""
    rate: float
    count: int
    length: float
    """Windows in a batch, and their seconds."""
    whole_share: float = 0.0
    """How many batches hold 30-second windows instead, fewer of them."""
    prefix_share: float = 0.0
    decoder: bool = True
    hold: float = 1.0
    """Up to here the learning rate stays; then it falls to nothing."""
    guide: float = 1.0


PHASES = (
    Phase(name="ear", share=0.12, rate=2e-3, count=12, length=7.5, decoder=False, hold=0.7),
    Phase(name="pen", share=0.2, rate=1.5e-3, count=14, length=8.5),
    Phase(
        name="reader", share=0.68, rate=1.2e-3, count=10, length=13,
        whole_share=0.4, prefix_share=0.4, hold=0.4, guide=0.6,
    ),
)  # fmt: skip
_WHOLE_COUNT = 4
_WARM_UP = 60


class Losses(NamedTuple):
    """What is minimised, and what is watched."""

    total: Tensor
    words_right: Tensor
    first_right: Tensor
    stamps_right: Tensor
    frames_right: Tensor


class Trainer:
    """A model in training, and its running average, which is the one that is kept."""

    def __init__(self, words: Words, checkpoint: Path) -> None:
        self._words, self._checkpoint = words, checkpoint
        self.model = new_model(words)
        if checkpoint.exists():
            self.model.load_state_dict(torch.load(checkpoint))
        self._average = copy.deepcopy(self.model).eval()
        self._saved = time.monotonic()
        self._steps = 0

    def run(self, batches: Batches, phase: Phase, *, minutes: float) -> None:
        """Train for a while."""
        optimizer = torch.optim.AdamW(
            self.model.parameters(), lr=phase.rate, betas=(0.9, 0.98), weight_decay=0.01
        )
        chance, recent = random.Random(5), deque[list[float]](maxlen=_REPORT_EVERY)
        began, step, done = time.monotonic(), 0, 0.0
        while done < 1.0:
            optimizer.param_groups[0]["lr"] = phase.rate * _schedule(phase, step, done)
            whole = chance.random() < phase.whole_share
            # prefixes make sequences long: keep them together
            batches.labels.prefix_share = 0.8 if chance.random() < phase.prefix_share else 0.0
            count, length = (_WHOLE_COUNT, WINDOW_SECONDS) if whole else (phase.count, phase.length)
            losses = self._losses(batches.draw(count, length), phase)
            optimizer.zero_grad()
            torch.autograd.backward(losses.total)
            nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
            optimizer.step()
            self._follow()
            step += 1
            done = (time.monotonic() - began) / (60 * minutes)
            recent.append([value.item() for value in losses])
            if step % _REPORT_EVERY == 0:
                _report(phase, step, done * minutes, recent)
        self._save()

    def _losses(self, batch: Batch, phase: Phase) -> Losses:
        heard = batch.spans.any(-1) & (batch.wanted != IGNORED)
        is_word = heard & (batch.wanted < self._words.end)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            audio = self.model.encode(batch.mel, batch.offsets)
            read = _read_frames(self.model, audio, batch.spans)[is_word]
        words = batch.wanted[is_word]
        frames_right = _right(read, words)
        of_frames = F.cross_entropy(read.float(), words) if len(words) else torch.zeros(())
        if not phase.decoder:
            nothing = torch.zeros(())
            return Losses(of_frames, nothing, nothing, nothing, frames_right)
        counted = batch.wanted != IGNORED
        with torch.autocast("cpu", dtype=torch.bfloat16):
            decoded = self.model.decode(batch.shown, audio)
            scores = self.model.logits(decoded.states[counted])
        wanted, weights = batch.wanted[counted], batch.weights[counted]
        right = scores.argmax(-1) == wanted
        text, stamps = wanted < self._words.end, wanted >= self._words.first_stamp
        of_tokens = (self._surprise(scores, wanted) * weights).sum() / weights.sum()
        unguided = _unguided(decoded.looks, batch.spans, everywhere=batch.wanted > self._words.end)
        total = of_tokens + phase.guide * unguided + 0.4 * of_frames
        return Losses(
            total, _mean(right[text]), _mean(right[weights > 1]), _mean(right[stamps]), frames_right
        )

    def _surprise(self, scores: Tensor, wanted: Tensor) -> Tensor:
        """Cross entropy; a time stamp is nearly right when it is off by a step or two."""
        chances = scores.float().log_softmax(-1)
        surprise = -chances.gather(1, wanted[:, None])[:, 0]
        first, last = self._words.first_stamp, self._words.size - 1
        stamps = wanted >= first
        near = torch.zeros_like(surprise[stamps])
        for off, share in _NEARLY.items():
            there = (wanted[stamps, None] + off).clamp(first, last)
            near = near - share * chances[stamps].gather(1, there)[:, 0]
        return surprise.masked_scatter(stamps, near)

    @torch.no_grad()
    def _follow(self) -> None:
        """Move the average towards the model, and save it now and then."""
        self._steps += 1
        kept = min(_EMA, self._steps / (self._steps + 10))
        pairs = zip(self._average.parameters(), self.model.parameters(), strict=True)
        for average, current in pairs:
            average.lerp_(current, 1 - kept)
        if time.monotonic() - self._saved > _SAVE_SECONDS:
            self._save()

    def _save(self) -> None:
        torch.save(self._average.state_dict(), self._checkpoint)
        self._saved = time.monotonic()


def new_model(words: Words) -> MicroWhisper:
    """An untrained model for this vocabulary."""
    return MicroWhisper(
        Size(), vocabulary=words.size, first_stamp=words.first_stamp, text_tokens=words.end
    )


def train(bank: Bank, words: Words, checkpoint: Path, *, minutes: float, seed: int = 0) -> None:
    """All phases, from nothing, within so many minutes."""
    checkpoint.unlink(missing_ok=True)
    torch.manual_seed(seed)
    trainer = Trainer(words, checkpoint)
    batches = Batches(bank, words, seed=seed)
    for phase in PHASES:
        trainer.run(batches, phase, minutes=minutes * phase.share)


def refine(
    bank: Bank, words: Words, checkpoint: Path, *, minutes: float, rate: float, seed: int
) -> None:
    """Some more of the last phase on top of a checkpoint, at a lower rate."""
    torch.manual_seed(seed)
    phase = Phase(**{**PHASES[-1].__dict__, "rate": rate, "hold": 0.2})
    Trainer(words, checkpoint).run(Batches(bank, words, seed=seed), phase, minutes=minutes)


def _read_frames(model: MicroWhisper, audio: Tensor, spans: Tensor) -> Tensor:
    """Scores of text tokens from the mean of the audio states of each span."""
    means = spans / (spans.sum(-1, keepdim=True) + 1e-6)
    scores: Tensor = model.frame_reader(torch.bmm(means.to(audio.dtype), audio))
    return scores


def _unguided(looks: Tensor, spans: Tensor, *, everywhere: Tensor) -> Tensor:
    """How far heads look away from where the token is heard: some heads, or all `everywhere`."""
    led = (looks * spans[:, None]).sum(-1)
    counted = spans.any(-1)[:, None].repeat(1, looks.shape[1], 1)
    counted[:, GUIDED_HEADS:] &= everywhere[:, None]
    return -((led + 1e-6).log() * counted).sum() / (counted.sum() + 1)


def _schedule(phase: Phase, step: int, done: float) -> float:
    """Warm up, hold, fall as a cosine."""
    warm = min(1.0, (step + 1) / _WARM_UP)
    if done <= phase.hold or phase.hold == 1:
        return warm
    fall = (done - phase.hold) / (1 - phase.hold)
    return warm * max(0.01, 0.5 * (1 + math.cos(math.pi * min(1.0, fall))))


def _right(scores: Tensor, wanted: Tensor) -> Tensor:
    return _mean(scores.argmax(-1) == wanted)


def _mean(right: Tensor) -> Tensor:
    return right.float().mean() if len(right) else torch.ones(())


def _report(phase: Phase, step: int, minutes: float, recent: deque[list[float]]) -> None:
    means = [sum(column) / len(recent) for column in zip(*recent, strict=True)]
    named = zip(Losses._fields, means, strict=True)
    values = "  ".join(f"{name} {value:.3f}" for name, value in named)
    print(f"{phase.name} {minutes:5.1f} min  step {step}  {values}", flush=True)
