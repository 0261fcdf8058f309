"""Chats come in whole: each message a turn with its day, nothing said twice, nothing lost."""

import contextlib
import datetime as dt
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import NotReadableError
from pipeline.models.reading import Reading
from pipeline.models.transcript import ATTACHED, NOTICE, QUOTED, QUOTED_ALONE, WITHDRAWN
from pipeline.readers.content import opened
from pipeline.readers.reader import TranscriptReader, known
from pipeline.readers.shape import NONE

CHATS = ("chat", "chat_lines", "chat_names", "chat_table", "note")


def read(text: str) -> Reading:
    return TranscriptReader().read(text.encode(), name="粘贴.txt")


def said(reading: Reading) -> list[tuple[float | None, str | None, str]]:
    return [(one.start, one.speaker, one.text) for one in reading.segments]


def aside(reading: Reading) -> list[tuple[str, str]]:
    return [(one.text, one.reason) for one in reading.dropped]


LAYOUTS = {
    "wechat": ("汪敏 2026/6/15 15:02:11\n要导出\n带金额\n\n许立 2026/6/15 15:03:11\n好\n", "chat"),
    "wecom": ("汪敏 6/15 15:02:11\n要导出\n带金额\n许立@微信 6/15 15:03:11\n好\n", "chat"),
    "dingtalk": ("汪敏 2026-06-15 15:02\n要导出\n带金额\n许立 2026-06-15 15:03\n好\n", "chat"),
    "brackets": ("汪敏(2026-06-15 15:02)\n要导出\n带金额\n许立(2026-06-15 15:03)\n好\n", "chat"),
    "feishu": ("汪敏 6月15日 15:02\n要导出\n带金额\n许立 6月15日 15:03\n好\n", "chat"),
    "afternoon": ("汪敏 6月15日 下午3:02\n要导出\n带金额\n许立 6月15日 下午3:03\n好\n", "chat"),
    "qq": ("2026-06-15 15:02:11 汪敏\n要导出\n带金额\n\n2026-06-15 15:03:11 许立\n好\n", "chat"),
    "phone": (
        "“对账群”的聊天记录\n\n—————  2026-06-15  —————\n\n\n汪敏  15:02\n\n要导出\n带金额\n\n许立  15:03\n\n好\n",
        "chat",
    ),
    "two_lines": ("汪敏\n2026-06-15 15:02:11\n要导出\n带金额\n\n许立\n2026-06-15 15:03:11\n好\n", "chat"),
    "telegram": ("汪敏, [15.06.2026 15:02]\n要导出\n带金额\n\n许立, [15.06.2026 15:03]\n好\n", "chat"),
    "frames": ("【汪敏】2026-06-15 15:02:11\n要导出\n带金额\n【许立】2026-06-15 15:03:11\n好\n", "chat"),
    "slack": ("汪敏  3:02 PM\n要导出\n带金额\n许立  3:03 PM\n好\n", "chat"),
    "teams": ("[6/15 3:02 PM] 汪敏\n    要导出\n    带金额\n[6/15 3:03 PM] 许立\n    好\n", "chat"),
    "whatsapp": ("15/06/2026, 15:02 - 汪敏: 要导出\n带金额\n15/06/2026, 15:03 - 许立: 好\n", "chat_lines"),
    "whatsapp_ios": (
        "[15/06/2026, 15:02:11] 汪敏: 要导出\n带金额\n[15/06/2026, 15:03:11] 许立: 好\n",
        "chat_lines",
    ),
    "zoom": (
        "15:02:11 From 汪敏 to Everyone:\n\t要导出\n\t带金额\n15:03:11 From 许立 to Everyone : 好\n",
        "chat_lines",
    ),
    "csv": ("时间,发送人,内容\n2026-06-15 15:02:11,汪敏,\"要导出\n带金额\"\n2026-06-15 15:03:11,许立,好\n", "chat_table"),
}  # fmt: skip


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_gives_the_same_messages(layout: str):
    text, shape = LAYOUTS[layout]
    reading = read(text)
    assert (reading.shape, reading.kind) == (shape, "chat")
    assert [one[1:] for one in said(reading)] == [("汪敏", "要导出\n带金额"), ("许立", "好")]
    first, second = (one.start for one in reading.segments)
    assert first is not None
    assert second == first + 60
    assert reading.dropped == ()


