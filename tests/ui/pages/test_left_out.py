"""What was heard and left out is shown with its words, its time and why, in both languages."""

from typing import Any

from pipeline.models.transcript import Dropped, EngineName, Transcript
from pipeline.words.loader import table

LEFT_OUT = (
    Dropped(start=61.0, end=64.0, text="谢谢*观看*", reason="stock phrase"),
    Dropped(start=75.0, end=78.0, text="[Music]", reason="name of a sound"),
    Dropped(start=90.0, end=None, text="", reason="breaks off"),
)


def heard(desk: Any, *dropped: Dropped) -> Transcript:
    """The words of the meeting as if they had been heard, and this had been left out."""
    made = desk.view.transcript.with_(
        engine=EngineName(name="faster_whisper", model="small"), dropped=dropped
    )
    return desk.house.tools.store.save_transcript(desk.meeting, made)


def test_each_line_has_its_time_its_words_and_why_it_was_left_out(
    desk: Any, open_page: Any, language: Any
):
    heard(desk, *LEFT_OUT)
    app = open_page("unsaid", m=desk.meeting, **{"as": "陈工", "lang": language})
    assert not app.exception
    words = table("ui.words", language)
    lines = "\n".join(one.value for one in app.text)
    for line in ("01:01 – 01:04  谢谢*观看*", "01:15 – 01:18  [Music]"):
        assert line in lines
    told = "\n".join(one.value for one in (*app.markdown, *app.caption)).replace("\\", "")
    for reason in ("stock_phrase", "name_of_a_sound", "breaks_off"):
        assert words[f"desk.unsaid.reason.{reason}"] in told
    assert words["desk.unsaid.said_after_all"] in told


def test_a_recording_that_only_breaks_off_has_no_words_to_bring_back(desk: Any, open_page: Any):
    heard(desk, LEFT_OUT[-1])
    app = open_page("unsaid", m=desk.meeting, **{"as": "陈工", "lang": "en"})
    told = [one.value for one in app.caption]
    assert table("ui.words", "en")["desk.unsaid.said_after_all"] not in told
