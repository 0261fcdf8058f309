"""A window -> the tokens the decoder reads, the tokens it is to write, and where it should look."""

import random
from typing import NamedTuple

from pipeline.demo.build.bank import Utterance
from pipeline.demo.build.model import MAX_TOKENS
from pipeline.demo.build.script import LANGUAGES
from pipeline.demo.build.sound import seconds
from pipeline.demo.build.sources import Sources, Timed
from pipeline.demo.build.tokenizer import TIME_STAMPS, TIME_STEP, Words
from pipeline.demo.build.windows import WINDOW_SECONDS, Said, Window

PREFIX_TOKENS = 223
"""faster-whisper feeds at most this much of the text before a window."""
_FIRST_WEIGHT = 2.5
"""The first token of an utterance decides which one the model recites: weigh it up."""
_WRONG = 0.5
"""Share of sequences whose decoder input is partly wrong: the audio must win over the memory."""
_HOTWORDS = 0.3
"""Share of prefixes that are lists of a project's own words, as the application feeds them."""
_UNKNOWN = 0.3
"""Share of those words that nobody says and that the tokenizer has to spell in bytes."""
_STAMP_EARLY, _STAMP_LATE = 0.05, 0.1


class Step(NamedTuple):
    """One token of the sequence."""

    token: int
    weight: float
    """How much it counts that it is predicted; 0 for what faster-whisper writes itself."""
    start: float | None = None
    end: float | None = None
    """Where in the window it is heard, if anywhere."""


class Example(NamedTuple):
    """The sequence as it should be, and what the decoder is shown instead of it."""

    steps: tuple[Step, ...]
    shown: tuple[int, ...]


