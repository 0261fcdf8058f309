"""The names and terms of a project -> what the model is shown before each piece."""

from collections.abc import Sequence

from faster_whisper.tokenizer import Tokenizer

from pipeline.language.script import has_cjk

CHINESE = ("zh", "yue", "ja")
"""Languages whose text is full of Chinese characters."""
MISSES = 20
"""Terms that do not fit any more, after which no shorter one is looked for."""


def hint(hotwords: Sequence[str], tokenizer: Tokenizer, room: int) -> str | None:
    """As many of them as fit, as a sentence; those in the script of the language come first.

    A term that the tokenizer reads as one of the model's own marks, such as the end of the text,
    is left out: it would be obeyed.

    Args:
        hotwords: The most telling first.
        tokenizer: Of the language that is spoken.
        room: Tokens that there are for it.
    """
    chinese = tokenizer.language_code in CHINESE
    told: list[str] = []
    misses = 0
    for word in sorted(hotwords, key=lambda one: has_cjk(one) is not chinese):
        tokens = tokenizer.encode(f" {_sentence([*told, word])}")
        if len(tokens) > room:
            misses += 1
        elif all(token < tokenizer.eot for token in tokens):
            told.append(word)
        if misses == MISSES:
            break
    return _sentence(told) if told else None


def _sentence(words: Sequence[str]) -> str:
    """Whisper goes on in the punctuation that it was shown."""
    return "，".join(words) + "。" if any(map(has_cjk, words)) else ", ".join(words) + "."
