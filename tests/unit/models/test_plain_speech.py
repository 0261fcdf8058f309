"""The client hears their own words; quotes and names in their system stay as they are."""

import tomllib
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.language.feasibility import topics
from pipeline.models.plain_speech import (
    PlainSpeech,
    as_option,
    plain_question,
    role_of,
    speech_for,
    trade_words,
)
from pipeline.models.project import DictionaryField, Entity, Participant, PlainWord, Project
from pipeline.models.spec import OpenQuestion

PROJECT = Project(
    client="华露",
    participants=(
        Participant(name="李梅", title="财务经理", side="client"),
        Participant(name="老周", role="仓库主管", side="client"),
        Participant(name="王总", side="client"),
        Participant(name="陈立", role="实施工程师", side="us"),
    ),
    data_dictionary=(
        Entity(entity="接口日志", table="t", fields=(DictionaryField(name="s", label="同步状态"),)),
    ),
    plain_words=(
        PlainWord(term="幂等", say="只算一次", to={"财务": "只记一笔账", "warehouse": "只算一件"}),
        PlainWord(term="KPI", say="考核数"),
    ),
)
ZH = speech_for(PROJECT, language="zh")
SMALL = PlainSpeech(
    {"api": "way to connect", "api key": "password", "字段": "栏目", "字段名": "栏目名"}
)


@pytest.mark.parametrize(
    ("written", "heard"),
    [
        ("要做ETL清洗吗", "要做自动清理重复的数据吗"),
        ("字段里有null", "栏目里有空着"),
        ("API文档谁给", "系统对接说明书谁给"),
        ("APIs、rapid、nullable 都不动", "APIs、rapid、nullable 都不动"),
        ("您说的“字段”是指什么", "您说的“字段”是指什么"),
        ("同步状态不用改，同步失败才提示", "同步状态不用改，传送失败才提示"),
        ("KPI怎么算", "考核数怎么算"),
    ],
)
def test_words_of_the_trade_are_said_so_that_anybody_understands(written: str, heard: str):
    assert ZH(written) == heard


@pytest.mark.parametrize(
    ("reader", "heard"),
    [("李梅", "只记一笔账"), ("老周", "只算一件"), ("王总", "只算一次"), ("谁也不是", "只算一次")],
)
def test_each_hears_it_in_the_words_of_their_work(reader: str, heard: str):
    assert speech_for(PROJECT, [reader], language="zh")("幂等") == heard


def test_readers_of_different_work_hear_what_anybody_understands():
    assert speech_for(PROJECT, ["李梅", "老周"], language="zh")("幂等") == "只算一次"


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("财务经理", "finance"), ("总账会计", "finance"), ("Controller", "finance"),
        ("仓库主管", "warehouse"), ("库管员", "warehouse"), ("Warehouse operations manager", "warehouse"),
        ("王总", "boss"), ("老板", "boss"), ("Managing director", "boss"),
        ("总装班长", None), ("总务", None), ("Implementation engineer", None), ("", None),
    ],
)  # fmt: skip
def test_what_somebody_does_is_read_from_the_title(title: str, role: str | None):
    assert role_of(title) == role


def test_an_article_fits_what_follows():
    english = speech_for(Project(), language="en")
    assert english("An API, a cache and an enum") == (
        "A system link, a temporary copy and a fixed list to choose from"
    )
    assert english("Field staff work in the field") == "Field staff work in the field"


def test_the_longest_word_counts_and_nothing_is_said_twice():
    assert SMALL("api key, api, 字段名, 字段") == "password, way to connect, 栏目名, 栏目"
    both = PlainSpeech({"接口": "系统接口通道", "通道": "路"})
    assert both("接口和通道") == "系统接口通道和路"
    assert both(both("接口")) == "系统接口通道"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_is_plain_already_stays(language: str):
    speech = speech_for(Project(), language=language)
    for word in trade_words(language):
        heard = speech(word.term)
        assert speech(heard) == heard
        assert heard == word.say or heard.casefold() == word.say.casefold()


