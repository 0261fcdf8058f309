"""What was said and led to no item: found without the engine, and what people answered holds."""

import pytest

from pipeline.cover import cover
from pipeline.models.evidence import Evidence
from pipeline.models.minutes import Ask, Coverage, Minutes, Uncited
from pipeline.models.project import Participant, Project
from pipeline.models.transcript import EngineName, Segment, Transcript

PROJECT = Project(
    participants=(Participant(name="Uma", side="us"), Participant(name="Cleo", side="client"))
)
TURNS = (
    ("Cleo", "Can we have a one click export?"),
    ("Uma", "I suggest we send a text message."),
    ("Cleo", "Invoices must sync to Xero every night."),
    ("Cleo", "I will ask the accountant by Friday."),
    ("Cleo", "Yes, agreed."),
    ("Somebody", "We need a report for the auditors."),
)
CALL = Transcript(
    engine=EngineName(name="test"),
    segments=tuple(
        Segment(id=f"s{index}", index=index, speaker=speaker, text=text)
        for index, (speaker, text) in enumerate(TURNS)
    ),
)


def evidence(*segments: str) -> Evidence:
    return Evidence(meeting="m", transcript_version=1, segments=segments, quote="x", match="exact")


def minutes(*segments: str, uncited: tuple[Uncited, ...] = ()) -> Minutes:
    """Minutes with one ask that rests on these segments."""
    asks = [
        Ask(uid="", id="A1", text="x", origin_engine="test", evidence=(evidence(*segments),))
        for _ in segments[:1]
    ]
    return Minutes(
        meeting="m",
        transcript_version=1,
        language="en",
        asks=tuple(asks),
        coverage=Coverage(uncited=uncited, unprocessed=("s4",)),
    )


def found(covered: Minutes) -> dict[str, str]:
    return {one.segment: one.cue for one in covered.coverage.uncited}


def test_client_turns_with_a_cue_and_no_item_are_listed_in_order():
    covered = cover(minutes(), CALL, PROJECT)
    assert found(covered) == {"s0": "ask", "s2": "ask", "s3": "action", "s5": "ask"}
    assert list(found(covered)) == ["s0", "s2", "s3", "s5"]


def test_a_cited_turn_is_covered():
    assert found(cover(minutes("s0", "s2"), CALL, PROJECT)) == {"s3": "action", "s5": "ask"}


def test_a_wish_that_only_stands_far_down_another_ask_is_still_listed():
    assert found(cover(minutes("s0", "s2"), CALL, PROJECT)).get("s2") is None
    far = minutes("s0").asks[0].with_(evidence=(evidence("s0"), evidence("s2"), evidence("s4")))
    covered = cover(minutes().with_(asks=(far,)), CALL, PROJECT)
    assert found(covered) == {"s2": "ask", "s3": "action", "s5": "ask"}


def test_our_own_turns_and_bare_replies_are_not_listed():
    assert not {"s1", "s4"} & found(cover(minutes(), CALL, PROJECT)).keys()


def test_what_no_engine_call_covered_stays_listed():
    assert cover(minutes(), CALL, PROJECT).coverage.unprocessed == ("s4",)


@pytest.mark.parametrize("state", ["accepted", "attached", "dismissed"])
def test_an_answer_of_a_person_holds_after_another_run(state: str):
    answered = Uncited(segment="s0", cue="question", state=state, item="A1")
    covered = cover(minutes("s0"), CALL, PROJECT, earlier=Coverage(uncited=(answered,)))
    assert covered.coverage.uncited[0] == answered
    assert list(found(covered)) == ["s0", "s2", "s3", "s5"]


def test_an_open_turn_that_is_cited_now_leaves_the_list():
    waiting = Uncited(segment="s0", cue="ask")
    covered = cover(minutes("s0"), CALL, PROJECT, earlier=Coverage(uncited=(waiting,)))
    assert "s0" not in found(covered)


@pytest.mark.parametrize(
    ("text", "listed"),
    [
        ("按区域合单，一个人推一车拣二十单，手持上告诉他去哪个货位。", True),
        ("工人戴着手套，手上全是油，点不准，点两下就骂娘了。", True),
        ("One place to change a rate, and it goes to all three sites.", True),
        ("大家好，我把会议室的摄像头弄一下。", False),
        ("哈哈，怎么不给每个司机发个新手机。", False),
        ("Good morning, I am just finishing my coffee here.", False),
        ("两个，一大一小。", False),
    ],
)
def test_much_said_about_a_subject_is_listed_and_small_talk_is_not(text: str, listed: bool):
    segments = (Segment(id="s0", index=0, speaker="Cleo", text=text),)
    covered = cover(minutes(), CALL.with_(segments=segments), PROJECT)
    assert bool(found(covered)) is listed


def test_no_turn_with_a_cue_falls_off_a_long_list():
    call = Transcript(
        engine=EngineName(name="test"),
        segments=tuple(
            Segment(
                id=f"s{index}", index=index, speaker="Cleo", text=f"We need report number {index}."
            )
            for index in range(40)
        ),
    )
    assert len(found(cover(minutes(), call, PROJECT))) == len(call.segments)
