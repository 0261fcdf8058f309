"""The page of what leaves for a model: word for word, and nothing of it read as Markdown."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from pipeline import setting_up
from pipeline.models.answer import Usage
from pipeline.models.model_use import ModelUse
from pipeline.service import sending
from tests.ui.pages.conftest import ME, forget
from tests.ui.pages.test_pages import texts
from ui import session
from ui.words.loader import tin

Open = Callable[..., AppTest]
PICTURE = "![x](http://example.invalid/x.png)"


def boxes(app: AppTest) -> list[str]:
    """Texts that are shown to the letter."""
    parts = [json.loads(one.proto.json) for one in app.get("bidi_component") if one.proto.json]
    return [one["text"] for one in parts if "text" in one]


@pytest.fixture
def asked(desk: Any, monkeypatch: pytest.MonkeyPatch) -> str:
    """The desk with a model set that nobody may reach; the meeting's uid."""
    monkeypatch.setenv("DRAGOMAN_ENGINE", "llm")
    monkeypatch.setenv("DRAGOMAN_MODEL_URL", "http://somebody:secret@127.0.0.1:9/v1")
    monkeypatch.setenv("DRAGOMAN_MODEL_NAME", "m *x*")
    forget()
    return str(desk.meeting)


def test_with_the_rules_nothing_leaves(desk: Any, open_page: Open, language: str):
    app = open_page("model", m=desk.meeting)
    assert [one.value for one in app.info] == [tin(language, "sending.rules_page")]
    assert tin(language, "cost.none") in texts(app)
    assert boxes(app) == []


def test_every_word_of_a_question_is_there_as_it_would_go(
    asked: str, open_page: Open, language: str
):
    app = open_page("model", m=asked)
    assert not app.exception
    told = sending.would_send(ME, session.house(), asked)
    assert told is not None
    for at, one in enumerate(told.first):
        app.selectbox(key="question").set_value(at).run()
        shown = boxes(app)
        assert {message.text for message in one.messages} < set(shown)
        rest = {name: value for name, value in one.request.items() if name != "messages"}
        assert json.loads(shown[-1]) == rest
    assert any(PICTURE in box for box in boxes(app))
    assert PICTURE not in texts(app)


def test_it_says_where_to_without_a_password(asked: str, open_page: Open, language: str):
    app = open_page("model", m=asked)
    everything = texts(app)
    assert "127.0.0.1:9 · m *x*" in everything
    assert "secret" not in everything + "".join(boxes(app))


def test_a_model_that_is_set_meanwhile_is_told_of(desk: Any, open_page: Open, language: str):
    open_page("model", m=desk.meeting)
    other_program = {"engine": "llm", "model_url": "http://127.0.0.1:9/v1", "model_name": "m"}
    setting_up.write(other_program)
    app = open_page("model", m=desk.meeting)
    assert tin(language, "sending.rules_page") not in texts(app)
    assert "127.0.0.1:9 · m" in texts(app)
    setting_up.write({"engine": "rules"})
    assert tin(language, "sending.rules_page") in texts(open_page("model", m=desk.meeting))


def test_a_proxy_on_the_way_is_named_without_a_password(
    asked: str, open_page: Open, language: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("DRAGOMAN_MODEL_URL", "https://model.example/v1")
    monkeypatch.setenv("HTTPS_PROXY", "http://me:hunter22@proxy.example:3128")
    for name in ("NO_PROXY", "no_proxy", "https_proxy"):
        monkeypatch.delenv(name, raising=False)
    everything = texts(open_page("model", m=asked))
    host, proxy = "model.example", "proxy.example:3128"
    assert tin(language, "sending.through", host=host, proxy=proxy) in everything
    assert "hunter22" not in everything


def test_a_look_keeps_nothing(asked: str, open_page: Open, language: str, desk: Any):
    before = desk.view
    assert {one.origin_engine for _, one in before.minutes.items()} == {"rules"}
    open_page("model", m=asked)
    assert desk.view == before


def test_what_was_spent_stands_here_and_in_the_record(desk: Any, open_page: Open, language: str):
    use = ModelUse(
        site="specify",
        model="m *x*",
        requests=3,
        kept=2,
        usage=Usage(tokens_in=1234, tokens_cached=5, tokens_out=67),
        seconds=12.0,
        money=0.5,
    )
    desk.house.tools.store.add_model_use(desk.meeting, use)
    app = open_page("model", m=desk.meeting)
    assert [one.value for one in app.info] == [tin(language, "sending.rules_but")]
    (table,) = app.dataframe
    told = " ".join(str(value) for value in table.value.iloc[0])
    assert tin(language, "sending.site.specify") in told
    assert all(one in told for one in ("3", "2", "1,234", "67", "0.5"))
    record = texts(open_page("audit", m=desk.meeting))
    assert "1,234" in record
    assert "m *x*" not in record  # its marks are disarmed


def test_what_nobody_knows_of_it_is_told_as_not_known(desk: Any, open_page: Open, language: str):
    priced = ModelUse(site="specify", model="m", requests=1, money=0.5)
    usage = Usage(tokens_in=1234, tokens_out=67)
    other = ModelUse(site="asks", model="m", requests=9, unpriced=9, estimated=9, usage=usage)
    for use in (priced, other):
        desk.house.tools.store.add_model_use(desk.meeting, use)
    (table,) = open_page("model", m=desk.meeting).dataframe
    row = {str(value) for value in table.value.iloc[0]}
    assert {tin(language, "cost.unknown"), tin(language, "cost.about", what="1,234")} <= row