_text = st.text(alphabet="apiAPI 字段名接,。“”x1-_", max_size=40)


@settings(deadline=None)
@given(_text)
def test_no_letter_outside_a_known_word_changes(text: str):
    heard = SMALL(text)
    if not any(term in text.casefold() for term in ("api", "字段")):
        assert heard == text
    for quote in text.split("“")[1:]:
        if "”" in quote:
            assert "“" + quote.split("”")[0] + "”" in heard


@settings(deadline=None)
@given(st.text(alphabet="abcapi", min_size=1, max_size=8))
def test_inside_a_latin_word_nothing_is_replaced(text: str):
    assert SMALL(text) == (text if text != "api" else "way to connect")


@settings(deadline=None)
@given(st.dictionaries(st.text(min_size=1, max_size=6), st.text(max_size=6), max_size=5), _text)
def test_any_words_of_a_project_and_any_text_are_taken(said: dict[str, str], text: str):
    assert isinstance(PlainSpeech(said)(text), str)


def test_a_letter_that_only_looks_like_one_is_another():
    assert SMALL("apİ") == "apİ"


OPTIONS = ("按字段同步", "按主键覆盖", "不同步")
ASKED = OpenQuestion(
    id="q1", slot="integration", question="接口怎么同步？", why_it_matters="要看字段。",
    options=OPTIONS, recommended="不同步",
)  # fmt: skip


def test_the_whole_question_is_put_in_plain_words():
    plain = plain_question(ASKED, ZH)
    assert (plain.question, plain.why_it_matters) == ("系统对接怎么传送？", "要看栏目。")
    assert plain.recommended in plain.options
    assert plain.options == ("按栏目传送", "按唯一的编号覆盖", "不传送")


@pytest.mark.parametrize("reader", [(), ("李梅",), ("老周",), ("王总",)])
@pytest.mark.parametrize("number", range(3))
def test_an_answer_in_plain_words_is_the_option_it_stands_for(reader: tuple[str, ...], number: int):
    speech = speech_for(PROJECT, reader, language="zh")
    heard = plain_question(ASKED, speech).options[number]
    assert as_option(f" {heard}。", ASKED, PROJECT, "zh") == OPTIONS[number]


def test_an_answer_of_ones_own_stays_as_it_was_given():
    assert as_option("等汪经理回来", ASKED, PROJECT, "zh") == "等汪经理回来"


def test_options_that_would_read_the_same_stay_apart():
    both = ASKED.with_(options=("用接口", "用系统对接"), recommended=None)
    plain = plain_question(both, PlainSpeech({"接口": "系统对接"}))
    assert plain.options == ("用接口", "用系统对接")


@pytest.mark.parametrize(
    ("language", "ours", "theirs"),
    [("zh", "客户给清单", "贵方给清单"), ("en", "The client gives a list", "You give a list")],
)
def test_an_answer_that_names_the_client_says_you(language: str, ours: str, theirs: str):
    project = Project(client="C")
    asked = OpenQuestion(
        id="q1", slot="owner_or_date", question="?", options=(ours, "X1"), recommended=ours
    )
    told = plain_question(asked, speech_for(project, language=language))
    assert (told.options, told.recommended) == ((theirs, "X1"), theirs)
    assert as_option(theirs, asked, project, language) == ours


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_answer_of_ours_calls_its_reader_the_client(language: str):
    speech = speech_for(Project(client="C"), language=language)
    usual = files("pipeline.words.asking").joinpath(f"{language}.toml").read_text("utf-8")
    told = [one for slot in tomllib.loads(usual).values() for one in slot["options"]]
    words = [getattr(topic, language) for topic in topics().values()]
    told += [one for topic in words for one in topic.options]
    named = "客户" if language == "zh" else "client"
    assert [one for one in map(speech.answer, told) if named in one] == []


def test_a_field_of_a_table_is_no_box():
    speech = speech_for(Project(client="C"), language="en")
    assert speech("There is no email field; a field is empty") == (
        "There is no email entry; an entry is empty"
    )
