"""What is told of two accounts before they are joined: how sure, from where, what is missing."""

import pytest

from pipeline.join import join
from pipeline.models.transcript import BREAKS_OFF, Dropped, Segment
from tests.unit.joining.conftest import (
    PROJECT,
    ZH,
    heard,
    told,
    transcript,
    without,
)


@pytest.mark.parametrize("call", ["zh", "en"])
def test_where_the_other_clock_begins_is_told(call):
    late = join(heard(call, late=192), told(call), project=PROJECT).agreement
    assert late.begins == pytest.approx(192, abs=1)
    early = join(heard(call), told(call, zero=-40), project=PROJECT).agreement
    assert early.begins == pytest.approx(-40, abs=1)
    assert not early.jumps


def test_the_text_with_names_and_words_of_the_project_is_proposed_with_the_reason():
    better = join(heard("zh", wrong=0.3), told("zh"), project=PROJECT).preference
    assert better.text == "theirs"
    assert "names" in better.theirs
    labels = told("zh").with_(
        segments=tuple(one.with_(speaker="说话人 1") for one in told("zh").segments)
    )
    assert join(told("zh"), labels, project=PROJECT).preference.text == "ours"


@pytest.mark.parametrize("pair", [("zh", "en"), ("en", "zh")])
def test_two_calls_are_told_apart(pair):
    agreement = join(heard(pair[0]), told(pair[1]), project=PROJECT).agreement
    assert not agreement.same


def test_the_same_politeness_is_not_the_same_call():
    open_words = ("大家好，能听到我说话吗？", "能听到，我们开始吧。")
    other = [*open_words, "今天主要讲网约车的派单和司机评分，还有机场排队。", "先看派单。"] * 3
    strangers = transcript(
        [Segment(id=f"j2-{at}", index=at, text=text) for at, text in enumerate(other)]
    )
    ours = transcript(
        [
            Segment(id=f"s{at}", index=at, start=at * 5.0, end=at * 5.0 + 4, text=text)
            for at, text in enumerate([*open_words, *(text for _, text in ZH)])
        ]
    )
    assert not join(ours, strangers, project=PROJECT).agreement.same


def test_what_either_left_out_stays_on_the_list():
    ours = heard("zh").with_(dropped=(Dropped(start=61.0, end=70.0, text="", reason=BREAKS_OFF),))
    theirs = told("zh", zero=-30).with_(dropped=(Dropped(line=3, text="??", reason="odd"),))
    joined = join(ours, theirs, project=PROJECT).transcript.dropped
    assert joined == (*ours.dropped, *theirs.dropped)
    turned = join(theirs, ours, clock="theirs", project=PROJECT).transcript
    assert set(turned.dropped) == {*ours.dropped, *theirs.dropped}


def test_a_jump_of_the_other_clock_is_told_with_its_place():
    said = [
        f"第{at}件事是关于{word}的，请在{at * 7}号之前给出说明。" for at, word in enumerate(WORDS)
    ]
    ours = transcript(
        [
            Segment(id=f"s{at}", index=at, start=at * 10.0, end=at * 10.0 + 8, text=text)
            for at, text in enumerate(said)
        ]
    )
    theirs = [
        Segment(
            id=f"j2-{at}",
            index=at,
            start=at * 10.0 - (90 if at >= 12 else 0),
            text=text,
            speaker="周岚",
        )
        for at, text in enumerate(said)
    ]
    agreement = join(ours, transcript(theirs), project=PROJECT).agreement
    assert agreement.begins == pytest.approx(0, abs=1)
    assert [(one.at, one.seconds) for one in agreement.jumps] == [(120.0, 90.0)]


WORDS = [
    "门锁",
    "窗帘",
    "地毯",
    "水泵",
    "电梯",
    "消防",
    "车位",
    "监控",
    "绿化",
    "保洁",
    "快递柜",
    "充电桩",
    "宽带",
    "天台",
    "垃圾房",
    "信报箱",
    "路灯",
    "井盖",
    "围墙",
    "泳池",
    "健身房",
    "会所",
    "岗亭",
    "道闸",
]


def test_rows_hold_both_accounts_side_by_side():
    rows = join(heard("zh"), without(told("zh"), 4, 5), project=PROJECT).rows
    assert rows[0].theirs == ZH[0][1]
    assert rows[0].ours == ZH[0][1].rstrip("。")
    assert rows[4].theirs is None
    assert rows[4].ours.startswith("还有一个")
    assert all(" " not in (one.ours or "") for one in rows)


def test_a_clock_that_runs_slow_is_no_jump():
    ours = transcript(
        [
            Segment(
                id=f"s{at}", index=at, start=at * 60.0, end=at * 60.0 + 8, text=f"{word}的事{at}"
            )
            for at, word in enumerate(WORDS)
        ]
    )
    slow = [
        one.with_(id=f"j2-{one.index}", start=one.start * 0.995, end=None) for one in ours.segments
    ]
    joined = join(ours, transcript(slow), text="theirs", project=PROJECT)
    assert joined.agreement.jumps == ()
    assert [one.start for one in joined.transcript.segments] == [one.start for one in ours.segments]
