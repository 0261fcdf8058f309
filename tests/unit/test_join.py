"""Two accounts of one call become one: every turn at its place, nothing said lost or invented."""

import random

import pytest

from pipeline.join import join
from pipeline.models.project import Participant, Project
from pipeline.models.transcript import BREAKS_OFF, Dropped, EngineName, Segment, Transcript, Word

PROJECT = Project(
    glossary={"报损单": "damage note"}, participants=(Participant(name="周岚", side="client"),)
)
ZH = (
    ("周岚", "上周盘点的时候，报损单一共打了三遍，仓库那边都没有收到。"),
    ("何平", "三遍都是从同一台机器上打出来的吗？"),
    ("周岚", "对，都是二号窗口，后来我们只好抄在本子上。"),
    ("何平", "好的。"),
    ("周岚", "还有一个，冷柜的温度记录我们想每天早上八点自动发给店长。"),
    ("何平", "这个要看设备能不能联网，我先记下来，周五之前答复您。"),
    ("周岚", "好的。"),
    ("何平", "那退货这块呢，现在谁来审批？"),
    ("周岚", "两百块以下领班批，超过两百块要区域经理签字，不能让收银员自己点。"),
    ("何平", "明白，金额分两档，我回去画一个流程给您确认。"),
    ("周岚", "另外会员积分的规则下个月要改，先别做进去。"),
    ("何平", "行，积分这一项这次不动。"),
)
EN = (
    (
        "Zoe Lund",
        "When we counted the cold store last week the damage note was printed three times.",
    ),
    ("Piet", "Did all three come out of the same printer by the loading dock?"),
    ("Zoe Lund", "Yes, and in the end somebody copied the numbers into a notebook by hand."),
    ("Piet", "Okay."),
    ("Zoe Lund", "We would also like the fridge temperatures mailed to the shop lead at eight."),
    ("Piet", "That depends on whether the fridges are online, I will tell you by Friday."),
    ("Zoe Lund", "Okay."),
    ("Piet", "And who signs a return these days?"),
    ("Zoe Lund", "Under two hundred the shift lead, above that the area manager, never a cashier."),
    ("Piet", "Two levels then, I will draw the flow and send it over for you to confirm."),
    ("Zoe Lund", "Loyalty points change next month, so please leave them out for now."),
    ("Piet", "Fine, nothing about points in this release."),
)
CALLS = {"zh": ZH, "en": EN}
SECOND = 4.0
"""How long every turn takes here, with one second of silence after it."""


def transcript(segments: list[Segment], engine: str = "import", **more: object) -> Transcript:
    return Transcript(engine=EngineName(name=engine), segments=tuple(segments), **more)


def heard(call: str, *, wrong: float = 0.0, late: float = 0.0) -> Transcript:
    """One voice, other marks, a share of the words misheard; two turns in a segment."""
    dice, space = random.Random(3), " " if call == "en" else ""
    segments: list[Segment] = []
    for at in range(0, len(CALLS[call]), 2):
        words = []
        for place, (_, text) in enumerate(CALLS[call][at : at + 2]):
            pieces = text.lower().split() if call == "en" else list(text.strip("。"))
            start = late + (at + place) * (SECOND + 1)
            step = SECOND / len(pieces)
            for count, piece in enumerate(pieces):
                said = dice.choice(("噶", "木", "xx")) if dice.random() < wrong else piece
                moment = start + count * step
                words.append(Word(start=moment, end=moment + step, text=f"{space}{said}"))
        segments.append(
            Segment(
                id=f"s{at:04d}",
                index=len(segments),
                start=words[0].start,
                end=words[-1].end,
                text="".join(one.text for one in words).strip(),
                words=tuple(words),
            )
        )
    return transcript(segments, "faster_whisper")


def told(call: str, *, zero: float = 0.0, clocked: bool = True) -> Transcript:
    """Named turns, in whole seconds of a clock that begins elsewhere."""
    return transcript(
        [
            Segment(
                id=f"j2-{place:04d}",
                index=place,
                start=float(int(place * (SECOND + 1) - zero)) if clocked else None,
                speaker=name,
                text=text,
            )
            for place, (name, text) in enumerate(CALLS[call])
        ]
    )


def without(whole: Transcript, *places: int) -> Transcript:
    kept = [one for at, one in enumerate(whole.segments) if at not in places]
    return whole.with_(segments=tuple(kept))


@pytest.mark.parametrize("call", ["zh", "en"])
@pytest.mark.parametrize("wrong", [0.0, 0.15, 0.3])
def test_the_named_turns_stand_where_they_were_said(call, wrong):
    joined = join(heard(call, wrong=wrong), told(call, zero=-30), project=PROJECT)
    turns = joined.transcript.segments
    assert joined.agreement.same
    assert [(one.speaker, one.text) for one in turns] == list(CALLS[call])
    assert joined.untimed == 0
    off = [abs((one.start or 0) - at * (SECOND + 1)) for at, one in enumerate(turns)]
    assert max(off) <= 1.6
    assert [one.index for one in turns] == list(range(len(turns)))


@pytest.mark.parametrize("call", ["zh", "en"])
def test_where_the_other_clock_begins_is_told(call):
    late = join(heard(call, late=192), told(call), project=PROJECT).agreement
    assert late.begins == pytest.approx(192, abs=1)
    early = join(heard(call), told(call, zero=-40), project=PROJECT).agreement
    assert early.begins == pytest.approx(-40, abs=1)
    assert not early.jumps


