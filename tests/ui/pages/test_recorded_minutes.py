"""Minutes made of recorded answers say so on every page of their meeting."""

from collections.abc import Callable
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from pipeline.models.answer import RecordedFrom

Open = Callable[..., AppTest]
FROM = RecordedFrom(
    model="qwen![x](http://example.invalid/x.png)",
    answered_by="a model",
    recorded_at="2026-03-18T09:00:00.000Z",
)


def captions(app: AppTest) -> list[str]:
    return [str(one.value) for one in app.caption]


@pytest.mark.parametrize("name", ["unsaid", "export", "audit"])
def test_a_page_says_that_no_model_of_the_readers_made_them(
    desk: Any, open_page: Open, language: str, name: str
):
    store = desk.house.tools.store
    store.save_minutes(store.draft_minutes(desk.meeting).with_(recorded_from=FROM))
    app = open_page(name, m=desk.meeting)
    assert not app.exception
    (line,) = [one for one in captions(app) if "2026\\-03\\-18" in one]
    assert {"zh": "没有问任何模型", "en": "no model was asked"}[language] in line
    assert "![x](" not in line


def test_a_page_says_nothing_of_it_otherwise(desk: Any, open_page: Open):
    app = open_page("audit", m=desk.meeting)
    assert not [one for one in captions(app) if "recorded answers" in one or "存下的回答" in one]
