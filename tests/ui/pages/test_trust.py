"""Beside a list stands how far to trust it: a line and the figures behind it, or that none are known."""

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from pipeline.measured.reading import Measured, MeasuredFigure
from ui.trust import Trust, engines, trust

KNOWN = Measured.model_validate(
    {
        "engine": "rules",
        "version": "rules@2+abc+code",
        "dataset": "x",
        "calls": 6,
        "measured_at": "2026-01-05",
        "figures": [
            MeasuredFigure(
                language="all", kind="ask", calls=6, wanted=30, found=40, recall=0.9, precision=0.7
            )
        ],
    }
)


def drawn(one: Trust, lang: str) -> AppTest:
    def page(one):
        from ui.components.trusted import trusted  # noqa: PLC0415 - a page is a script of its own

        trusted(one, "zh")

    app = AppTest.from_function(page, kwargs={"one": one})
    app.query_params["lang"] = lang
    app.run()
    assert not app.exception
    return app


def test_a_measured_engine_has_its_line_and_its_table_in_the_readers_language(dragoman_home: Any):
    app = drawn(trust("rules", KNOWN), "en")
    assert "about 7 of 10 listed are right" in app.caption[0].value
    (table,) = (one.value for one in app.markdown)
    assert "| Asks | 40 | 7 | 30 | 9 |" in table
    assert "Your calls may do better or worse" in app.caption[1].value
    assert "10 条里约 7 条是对的" in drawn(trust("rules", KNOWN), "zh").caption[0].value


def test_a_model_that_nobody_measured_says_so_and_loads_no_picture(dragoman_home: Any):
    app = drawn(trust("llm", KNOWN, model="![x](http://example.invalid/x.png)"), "en")
    assert not app.markdown
    (told,) = (one.value for one in app.caption)
    assert told.startswith("Nobody has measured")
    assert "![x](" not in told


@pytest.mark.parametrize("name", ["review", "unsaid"])
def test_the_pages_ask_for_the_engine_that_made_the_minutes(
    desk: Any, open_page: Any, language: str, name: str
):
    assert engines(desk.view.minutes) == ("rules",)
    app = open_page(name, m=desk.meeting)
    assert not app.exception
    told = [one.value for one in app.caption if "内置规则" in one.value or "uilt\\-in" in one.value]
    assert len(told) <= 1
    assert name == "unsaid" or told
