"""The moving line of the command line: one line of the terminal, whatever was said."""

import sys

import pytest

from pipeline.models.job import Hearing, Progress
from pipeline.models.speech import HeardSegment
from ui.cli import watching


@pytest.mark.parametrize(
    ("line", "columns", "shown"),
    [
        ("hearing 01:00", 20, "hearing 01:00"),
        ("hearing 01:00 of 02:00", 20, "hearing 01:00 of 0…"),
        ("正在听一段很长的话", 12, "正在听一段…"),
        ("a\nb", 20, "a b"),
    ],
)
def test_a_line_never_takes_two(line, columns, shown):
    assert watching.fitted(line, columns) == shown


def test_the_last_words_heard_stand_behind_how_far_it_is(monkeypatch, capsys):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setattr(watching, "_columns", lambda: 100)
    said = HeardSegment(start=58, end=60, text="要\x1b[2K导出\n吗？", channel=0)
    going = Progress(
        stage="transcribe",
        state="going",
        done=60,
        total=3600,
        hearing=Hearing(pieces=4, speed=6.21, left=480),
        said=said,
    )
    with watching.Watching() as watch:
        watch(going)
    told = "hearing 01:00 of 1:00:00 · 6.2× real time · about 8 min left  [00:58] 要[2K导出 吗？"
    assert capsys.readouterr().err == f"\r\x1b[2K  {told}\r\x1b[2K"