@pytest.mark.parametrize(
    ("layout", "date"),
    [
        ("wechat", "2026-06-15T15:02:11"),
        ("phone", "2026-06-15T15:02:00"),
        ("wecom", "--06-15T15:02:11"),
        ("afternoon", "--06-15T15:02:00"),
        ("whatsapp", "2026-06-15T15:02:00"),
        ("slack", None),
    ],
)
def test_the_first_day_and_time_are_told_as_far_as_they_are_known(layout: str, date: str | None):
    assert read(LAYOUTS[layout][0]).date == date


def test_without_a_day_a_time_counts_from_midnight():
    reading = read(LAYOUTS["slack"][0])
    assert reading.segments[0].start == 15 * 3600 + 2 * 60


def test_a_chat_without_times_is_told_from_a_call_by_what_only_chats_have():
    reading = read("汪敏:\n要导出\n\n许立:\n[图片]\n\n许立:\n好\n")
    assert (reading.shape, reading.date) == ("chat_names", None)
    assert said(reading) == [(None, "汪敏", "要导出"), (None, "许立", "好")]


def test_what_was_sent_beside_the_words_is_told_with_its_place():
    reading = read(
        "汪敏 2026/6/15 15:02:11\n[图片]\n\n许立 2026/6/15 15:03:00\n[文件] 报价单.xlsx\n就按这个\n\n"
        "汪敏 2026/6/15 15:04:00\n[语音] 12''\n\n许立 2026/6/15 15:05:00\n看[图片]这里\n"
    )
    assert said(reading) == [(49.0, "许立", "就按这个"), (169.0, "许立", "看[图片]这里")]
    assert [(one.line, one.start, one.text, one.reason) for one in reading.dropped] == [
        (2, 0.0, "汪敏: [图片]", ATTACHED),
        (5, 49.0, "许立: [文件] 报价单.xlsx", ATTACHED),
        (9, 109.0, "汪敏: [语音] 12''", ATTACHED),
        (12, 169.0, "许立: [图片]", ATTACHED),
    ]


@pytest.mark.parametrize(
    "quotation",
    [
        "「汪敏：要一键导出」\n- - - - - - - - - - - - - - -\n",
        "「汪敏：要一键导出」\n",
        "引用 汪敏：要一键导出\n",
        "回复 汪敏：要一键导出\n",
        "> 汪敏：要一键导出\n",
        "> 要一键导出\n",
    ],
)
def test_quoted_words_are_not_said_again_by_whoever_replies(quotation: str):
    reading = read(
        f"汪敏 2026/6/15 15:02:11\n要一键导出\n\n许立 2026/6/15 15:03:00\n{quotation}可以\n"
    )
    assert said(reading)[1:] == [(49.0, "许立", "可以")]
    assert [reason for _, reason in aside(reading)] == [QUOTED]


def test_a_quotation_whose_message_is_not_there_stays_visible():
    reading = read("许立 2026/6/15 15:03:00\n「汪敏：上次说的对账」\n- - - - - -\n可以\n")
    assert said(reading) == [(0.0, "许立", "可以")]
    assert aside(reading) == [("许立: 「汪敏：上次说的对账」", QUOTED_ALONE)]


def test_an_answer_on_the_line_that_names_whom_it_answers_is_words():
    reading = read("汪敏 2026/6/15 15:02:11\n同意吗\n\n许立 2026/6/15 15:03:00\n回复 汪敏：同意\n")
    assert said(reading)[1] == (49.0, "许立", "回复 汪敏：同意")


