"""What the specs lane is told: real specs of the bundled call, made by the rules."""

from pathlib import Path

import pytest
import yaml

from pipeline.engines.rules.specify import RulesSpecifier
from pipeline.ground import ground_spec
from pipeline.lint import lint
from pipeline.models.evidence import Evidence
from pipeline.models.fields import EDITABLE, pattern
from pipeline.models.meeting import Meeting
from pipeline.models.minutes import Ask, Minutes
from pipeline.models.project import Project
from pipeline.models.slots import Slot
from pipeline.models.spec import FeatureSpec, Finding, OpenQuestion
from pipeline.models.transcript import EngineName, Segment, Transcript
from pipeline.service.meetings import MeetingView
from pipeline.service.specs import Base
from ui.board import Board, Look
from ui.components.specs import PLAIN, entry, rank, said
from ui.session import words

DEMO = Path(__file__).parents[3] / "pipeline" / "demo" / "zh"
ERROR = Finding(code="open_list", severity="error", slot="rules[0]", reason="没有尽头")


@pytest.fixture(scope="module")
def project() -> Project:
    return Project.model_validate(
        yaml.safe_load((DEMO / "project.yaml").read_text(encoding="utf-8"))
    )


@pytest.fixture(scope="module")
def transcript(project: Project) -> Transcript:
    turns = yaml.safe_load((DEMO / "script.yaml").read_text(encoding="utf-8"))["turns"]
    segments = [
        Segment(
            id=f"s{n}",
            index=n,
            start=5.0 * n,
            end=5.0 * n + 4,
            speaker=turn["speaker"],
            side=project.side_of(turn["speaker"]),
            text=turn["text"],
        )
        for n, turn in enumerate(turns)
    ]
    return Transcript(meeting="m", engine=EngineName(name="test"), segments=tuple(segments))


def _ask(transcript: Transcript, number: int, text: str, *told: str) -> Ask:
    cited = [one for words in told for one in transcript.segments if words in one.text]
    evidence = [
        Evidence(
            meeting="m",
            transcript_version=1,
            segments=(one.id,),
            start=one.start,
            end=one.end,
            speaker=one.speaker,
            side=one.side,
            quote=one.text,
            match="exact",
        )
        for one in reversed(cited)
    ]
    return Ask(
        uid=f"u{number}",
        id=f"A{number}",
        text=text,
        evidence=tuple(evidence),
        origin_engine="test",
        raw_quote=cited[0].text,
    )


@pytest.fixture(scope="module")
def view(transcript: Transcript, project: Project) -> MeetingView:
    asks = (
        _ask(transcript, 1, "一键导出订单", "一键导出？", "还要加上订单状态"),
        _ask(transcript, 2, "订单审批自动一点", "订单审批太慢", "三千以下自动通过吧"),
    )
    minutes = Minutes(meeting="m", transcript_version=1, language="zh", asks=asks)
    specs = []
    for number, ask in enumerate(asks, 1):
        draft = RulesSpecifier().specify(ask, minutes, transcript, project)
        spec = ground_spec(draft, ask, transcript, project)
        spec = spec.with_(uid=f"spec{number}", id=f"S{number}", asks=(ask.id,))
        specs.append(spec.with_(findings=lint(spec)))
    return MeetingView(
        meeting=Meeting(uid="m", project="p", title="碰头", created_at="2026-03-18T06:00:00.000Z"),
        project=project,
        transcript=transcript,
        minutes=minutes,
        specs=tuple(specs),
    )


def drawn(view: MeetingView, **more):
    found = more.get("findings", {})
    bases = more.get("bases", {})
    rows = [
        entry(
            spec.with_(findings=tuple(found.get(spec.uid, spec.findings))),
            {ask.id: ask for ask in view.minutes.asks},
            words("lane"),
            bases=bases.get(spec.uid, ()),
        )
        for spec in view.specs
    ]
    return Board().changes(lambda mark: Look(None, rows))["rows"]


def test_every_piece_of_evidence_is_told_once_in_the_order_of_the_call(view: MeetingView):
    row = next(one for one in drawn(view) if one["id"] == "S1")
    starts = [one["start"] for one in row["said"]]
    assert starts == sorted(starts)
    quotes = [one["quote"] for one in row["said"]]
    assert len(quotes) == len(set(quotes))
    assert any("一键导出" in one for one in quotes), "the words of the ask"
    for values in (row["v"]["rules"], row["v"]["limits"]):
        for slot in values:
            for one in slot["evidence"]:
                assert any(one["quote"] in quote for quote in quotes), "the words of the spec"
    assert {"speaker", "match", "segments", "start"} <= row["said"][0].keys()


