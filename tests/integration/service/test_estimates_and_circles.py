"""Who estimated what, and links that would go round in a circle, on a real database."""

from collections.abc import Iterable
from typing import Any

import pytest

from pipeline import review as stage
from pipeline.errors import InputError
from pipeline.handoff import check
from pipeline.models.client_view import client_view
from pipeline.models.evidence import Evidence
from pipeline.models.meeting import Meeting
from pipeline.models.minutes import Ask, Minutes
from pipeline.models.project import Participant, Project
from pipeline.models.spec import Effort, FeatureSpec, OpenQuestion
from pipeline.models.view import InternalView
from pipeline.service import review, specs
from ui.board import Look
from ui.looking import at_specs
from ui.session import words as words_of


@pytest.fixture
def people(house, meeting):
    """Who takes part in the project, and what its product does."""
    store = house.tools.store
    project = store.project(store.meeting(meeting).project)
    store.save_project(
        project.with_(
            participants=(
                Participant(name="王敏", side="us"),
                Participant(name="吴总", side="client"),
            ),
            capabilities=("订单列表按门店筛选", "订单审批条件可配置"),
        )
    )


@pytest.fixture
def write(house, meeting, chen, spec, people):
    def set_(field: str, after: Any, *, actor=chen):
        edit = stage.propose(spec(), "set", field=field, after=after)
        return review.edit(actor, house, meeting, edit)

    return set_


def test_an_effort_has_the_name_of_whoever_set_it(write, house, meeting, chen, spec):
    write("effort", {"days": 3, "by": None})
    assert spec().effort == Effort(days=3, by="陈立")
    (event,) = review.history(chen, house, meeting, "spec", spec().uid)
    assert event.body is not None
    assert (event.actor.name, event.body.after) == ("陈立", {"days": 3.0, "by": "陈立"})
    assert event.at.endswith("Z")


def test_another_of_us_may_be_named_and_nobody_else(write, house, meeting, chen, spec):
    write("effort", {"days": 3, "by": "王敏"})
    assert spec().effort.by == "王敏"
    for by in ("吴总", "某模型"):
        with pytest.raises(InputError, match=r"effort\.by"):
            write("effort", {"days": 4, "by": by})
    assert spec().effort == Effort(days=3, by="王敏")
    assert len(review.history(chen, house, meeting, "spec", spec().uid)) == 1


@pytest.mark.parametrize("days", [-1, 0, 10_000, "三", float("nan")])
def test_nonsense_is_refused_and_nothing_is_kept(write, house, meeting, chen, spec, days):
    with pytest.raises(InputError, match=r"effort\.days"):
        write("effort", {"days": days, "by": None})
    assert spec().effort == Effort()
    assert review.history(chen, house, meeting, "spec", spec().uid) == ()


def test_an_effort_is_taken_back_whole(write, house, meeting, chen, spec):
    write("effort", {"days": 3, "by": None})
    write("effort", {"days": 5, "by": "王敏"})
    review.undo(chen, house, meeting)
    assert spec().effort == Effort(days=3, by="陈立")
    review.undo(chen, house, meeting)
    assert spec().effort == Effort()


def test_no_client_copy_tells_the_effort_or_the_line(write, view):
    write("effort", {"days": 3, "by": "王敏"})
    write("fit_line", "订单列表按门店筛选")
    seen = view()
    whole = InternalView(
        minutes=seen.minutes, specs=seen.specs, meeting=seen.meeting, project=seen.project
    )
    (theirs,) = client_view(whole).specs
    assert theirs.effort == Effort()
    assert theirs.fit_line is None
    assert "王敏" not in theirs.model_dump_json()


def test_only_a_line_of_the_product_can_have_decided(write, spec):
    write("fit_line", "订单审批 条件可配置")
    assert spec().fit_line == "订单审批条件可配置"
    with pytest.raises(InputError, match="no_such_capability"):
        write("fit_line", "会员积分")
    write("fit_line", None)
    assert spec().fit_line is None


def test_a_decision_cannot_replace_what_replaces_it(house, replacing, chen):
    minutes = house.tools.store.minutes(replacing)
    first, second = minutes.decisions
    for on, after in ((first, second.id), (first, first.id), (first, second.uid)):
        with pytest.raises(InputError, match="circle") as refused:
            review.edit(
                chen, house, replacing, stage.propose(on, "set", field="supersedes", after=after)
            )
        assert first.id in str(refused.value.params["ids"])
    assert house.tools.store.minutes(replacing).decisions == (first, second)
    review.edit(
        chen, house, replacing, stage.propose(second, "set", field="supersedes", after=None)
    )
    review.edit(
        chen, house, replacing, stage.propose(first, "set", field="supersedes", after=second.id)
    )
    assert house.tools.store.minutes(replacing).decisions[0].supersedes == second.id


