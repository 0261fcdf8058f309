"""When the messages of a chat were sent, from the file to what people read."""

import datetime as dt

import pytest

from pipeline.errors import InputError
from pipeline.exporters.blocks.phrases import Phrases
from pipeline.exporters.subtitles import write_transcript
from pipeline.models.evidence import Evidence
from pipeline.models.losses import losses
from pipeline.models.meeting import Meeting
from pipeline.models.moments import dial, moment
from pipeline.models.reading import Reading
from pipeline.models.transcript import (
    ATTACHED,
    IMPORTED,
    QUOTED_ALONE,
    Dropped,
    EngineName,
    Segment,
    Transcript,
)
from pipeline.service.intake import Intake, began_at, day_of, filled

CHAT = Meeting(
    uid="m", project="p", title="", kind="chat", date=dt.date(2026, 12, 30), time=dt.time(15, 2, 11)
)


@pytest.mark.parametrize(
    ("seconds", "told"),
    [(0, "12-30 15:02"), (86_400, "12-31 15:02"), (3 * 86_400, "2027-01-02 15:02"), (None, None)],
)
def test_a_message_has_a_day_and_a_time(seconds: float | None, told: str | None):
    assert moment(CHAT, seconds) == told


def test_without_a_day_the_time_stands_alone():
    assert moment(CHAT.with_(date=None, time=None), 54_131) == "15:02"


def test_a_call_counts_from_its_beginning():
    call = CHAT.with_(kind="call")
    assert (moment(call, 61), dial(call)) == (None, None)
    assert Phrases("zh", call).place(61) == "01:01"


def test_words_of_another_meeting_are_not_told_by_the_days_of_this_one():
    far = Evidence(meeting="other", transcript_version=1, segments=("s1",), start=90_000, quote="x", match="exact")  # fmt: skip
    say = Phrases("zh", CHAT)
    assert say.at(far) is None
    assert say.at(far.with_(meeting="m")) == "12-31 16:02"


def reading(date: str | None, kind: str = "chat") -> Reading:
    return Reading(shape="chat", kind=kind, segments=(), date=date)


@pytest.mark.parametrize(
    ("told", "day"),
    [
        (dt.date(2026, 6, 20), dt.date(2026, 6, 15)),
        (dt.date(2026, 6, 15), dt.date(2026, 6, 15)),
        (dt.date(2026, 6, 1), dt.date(2025, 6, 15)),
    ],
)
def test_a_year_that_nobody_wrote_is_the_last_one_before_the_day_somebody_tells(
    told: dt.date, day: dt.date
):
    one = reading("--06-15T15:02:11")
    assert filled(Intake(date=told), one, named="x").date == day
    assert began_at(one, told) == dt.time(15, 2, 11)


def test_without_such_a_day_it_is_not_in_the_future():
    tomorrow = dt.datetime.now(dt.UTC).date() + dt.timedelta(days=3)
    found = day_of(reading(f"--{tomorrow:%m-%d}T10:00:00"))
    assert found is not None
    assert found < tomorrow


def test_a_leap_day_finds_its_year():
    assert day_of(reading("--02-29"), dt.date(2026, 6, 1)) == dt.date(2024, 2, 29)


def test_messages_say_themselves_when_they_were_sent_and_a_call_does_not():
    other = Intake(date=dt.date(2026, 7, 1))
    assert filled(other, reading("2026-06-15T15:02:11"), named="x").date == dt.date(2026, 6, 15)
    call = reading("2026-06-15T15:02:11", kind="call")
    assert filled(other, call, named="x").date == dt.date(2026, 7, 1)
    assert began_at(call, other.date) is None


def transcript(*starts: float | None, date: str | None) -> Transcript:
    segments = (
        Segment(id=f"s{at}", index=at, start=start, speaker="汪敏", text="好")
        for at, start in enumerate(starts)
    )
    engine = EngineName(name=IMPORTED, model="chat")
    return Transcript(date=date, engine=engine, segments=tuple(segments))


@pytest.mark.parametrize(
    ("date", "days"),
    [
        ("2026-06-15T23:00:00", ["15", "15", "16", "17"]),
        ("2026-06-15T23:00:00+08:00", ["15", "15", "16", "17"]),
        ("2026-06-15", ["15", "15", "15", "16"]),
    ],
)
def test_each_segment_has_its_day_and_one_without_a_time_that_of_the_one_before(
    date: str, days: list[str]
):
    chat = transcript(0, None, 7200, 90_000, date=date)
    assert [f"{chat.day_of(one.id):%d}" for one in chat.segments] == days


@pytest.mark.parametrize("date", [None, "soon"])
def test_nobody_knows_the_day_without_a_date(date: str | None):
    assert transcript(0, date=date).day_of("s0") is None


def test_a_chat_has_no_cues(tmp_path):
    with pytest.raises(InputError):
        write_transcript(transcript(0, 60, date="2026-06-15T23:00:00"), tmp_path / "x.srt")


def test_what_was_understood_is_no_loss():
    aside = [Dropped(line=1, text="x", reason=reason) for reason in (ATTACHED, QUOTED_ALONE)]
    chat = transcript(0, date=None)
    assert losses(chat.with_(dropped=(aside[0],)), "zh") == ()
    assert len(losses(chat.with_(dropped=tuple(aside)), "zh")) == 1
