"""Connecting a model on the settings page."""

import tomllib
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from streamlit import config
from streamlit.testing.v1 import AppTest

from evals.bench.scripted import refused, serving
from pipeline.settings import Settings
from pipeline.settings_files import secrets_file, settings_file
from pipeline.words.loader import say
from ui import guard, session
from ui.model_form import FIELDS
from ui.presets import OWN, filled_in, preset_of, presets
from ui.words.loader import tin

Open = Callable[..., AppTest]
KEY = "sk-not-for-anybody-0042"
URL = "https://model.example/v1"


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """The desk listens on this computer alone."""
    asked = config.get_option
    monkeypatch.setattr(
        "streamlit.get_option",
        lambda name: "127.0.0.1" if name == "server.address" else asked(name),
    )


def texts(app: AppTest) -> str:
    kinds = (app.text, app.caption, app.markdown, app.info, app.warning, app.success, app.error)
    return "\n".join(str(one.value) for kind in kinds for one in kind).replace("\\", "")


def field(app: AppTest, name: str) -> Any:
    kinds = (
        app.text_input,
        app.number_input,
        app.selectbox,
        app.segmented_control,
        app.checkbox,
    )
    keys = (f"model-{name}", f"model-{name}-0", f"model-{name}-1")
    return next(one for kind in kinds for one in kind if one.key in keys)


def press(app: AppTest, key: str) -> AppTest:
    return next(one for one in app.button if one.key == key).click().run()


def read(path: Any) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def connect(app: AppTest, *, url: str = URL, key: str = KEY) -> AppTest:
    field(app, "model_url").set_value(url).run()
    field(app, "model_name").set_value("m").run()
    field(app, "engine").select("llm").run()
    field(app, "model_key").set_value(key)
    return press(app, "model-save")


def test_a_model_is_connected_and_every_page_knows_it(open_page: Open, language: str):
    app = connect(open_page("settings"))
    assert not app.exception
    assert tin(language, "desk.model.saved") in texts(app)
    assert read(secrets_file()) == {"model_url": URL, "model_name": "m", "model_key": KEY}
    assert read(settings_file()) == {"engine": "llm"}
    assert session.settings().engine == "llm"


def test_what_was_typed_as_a_key_is_nowhere_afterwards(open_page: Open):
    app = connect(open_page("settings"))
    assert field(app, "model_key").value == ""
    assert field(app, "model_key").placeholder == tin("en", "desk.model.key_set")
    assert KEY not in repr(app.session_state._state.filtered_state)
    assert KEY not in texts(app)


def test_an_empty_key_keeps_the_key_and_only_what_changed_is_written(open_page: Open):
    app = connect(open_page("settings"))
    field(app, "model_context").set_value(48_000).run()
    press(app, "model-save")
    assert read(secrets_file())["model_key"] == KEY
    assert read(settings_file()) == {"engine": "llm", "model_context": 48_000}


def test_another_host_does_not_get_the_key(open_page: Open, language: str):
    app = connect(open_page("settings"))
    field(app, "model_url").set_value("https://other.example/v1").run()
    said = tin(language, "desk.model.key_stays", was="model.example:443", url="other.example:443")
    assert said in texts(app)
    press(app, "model-save")
    assert read(secrets_file()) == {"model_url": "https://other.example/v1", "model_name": "m"}
    assert tin(language, "desk.model.saved_keyless") in texts(app)


def test_the_key_is_removed_when_asked(open_page: Open):
    app = connect(open_page("settings"))
    field(app, "forget").check()
    press(app, "model-save")
    assert read(secrets_file()) == {"model_url": URL, "model_name": "m"}
    assert session.settings().model_key.get_secret_value() == ""


def test_a_preset_fills_what_it_knows_and_leaves_the_rest(open_page: Open):
    app = open_page("settings")
    field(app, "model_price_in").set_value(2.0).run()
    next(one for one in app.segmented_control if one.key == "model-preset").select("ollama").run()
    assert field(app, "model_url").value == "http://127.0.0.1:11434/v1"
    assert field(app, "model_context").value == 16_000
    assert field(app, "model_price_in").value == 2.0
    assert tin("en", "desk.model.about.ollama") in texts(app)