def test_a_spec_cannot_replace_itself(write, spec):
    for name in (spec().id, spec().uid):
        with pytest.raises(InputError, match="circle"):
            write("supersedes", name)
    assert spec().supersedes is None


def test_a_circle_that_is_stored_already_is_shown_and_holds_back(house, meeting, chen, spec):
    """As an older version let it be written."""
    edit = stage.propose(spec(), "set", field="supersedes", after=spec().id)
    store = house.tools.store
    project = store.meeting(meeting).project
    store.append_edit(chen, project=project, meeting=meeting, edit=edit)
    (shown,) = specs.listed(chen, house, meeting)
    assert [one.code for one in shown.findings if one.severity == "error"].count("circle") == 1
    assert "lint_error" in {one.code for one in check(shown)}


def test_days_kept_before_a_name_was_needed_are_whose_edit_it_was(house, meeting, chen, spec):
    edit = stage.propose(spec(), "set", field="effort", after={"days": 3, "by": None})
    store = house.tools.store
    project = store.meeting(meeting).project
    store.append_edit(chen, project=project, meeting=meeting, edit=edit)
    assert spec().effort == Effort(days=3, by="陈立")
    assert spec().stale == ()


@pytest.fixture
def twins(house) -> str:
    """m3: two specs that ask the same."""
    store = house.tools.store
    project = store.save_project(Project(client="白鹭物业", system="收费系统"))
    created = "2026-03-19T06:00:00.000Z"
    store.add_meeting(Meeting(uid="m3", project=project.uid, title="碰头", created_at=created))
    asks = tuple(
        Ask(
            uid="",
            id=f"a{n}",
            text=f"需求 {n}",
            evidence=(
                Evidence(
                    meeting="m3",
                    transcript_version=1,
                    segments=(f"s{n}",),
                    quote="x",
                    match="exact",
                ),
            ),
            origin_engine="rules",
        )
        for n in (1, 2)
    )
    minutes = Minutes(meeting="m3", transcript_version=1, language="zh", asks=asks)
    minutes = store.identify("m3", minutes)
    store.save_minutes(minutes)
    for ask in minutes.asks:
        draft = FeatureSpec(
            uid="",
            id="",
            project="",
            meetings=(),
            asks=(),
            title=ask.text,
            language="zh",
            origin_engine="rules",
            open_questions=(OpenQuestion(id="q1", slot="retention", question="从哪天起算？"),),
        )
        store.save_spec("m3", store.identify_spec("m3", ask, draft))
    return "m3"


def test_answers_to_two_specs_that_differ_are_told_in_both_and_go_when_mended(
    house, twins, chen, monkeypatch
):
    def answer(number: int, text: str | None) -> None:
        one = specs.listed(chen, house, twins)[number]
        after = text and {"answer": text, "who": None, "side": "client"}
        review.edit(chen, house, twins, stage.propose(one, "answer", field="q1", after=after))

    def errors(rows: Iterable[Any]) -> dict[str, int]:
        return {
            row["id"]: sum(
                one["severity"] == "error" and "起算" in one["reason"] for one in row["findings"]
            )
            for row in rows
        }

    def look(seen: Any) -> Look:
        return at_specs(chen, house, twins, seen, words=words)

    def drawn(found: Look) -> list[dict[str, Any]]:
        return [one.draw().row for one in found.entries]

    monkeypatch.setattr("ui.session.language", lambda: "zh")
    words = words_of("lane") | words_of("specs")
    first = look(None)
    assert errors(drawn(first)) == {"S1": 0, "S2": 0}
    answer(0, "从开单")
    second = look(first.mark)
    assert errors(drawn(second)) == {"S1": 0}
    answer(1, "从结账")
    third = look(second.mark)
    assert errors(drawn(third)) == {"S1": 1, "S2": 1}, "both lanes tell it at once"
    assert all(
        "lint_error" in {why.code for why in check(one)} for one in specs.listed(chen, house, twins)
    )
    answer(1, None)
    answer(1, "从开单")
    assert errors(drawn(look(third.mark))) == {"S1": 0, "S2": 0}
