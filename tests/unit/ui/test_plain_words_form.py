"""Plain words on the project page: lines that say what they say, and come back the same."""

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.models.project import PlainWord, Project
from ui.plain_words_form import plain_words, plain_words_text
from ui.project_form import edited

WORDS = (
    PlainWord(term="幂等", say="只算一次", to={"财务": "只记一笔", "warehouse": "只算一件"}),
    PlainWord(term="ETL", say="自动整理 a = b 的数据"),
)


def test_what_is_written_comes_back():
    assert plain_words(plain_words_text(WORDS)) == (WORDS, ())


def test_full_width_signs_count_and_a_line_without_words_is_named():
    found, unclear = plain_words(
        "接口 ＝ 对接 ｜ 老板 ＝ 打通\n只有词\nAPI = \n= x\n接口 = 通道 | 财务"
    )
    assert found == (PlainWord(term="接口", say="对接", to={"老板": "打通"}),)
    assert unclear == ("只有词", "API =", "= x", "接口 = 通道 | 财务")


def test_nothing_else_of_the_project_changes():
    seen = Project(client="华露", plain_words=WORDS)
    texts = {"capabilities": "", "scope": "", "glossary": "", "plain_words": "API = 对接"}
    wanted = edited(seen, texts, [])
    assert wanted == seen.with_(plain_words=(PlainWord(term="API", say="对接"),))
    assert edited(seen, texts | {"plain_words": plain_words_text(WORDS)}, []) == seen


@settings(deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_read(text: str):
    found, _ = plain_words(text)
    assert plain_words(plain_words_text(found)) == (found, ())