def test_an_amount_is_no_quotation():
    reading = read("汪敏 2026/6/15 15:02:11\n> 500 的要审批\n其他不用\n")
    assert said(reading) == [(0.0, "汪敏", "> 500 的要审批\n其他不用")]


def test_what_the_program_says_is_nobodys_words():
    reading = read(
        '汪敏 2026/6/15 15:02:11\n好\n\n"许立" 撤回了一条消息\n\n'
        "以下为新消息\n王芳通过扫描汪敏分享的二维码加入群聊\n\n汪敏 2026/6/15 15:05:00\n在吗\n"
    )
    assert said(reading) == [(0.0, "汪敏", "好"), (169.0, "汪敏", "在吗")]
    assert aside(reading) == [
        ('"许立" 撤回了一条消息', WITHDRAWN),
        ("王芳通过扫描汪敏分享的二维码加入群聊", NOTICE),
    ]


def test_whatsapp_notices_have_no_name_and_are_nobodys_words():
    stamp = "15/06/2026, 15:02 - "
    reading = read(
        f"{stamp}Messages and calls are end-to-end encrypted. Only people here can read them.\n"
        f"{stamp}Amy Reed added Tom\n{stamp}Amy Reed: The intern left\n"
        f"{stamp}Tom: <Media omitted>\n{stamp}Amy Reed: This message was deleted\n"
    )
    assert said(reading) == [(0.0, "Amy Reed", "The intern left")]
    assert [reason for _, reason in aside(reading)] == [NOTICE, NOTICE, ATTACHED, WITHDRAWN]


def test_a_day_that_is_the_whole_answer_is_words():
    reading = read("汪敏 2026/6/15 15:02:11\n哪天？\n\n许立 2026/6/15 15:03:00\n6月20日\n")
    assert said(reading)[1] == (49.0, "许立", "6月20日")


def test_a_line_that_only_ends_in_a_time_opens_no_message():
    reading = read("汪敏 15:02\n例会改到 16:30\n许立 15:05\n好\n汪敏 15:06\n行\n")
    assert [one[1:] for one in said(reading)] == [
        ("汪敏", "例会改到 16:30"),
        ("许立", "好"),
        ("汪敏", "行"),
    ]


@pytest.mark.parametrize("name", ["明天会更好", "Reed, Amy", "🌸", "周一鸣", "A.对账会计"])
def test_a_name_that_reads_like_words_is_one_where_it_comes_back(name: str):
    reading = read(
        f"{name} 2026/6/15 15:02:11\n一\n许立 2026/6/15 15:03:11\n二\n{name} 2026/6/15 15:04:11\n三\n"
    )
    assert [one.speaker for one in reading.segments] == [name, "许立", name]


def test_whoever_writes_once_is_heard_whatever_they_call_themselves():
    text = "汪敏 2026/6/15 15:02:11\n一\n许立 2026/6/15 15:03:11\n二\n明天会更好 2026/6/15 15:04:11\n三\n"
    assert [one.speaker for one in read(text).segments] == ["汪敏", "许立", "明天会更好"]


def test_times_never_run_backwards():
    days = ("15 15:02:11", "14 09:00:00", "15 15:02:14", "15 15:02:12", "15 15:02:15")
    reading = read("".join(f"汪敏 2026/6/{day}\n第 {day} 条\n" for day in days))
    assert [one.start for one in reading.segments] == [0.0, None, 3.0, None, 4.0]


@pytest.mark.parametrize(
    "line",
    [
        "-" * 60_000 + "x",
        "[图片]a.bc" * 3_000 + "!",
        "**a " * 20_000,
        "# " * 20_000,
        "1. " * 20_000,
        "> " * 20_000,
        "王芳 " * 20_000 + "15:0",
        "15:02 " * 10_000,
        "「" * 20_000,
        "a:" * 30_000,
    ],
)
def test_no_line_takes_long(line: str):
    begun = time.process_time()
    for text in (line, f"汪敏 2026/6/15 15:02:11\n好\n{line}"):
        with contextlib.suppress(NotReadableError):
            read(text)
    assert time.process_time() - begun < 2