def test_a_quote_inside_a_longer_one_of_the_same_words_is_not_told_again(view: MeetingView):
    ask = view.minutes.asks[0]
    whole = ask.evidence[0]
    part = whole.with_(quote=whole.quote[:4])
    spec = view.specs[0].with_(goal=Slot(value="x", origin="stated", evidence=(part,)))
    assert part not in said(spec, [ask])
    assert whole in said(spec, [ask])


def test_every_value_carries_its_origin_and_its_words(view: MeetingView):
    row = next(one for one in drawn(view) if one["id"] == "S1")
    labels = {one["label"]: one for one in row["v"]["data_fields"]}
    assert labels["订单号"]["name"] == "so_order.order_no"
    assert labels["订单号"]["origin"] == "stated"
    assert labels["订单号"]["evidence"][0]["segments"]
    assert row["v"]["goal"]["origin"] == "inferred"
    assert {one["role"] for one in row["v"]["permissions"]} >= {"财务"}


def test_what_our_side_said_is_not_called_the_clients_words(view: MeetingView):
    ours = view.minutes.asks[0].evidence[0].with_(side="us")
    spec = view.specs[0].with_(goal=Slot(value="x", origin="stated", evidence=(ours,)))
    row = drawn(view.with_(specs=(spec,)))[0]
    assert row["v"]["goal"]["ours"]


def test_the_worst_comes_first(view: MeetingView):
    spec = view.specs[0]
    answered = tuple(one.with_(answer="好") for one in spec.open_questions)
    easy = spec.with_(uid="e", id="S3", open_questions=answered)
    done = easy.with_(uid="d", id="S4", review="approved")
    no = spec.with_(uid="n", id="S5", review="rejected")
    wrong = spec.with_(uid="w", id="S10")
    specs = (no, done, easy, spec, wrong)
    found = {one.uid: () for one in specs} | {"w": (ERROR,)}
    rows = drawn(view.with_(specs=specs), findings=found)
    assert [row["id"] for row in rows] == ["S10", "S1", "S3", "S4", "S5"]
    assert rank(done.with_(stale=("changed_since_approval",)), ()) == 2


def test_findings_stand_beside_their_part_and_the_page_does_not_say_things_twice(
    view: MeetingView,
):
    spec = view.specs[0]
    told = (ERROR, Finding(code="blocking_open", severity="info", slot="open_questions", reason=""))
    (row,) = drawn(view.with_(specs=(spec,)), findings={spec.uid: told})
    assert row["findings"] == [
        {"severity": "error", "slot": "rules[0]", "reason": "没有尽头", "suggestion": ""}
    ]


def test_an_answered_value_tells_who_answered(view: MeetingView):
    question = OpenQuestion(
        id="q1",
        slot="volume_limit",
        question="最多几行？",
        answer="5 万",
        answered_by="吴总",
        answered_side="client",
    )
    slots = (Slot(value="最多几行：5 万", origin="answered"), Slot(value="快", origin="inferred"))
    spec = view.specs[0].with_(open_questions=(question,), limits=slots)
    row = drawn(view.with_(specs=(spec,)))[0]
    assert row["v"]["limits"][0]["by"] == {"who": "吴总", "side": "client"}
    assert "by" not in row["v"]["limits"][1]


def test_what_changed_is_told_against_each_state_that_differs(view: MeetingView):
    spec = view.specs[0]
    rules = (spec.rules[0].with_(value=f"{spec.rules[0].value}，必填", origin="inferred"),)
    edited = spec.with_(rules=rules + spec.rules[1:], edited=True)
    at = "2026-11-24T07:02:00.000Z"
    bases = (
        Base(since="approved", old=spec, new=edited, who="陈工", side="us", at=at),
        Base(since="draft", old=edited, new=edited),
    )
    row = drawn(view.with_(specs=(edited,)), bases={spec.uid: bases})[0]
    (told,) = row["changes"]
    assert (told["since"], told["who"], told["at"]) == ("approved", "陈工", at)
    (change,) = told["parts"]
    assert change["part"] == "rules"
    assert change["pieces"][-1] == ["new", "，必填"]
    assert drawn(view)[0]["changes"] == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_value_that_can_be_written_has_a_name_in_words(language, monkeypatch):
    monkeypatch.setattr("ui.session.language", lambda: language)
    told = words("specs")
    names = {pattern(path).split("[")[0].split(".")[0] for path in EDITABLE[FeatureSpec]}
    elsewhere = {"visibility", "not_for", "supersedes", "attachments"}
    assert {f"part.{name}" for name in names - elsewhere} <= told.keys()
    assert {f"add.{name}" for name in PLAIN if name != "conflicts_with"} <= told.keys()
