"""The gate: what does not leave the house, and why."""

import pytest

from pipeline.errors import HeldBackError
from pipeline.handoff import check, hold_back
from pipeline.lint import lint
from pipeline.models.evidence import Evidence
from pipeline.models.hashing import sealed, spec_hash
from pipeline.models.minutes import Decision, Minutes
from pipeline.models.slots import Slot
from pipeline.models.spec import Acceptance, Approval, FeatureSpec, Finding, OpenQuestion

SAID = Evidence(
    meeting="m1", transcript_version=1, segments=("s1",), quote="可以，就这么定。", match="exact"
)


def approve(spec: FeatureSpec) -> FeatureSpec:
    approval = Approval(
        who="陈立", side="us", when="2026-03-19", channel="desk", content_hash=spec_hash(spec)
    )
    return spec.with_(review="approved", approvals=(*spec.approvals, approval))


@pytest.fixture
def spec() -> FeatureSpec:
    return approve(
        FeatureSpec(
            uid="u1",
            id="S1",
            project="p1",
            meetings=("m1",),
            asks=("A1",),
            origin_engine="test",
            title="导出订单",
        )
    )


@pytest.fixture
def minutes() -> Minutes:
    decision = Decision(
        uid="u2", id="D1", text="三千以下自动通过", evidence=(SAID,), origin_engine="test"
    )
    minutes = sealed(
        Minutes(meeting="m1", transcript_version=1, language="zh", decisions=(decision,))
    )
    done = minutes.decisions[0].with_(review="approved")
    return minutes.with_(decisions=(done,), reviewed=True)


def codes(one: FeatureSpec | Minutes) -> list[str]:
    return [reason.code for reason in check(one)]


def test_an_approved_spec_may_go(spec: FeatureSpec):
    assert check(spec) == ()
    hold_back([spec])


def test_a_spec_nobody_approved_may_not(spec: FeatureSpec):
    assert codes(spec.with_(review="draft")) == ["not_approved"]


def test_an_edit_voids_the_approval(spec: FeatureSpec):
    assert codes(spec.with_(title="导出全部订单")) == ["changed"]


def test_a_new_approval_of_the_new_content_heals_it(spec: FeatureSpec):
    assert check(approve(spec.with_(title="导出全部订单"))) == ()


def test_progress_and_findings_do_not_void_it(spec: FeatureSpec):
    note = Finding(code="vague", severity="warning", slot="title", reason="short")
    assert check(spec.with_(progress="doing", findings=(note,), status="handed_off")) == ()


def test_a_blocking_question_holds_it_back_until_it_is_answered(spec: FeatureSpec):
    question = OpenQuestion(id="q1", slot="volume_limit", question="多少行？", blocking=True)
    waiting = approve(spec.with_(open_questions=(question,)))
    assert [(one.code, one.detail) for one in check(waiting)] == [("question_open", "多少行？")]
    assert check(approve(spec.with_(open_questions=(question.with_(answer="五万"),)))) == ()
    assert check(approve(spec.with_(open_questions=(question.with_(blocking=False),)))) == ()


def test_an_error_of_wording_holds_it_back(spec: FeatureSpec):
    error = Finding(code="conflict", severity="error", slot="rules[0]", reason="两条规则相反")
    assert codes(spec.with_(findings=(error,))) == ["lint_error"]


def test_a_changed_source_holds_it_back(spec: FeatureSpec):
    assert codes(spec.with_(stale=("s1 changed",))) == ["stale"]


@pytest.mark.parametrize("status", ["superseded", "dropped"])
def test_what_no_longer_holds_is_not_handed_off(spec: FeatureSpec, status: str):
    assert codes(spec.with_(status=status)) == ["dropped"]


def test_reviewed_minutes_may_go(minutes: Minutes):
    assert check(minutes) == ()


def test_minutes_are_held_back_item_by_item(minutes: Minutes):
    waiting = minutes.decisions[0].with_(id="D2", review="needs_client")
    more = minutes.with_(decisions=(*minutes.decisions, waiting), reviewed=False)
    assert [(one.code, one.id) for one in check(more)] == [
        ("not_reviewed", ""),
        ("not_approved", "D2"),
    ]


def test_a_rejected_item_is_no_obstacle(minutes: Minutes):
    wrong = minutes.decisions[0].with_(id="D2", review="rejected")
    assert check(minutes.with_(decisions=(*minutes.decisions, wrong))) == ()


def test_an_item_edited_after_its_approval_is_held_back(minutes: Minutes):
    edited = minutes.decisions[0].with_(text="五千以下自动通过")
    assert codes(minutes.with_(decisions=(edited,))) == ["changed"]


def test_the_refusal_names_what_and_why(spec: FeatureSpec, minutes: Minutes):
    with pytest.raises(HeldBackError) as caught:
        hold_back([minutes, spec.with_(review="draft", stale=("s1 changed",))])
    assert caught.value.exit_code == 5
    assert caught.value.params["ids"] == "S1"
    assert caught.value.params["count"] == 2


WELL = (
    Acceptance(given="已登录", when="点导出", then="文件里有 3 行", kind="happy"),
    Acceptance(given="没有权限", when="点导出", then="提示“没有权限”", kind="permission"),
)


def checked(spec: FeatureSpec, **changes: object) -> list[str]:
    """The gate's reasons once a person approved what lint found nothing, or something, against."""
    changed = spec.with_(**({"acceptance": WELL} | changes))
    return codes(approve(changed.with_(findings=lint(changed))))


@pytest.mark.parametrize("origin", ["inferred", "default"])
@pytest.mark.parametrize("text", ["尽量当天处理", "尽快处理", "列为订单号、金额等。"])
def test_a_weak_word_of_ours_blocks_hand_off(spec: FeatureSpec, text: str, origin: str):
    for part in ("rules", "limits", "behaviours", "errors"):
        assert checked(spec, **{part: [Slot(value=text, origin=origin)]}) == ["lint_error"]


def test_a_test_that_shows_nothing_blocks_hand_off(spec: FeatureSpec):
    empty = WELL[0].with_(then="导出成功")
    assert checked(spec, acceptance=(empty, WELL[1])) == ["lint_error"]
    assert checked(spec) == []


@pytest.mark.parametrize("text", ["尽量当天处理", "尽快处理", "列为订单号、金额等。"])
def test_the_clients_own_weak_word_does_not(spec: FeatureSpec, text: str):
    said = Slot(value=text, origin="stated", evidence=(SAID,))
    assert checked(spec, rules=[said]) == []
