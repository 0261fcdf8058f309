"""Every layout is told from all others by its content, and each file is read by the right shape."""

import pytest

from pipeline.readers.content import opened
from pipeline.readers.reader import TranscriptReader, known
from pipeline.readers.shape import CERTAIN, NONE
from tests.unit.readers.meetings.known import KNOWN
from tests.unit.readers.meetings.test_tables import SHEETS

OTHERS = {
    "vtt": "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n<v 王敏>好\n\n00:00:03.000 --> 00:00:04.000\n<v 陈立>行\n",
    "srt": "1\n00:00:01,000 --> 00:00:02,000\n王敏: 好\n\n2\n00:00:03,000 --> 00:00:04,000\n陈立: 行\n",
    "txt": "[00:00:01] 王敏: 好\n[00:00:03] 陈立: 行，10:30 开会\n[00:00:05] 王敏: 好\n",
    "turns": '{"turns": [{"speaker": "王敏", "text": "好"}]}',
    "dragoman": '{"engine": {"name": "x"}, "segments": [{"id": "s1", "index": 0, "text": "好"}]}',
}
EXAMPLES = [
    *((str(one.id), one.values[1], str(one.values[0])) for one in KNOWN),
    *((f"table {place}", "table", text) for place, text in enumerate(SHEETS)),
    *((shape, shape, text) for shape, text in OTHERS.items()),
]
"""What each example is called, the shape that must read it, and its text."""


@pytest.mark.parametrize(
    ("shape", "text"), [one[1:] for one in EXAMPLES], ids=[one[0] for one in EXAMPLES]
)
def test_the_right_shape_is_the_likeliest_of_all(shape: str, text: str):
    content = opened(text.encode(), name="export")
    likely = {name: one.likely(content) for name, one in known().items()}
    others = {name: value for name, value in likely.items() if name != shape}
    assert NONE < likely[shape] <= CERTAIN
    assert all(value < likely[shape] for value in others.values()), likely
    assert TranscriptReader().read(text.encode(), name="export").shape == shape


@pytest.mark.parametrize("name", ["call.csv", "call.srt", "chat.txt", "x.docx", ""])
def test_the_name_of_a_file_tells_nothing(name: str):
    for _, shape, text in EXAMPLES:
        assert TranscriptReader().read(text.encode(), name=name).shape == shape
