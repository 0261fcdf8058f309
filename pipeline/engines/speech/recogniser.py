"""Pieces -> the text the model finds in them, a batch at a time, the same in every run."""

import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from ctranslate2 import Device, StorageView
from ctranslate2.models import WhisperGenerationResult
from faster_whisper.audio import pad_or_trim
from faster_whisper.tokenizer import Tokenizer
from faster_whisper.transcribe import get_ctranslate2_storage, get_suppressed_tokens

from pipeline.engines.speech.circling import can_be_said
from pipeline.engines.speech.hints import hint
from pipeline.engines.speech.joints import crossed, parted
from pipeline.engines.speech.loading import load
from pipeline.engines.speech.pieces import Piece
from pipeline.engines.speech.tokens import Stretch, Timed, last_time, stretches
from pipeline.engines.speech.tongues import decided
from pipeline.engines.speech.words import spoken

REPETITIVE = 2.4
"""Text that zlib shrinks by more than this repeats itself (Whisper's own threshold)."""
LIKELY = -1.0
"""Mean log probability below which a text is hardly better than a guess (Whisper's own)."""
SPLITTABLE = 4.0
"""Seconds a piece must have to be heard in halves, where its words do not fit and have no times."""
AGAIN: tuple[Mapping[str, float], ...] = (
    {"repetition_penalty": 1.05, "no_repeat_ngram_size": 6},
    {"repetition_penalty": 1.2, "no_repeat_ngram_size": 4},
)
"""Tried in turn on a piece that goes in circles.

Whisper falls back to sampling at rising temperatures. CTranslate2 seeds its sampler once a
thread, so a resumed run would hear other words than an uninterrupted one: penalties do not.
"""


class Recognised(NamedTuple):
    """What the model makes of one piece."""

    piece: Piece
    stretches: tuple[Stretch, ...]
    language: str
    avg_logprob: float
    no_speech_prob: float
    cut_at: float | None = None
    """Seconds in the piece at which the model ran out of tokens; 0 where it told no time."""

    @property
    def text(self) -> str:
        """All of it."""
        return " ".join(one.text for one in self.stretches)

    @property
    def compression(self) -> float:
        """How far zlib shrinks the text."""
        return compression(self.text)

    @property
    def circles(self) -> bool:
        """Whether it repeats itself as nobody would."""
        often = self.compression > REPETITIVE
        return often and not can_be_said(self.text, self.piece, self.avg_logprob)


def compression(text: str) -> float:
    """How far zlib shrinks a text: 1 is normal, 3 goes in circles."""
    data = text.encode()
    return len(data) / len(zlib.compress(data))


