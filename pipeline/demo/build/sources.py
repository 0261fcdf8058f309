"""What is said next: draws utterances from the bank the way a call strings them together."""

import itertools
import random
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from pipeline.demo.build.bank import Bank, Utterance
from pipeline.demo.build.script import LANGUAGES, Language
from pipeline.demo.build.sound import SAMPLE_RATE
from pipeline.demo.build.tokenizer import Words

_OWN_VOICE = 0.75
_SHORTEST_CUT = 0.3


class Timed(NamedTuple):
    """A token and when it is spoken, in seconds."""

    token: int
    start: float
    end: float


class Take(NamedTuple):
    """Audio that can be laid into a window, with its tokens timed from its own start."""

    samples: npt.NDArray[np.int16]
    tokens: tuple[Timed, ...]


class LineUp(NamedTuple):
    """Utterances in the order they are said, and what was said before them."""

    coming: Iterator[Utterance]
    before: tuple[Utterance, ...]


class Sources:
    """Draws from the bank."""

    def __init__(self, bank: Bank, words: Words, chance: random.Random) -> None:
        self._bank, self._words, self._chance = bank, words, chance
        self._lines = {k: [u for u in bank.lines if u.language == k] for k in LANGUAGES}
        self._wide = {k: [u for u in bank.wide if u.language == k] for k in LANGUAGES}
        self._takes: dict[tuple[Language, int | None, bool], list[Utterance]] = {}
        for utterance in bank.lines:
            key = (utterance.language, utterance.line, utterance.own)
            self._takes.setdefault(key, []).append(utterance)
        self.text_tokens = {
            k: sorted({p.token for u in self._lines[k] for p in words.pieces(u.text, k)})
            for k in LANGUAGES
        }

    def any_line(self, language: Language) -> Utterance:
        """Some line of the call, by some voice."""
        return self._chance.choice(self._lines[language])

    def line_up(self, language: Language) -> LineUp:
        """One speaker's lines (40 %), the call's (20 %), lines in any order, or anything."""
        kind = self._chance.random()
        if kind < 0.4:
            channel = self._chance.randint(0, 1)
            return self._in_order(
                language, [u for u in self._script(language) if u.channel == channel]
            )
        if kind < 0.6:
            return self._in_order(language, self._script(language))
        if kind < 0.88:
            lines = self._script(language)
            return LineUp((self._spoken(self._chance.choice(lines)) for _ in itertools.count()), ())
        wide = self._wide[language]
        return LineUp((self._chance.choice(wide) for _ in itertools.count()), ())

    def take(self, utterance: Utterance, copy: int) -> Take:
        """One of its takes; the clean one where it has no such copy."""
        samples = utterance.takes[copy if copy < len(utterance.takes) else 0]
        return Take(samples, self._timed(utterance.text, utterance.language, utterance.times))

    def cut_take(self, utterance: Utterance, copy: int) -> Take | None:
        """A take that lost its beginning or its end, as a cut in the wrong place makes it."""
        text, times = utterance.text, utterance.times
        places = [at for at in range(2, len(text) - 2) if _may_cut(text, at, utterance.language)]
        if not places:
            return None
        place = self._chance.choice(places)
        first, last = (place, len(text)) if self._chance.random() < 0.5 else (0, place)
        begin, stop = (int(times[at] * SAMPLE_RATE) for at in (first, last))
        if stop - begin < _SHORTEST_CUT * SAMPLE_RATE:
            return None
        kept = text[first:last]
        lead = len(kept) - len(kept.lstrip())
        kept = kept.strip()
        shifted = times[first + lead : first + lead + len(kept) + 1] - times[first]
        samples = self.take(utterance, copy).samples[begin:stop]
        return Take(samples, self._timed(kept, utterance.language, shifted))

    def _script(self, language: Language) -> list[Utterance]:
        count = 1 + max(u.line or 0 for u in self._lines[language])
        return [self._takes[language, line, True][0] for line in range(count)]

    def _spoken(self, line: Utterance) -> Utterance:
        own = self._chance.random() < _OWN_VOICE
        return self._chance.choice(self._takes[line.language, line.line, own])

    def _in_order(self, language: Language, lines: list[Utterance]) -> LineUp:
        first = self._chance.randrange(len(lines))
        order = itertools.islice(itertools.cycle(lines), first, None)
        return LineUp((self._spoken(line) for line in order), tuple(lines[:first]))

    def _timed(
        self, text: str, language: Language, times: npt.NDArray[np.float32]
    ) -> tuple[Timed, ...]:
        return tuple(
            Timed(
                piece.token, float(times[piece.first]), float(times[max(piece.last, piece.first)])
            )
            for piece in self._words.pieces(text, language)
        )


def _may_cut(text: str, at: int, language: Language) -> bool:
    if language == "en":
        return text[at] == " "
    return not text[at - 1].isascii() and not text[at].isascii()
