"""What --lang says."""

import pytest
from faster_whisper.tokenizer import _LANGUAGE_CODES

from pipeline.errors import InputError
from pipeline.language.tongues import CODES
from pipeline.words.loader import say
from ui.cli.spoken import spoken


@pytest.mark.parametrize(
    ("lang", "codes"),
    [
        ("auto", ()),
        ("zh", ("zh",)),
        ("mixed", ("zh", "en")),
        ("yue, ZH,en,zh", ("yue", "zh", "en")),
    ],
)
def test_a_word_or_codes_say_what_is_spoken(lang, codes):
    assert spoken(lang) == codes


@pytest.mark.parametrize("lang", ["", "Chinese", "zh,", "zh,klingon", "<|zh|>"])
def test_what_is_no_language_is_named(lang):
    with pytest.raises(InputError) as caught:
        spoken(lang)
    assert caught.value.code == "language_unknown"
    assert caught.value.params["spoken"] in say(
        "error.language_unknown", "zh", **caught.value.params
    )


def test_the_codes_are_those_of_the_speech_model():
    assert set(_LANGUAGE_CODES) == CODES