class Recogniser:
    """A loaded Whisper."""

    def __init__(
        self,
        folder: Path,
        *,
        device: str,
        compute_type: str,
        threads: int,
        beam_size: int,
        word_times: bool = False,
    ) -> None:
        """Load the weights; `word_times` asks for the times of all words, which takes longer.

        Raises:
            ModelUnavailableError: they cannot be loaded here.
        """
        self._beam_size = beam_size
        self._word_times = word_times
        self._whisper = load(folder, device=device, compute_type=compute_type, threads=threads)
        self._tokenizers: dict[str, Tokenizer] = {}
        self._prompts: dict[tuple[str, tuple[str, ...]], list[int]] = {}

    def knows(self, language: str) -> bool:
        """Whether the model was made for a language, by its code."""
        if not self._whisper.model.is_multilingual:
            return language == "en"
        return self._whisper.hf_tokenizer.token_to_id(f"<|{language}|>") is not None

    @property
    def on(self) -> tuple[str, str]:
        """The device and the precision that are really used."""
        return self._whisper.model.device, self._whisper.model.compute_type

    def recognise(
        self, pieces: Sequence[Piece], *, languages: Sequence[str], hotwords: Sequence[str]
    ) -> list[Recognised]:
        """Text of each piece, in order; a piece with more words than fit comes back in parts."""
        found: list[Recognised] = []
        for one in self._recognised(pieces, languages, hotwords):
            rest: Sequence[Piece] = ()
            if one.cut_at == 0.0:
                rest = one.piece.halves()
            elif one.cut_at is not None:
                rest = (one.piece.tail(one.cut_at),)
            if one.cut_at != 0.0:
                found.append(one)
            for part in rest:
                found += self.recognise([part], languages=[one.language], hotwords=hotwords)
        return found

    def _recognised(
        self, pieces: Sequence[Piece], languages: Sequence[str], hotwords: Sequence[str]
    ) -> list[Recognised]:
        encoded = self._encode(pieces)
        tongues = self._languages(encoded, pieces, languages)
        found = self._decode(encoded, pieces, tongues, hotwords, {})
        for options in AGAIN:
            circling = [at for at, one in enumerate(found) if one.circles]
            if not circling:
                break
            again = self._decode(
                _some_of(encoded, circling),
                [pieces[at] for at in circling],
                [tongues[at] for at in circling],
                hotwords,
                options,
            )
            for at, one in zip(circling, again, strict=True):
                found[at] = min(found[at], one, key=lambda each: each.compression)
        return [self._worded(encoded, at, one) for at, one in enumerate(found)]

    def _encode(self, pieces: Sequence[Piece]) -> StorageView:
        extract = self._whisper.feature_extractor
        features = [pad_or_trim(extract(piece.samples)[..., :-1]) for piece in pieces]
        return self._whisper.encode(np.stack(features))

    def _languages(
        self, encoded: StorageView, pieces: Sequence[Piece], allowed: Sequence[str]
    ) -> list[str]:
        """The language of each piece, one of the allowed where any are named."""
        if not self._whisper.model.is_multilingual:
            return ["en"] * len(pieces)
        if len(allowed) == 1:
            return [allowed[0]] * len(pieces)
        odds: list[dict[str, float]] = []
        for found in self._whisper.model.detect_language(encoded):
            chances = {token[2:-2]: float(chance) for token, chance in found}
            odds.append({k: v for k, v in chances.items() if k in allowed} if allowed else chances)
        odds = [one or dict.fromkeys(allowed, 0.0) for one in odds]
        return decided(odds, [piece.duration for piece in pieces])

    def _decode(
        self,
        encoded: StorageView,
        pieces: Sequence[Piece],
        tongues: Sequence[str],
        hotwords: Sequence[str],
        options: Mapping[str, float],
    ) -> list[Recognised]:
        """Text of each piece; those whose prompts differ in length are decoded apart.

        CTranslate2 wants the text to begin at the same place in all of a batch.
        """
        prompts = [self._prompt(language, tuple(hotwords)) for language in tongues]
        found: dict[int, Recognised] = {}
        for length in sorted({len(prompt) for prompt in prompts}):
            places = [at for at, prompt in enumerate(prompts) if len(prompt) == length]
            results = self._whisper.model.generate(
                encoded if len(places) == len(pieces) else _some_of(encoded, places),
                [prompts[at] for at in places],
                beam_size=self._beam_size,
                max_length=self._whisper.max_length,
                suppress_tokens=list(get_suppressed_tokens(self._tokenizer(tongues[0]), [-1])),
                return_scores=True,
                return_no_speech_prob=True,
                **options,
            )
            most = self._whisper.max_length
            room = min(most // 2, most - length)
            for at, result in zip(places, results, strict=True):
                found[at] = self._read(result, pieces[at], tongues[at], room)
        return [found[at] for at in range(len(pieces))]

    def _prompt(self, language: str, hotwords: tuple[str, ...]) -> list[int]:
        """What comes before the text; the hotwords take none of the room that words have."""
        key = language, hotwords
        if key not in self._prompts:
            tokenizer = self._tokenizer(language)
            room = self._whisper.max_length // 2 - len(tokenizer.sot_sequence) - 1
            told = hint(hotwords, tokenizer, room)
            self._prompts[key] = self._whisper.get_prompt(tokenizer, [], hotwords=told)
        return self._prompts[key]

    def _worded(self, encoded: StorageView, at: int, one: Recognised) -> Recognised:
        """Stretches parted at the joints they reach over; with their words where those are wanted."""
        reaches_over = any(crossed(one.piece, stretch) for stretch in one.stretches)
        if not one.stretches or not (self._word_times or reaches_over):
            return one
        found = parted(one.piece, one.stretches, self._words(encoded, at, one))
        wanted = self._word_times
        return one._replace(
            stretches=tuple(each._replace(words=spoken(each) if wanted else ()) for each in found)
        )

    def _words(self, encoded: StorageView, at: int, one: Recognised) -> list[Timed]:
        """Times of the words of a piece; none where they cannot be told."""
        try:
            (words,) = self._whisper.find_alignment(
                self._tokenizer(one.language),
                [[token for stretch in one.stretches for token in stretch.tokens]],
                _some_of(encoded, [at]),
                round(one.piece.duration * self._whisper.frames_per_second),
            )
        except (IndexError, ValueError, RuntimeError):
            return []
        return [
            Timed(
                float(word["start"]),
                float(word["end"]),
                word["word"],
                len(word["tokens"]),
                float(word["probability"]),
            )
            for word in words
        ]

    def _read(
        self, result: WhisperGenerationResult, piece: Piece, language: str, room: int
    ) -> Recognised:
        tokens: list[int] = result.sequences_ids[0]
        tokenizer = self._tokenizer(language)
        found = tuple(stretches(tokens, tokenizer, piece.duration))
        # The score is the mean over the tokens; Whisper counts the end of text too.
        logprob = result.scores[0] * len(tokens) / (len(tokens) + 1)
        read = Recognised(piece, found, language, float(logprob), float(result.no_speech_prob))
        until = last_time(tokens, tokenizer)
        ran_out = len(tokens) >= room - 1 and until <= piece.duration - 1.0
        if not ran_out or logprob < LIKELY or read.compression > REPETITIVE:
            return read
        if until < 1.0:
            return read._replace(cut_at=0.0) if piece.duration >= SPLITTABLE else read
        kept = tuple(one for one in found if one.end <= until)
        return read._replace(stretches=kept, cut_at=until)

    def _tokenizer(self, language: str) -> Tokenizer:
        if language not in self._tokenizers:
            self._tokenizers[language] = Tokenizer(
                self._whisper.hf_tokenizer,
                self._whisper.model.is_multilingual,
                task="transcribe",
                language=language,
            )
        return self._tokenizers[language]


def _some_of(encoded: StorageView, places: Sequence[int]) -> StorageView:
    """What the encoder made of some pieces of a batch."""
    return get_ctranslate2_storage(np.asarray(encoded.to_device(Device.cpu))[list(places)])
