"""Every window is decoded with the project's words before it, whatever became of it."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from pipeline.engines.speech import recogniser
from pipeline.engines.speech.hints import hint
from pipeline.engines.speech.pieces import Piece
from pipeline.engines.speech.recogniser import Recognised, Recogniser
from pipeline.engines.speech.sound import RATE, Samples
from pipeline.engines.speech.spans import Span
from pipeline.engines.speech.tokens import Stretch

TERMS = ("审批单", "Harbour", "SLA", "库存")


class Overheard:
    """The model itself; notes the prompts that it is given."""

    def __init__(self, model: Any) -> None:
        self.model = model
        self.prompts: list[list[int]] = []
        self.options: list[dict[str, Any]] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self.model, name)

    def generate(self, encoded: Any, prompts: list[list[int]], **options: Any) -> Any:
        self.prompts += prompts
        self.options += [options] * len(prompts)
        return self.model.generate(encoded, prompts, **options)


@pytest.fixture
def ears(mute_model: Path) -> Recogniser:
    """The recogniser, overheard."""
    made = Recogniser(mute_model, device="cpu", compute_type="int8", threads=1, beam_size=1)
    made._whisper.model = Overheard(made._whisper.model)
    return made


@pytest.fixture
def pieces(call: Samples) -> list[Piece]:
    """Three pieces of the bundled call."""
    return [
        Piece(
            0, (Span(at * RATE, (at + 8) * RATE),), 1.0, 1.0, call[0, at * RATE : (at + 8) * RATE]
        )
        for at in (5, 20, 40)
    ]


def shown(ears: Recogniser) -> list[str]:
    """What stands before the text, prompt by prompt."""
    tokenizer = ears._tokenizer("zh")
    found = []
    for prompt in ears._whisper.model.prompts:
        assert prompt[0] == tokenizer.sot_prev
        assert prompt.count(tokenizer.sot) == 1
        found.append(tokenizer.decode(prompt[1 : prompt.index(tokenizer.sot)]))
    return found


def test_every_window_is_shown_the_words(ears: Recogniser, pieces: list[Piece]):
    found = ears.recognise(pieces, languages=["zh"], hotwords=TERMS)
    assert len(found) == 3
    assert len(shown(ears)) >= 3
    assert set(shown(ears)) == {" 审批单，库存，Harbour，SLA。"}


def test_a_piece_that_goes_in_circles_is_shown_them_again(
    ears: Recogniser, pieces: list[Piece], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(recogniser, "REPETITIVE", -1.0)  # whatever is heard goes in circles
    ears.recognise(pieces, languages=["zh"], hotwords=TERMS)
    again = [one for one in ears._whisper.model.options if "repetition_penalty" in one]
    assert len(again) == 3 * len(recogniser.AGAIN)
    assert len(shown(ears)) == 3 + len(again)
    assert set(shown(ears)) == {" 审批单，库存，Harbour，SLA。"}


class OutOfTokens(Recogniser):
    """Takes the first answer for one that was cut."""

    def _read(self, result: Any, piece: Piece, language: str, room: int) -> Recognised:
        read = super()._read(result, piece, language, room)
        first = piece.duration == 8.0
        return read._replace(cut_at=5.0) if first else read


def test_the_rest_of_a_piece_with_too_many_words_is_shown_them_too(
    mute_model: Path, pieces: list[Piece]
):
    ears = OutOfTokens(mute_model, device="cpu", compute_type="int8", threads=1, beam_size=1)
    ears._whisper.model = Overheard(ears._whisper.model)
    found = ears.recognise(pieces[:1], languages=["zh"], hotwords=TERMS)
    assert [one.piece.duration for one in found] == [8.0, 3.0]
    assert set(shown(ears)) == {" 审批单，库存，Harbour，SLA。"}


def test_words_that_do_not_fit_and_have_no_times_are_heard_in_halves(
    ears: Recogniser, pieces: list[Piece], monkeypatch: pytest.MonkeyPatch
):
    """Else what is said after the last token that fits would be gone without a trace."""
    room = ears._whisper.max_length // 2
    letters = [ears._tokenizer("zh").encode(one)[-1] for one in "abcdefghij"]

    def answer(encoded: Any, prompts: list[list[int]], **options: Any) -> list[Any]:
        lengths.append(len(lengths))
        count = room if len(lengths) == 1 else 9
        tokens = [letters[at * at % 7 + at % 3] for at in range(count)]
        return [SimpleNamespace(sequences_ids=[tokens], scores=[-0.1], no_speech_prob=0.0)]

    lengths: list[int] = []
    monkeypatch.setattr(ears._whisper.model, "generate", answer, raising=False)
    monkeypatch.setattr(recogniser, "REPETITIVE", 1000.0)
    found = ears.recognise(pieces[:1], languages=["zh"], hotwords=())
    assert len(found) == 2
    assert sum(one.piece.duration for one in found) == pieces[0].duration
    assert found[0].piece.end == found[1].piece.start
    assert [len(one.stretches[0].tokens) for one in found] == [9, 9]


def test_pieces_of_two_languages_are_decoded_together(
    ears: Recogniser, pieces: list[Piece], monkeypatch: pytest.MonkeyPatch
):
    """Each with the words of its own script first, which makes prompts of two lengths."""
    monkeypatch.setattr(ears, "_languages", lambda *given: ["zh", "en", "zh"])
    many = (*TERMS, *(f"term {at}" for at in range(40)), *("字" * 8 for _ in range(40)))
    found = ears.recognise(pieces, languages=["zh", "en"], hotwords=many)
    assert [one.language for one in found] == ["zh", "en", "zh"]
    assert [one.piece for one in found] == pieces
    told = set(shown(ears))
    assert len(told) == 2
    assert {one[:4] for one in told} == {" 审批单", " Har"}


def test_the_words_take_none_of_the_room_for_the_text(ears: Recogniser):
    tokenizer, most = ears._tokenizer("en"), ears._whisper.max_length
    terms = tuple(f"customer {at} of the list" for at in range(500))
    prompt = ears._prompt("en", terms)
    assert most // 2 - 30 < len(prompt) <= most // 2
    shown_text = tokenizer.decode(prompt)
    assert shown_text.startswith(" customer 0 of the list, customer 1 of the list")
    assert " of the list." in shown_text  # the last one is whole


@pytest.mark.parametrize(
    "hostile", ["<|endoftext|>", "a <|startoftranscript|> b", "<|0.00|>", "x" * 10_000, "a" * 500]
)
def test_hostile_words_are_left_out(ears: Recogniser, hostile: str):
    tokenizer = ears._tokenizer("en")
    assert hint((hostile, "Harbour"), tokenizer, 200) == "Harbour."
    assert hint((hostile,), tokenizer, 200) is None


def test_hostile_words_do_not_change_what_is_heard(ears: Recogniser, pieces: list[Piece]):
    hostile = ("<|endoftext|>", "<|nospeech|>")
    heard = [
        [one.text for one in ears.recognise(pieces, languages=["zh"], hotwords=words)]
        for words in ((), hostile)
    ]
    assert heard[0] == heard[1]


def test_numbers_keep_their_times(mute_model: Path, pieces: list[Piece]):
    """The real alignment, of a text with numbers in it."""
    ears = Recogniser(
        mute_model, device="cpu", compute_type="int8", threads=1, beam_size=1, word_times=True
    )
    for language, text in [
        ("zh", "共8,500元，到2026-11-26，单号A-1024，三百五十件。"),
        ("en", "8,500 yuan by 2026-11-26, order A-1024, three fifty."),
    ]:
        tokens = tuple(ears._tokenizer(language).encode(text))
        (one,) = ears.recognise(pieces[:1], languages=[language], hotwords=())
        given = one._replace(stretches=(Stretch(1.0, 7.0, text, tokens),))
        (timed,) = ears._worded(ears._encode(pieces[:1]), 0, given).stretches
        assert "".join(word.text for word in timed.words) == text
        assert all(word.probability is not None for word in timed.words)
        whole = [word.text.strip(" ,，。.") for word in timed.words]
        for number in ("8,500", "2026-11-26", "A-1024"):
            assert number in whole
        assert all(0 <= word.start <= word.end <= 30 for word in timed.words)


def test_samples_of_nothing_have_no_words(mute_model: Path):
    ears = Recogniser(
        mute_model, device="cpu", compute_type="int8", threads=1, beam_size=1, word_times=True
    )
    hush = Piece(0, (Span(0, RATE),), 1.0, 1.0, np.zeros(RATE, np.float32))
    (one,) = ears.recognise([hush], languages=["en"], hotwords=())
    for stretch in one.stretches:
        assert "".join(word.text for word in stretch.words) == stretch.text