def test_a_time_alone_after_midnight_is_of_the_next_day():
    reading = read("—————  2026-06-15  —————\n汪敏 23:58\n一\n许立 00:03\n二\n")
    assert [one.start for one in reading.segments] == [0.0, 300.0]


def test_messages_a_year_end_apart_go_on_without_a_year():
    reading = read("汪敏 12/31 23:00:00\n一\n许立 1/1 01:00:00\n二\n")
    assert (reading.date, reading.segments[1].start) == ("--12-31T23:00:00", 7200.0)


def test_which_number_is_the_month_is_told_by_the_whole_file():
    days = "[03/04/2026, 10:00:00] Amy: a\n[{}, 10:00:00] Tom: b\n"
    assert read(days.format("25/04/2026")).date == "2026-04-03T10:00:00"
    assert read(days.format("03/25/2026")).date == "2026-03-04T10:00:00"


def test_messages_of_two_months_keep_their_times():
    reading = read("汪敏 2026/4/1 08:00:00\n一\n许立 2026/7/1 08:00:00\n二\n")
    assert reading.segments[1].start == 91 * 86_400


def test_a_log_is_no_chat():
    log = "2026-06-15 15:02:11 INFO Server started\n2026-06-15 15:02:12 WARN Disk is nearly full\n"
    assert all(known()[name].likely(opened(log.encode(), name="x")) == NONE for name in CHATS)


def test_subtitles_in_which_somebody_names_a_time_are_no_chat():
    cue = "00:00:0{n},000 --> 00:00:0{n},900\n汪敏: 时间：上午9点 10:30\n\n"
    assert read("".join(f"{n}\n{cue.format(n=n)}" for n in (1, 2, 3))).shape == "srt"


def test_a_call_with_places_keeps_being_a_call():
    text = "[00:00:01] 汪敏: 要导出\n[00:00:09] 许立: 好\n"
    assert read(text).kind == "call"


NAME = st.sampled_from(["汪敏", "许立", "Amy Reed", "王芳(财务)"])
LINE = st.text(st.characters(codec="utf-8", categories=["Lo", "Ll", "Nd"]), min_size=2, max_size=20)
MESSAGE = st.tuples(NAME, st.integers(0, 90_000), st.lists(LINE, min_size=1, max_size=3))


@settings(max_examples=25)
@given(st.lists(MESSAGE, min_size=2, max_size=6))
@pytest.mark.parametrize("head", ["{name} {at:%Y/%m/%d %H:%M:%S}", "{at:%Y-%m-%d %H:%M:%S} {name}"])
def test_what_was_laid_out_as_a_chat_comes_back(head: str, messages: list):
    begun = dt.datetime(2026, 6, 15, 8, 0)  # noqa: DTZ001 - a chat has no zone
    at, wanted, text = 0, [], ""
    for name, later, lines in messages:
        at += later if wanted else 0
        wanted.append((float(at), name, "\n".join(lines)))
        line = head.format(name=name, at=begun + dt.timedelta(seconds=at))
        text += f"{line}\n" + "\n".join(lines) + "\n\n"
    reading = read(text)
    assert said(reading) == wanted
    assert reading.dropped == ()


@settings(max_examples=60)
@given(st.text(st.sampled_from("汪 敏:：/-.[]()「」>\n0123456789年月日APM图片回复"), max_size=120))
def test_no_words_of_a_chat_vanish(text: str):
    """Whatever is read as a chat, each letter of it is in a turn, a name, a stamp or set aside."""
    try:
        reading = read("汪敏 2026/6/15 15:02:11\n" + text)
    except NotReadableError:
        return
    kept = "".join(one.text + (one.speaker or "") for one in reading.segments)
    kept += "".join(one.text for one in reading.dropped)
    if reading.kind == "chat":
        assert not {char for char in text if char in "敏图片回复"} - set(kept + "年月日")
