"""What can be read is listed, named, and told of every text that was read."""

import json

import pytest

CUES = """\
1
00:00:03,000 --> 00:00:06,200
Nadia: Can the list go out as a file?

page 1

2
00:00:07,000 --> 00:00:08,400
Owen: It can, once a day.
"""


@pytest.mark.slow
def test_every_name_that_is_listed_can_be_asked_for(dragoman, tmp_path):
    listed = dragoman("formats", "--json", language="zh")
    formats = json.loads(listed.out)["formats"]
    assert {"name": "vtt", "called": "VTT 字幕", "kind": "call"} in formats
    assert len(dragoman("formats").out.splitlines()) == len(formats)

    file = tmp_path / "a.txt"
    file.write_text(CUES, encoding="utf-8")
    wrong = dragoman("process", file, "--as", "vvt")
    assert wrong.code == 2
    assert all(one["name"] in wrong.err for one in formats)


@pytest.mark.slow
def test_how_a_text_was_read_is_told_beside_the_result(dragoman, tmp_path):
    file = tmp_path / "a.txt"
    file.write_text(CUES, encoding="utf-8")
    ran = dragoman("process", file, "--engine", "rules", "--json")
    assert "a.txt was read as SRT captions: 2 turns, 2 people, 1 line not understood." in ran.err
    assert "line 5: page 1" in ran.err
    assert json.loads(ran.out)["meetings"][0]["missing"]
    again = dragoman("transcribe", file, "--as", "vtt")
    assert "read as VTT captions" in again.err
    assert again.out.splitlines()[0].endswith("Nadia: Can the list go out as a file?")
