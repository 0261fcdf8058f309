"""A chat and notes on the desk: their own words, days for places, no figures that are not theirs."""

import datetime as dt

from pipeline.models.meeting import Meeting
from pipeline.models.project import Project
from pipeline.models.transcript import EngineName, Segment, Transcript
from pipeline.service.meetings import MeetingView
from ui.components.kept_words import head, line
from ui.components.player import content
from ui.kinds import of_kind
from ui.parcel import suffixes

SAID = Segment(id="s1", index=0, start=86_400, speaker="汪敏", text="要导出\n带金额")


def view(kind: str, *segments: Segment) -> MeetingView:
    meeting = Meeting(
        uid="m", project="p", title="", kind=kind, date=dt.date(2026, 6, 15), time=dt.time(15, 2)
    )
    transcript = Transcript(engine=EngineName(name="import", model=kind), segments=segments)
    return MeetingView(meeting=meeting, project=Project(), transcript=transcript)


def test_only_sentences_that_have_another_form_change():
    words = {"find": "call", "find_chat": "chat", "hits": "n"}
    assert of_kind(words, "chat")["find"] == "chat"
    assert of_kind(words, "call") == words
    assert of_kind(words, "note")["find"] == "call"


def test_a_browser_is_told_when_a_chat_began_and_draws_it_in_turns():
    told = content(view("chat", SAID))
    assert told["dial"] == {"begun": "2026-06-15T15:02:00"}
    assert told["picture"]["timed"] is False
    assert content(view("call", SAID))["dial"] is None


def test_a_message_in_a_line_has_its_day_and_a_line_of_notes_nothing_before_it():
    chat, note = view("chat").meeting, view("note").meeting
    assert line(SAID, chat) == "06-16 15:02 汪敏  要导出 带金额"
    assert head(SAID.with_(start=None, speaker=None), note) == ""


def test_a_chat_goes_out_as_no_subtitles():
    given = view("chat", SAID).transcript
    assert given is not None
    assert suffixes(given) == (".json", ".txt")
