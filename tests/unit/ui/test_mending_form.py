"""Corrections on the project page: lines that say what they say, and come back the same."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.models.correction import Correction
from pipeline.models.project import Project
from ui.mending_form import corrections, corrections_text
from ui.project_form import edited

LIST = (
    Correction(heard="定单", meant="订单", not_in=("决定单独", "确定单位")),
    Correction(heard="k three", meant="K3"),
)


def test_what_is_written_comes_back():
    assert corrections_text(LIST) == "定单 = 订单 | 决定单独 | 确定单位\nk three = K3"
    assert corrections(corrections_text(LIST)) == (LIST, ())


@pytest.mark.parametrize("line", ["定单", "定单 =", "= 订单", "a = b = c", "定单 = 订单 |", "|"])
def test_a_line_that_says_none_is_named(line):
    assert corrections(f"{line}\n定单 ＝ 订单 ｜ 决定单独") == (
        (Correction(heard="定单", meant="订单", not_in=("决定单独",)),),
        (line,),
    )


def test_nothing_else_of_the_project_changes():
    seen = Project(client="华露", corrections=LIST, glossary={"金蝶": "ERP"})
    texts = {
        "capabilities": "",
        "scope": "",
        "glossary": "金蝶 = ERP",
        "corrections": "oder = order",
    }
    rule = Correction(heard="oder", meant="order")
    assert edited(seen, texts, []) == seen.with_(corrections=(rule,))
    untouched = texts | {"corrections": corrections_text(LIST)}
    assert edited(seen, untouched, []) == seen
    odd = seen.with_(corrections=(Correction(heard="a=b", meant="a|b"),))
    assert edited(odd, texts | {"corrections": corrections_text(odd.corrections)}, []) == odd


@settings(deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_read(text: str):
    found, _ = corrections(text)
    assert corrections(corrections_text(found)) == (found, ())
