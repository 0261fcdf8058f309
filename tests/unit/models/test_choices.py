"""Every question can be answered by pointing, and what was refused is never advised."""

import tomllib
from importlib.resources import files
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.models.alike import bare
from pipeline.models.choices import (
    FEWEST,
    MOST,
    Refusals,
    answerable,
    is_whether,
    mended_question,
    refusals,
)
from pipeline.models.draft import DraftSpec
from pipeline.models.minutes import Ask, Decision, Minutes
from pipeline.models.slots import SlotKey
from pipeline.models.spec import OpenQuestion
from pipeline.models.transcript import EngineName, Segment, Transcript

NOTHING = Refusals()
SLOTS = get_args(SlotKey)


def asked(text: str = "怎么做？", slot: str = "other", **more: Any) -> OpenQuestion:
    return OpenQuestion(id="q1", slot=slot, question=text, **more)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_kind_of_question_has_its_usual_answers(language: str):
    text = files("pipeline.words.asking").joinpath(f"{language}.toml").read_text("utf-8")
    usual = tomllib.loads(text)
    assert usual.keys() == {*SLOTS, "whether"}
    for slot, told in usual.items():
        assert FEWEST <= len(told["options"]) <= MOST
        assert len({*map(bare, told["options"])}) == len(told["options"])
        assert slot == "whether" or told["why"]
        if "best" in told:
            assert told["best"] in told["options"]
            assert told["ground"]
            assert not told.get("fact")


_options = st.lists(
    st.sampled_from(["A", "a", " A ", "B", "C", "D", "E", "F", "", "  "]), max_size=9
)


@settings(deadline=None)
@given(
    _options,
    st.sampled_from([None, "A", "F", "z", "不存在"]),
    st.sampled_from(SLOTS),
    st.sampled_from(["zh", "en"]),
)
def test_two_to_five_options_each_once_and_the_advice_among_them(
    options: list[str], advised: str | None, slot: str, language: str
):
    question = asked(slot=slot, options=tuple(options), recommended=advised)
    mended = mended_question(question, language, NOTHING)
    assert FEWEST <= len(mended.options) <= MOST
    assert len({bare(one) for one in mended.options}) == len(mended.options)
    assert mended.recommended is None or mended.recommended in mended.options
    assert mended.why_it_matters
    assert mended_question(mended, language, NOTHING) == mended
    if advised == "F" and slot not in ("source_data", "contract"):
        assert mended.recommended == "F"


def test_yes_or_no_where_that_answers_it():
    mended = mended_question(asked("已取消的订单是否也导出？", "scope_filter"), "zh", NOTHING)
    assert (mended.options, mended.recommended) == (("是", "否"), None)
    english = mended_question(asked("Is the list kept?", "retention"), "en", NOTHING)
    assert english.options == ("Yes", "No")


@pytest.mark.parametrize(
    ("text", "whether"),
    [
        ("要不要代批？", True), ("有样表吗", True), ("Should it be sent at night?", True),
        ("按重量还是按体积？", False), ("由谁审批，要不要代批？", False), ("是否按月，多久一次？", False),
        ("Is it pushed or fetched?", False), ("Who approves?", False), ("派单：是否合并？", True),
    ],
)  # fmt: skip
def test_which_questions_are_answered_by_yes_or_no(text: str, whether: bool):
    assert is_whether(text) is whether


def test_the_usual_answers_with_their_advice_where_a_question_has_none():
    mended = mended_question(asked(slot="permission"), "zh", NOTHING)
    assert mended.recommended == "只有主管"
    assert mended_question(asked(slot="volume_limit"), "zh", NOTHING).recommended is None


def test_what_only_the_client_knows_is_never_advised():
    question = asked(
        "数据从哪里来？", "source_data", options=("手工录", "系统里有"), recommended="手工录"
    )
    assert mended_question(question, "zh", NOTHING).recommended is None


def _call(*said: str, **arrays: Any) -> Refusals:
    turns = tuple(
        Segment(id=f"s{n}", index=n, speaker="x", side="client", text=text)
        for n, text in enumerate(said)
    )
    minutes = Minutes(meeting="m", transcript_version=1, language="zh", **arrays)
    return refusals(minutes, Transcript(engine=EngineName(name="t"), segments=turns))


def test_what_somebody_refused_is_never_advised():
    decision = Decision(
        uid="d",
        id="D1",
        text="导出完成后不发短信通知，页面上能下载就行",
        origin_engine="x",
        state="rejected",
    )
    ask = Ask(
        uid="a", id="A1", text="做手机App查订单", origin_engine="x", kind="function", status="withdrawn",
        raw_quote="",
    )  # fmt: skip
    refused = _call(
        "我们不要用企业微信", "no, I don't want email", decisions=(decision,), asks=(ask,)
    )
    for option in ("短信通知", "企业微信", "手机App", "email"):
        assert refused(option), option
        question = asked(slot="notify", options=(option, "系统消息"), recommended=option)
        mended = mended_question(question, "zh", refused)
        assert mended.recommended is None
        assert option in mended.options  # the client may have thought better of it
    for option in ("页面上能下载", "系统消息", "不用"):
        assert not refused(option), option


def test_a_draft_asks_each_question_once_and_keeps_what_blocks():
    draft = DraftSpec(
        ask="A1", title="t", language="zh", origin_engine="rules",
        open_questions=(
            asked("给谁？", "recipients"),
            asked("给谁", "recipients", blocking=True).with_(id="q2"),
        ),
    )  # fmt: skip
    (one,) = answerable(draft, NOTHING).open_questions
    assert (one.id, one.blocking, len(one.options)) == ("q1", True, 4)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_nothing_is_advised_where_nobody_knows_what_a_question_is_about(language: str):
    mended = mended_question(asked("麻精夜里只有一个人，怎么双人？"), language, NOTHING)
    assert len(mended.options) >= FEWEST
    assert mended.recommended is None