def test_what_the_variable_says_is_shown_and_cannot_be_changed(
    open_page: Open, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("DRAGOMAN_MODEL_NAME", "fixed")
    app = connect_around(open_page("settings"))
    assert field(app, "model_name").disabled
    assert "DRAGOMAN_MODEL_NAME" in field(app, "model_name").help
    assert "model_name" not in read(secrets_file())


def connect_around(app: AppTest) -> AppTest:
    field(app, "model_url").set_value(URL).run()
    return press(app, "model-save")


def test_half_a_model_is_refused_in_words_and_nothing_is_written(open_page: Open, language: str):
    app = open_page("settings")
    field(app, "engine").select("llm").run()
    press(app, "model-save")
    assert say("error.model_incomplete", language) in texts(app)
    assert not secrets_file().exists()
    assert not settings_file().exists()


def test_a_desk_that_others_can_open_takes_no_key(
    open_page: Open, language: str, monkeypatch: pytest.MonkeyPatch
):
    asked = config.get_option
    monkeypatch.setattr(
        "streamlit.get_option",
        lambda name: "0.0.0.0" if name == "server.address" else asked(name),
    )
    app = open_page("settings")
    assert tin(language, "desk.model.refused", file=secrets_file()) in texts(app)
    assert not [one for one in app.button if one.key == "model-save"]


def test_a_desk_behind_another_address_takes_no_key(monkeypatch: pytest.MonkeyPatch):
    for host, allowed in (("localhost:8501", True), ("[::1]:8501", True), ("desk.example", False)):
        monkeypatch.setattr("streamlit.context", SimpleNamespace(headers={"Host": host}))
        assert guard.may_connect() is allowed


HERE = {"Host": "localhost:8501", "Origin": "http://localhost:8501"}


@pytest.mark.parametrize(
    ("more", "allowed"),
    [
        ({}, True),
        ({"Origin": "http://[::1]:8501"}, True),
        ({"X-Forwarded-For": "203.0.113.7"}, False),
        ({"x-forwarded-host": "localhost"}, False),
        ({"Forwarded": "for=203.0.113.7"}, False),
        ({"X-Real-IP": "203.0.113.7"}, False),
        ({"Origin": "https://desk.example"}, False),
        ({"Origin": "https://localhost.desk.example"}, False),
        ({"Origin": "null"}, False),
    ],
)
def test_a_desk_that_is_passed_on_takes_no_key_whatever_host_it_is_told(
    monkeypatch: pytest.MonkeyPatch, more: dict[str, str], allowed: bool
):
    monkeypatch.setattr("streamlit.context", SimpleNamespace(headers=HERE | more))
    assert guard.may_connect() is allowed


def test_a_password_in_an_address_is_not_on_the_page(
    open_page: Open, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("DRAGOMAN_MODEL_URL", "https://me:hunter22@model.example/v1?key=hunter33")
    app = open_page("settings")
    assert field(app, "model_url").value == URL
    assert "hunter" not in texts(app)


def test_a_try_shows_what_was_found(open_page: Open, language: str):
    with serving() as server:
        server.otherwise = refused(401, f"Incorrect API key provided: {KEY}")
        app = connect(open_page("settings"), url=server.url)
        press(app, "model-test")
    assert not app.exception
    found = texts(app)
    assert "HTTP 401: Incorrect API key provided: •••" in found
    assert KEY not in found


def test_a_file_that_broke_meanwhile_is_told_and_the_page_stays(open_page: Open):
    app = connect(open_page("settings"))
    settings_file().write_text("engine = ", encoding="utf-8")
    app.run()
    assert not app.exception
    assert str(settings_file()) in texts(app)


def test_a_model_that_is_set_half_keeps_nobody_from_the_desk(
    open_page: Open, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("DRAGOMAN_ENGINE", "llm")
    for name in ("meetings", "settings"):
        app = open_page(name)
        assert not app.exception
        assert not app.error


def test_every_preset_fills_in_values_that_fit_and_is_found_again_by_its_address():
    for name in presets():
        values = filled_in(name)
        assert values.keys() <= set(FIELDS)
        chosen = Settings(**values)
        assert preset_of(chosen.model_url) == (None if name == OWN else name)
        assert chosen.model_answer_tokens < chosen.model_context
    assert preset_of("https://somewhere.example/v1") == OWN