class Labels:
    """Writes the token sequences of windows."""

    def __init__(
        self, sources: Sources, words: Words, chance: random.Random, *, prefix_share: float
    ) -> None:
        self._sources, self._words, self._chance = sources, words, chance
        self.prefix_share = prefix_share
        """How many windows are given earlier text, as condition_on_previous_text would."""

    def write(self, window: Window) -> Example:
        """The sequence of one window."""
        prefix = self._prefix(window) if window.said else []
        steps = [Step(token, 0.0) for token in prefix]
        steps.append(Step(self._words.special("startoftranscript"), 0.0))
        steps += self._said(window) if window.said else [self._special("nospeech", 1.0)]
        steps = steps[:MAX_TOKENS]
        return Example(tuple(steps), self._shown(steps, len(prefix) + 1, window))

    def _said(self, window: Window) -> list[Step]:
        steps = [self._special(window.language, 1.0), self._special("transcribe", 0.0)]
        if not window.stamped:
            steps.append(self._special("notimestamps", 0.0))
        for number, said in enumerate(window.said):
            steps += self._utterance(window, said, first=number == 0)
        return [*steps, self._special("endoftext", 1.0)]

    def _utterance(self, window: Window, said: Said, *, first: bool) -> list[Step]:
        """The time stamp, the words, the time stamp."""
        shift = window.offset * TIME_STEP
        steps = []
        if window.stamped:
            # Whisper may not open a window later than at 1.0 s
            opens = min(said.start, 1.0) if first and window.offset == 0 else said.start
            steps.append(
                Step(
                    self._words.stamp(opens + shift), 1.0,
                    said.start - _STAMP_EARLY, said.start + _STAMP_LATE,
                )
            )  # fmt: skip
        if said.end is None:
            return steps
        for number, token in enumerate(said.tokens):
            weight = _FIRST_WEIGHT if number == 0 else 1.0
            steps.append(_heard_step(token, weight))
        if window.stamped:
            stamp = self._words.stamp(said.end + shift)
            steps.append(Step(stamp, 1.0, said.end - _STAMP_LATE, said.end + _STAMP_EARLY))
        return steps

    def _prefix(self, window: Window) -> list[int]:
        """<|startofprev|> and earlier text: right or not, with time stamps or not, cut or not."""
        chance = self._chance
        if chance.random() >= self.prefix_share:
            return []
        if chance.random() < _HOTWORDS:
            return [self._words.special("startofprev"), *self._hotwords()]
        tokens = self._earlier(self._history(window))
        if chance.random() < 0.3:
            others = self._sources.text_tokens[window.language]
            tokens = [
                chance.choice(others)
                if token < self._words.end and chance.random() < 0.15
                else token
                for token in tokens
            ]
        tokens = tokens[-PREFIX_TOKENS:]
        if chance.random() < 0.1:
            tokens = tokens[: chance.randint(1, len(tokens))]
        return [self._words.special("startofprev"), *tokens]

    def _hotwords(self) -> list[int]:
        """Words out of any lines, joined as faster-whisper joins hotwords."""
        count = self._chance.randint(1, 40)
        listed = "".join(f" {self._some_word()}" for _ in range(count))
        encoded = self._words.tokenizer.encode(listed, add_special_tokens=False)
        return list(encoded.ids[:PREFIX_TOKENS])

    def _some_word(self) -> str:
        language = self._chance.choice(LANGUAGES)
        if self._chance.random() < _UNKNOWN:
            lowest, highest = ("一", "龥") if language == "zh" else ("a", "z")
            length = self._chance.randint(2, 6)
            return "".join(
                chr(self._chance.randint(ord(lowest), ord(highest))) for _ in range(length)
            )
        text = self._sources.any_line(language).text
        if language == "en":
            return self._chance.choice(text.split())
        first = self._chance.randrange(len(text) - 1)
        return text[first : first + self._chance.randint(2, 4)]

    def _history(self, window: Window) -> list[Utterance]:
        chance = self._chance
        if window.before and chance.random() < 0.7:
            return list(window.before[-chance.randint(1, 25) :])
        count = chance.choice((1, 2, 4, 8, 20, 25))
        return [self._sources.any_line(window.language) for _ in range(count)]

    def _earlier(self, utterances: list[Utterance]) -> list[int]:
        """Tokens of the text before, stamped window by window as a decoder would have."""
        chance, words = self._chance, self._words
        stamped = chance.random() < 0.8
        clock = chance.uniform(0, 25)
        tokens: list[int] = []
        for utterance in utterances:
            length = seconds(utterance.takes[0])
            if clock + length > WINDOW_SECONDS:
                clock = chance.uniform(0, 1)
            text = [piece.token for piece in words.pieces(utterance.text, utterance.language)]
            stamps = [words.stamp(clock), words.stamp(clock + length)] if stamped else []
            tokens += [*stamps[:1], *text, *stamps[1:]]
            clock += length + chance.uniform(0.2, 3)
        return tokens

    def _shown(self, steps: list[Step], first: int, window: Window) -> tuple[int, ...]:
        """The decoder input; often with wrong tokens and shifted time stamps in it."""
        shown = [step.token for step in steps]
        if self._chance.random() >= _WRONG or not window.said:
            return tuple(shown)
        share = self._chance.choice((0.05, 0.1, 0.2))
        line = self._sources.any_line(window.language)
        other = [piece.token for piece in self._words.pieces(line.text, window.language)]
        for at in range(first, len(shown) - 1):
            if self._chance.random() < share:
                shown[at] = self._wrong(shown[at], other, window)
        return tuple(shown)

    def _wrong(self, token: int, other: list[int], window: Window) -> int:
        words, chance = self._words, self._chance
        if token < words.end:
            known = other if chance.random() < 0.5 else self._sources.text_tokens[window.language]
            return chance.choice(known)
        if token >= words.first_stamp:
            moved = token + chance.randint(-8, 8)
            return max(words.first_stamp, min(words.first_stamp + TIME_STAMPS - 1, moved))
        return token

    def _special(self, name: str, weight: float) -> Step:
        return Step(self._words.special(name), weight)


def _heard_step(token: Timed, weight: float) -> Step:
    return Step(token.token, weight, token.start, max(token.end, token.start + 0.06))
