"""What stands above the first message of a chat: the name of its group, or a line of nobody."""

import pytest

from pipeline.readers.reader import TranscriptReader


@pytest.mark.parametrize(
    ("first", "title"),
    [
        ("恒丰二期对接群", "恒丰二期对接群"),
        ("恒丰二期对接群（12）", "恒丰二期对接群"),
        ("已经发到群", None),
        ("导出要带金额", None),
        ("要带金额，已发群", None),
    ],
)
def test_the_name_of_the_group_above_a_chat_is_its_title(first: str, title: str | None):
    text = f"{first}\n\n汪敏 2026/6/15 15:02:11\n要导出\n\n许立 2026/6/15 15:03:11\n好\n"
    told = TranscriptReader().read(text.encode(), name="粘贴.txt")
    assert told.title == title
    assert [one.text for one in told.dropped] == ([] if title else [first])
