"""The screen after a run says nothing that a person rejected."""

import pytest
from rich.console import Console

from pipeline.models.item import Summary
from pipeline.models.meeting import Meeting
from pipeline.models.minutes import Action, Ask, Decision, Minutes, Question
from pipeline.models.project import Project
from pipeline.models.spec import FeatureSpec
from pipeline.models.transcript import EngineName, Segment, Transcript
from pipeline.service.meetings import MeetingView
from ui.cli.summary import summary

COMMON = {"origin_engine": "rules"}


def screen(
    transcript: Transcript | None = None, *, earlier: str | None = None, **changes: str
) -> str:
    review = {"D1": "draft", "A1": "draft", "Q1": "draft", "S1": "draft"} | changes
    minutes = Minutes(
        meeting="m",
        transcript_version=1,
        language="en",
        summary=Summary(internal="FROZEN"),
        decisions=(
            Decision(
                uid="d1",
                id="D1",
                text="DECIDED",
                review=review["D1"],
                supersedes=earlier,
                **COMMON,
            ),
            Decision(uid="d2", id="D2", text="LATER", supersedes="D1", **COMMON),
        ),
        asks=(Ask(uid="a1", id="A1", text="ASKED", spec="S1", review=review["A1"], **COMMON),),
        questions=(Question(uid="q1", id="Q1", text="OPEN", review=review["Q1"], **COMMON),),
    )
    spec = FeatureSpec(
        uid="s1",
        id="S1",
        project="p",
        meetings=("m",),
        asks=("A1",),
        title="SPECIFIED",
        review=review["S1"],
        **COMMON,
    )
    meeting = Meeting(uid="m", project="p", title="t", time_zone="UTC")
    view = MeetingView(
        meeting=meeting, project=Project(), transcript=transcript, minutes=minutes, specs=(spec,)
    )
    console = Console(width=100, record=True, file=None, quiet=False)
    with console.capture() as captured:
        console.print(summary(view, minutes))
    return captured.get()


def test_everything_is_there_before_a_review():
    text = screen()
    words = ("FROZEN", "DECIDED", "LATER", "ASKED", "OPEN", "SPECIFIED", "D1", "words of the call")
    assert [one for one in words if one not in text] == []
    assert "behind them: 4." in text


@pytest.mark.parametrize(
    ("name", "word"), [("D1", "DECIDED"), ("A1", "ASKED"), ("Q1", "OPEN"), ("S1", "SPECIFIED")]
)
def test_what_was_rejected_is_gone(name: str, word: str):
    text = screen(**{name: "rejected"})
    assert word not in text
    if name != "S1":
        assert "FROZEN" not in text
        assert "behind them: 3." in text
        assert name not in text


@pytest.mark.parametrize(("side", "told"), [("unknown", True), ("us", True), ("client", False)])
def test_that_nobody_is_known_as_the_client_is_said(side, told):
    segment = Segment(id="s0", index=0, side=side, text="x")
    transcript = Transcript(meeting="m", engine=EngineName(name="x"), segments=(segment,))
    assert ("Nobody is marked as the client" in screen(transcript)) is told


def test_decisions_that_replace_each_other_in_a_circle_are_all_there_with_the_circle():
    text = screen(earlier="D2")
    assert [one for one in ("DECIDED", "LATER") if one not in text] == []
    assert text.count("in a circle") == 2


@pytest.mark.parametrize(
    ("owner", "text", "line"),
    [
        ("Raj", "Send the sample", "T1 Send the sample  Raj · by Friday"),
        ("Raj", "Raj sends the sample", "T1 Raj sends the sample  by Friday"),
        (None, "Send the sample", "T1 Send the sample  by Friday"),
    ],
)
def test_a_promise_says_once_whose_it_is(owner: str | None, text: str, line: str):
    action = Action(uid="t1", id="T1", text=text, owner=owner, due_verbatim="by Friday", **COMMON)
    minutes = Minutes(meeting="m", transcript_version=1, language="en", actions=(action,))
    meeting = Meeting(uid="m", project="p", title="t", time_zone="UTC")
    view = MeetingView(
        meeting=meeting, project=Project(), transcript=None, minutes=minutes, specs=()
    )
    console = Console(width=100, file=None)
    with console.capture() as captured:
        console.print(summary(view, minutes))
    assert line in captured.get()