@pytest.mark.parametrize("call", ["zh", "en"])
def test_a_transcript_without_times_gets_those_of_the_recording(call):
    joined = join(heard(call), told(call, clocked=False), project=PROJECT)
    assert joined.untimed == 0
    assert not joined.agreement.clocked
    assert joined.transcript.segments[8].start == pytest.approx(8 * (SECOND + 1), abs=0.5)


@pytest.mark.parametrize("call", ["zh", "en"])
def test_what_only_the_recording_has_is_kept_as_its_own_turns(call):
    joined = join(heard(call), without(told(call), 4, 5), project=PROJECT)
    kept = [one for one in joined.transcript.segments if one.id.startswith("s")]
    assert [one.id for one in kept] == ["s0004"]
    assert kept[0].speaker is None
    assert kept[0].start == pytest.approx(4 * (SECOND + 1))
    assert joined.transcript.segments.index(kept[0]) == 4
    assert [one.whose for one in joined.agreement.missing] == ["ours"]


def test_a_part_of_a_heard_turn_is_kept_under_an_id_that_means_these_words():
    joined = join(heard("zh"), without(told("zh"), 5), project=PROJECT)
    part = next(one for one in joined.transcript.segments if one.id.startswith("s"))
    source = heard("zh").segment("s0004")
    start, end = map(int, part.id.split("-")[1:])
    assert part.text == source.text[start:end]
    assert part.text.startswith("这个要看设备")
    assert part.start == pytest.approx(5 * (SECOND + 1), abs=0.5)
    assert "".join(one.text for one in part.words) == part.text


def test_words_outside_the_recording_are_kept_without_a_time():
    short = heard("zh").with_(segments=heard("zh").segments[1:4])
    joined = join(short, told("zh"), project=PROJECT)
    times = [one.start for one in joined.transcript.segments]
    assert [one.text for one in joined.transcript.segments] == [text for _, text in ZH]
    assert times[:2] == [None, None]
    assert times[8:] == [None] * 4
    assert all(at is not None for at in times[2:8])


def test_a_turn_nobody_heard_is_placed_by_its_own_clock_between_neighbours_or_not_at_all():
    holed = heard("zh").with_(
        segments=tuple(one for at, one in enumerate(heard("zh").segments) if at not in (2,))
    )
    placed = join(holed, told("zh", zero=-30), project=PROJECT).transcript.segments[4]
    assert placed.start == pytest.approx(4 * (SECOND + 1), abs=1.5)
    blind = join(holed, told("zh", clocked=False), project=PROJECT).transcript.segments[4]
    assert blind.start is None
    cut = told("zh", zero=-30).segments
    jumped = [one.with_(start=one.start + 60) if one.index > 5 else one for one in cut]
    doubtful = join(holed, transcript(jumped), project=PROJECT).transcript.segments[4]
    assert doubtful.start is None


def test_what_was_said_at_the_same_time_is_found_in_another_order():
    turns = list(told("zh").segments)
    turns[4], turns[5] = turns[5], turns[4]
    joined = join(heard("zh"), transcript(turns), project=PROJECT)
    by_text = {one.text: one.start for one in joined.transcript.segments}
    assert by_text[ZH[4][1]] == pytest.approx(4 * (SECOND + 1), abs=0.5)
    assert by_text[ZH[5][1]] == pytest.approx(5 * (SECOND + 1), abs=0.5)
    assert len(joined.transcript.segments) == len(ZH)


def test_our_words_get_their_names():
    ours = heard("zh")
    one_each = transcript(
        [
            Segment(id=f"s{at}", index=at, start=at * 5.0, end=at * 5.0 + 4, text=text[:-1])
            for at, (_, text) in enumerate(ZH)
        ]
    )
    joined = join(one_each, told("zh"), text="ours", project=PROJECT)
    assert [one.speaker for one in joined.transcript.segments] == [name for name, _ in ZH]
    assert joined.transcript.segments[0].side == "client"
    assert [one.text for one in joined.transcript.segments] == [text[:-1] for _, text in ZH]
    mixed = join(ours, told("zh"), text="ours", project=PROJECT).transcript.segments
    assert {one.speaker for one in mixed} <= {"周岚", "何平"}


def test_the_text_with_names_and_words_of_the_project_is_proposed_with_the_reason():
    better = join(heard("zh", wrong=0.3), told("zh"), project=PROJECT).preference
    assert better.text == "theirs"
    assert "names" in better.theirs
    labels = told("zh").with_(
        segments=tuple(one.with_(speaker="说话人 1") for one in told("zh").segments)
    )
    assert join(told("zh"), labels, project=PROJECT).preference.text == "ours"


def test_two_recordings_keep_the_sound_of_the_first_and_the_words_of_both():
    first = heard("zh").with_(segments=heard("zh").segments[:5])
    second = heard("zh", late=-180)
    renamed = [one.with_(id=f"j2-{one.id}") for one in second.segments[1:]]
    joined = join(first, transcript(renamed, "faster_whisper"), text="ours", project=PROJECT)
    assert joined.agreement.begins == pytest.approx(180, abs=1)
    turns = joined.transcript.segments
    assert [one.id for one in turns[:5]] == [one.id for one in first.segments]
    assert [(one.id, one.start) for one in turns[5:]] == [("j2-s0010", None)]


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
