"""What of a call the browser draws: turns, lanes, marks."""

from pipeline.models.evidence import Evidence
from pipeline.models.meeting import Meeting, Recording
from pipeline.models.minutes import Ask, Minutes, Risk
from pipeline.models.project import Project
from pipeline.models.transcript import EngineName, Segment, Transcript
from pipeline.service.meetings import MeetingView
from pipeline.service.mending import Spot
from ui.components.player import content, picture

PROJECT = Project(client="华露饮料")


def turn(number: int, start: float | None, speaker: str, side: str = "client", **more) -> Segment:
    end = None if start is None else start + 2
    return Segment(
        id=f"s{number}",
        index=number,
        start=start,
        end=end,
        speaker=speaker,
        side=side,
        text="原话",
        **more,
    )


def rests_on(*segments: str, start: float | None = None) -> Evidence:
    return Evidence(
        meeting="m1",
        transcript_version=1,
        segments=segments,
        quote="原话",
        match="exact",
        start=start,
    )


def item(kind, uid: str, *evidence: Evidence, **more):
    return kind(uid=uid, id=uid, text="导出", evidence=evidence, origin_engine="rules", **more)


def view(*segments: Segment, duration: float | None = None, **arrays) -> MeetingView:
    sound = Recording(name="a.wav", sha256="0" * 64, size=1, duration=duration)
    meeting = Meeting(
        uid="m1", project="p1", title="t", created_at="", recordings=(sound,) if duration else ()
    )
    return MeetingView(
        meeting=meeting,
        project=PROJECT,
        transcript=Transcript(meeting="m1", engine=EngineName(name="x"), segments=segments),
        minutes=Minutes(meeting="m1", transcript_version=1, language="zh", **arrays),
        specs=(),
    )


def test_each_speaker_has_a_lane_and_ours_come_first():
    drawn = picture(view(turn(0, 0, "王总"), turn(1, 10, "陈工", "us"), duration=100.0))
    assert [(lane["name"], lane["side"]) for lane in drawn["lanes"]] == [
        ("陈工", "us"),
        ("王总", "client"),
    ]
    assert drawn["lanes"][0]["bars"] == [[10, 12]]
    assert (drawn["timed"], drawn["span"]) == (True, 100.0)


def test_many_speakers_share_the_lane_of_their_side():
    many = [turn(number, number * 5, f"n{number}") for number in range(6)]
    (lane,) = picture(view(*many))["lanes"]
    assert (lane["name"], lane["side"], len(lane["bars"])) == (None, "client", 6)


def test_pauses_too_short_to_be_seen_are_not_drawn():
    turns = [turn(number, number * 2.5, "王总") for number in range(2000)]
    (lane,) = picture(view(*turns))["lanes"]
    assert lane["bars"] == [[0, 4999.5]]


def test_without_times_the_place_is_the_number_of_the_turn():
    drawn = picture(
        view(
            turn(0, None, "王总"),
            turn(1, None, "王总"),
            asks=(item(Ask, "A1", rests_on("s1")),),
        )
    )
    assert (drawn["timed"], drawn["span"]) == (False, 2)
    assert drawn["marks"][0]["at"] == 1


def test_marks_stand_at_the_earliest_words_of_an_item_that_stands():
    first, later = rests_on("s0", start=0), rests_on("s1", start=9)
    drawn = picture(
        view(
            turn(0, 0, "王总"),
            turn(1, 9, "王总"),
            asks=(
                item(Ask, "A1", later, first),
                item(Ask, "A2", later, review="rejected"),
            ),
            risks=(item(Risk, "R1", rests_on("gone")),),
        )
    )
    (mark,) = drawn["marks"]
    assert (mark["uid"], mark["at"], mark["segments"]) == ("A1", 0, ["s0"])
    assert mark["all"] == ["s1", "s0"]


def test_a_turn_that_was_split_keeps_the_marks_of_the_whole():
    half = turn(0, 4, "王总").with_(id="s7.1")
    drawn = picture(view(half, asks=(item(Ask, "A1", rests_on("s7", start=4)),)))
    assert drawn["marks"][0]["at"] == 4


def test_a_meeting_without_words_is_drawn_empty():
    drawn = content(view())
    assert drawn["segments"] == []
    assert drawn["picture"] == {"timed": False, "span": 1, "lanes": [], "marks": []}


def test_turns_say_where_the_ears_were_unsure():
    drawn = content(view(turn(0, 0, "王总", avg_logprob=-1.2), turn(1, 3, "王总")))
    assert [one["unsure"] for one in drawn["segments"]] == [True, False]
    assert drawn["length"] == 5


def test_a_place_that_the_list_changed_is_shown_with_what_was_heard():
    one = turn(0, 0, "王总").with_(text="把订单导出")
    spot = Spot("e1", one, ("定单", "订单"), 1, "把", "定单", "订单", "导出")
    drawn = content(view(one, turn(1, 9, "王总")), [spot])["segments"]
    assert drawn[0]["mended"] == [{"at": 1, "was": "定单", "now": "订单"}]
    assert drawn[1]["mended"] == []
