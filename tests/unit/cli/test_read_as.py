"""How a text was read, as the command line tells it."""

import pytest

from pipeline.errors import InputError
from pipeline.models.meeting import Meeting, Source
from pipeline.models.transcript import ATTACHED, Dropped, EngineName, Segment, Transcript
from pipeline.words.loader import interface_language
from ui.cli.read_as import known_shape, told


@pytest.fixture(autouse=True)
def english(monkeypatch):
    monkeypatch.setenv("DRAGOMAN_LANGUAGE", "en")
    interface_language.cache_clear()
    yield
    interface_language.cache_clear()


def lines(*dropped: Dropped, speaker: str | None = "Ann") -> list[str]:
    source = Source(name="a\x1b[2J.vtt", sha256="0", size=1, shape="vtt")
    meeting = Meeting(uid="m", project="p", title="t", sources=(source,))
    said = Segment(id="s1", index=0, speaker=speaker, text="Hello.")
    engine = EngineName(name="import", model="vtt")
    return told(meeting, Transcript(engine=engine, segments=(said,), dropped=dropped), None)


def test_a_file_that_was_understood_takes_one_line():
    assert lines() == ["a[2J.vtt was read as VTT captions: 1 turn, 1 person."]


def test_lines_that_were_not_are_shown_with_their_numbers_and_cannot_move_the_cursor():
    gone = [Dropped(line=n, text=f"\x1b[31mpage\n{n}", reason="outside any cue") for n in range(7)]
    said = lines(*gone)
    assert "7 lines not understood" in said[0]
    assert said[1] == "  line 0: [31mpage 0"
    assert len(said) == 1 + 5 + 2
    assert "2 more" in said[6]
    assert "--as" in said[7]


def test_a_picture_of_a_chat_is_no_line_that_was_not_understood():
    assert len(lines(Dropped(line=3, text="[图片]", reason=ATTACHED))) == 1


def test_without_a_name_the_way_out_is_shown():
    assert "--as" in lines(speaker=None)[-1]


def test_a_name_is_checked_against_those_there_are():
    assert known_shape(None) is None
    assert known_shape(" VTT ") == "vtt"
    with pytest.raises(InputError) as refused:
        known_shape("vvt")
    assert "vtt" in refused.value.params["known"]
