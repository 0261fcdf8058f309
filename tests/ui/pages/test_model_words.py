"""What the settings page says of a model: in plain words, with one name, where it is looked for."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from evals.bench.scripted import refused, serving
from pipeline.words.loader import table
from tests.ui.pages.test_model_panel import connect, field, here, press, texts
from ui.words.loader import tin

Open = Callable[..., AppTest]
__all__ = ["here"]
URL = "https://model.example/v1"


def preset(app: AppTest, name: str) -> AppTest:
    chosen = next(one for one in app.segmented_control if one.key == "model-preset")
    return chosen.select(name).run()


def values(app: AppTest, *names: str) -> list[Any]:
    return [field(app, name).value for name in names]


def test_the_saved_address_comes_back_after_a_look_at_a_preset(open_page: Open):
    app = connect(open_page("settings"))
    field(app, "model_context").set_value(48_000).run()
    press(app, "model-save")
    saved = values(app, "model_url", "model_name", "model_context")
    assert saved == [URL, "m", 48_000]
    preset(app, "openai")
    assert values(app, "model_url", "model_name", "model_context") != saved
    preset(app, "own")
    assert values(app, "model_url", "model_name", "model_context") == saved


def test_another_address_is_empty_where_none_was_saved(open_page: Open):
    app = preset(preset(open_page("settings"), "openai"), "own")
    assert values(app, "model_url", "model_name") == ["", ""]


def test_what_a_try_found_stands_between_the_form_and_its_button(open_page: Open):
    with serving() as server:
        server.otherwise = refused(401, "Incorrect API key provided")
        app = press(connect(open_page("settings"), url=server.url), "model-test")
    order = list(app.main)
    places = {getattr(one, "key", None): at for at, one in enumerate(order)}
    (found,) = [
        at
        for at, one in enumerate(order)
        if one.type == "text" and "HTTP 401" in str(getattr(one, "value", ""))
    ]
    assert places["model-save"] < found < places["model-test"]


def test_every_setting_tells_truly_when_it_holds(open_page: Open, language: str):
    said = texts(open_page("settings"))
    assert {"zh": "不用重启", "en": "nothing has to be started again"}[language] in said


def test_a_model_has_one_name_on_the_page_and_no_short_one(
    open_page: Open, language: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("DRAGOMAN_ENGINE", "llm")
    app = open_page("settings")
    said = texts(app) + "".join(str(one.value.to_string()) for one in app.dataframe)
    assert not re.search(r"\bllm\b", said)
    assert tin(language, "desk.model.engine_is.llm") in said
    assert "语言模型" not in said


def test_no_sentence_calls_a_language_model_otherwise():
    assert not [key for key, text in table("ui.words", "zh").items() if "语言模型" in text]
    names = [table("ui.words", "en")[f"desk.{key}"] for key in ("nav.model", "settings.model")]
    assert names == ["Language model", "Language model"]
    chinese = table("ui.words", "zh")
    assert chinese["desk.nav.model"] == chinese["desk.settings.model"] == "大模型"


def test_what_is_not_plain_by_its_name_is_told(open_page: Open, language: str):
    app = open_page("settings")
    for name in ("model_mode", "model_steps", "model_keep_bounds", "model_price_cached"):
        assert field(app, name).help == tin(language, f"desk.model.help.{name}")


def test_what_is_fixed_says_so_in_place_of_the_help(
    open_page: Open, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("DRAGOMAN_MODEL_STEPS", "small")
    assert "DRAGOMAN_MODEL_STEPS" in field(open_page("settings"), "model_steps").help
