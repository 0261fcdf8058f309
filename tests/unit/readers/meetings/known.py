"""Small files in the layouts of meeting programs, each with what must come of it."""

import pytest

TENCENT = """订单系统需求会
2026/06/15 15:02

王敏 00:00:03
大家好，先看导出。

陈立 00:00:09
金额要带小数，
单位是万元。

王敏 00:01:21
行。"""
TINGWU = """库存盘点_原文
2026年06月09日 17:40
发言人1   00:00
先说库存。
发言人2   00:08
库存现在是三百。
我们约在 10:30 再看
发言人1   00:15
好。
内容由AI生成，仅供参考"""
IFLYREC = """[00:00:01] 说话人1
先说库存。

[00:00:08] 说话人2
三百。

[00:00:12] 说话人1
好。"""
FEISHU = """2026年6月15日 下午 3:02|58分钟 29秒

关键词:
库存、导出

文字记录:
说话人 1 00:00
先说库存。

说话人 2 02:25.500
三百。"""
LARK = """Mon, Jun 15, 2026 3:02 PM|58 minutes 29 seconds

Keywords:
stock, export

Transcript:
Speaker 1 00:00
Hello there.

Speaker 2 00:05
Hi. Let us meet
at 10:30"""
TEAMS = """Stock weekly-20260615_133555-Meeting Transcript
15 June 2026, 03:35am
27m 42s
Nick Reed started transcription
Dave Hall   0:03
that from the planning
Grant, Susan (Harbour)   0:03
Structural.
But.
Dave Hall   1:02:22
that email.
Nick Reed stopped transcription"""
ZOOM = """[Susan Grant] 23:59:50
Hello all.

[Alex Lee] 00:00:20
Hi Susan.
How are you?

[Susan Grant] 00:01:01
Fine."""
MEET = """Jun 15, 2026
Stock weekly - Transcript
Attendees
Alice Wood, Bob Reed
Transcript
00:00:00

Alice Wood: Hello.
Bob Reed: Hi there
and good day.


00:05:00

Alice Wood: Next: the export.

Transcription ended after 00:06:12

This editable transcript was computer generated and might contain errors."""
MARKDOWN = """# Sync

- **Susan Grant** (00:01:02): Hello **all**.
- **Alex Lee** (00:01:09): Hi.
- **Susan Grant** (00:01:12): Bye."""
PLAIN = """库存会
2026年6月15日

张工：大家好，
今天说库存。

李梅：你好。
他说：不行

张工：那就这样。

李梅：行。

王总：嗯。"""
KNOWN = [
    pytest.param(
        TENCENT,
        "headed",
        ("订单系统需求会", "2026-06-15T15:02:00"),
        [
            ("王敏", 3, "大家好，先看导出。"),
            ("陈立", 9, "金额要带小数，单位是万元。"),
            ("王敏", 81, "行。"),
        ],
        id="腾讯会议 A, 讯飞听见, 钉钉闪记",
    ),
    pytest.param(
        TINGWU,
        "headed",
        ("库存盘点", "2026-06-09T17:40:00"),
        [
            ("发言人1", 0, "先说库存。"),
            ("发言人2", 8, "库存现在是三百。我们约在 10:30 再看"),
            ("发言人1", 15, "好。"),
        ],
        id="通义听悟",
    ),
    pytest.param(
        IFLYREC,
        "headed",
        (None, None),
        [("说话人1", 1, "先说库存。"), ("说话人2", 8, "三百。"), ("说话人1", 12, "好。")],
        id="讯飞听见 with the time first",
    ),
    pytest.param(
        "Susan Grant  0:03  \nHello all.\n\nAlex Lee  0:09  \nHi.\n\nSusan Grant  1:00:15  \nBye.\n\n"
        "Transcribed by https://otter.ai\n",
        "headed",
        (None, None),
        [("Susan Grant", 3, "Hello all."), ("Alex Lee", 9, "Hi."), ("Susan Grant", 3615, "Bye.")],
        id="Otter",
    ),
    pytest.param(
        "Transcript\n00:00:02 Speaker 1\nHello\n00:00:05 Speaker 2\nHi\n00:00:09 Speaker 1\nBye\n",
        "headed",
        (None, None),
        [("Speaker 1", 2, "Hello"), ("Speaker 2", 5, "Hi"), ("Speaker 1", 9, "Bye")],
        id="Word online",
    ),
    pytest.param(
        "Speaker 1 00:00: Hello, how are you\nSusan 00:02: Good\nSpeaker 1 00:05: at 10:30 we meet\n",
        "headed",
        (None, None),
        [
            ("Speaker 1", 0, "Hello, how are you"),
            ("Susan", 2, "Good"),
            ("Speaker 1", 5, "at 10:30 we meet"),
        ],
        id="name and time before the words",
    ),
    pytest.param(
        "[00:03] 王敏：先看导出。\n[00:09] 陈立：好：金额呢？\n还有日期\n[01:21] 王敏：行。\n[01:25] 嗯。\n",
        "timed",
        (None, None),
        [
            ("王敏", 3, "先看导出。"),
            ("陈立", 9, "好：金额呢？还有日期"),
            ("王敏", 81, "行。"),
            (None, 85, "嗯。"),
        ],
        id="腾讯会议 B",
    ),
    pytest.param(
        "王敏（00:00:03）：先看导出。\n陈立（００：００：０９）：好（10:30）\n王敏（00:01:21）：行。\n",
        "timed",
        (None, None),
        [("王敏", 3, "先看导出。"), ("陈立", 9, "好（10:30）"), ("王敏", 81, "行。")],
        id="腾讯会议 C",
    ),
    pytest.param(
        "00:00:03 王敏：先看导出。\n00:00:09 陈立：好。\n10:30 开会\n00:01:21 王敏：行。\n",
        "timed",
        (None, None),
        [("王敏", 3, "先看导出。"), ("陈立", 9, "好。10:30 开会"), ("王敏", 81, "行。")],
        id="腾讯会议 D",
    ),
    pytest.param(
        "0:00  \nfirst words\n\n0:21  \nsecond words\n\n0:24\nthird words\n",
        "timed",
        (None, None),
        [(None, 0, "first words"), (None, 21, "second words"), (None, 24, "third words")],
        id="times alone",
    ),
    pytest.param(
        FEISHU,
        "feishu",
        (None, "2026-06-15T15:02:00"),
        [("说话人 1", 0, "先说库存。"), ("说话人 2", 145.5, "三百。")],
        id="飞书妙记",
    ),
    pytest.param(
        "文字记录：库存会 2026年6月18日\n\n张工 00:00:01大家好。\n\n李梅 00:00:05你好，张工：在吗？\n\n张工 00:00:093 点开会。\n",
        "feishu",
        ("库存会", "2026-06-18"),
        [("张工", 1, "大家好。"), ("李梅", 5, "你好，张工：在吗？"), ("张工", 9, "3 点开会。")],
        id="飞书妙记 in one line",
    ),
    pytest.param(
        LARK,
        "feishu",
        (None, "2026-06-15T15:02:00"),
        [("Speaker 1", 0, "Hello there."), ("Speaker 2", 5, "Hi. Let us meet at 10:30")],
        id="Lark Minutes",
    ),
    pytest.param(
        TEAMS,
        "teams",
        ("Stock weekly", "2026-06-15T13:35:55"),
        [
            ("Dave Hall", 3, "that from the planning"),
            ("Grant, Susan (Harbour)", 3, "Structural. But."),
            ("Dave Hall", 3742, "that email."),
        ],
        id="Teams",
    ),
    pytest.param(
        "Stock weekly-20260615_133555-Meeting Recording\n27m 42s\n\nDave Hall\n0:03\nthat\n\n"
        "Susan Grant\n0:07\nYes\nDave Hall\n0:14\nGood.\n",
        "teams",
        ("Stock weekly", "2026-06-15T13:35:55"),
        [("Dave Hall", 3, "that"), ("Susan Grant", 7, "Yes"), ("Dave Hall", 14, "Good.")],
        id="Teams in two lines",
    ),
    pytest.param(
        ZOOM,
        "zoom",
        (None, None),
        [
            ("Susan Grant", 0, "Hello all."),
            ("Alex Lee", 30, "Hi Susan. How are you?"),
            ("Susan Grant", 71, "Fine."),
        ],
        id="Zoom past midnight",
    ),
    pytest.param(
        MEET,
        "meet",
        ("Stock weekly", "2026-06-15"),
        [
            ("Alice Wood", 0, "Hello."),
            ("Bob Reed", None, "Hi there and good day."),
            ("Alice Wood", 300, "Next: the export."),
        ],
        id="Google Meet",
    ),
    pytest.param(
        MARKDOWN,
        "markdown",
        ("Sync", None),
        [
            ("Susan Grant", 62, "Hello **all**."),
            ("Alex Lee", 69, "Hi."),
            ("Susan Grant", 72, "Bye."),
        ],
        id="Markdown list",
    ),
    pytest.param(
        "## 库存会\n\n### **张工** [00:00:00]\n大家好。\n\n---\n\n### **李梅** [00:00:05]\n你好。\n\n### **张工** [00:01:09]\n行。\n",
        "markdown",
        ("库存会", None),
        [("张工", 0, "大家好。"), ("李梅", 5, "你好。"), ("张工", 69, "行。")],
        id="Markdown headings",
    ),
    pytest.param(
        PLAIN,
        "named",
        ("库存会", "2026-06-15"),
        [
            ("张工", None, "大家好，今天说库存。"),
            ("李梅", None, "你好。他说：不行"),
            ("张工", None, "那就这样。"),
            ("李梅", None, "行。"),
            ("王总", None, "嗯。"),
        ],
        id="names alone",
    ),
]
