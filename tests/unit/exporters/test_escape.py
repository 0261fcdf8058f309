"""No text of a call makes markup, in any format."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from pipeline.exporters.escape import (
    CELL_LIMIT,
    cell,
    clean,
    file_name,
    markdown,
    markdown_code,
    markdown_start,
    markup,
    width,
)

READER = MarkdownIt("gfm-like", {"linkify": False, "html": True})
HOSTILE = [
    "![beacon](http://evil.example/x.png)",
    "[link](javascript:alert(1))",
    "[ref]: http://evil.example",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "a | b | c",
    "`code` and ``more``",
    "# heading",
    "- item\n- item",
    "1. item",
    "1) item",
    "> quote",
    "=====",
    "-----",
    "$\\alpha$ and $$x$$",
    "**bold** _em_ ~~gone~~ __strong__",
    "&copy; &#x41; &amp;",
    "line one\nline two\r\nline three",
    "\\*already escaped\\*",
    "<http://evil.example>",
    "- [ ] task",
    "[^1] footnote",
    "| a |\n|---|\n| b |",
    ":smile: x",
]


def shown(source: str) -> tuple[str, set[str]]:
    """What a reader of Markdown sees, and which kinds of marks it found."""
    text, kinds = "", set()
    for token in READER.parse(source):
        if token.type == "inline":
            for child in token.children or ():
                kinds.add(child.type)
                text += child.content
        else:
            kinds.add(token.type)
    return text, kinds


@pytest.mark.parametrize("text", HOSTILE)
def test_markdown_shows_the_text_and_nothing_else(text: str):
    seen, kinds = shown(markdown_start(markdown(text)))
    assert seen == " ".join(text.split())
    assert kinds == {"paragraph_open", "text", "paragraph_close"}


@given(st.text(alphabet=st.sampled_from("ab 一1_*`[]()<>!|~$&#+-=.:\\/\"'\n{}"), max_size=40))
def test_markdown_shows_any_text_as_it_is(text: str):
    seen, kinds = shown(markdown_start(markdown(text)))
    assert seen == " ".join(clean(text).split())
    assert kinds <= {"paragraph_open", "text", "paragraph_close"}


@given(st.text(alphabet=st.sampled_from("ab `|\\\n_"), max_size=20))
def test_a_code_span_holds_its_text(text: str):
    source = markdown_code(text)
    seen, kinds = shown(source)
    assert seen == " ".join(text.split()).replace("|", "¦")
    assert kinds <= {"paragraph_open", "code_inline", "paragraph_close"}


@pytest.mark.parametrize("link", ["http://evil.example/a", "https://evil.example", "WWW.evil.com"])
def test_an_address_is_no_link(link: str):
    source = markdown(link)
    assert not re.search(r"\w://", source)
    assert "www." not in source.lower()
    assert shown(source)[0] == link


def test_hidden_and_forbidden_characters_go():
    hidden = "a\u200bb\u202ec\u2066d\ufeffe\x00f\x07g\ud800h\uffffi\U000e0041j\u00adk"
    assert clean(hidden) == "abcdefghijk"
    assert clean("one\r\ntwo\rthree\u2028four\tfive") == "one\ntwo\nthree\nfour five"


@given(st.text())
def test_what_is_cleaned_is_fit_for_xml(text: str):
    allowed = re.compile("[\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]*")
    assert allowed.fullmatch(clean(text))
    assert clean(clean(text)) == clean(text)


def test_markup_is_text():
    assert markup('<b a="1">&\'') == "&lt;b a=&quot;1&quot;&gt;&amp;&#x27;"


def test_a_cell_is_cut_at_its_limit_with_a_mark():
    kept = cell("好" * 50_000, cut="…cut")
    assert kept.endswith("…cut")
    assert len(kept.encode("utf-16-le")) // 2 == CELL_LIMIT


def test_a_cut_never_splits_a_character():
    kept = cell("x" + "😀" * 30_000, cut="!")
    assert kept.endswith("😀!")
    assert len(kept.encode("utf-16-le")) // 2 <= CELL_LIMIT


def test_a_short_cell_stays():
    assert cell("=1+1", cut="…") == "=1+1"


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "CON", "a/b", "a\\b", "", ".", "S1\x00", "规格"]
)
def test_a_file_name_is_one_safe_component(name: str):
    safe = file_name(name)
    assert re.fullmatch(r"[A-Za-z0-9_-]+", safe)
    assert safe.lower() not in ("con", "nul")


def test_different_names_stay_different():
    assert file_name("S1") == "S1"
    assert len({file_name(name) for name in ("S1", "S/1", "S.1", "S1 ", "一", "二")}) == 6


def test_width_counts_chinese_twice():
    assert width("ab一") == 4
