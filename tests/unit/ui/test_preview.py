"""Where a turn stands, as it is shown before anything is made of a file."""

import datetime as dt

from pipeline.models.meeting import Meeting, MeetingKind, Source
from pipeline.models.transcript import EngineName, Segment, Transcript
from pipeline.service.previews import Preview, as_it_is
from ui.components.preview import when


def transcript(start: float | None, date: str | None = None) -> Transcript:
    said = Segment(id="s1", index=0, start=start, end=start, speaker="林芳", text="好。")
    engine = EngineName(name="import", model="x")
    return Transcript(engine=engine, segments=(said,), date=date)


def seen(start: float | None, kind: MeetingKind, date: str | None = None) -> Preview:
    source = Source(name="a.txt", sha256="0", size=1, shape="x")
    meeting = Meeting(uid="m", project="p", title="t", kind=kind, sources=(source,))
    return as_it_is(meeting, transcript(start, date))


def at(start: float | None, kind: MeetingKind, date: str | None = None) -> str:
    found = seen(start, kind, date)
    return when(found.first[0], found)


def test_a_turn_of_a_call_has_its_place_in_the_call():
    assert (at(125.0, "call"), at(4000.0, "call"), at(None, "call")) == ("02:05", "1:06:40", "–")
    assert seen(125.0, "call").length == 125.0


def test_a_message_of_a_chat_has_its_moment():
    assert at(2 * 86_400.0, "chat", "2026-11-20T15:02:11") == "11-22 15:02"
    assert at(2 * 86_400.0, "chat", "2026-11-20") == "–"
    assert seen(9.0, "chat", "2026-11-20T15:02:11").length is None


def test_a_day_that_cannot_be_is_none():
    found = seen(1.0, "chat", "2026-13-45")
    assert (found.date, found.began) == (None, None)
    assert seen(1.0, "chat", "2026-11-20").date == dt.date(2026, 11, 20)
