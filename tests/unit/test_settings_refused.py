"""A value of a setting that does not fit, told to a person."""

import pytest

from pipeline import bootstrap
from pipeline.errors import InputError
from pipeline.words.loader import say


@pytest.mark.parametrize(
    ("name", "value", "en", "zh"),
    [
        ("MODEL_TIMEOUT", "0", "more than 0", "要大于 0"),
        ("MODEL_CONTEXT", "100", "8000 or more", "最小是 8000"),
        ("MODEL_CONTEXT", "many", "a whole number", "要填整数"),
        ("MODEL_AT_ONCE", "99", "64 at most", "最大是 64"),
        ("MODEL_BUDGET", "much", "a number", "要填数字"),
        ("MODEL_MODE", "strict", "auto, json_schema, json_object, tool, text", "json_object, tool"),
        ("MODEL_KEEP_BOUNDS", "perhaps", "true or false", "true 或 false"),
    ],
)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_setting_that_does_not_fit_is_told_in_plain_words(
    monkeypatch, name, value, en, zh, language
):
    monkeypatch.setenv(f"DRAGOMAN_{name}", value)
    with pytest.raises(InputError) as caught:
        bootstrap.settings()
    shown = say(f"error.{caught.value.code}", language, **caught.value.params)
    assert (en if language == "en" else zh) in shown
    assert "Input should" not in shown
