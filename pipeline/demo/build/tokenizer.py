"""A small tokenizer in Whisper's order of ids.

CTranslate2 and faster-whisper read meaning from that order: text tokens, the empty token (its
presence marks a multilingual model), <|endoftext|>, <|startoftranscript|>, the languages, the
tasks, and the time stamps at the very end.
"""

import json
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from faster_whisper.tokenizer import _LANGUAGE_CODES
from tokenizers import Regex, Tokenizer, decoders, models, pre_tokenizers, trainers

from pipeline.demo.build.corpus import made_sentences, script_lines
from pipeline.demo.build.script import LANGUAGES, Language

TIME_STEP = 0.02
TIME_STAMPS = 1501
_TEXT_TOKENS = 1200
_CJK = "[\u3400-\u9fff\u3000-\u303f\uff00-\uffef]"
_NOTES = "♪♩♫♬♭♮♯"
_WHOLE = (" -", " '", *_NOTES, *(f" {note}" for note in _NOTES))
"""faster-whisper suppresses the first token of each of these; were they not whole, it would
suppress the bare space or a byte that half of all hanzi begin with."""
_TASKS = ("translate", "transcribe", "startoflm", "startofprev", "nospeech", "notimestamps")
_SPECIAL = ("endoftext", "startoftranscript", *_LANGUAGE_CODES, *_TASKS)


class Piece(NamedTuple):
    """One token of a text, and the characters [first, last) it stands for."""

    token: int
    first: int
    last: int


class Words:
    """The tokenizer with its special ids by name."""

    def __init__(self, folder: Path) -> None:
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.size: int = self.tokenizer.get_vocab_size()

    def special(self, name: str) -> int:
        """The id of `<|name|>`."""
        found = self.tokenizer.token_to_id(f"<|{name}|>")
        if found is None:
            msg = f"the tokenizer has no <|{name}|>"
            raise KeyError(msg)
        return found

    @cached_property
    def end(self) -> int:
        """The id of <|endoftext|>; all ids below are text."""
        return self.special("endoftext")

    @cached_property
    def first_stamp(self) -> int:
        """The id of <|0.00|>."""
        return self.special("notimestamps") + 1

    def stamp(self, second: float) -> int:
        """The id of the time stamp nearest to a second."""
        step = min(TIME_STAMPS - 1, max(0, round(second / TIME_STEP)))
        return self.first_stamp + step

    def pieces(self, text: str, language: Language) -> list[Piece]:
        """Tokens of a line; an English one begins with a space, as Whisper's do."""
        lead = 1 if language == "en" else 0
        encoded = self.tokenizer.encode(" " * lead + text, add_special_tokens=False)
        return [
            Piece(token, max(0, first - lead), min(len(text), last - lead))
            for token, (first, last) in zip(encoded.ids, encoded.offsets, strict=True)
        ]


def build_tokenizer(folder: Path) -> Words:
    """Train the text tokens on the corpus; write tokenizer.json and vocabulary.json."""
    parsed = json.loads(_train().to_str())
    vocabulary: dict[str, int] = parsed["model"]["vocab"]
    vocabulary[""] = len(vocabulary)
    stamps = [f"<|{step * TIME_STEP:.2f}|>" for step in range(TIME_STAMPS)]
    special = [*(f"<|{name}|>" for name in _SPECIAL), *stamps]
    ordered = [*sorted(vocabulary, key=vocabulary.__getitem__), *special]
    flags = dict.fromkeys(("single_word", "lstrip", "rstrip", "normalized"), False)
    parsed["added_tokens"] = [
        {"id": len(vocabulary) + index, "content": content, **flags, "special": True}
        for index, content in enumerate(special)
    ]
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in (("tokenizer.json", parsed), ("vocabulary.json", ordered)):
        (folder / name).write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return Words(folder)


def _train() -> Tokenizer:
    lead: dict[Language, str] = {"zh": "", "en": " "}
    texts = [
        lead[language] + text
        for language in LANGUAGES
        for text in (*script_lines(language), *made_sentences(language))
    ]
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(_CJK), "isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False),
        ]
    )
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=_TEXT_TOKENS,
        min_frequency=1,
        initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()),
        show_progress=False,
    )
    tokenizer.train_from_iterator(texts * 3 + list(_WHOLE) * 4000, trainer)
    return tokenizer
