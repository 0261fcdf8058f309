"""The bundled calls from words to specs, as `dragoman process` does them: what a reader then sees."""

from collections.abc import Callable
from typing import NamedTuple

import pytest

from pipeline.engines.rules.extract import RulesExtractor
from pipeline.engines.rules.specify import RulesSpecifier
from pipeline.ground import ground, ground_spec
from pipeline.lint import lint
from pipeline.models.minutes import Minutes
from pipeline.models.spec import FeatureSpec

KINDS = ("export", "approval", "sync", "reminder", "masking")


class Done(NamedTuple):
    """The minutes and specs of a call."""

    minutes: Minutes
    specs: dict[str, FeatureSpec]


@pytest.fixture(scope="module")
def zh(zh_call) -> Done:
    return _done(zh_call)


@pytest.fixture(scope="module")
def en(en_call) -> Done:
    return _done(en_call)


@pytest.fixture(params=["zh", "en"])
def done(request: pytest.FixtureRequest) -> Done:
    found: Done = request.getfixturevalue(request.param)
    return found


def _done(call) -> Done:
    extractor, specifier = RulesExtractor(), RulesSpecifier()
    transcript, project = call.transcript, call.project
    draft = extractor.extract(transcript, project)
    draft = extractor.thread(draft, transcript, project)
    draft = extractor.relate(draft, transcript, project)
    minutes = ground(draft, transcript, language=call.language, engine="rules")
    live = [ask for ask in minutes.asks if ask.status == "live"]
    specs = [
        ground_spec(specifier.specify(ask, minutes, transcript, project), ask, transcript, project)
        for ask in live
    ]
    return Done(minutes, dict(zip(KINDS, specs, strict=True)))


def cases(spec: FeatureSpec) -> list[tuple[str, str, str]]:
    return [(one.given, one.when, one.then) for one in spec.acceptance]


def values(slots) -> list[object]:
    return [slot.value for slot in slots]


def test_titles_are_short_nouns(zh: Done, en: Done):
    assert [spec.title for spec in zh.specs.values()] == [
        "订单列表批量导出 (xlsx)",
        "订单自动审批",
        "库存与金蝶ERP同步",
        "缺货提醒",
        "客户手机号脱敏",
    ]
    assert [spec.title for spec in en.specs.values()] == [
        "Batch export of the appointment list (xlsx)",
        "Automatic approval of refunds",
        "Nightly invoice sync to Xero",
        "Appointment reminder to patients",
        "Masking of phone numbers",
    ]


def test_a_goal_says_what_changes_and_not_the_ask_again(done: Done):
    asks = {ask.id: ask.text for ask in done.minutes.asks}
    for spec in done.specs.values():
        assert spec.goal.origin == "inferred"
        assert asks[spec.asks[0]] not in str(spec.goal.value)
        assert str(spec.pain.value) not in str(spec.goal.value)


def test_goals_are_about_the_people_at_work(zh: Done, en: Done):
    assert zh.specs["approval"].goal.value == "符合“金额小于三千”的订单不用再等人工审批"
    assert zh.specs["masking"].goal.value == "没有权限的人看不到完整的客户手机号（这是公司规定）"
    assert str(en.specs["reminder"].goal.value).startswith("Patients get a reminder the day before")


def test_a_greeting_and_a_reminding_accountant_make_no_actor(zh: Done, en: Done):
    assert [values(spec.actors) for spec in zh.specs.values()] == [
        ["主管", "财务"],
        ["主管"],
        [],
        ["采购"],
        [],
    ]
    assert [values(spec.actors) for spec in en.specs.values()] == [
        ["managers", "accountant"],
        [],
        [],
        ["patients"],
        [],
    ]


def test_who_may_not_is_stated_as_it_was_said(zh: Done, en: Done):
    for done, role in ((zh, "客服"), (en, "reception")):
        rows = {row.role: row for row in done.specs["export"].permissions}
        assert (rows[role].export, rows[role].origin) == (False, "stated")


def test_an_approval_is_tested_by_the_rule_that_was_stated(zh: Done, en: Done):
    zh_cases = cases(zh.specs["approval"])
    assert zh_cases[0] == (
        "一笔符合“金额小于三千”的订单",
        "提交审批",
        "自动通过，不需要人工审批",
    )
    assert ("一笔不符合“金额小于三千”的订单", "提交审批", "不自动通过，送主管人工审批") in zh_cases
    assert cases(en.specs["approval"])[0] == (
        "a refund below fifty dollars",
        "it is submitted for approval",
        "it passes automatically, without a person approving it",
    )


def test_the_limit_itself_is_asked_about_and_its_test_waits_for_the_answer(zh: Done, en: Done):
    for done, edge in ((zh, "三千"), (en, "fifty dollars")):
        spec = done.specs["approval"]
        (question,) = [one for one in spec.open_questions if f"“{edge}”" in one.question]
        assert question.recommended is None
        (case,) = [one for one in spec.acceptance if question.id in one.then]
        assert (edge in case.given, case.kind) == (True, "boundary")


def test_a_reminder_says_when_whom_and_by_which_way(zh: Done, en: Done):
    reminder = zh.specs["reminder"]
    assert (reminder.trigger.value, reminder.trigger.origin) == ("缺货的时候", "stated")
    assert "提醒方式：系统消息" in values(reminder.rules)
    assert cases(reminder)[0] == ("缺货", "系统检查到这一情况", "采购收到系统消息")
    assert values(reminder.behaviours) == ["当缺货时，系统应用系统消息提醒采购。"]
    reminder = en.specs["reminder"]
    assert reminder.trigger.value == "the day before their visit"
    assert cases(reminder)[0][1:] == (
        "it is the day before their visit",
        "patients get a reminder by email",
    )


def test_an_exchange_says_how_often_and_what_if_the_other_side_is_down(zh: Done, en: Done):
    for done, often, down in (
        (zh, "每天同步一次", "金蝶ERP连不上"),
        (en, "every night", "Xero cannot"),
    ):
        spec = done.specs["sync"]
        assert (spec.trigger.value, spec.trigger.origin) == (often, "stated")
        assert often in str(spec.behaviours[0].value)
        (failure,) = [one for one in spec.acceptance if one.kind == "failure"]
        assert down in failure.given


def test_a_masking_rule_of_ours_is_inferred_with_our_words(zh: Done):
    (rule,) = [one for one in zh.specs["masking"].rules if one.value == "中间四位用星号"]
    assert rule.origin == "inferred"
    assert [one.side for one in rule.evidence] == ["us"]
    (question,) = [one for one in zh.specs["masking"].open_questions if one.slot == "security"]
    assert (question.recommended, question.blocking) == ("中间四位用星号", False)


def test_a_corrected_rule_keeps_both_quotes(zh: Done, en: Done):
    for done, new, old in ((zh, "三千以下", "五千"), (en, "below fifty", "one hundred")):
        some = [one for one in done.specs["approval"].rules if len(one.evidence) > 1]
        rule = next(one for one in some if new in " ".join(e.quote for e in one.evidence))
        quotes = " ".join(one.quote for one in rule.evidence)
        assert rule.origin == "inferred"
        assert new in quotes
        assert old in quotes
        assert old not in str(rule.value)


def test_an_approval_is_no_matter_of_rights_or_speed(done: Done):
    assert done.specs["approval"].kind in ("config", "function")
    assert done.specs["masking"].kind == "permission"


def test_a_question_of_the_minutes_keeps_its_words_and_offers_yes_and_no(zh: Done, en: Done):
    for done, yes, no in ((zh, "有", "没有"), (en, "Yes", "No")):
        (raised,) = [one for one in done.minutes.questions if "API" in one.text]
        first = done.specs["sync"].open_questions[0]
        assert first.question == raised.text
        assert first.blocking
        assert [len(first.options), first.recommended] == [2, None]
        assert first.options[0].startswith(yes)
        assert first.options[1].startswith(no)


UNFIT: list[tuple[str, Callable[[str], bool]]] = [
    ("reminder", lambda text: "短信" in text or "pays" in text),
    ("reminder", lambda text: "夜间" in text or "How long before" in text),
    ("reminder", lambda text: "清单" in text or "list of what to watch" in text),
    ("approval", lambda text: "先用" in text or "unavailable" in text),
    ("approval", lambda text: "多少秒" in text or "seconds" in text),
    ("sync", lambda text: "费用" in text or "pays" in text),
    ("sync", lambda text: "哪个动作触发" in text or "Which event" in text),
    ("sync", lambda text: "变更或取消" in text or "stop arrives" in text),
]


@pytest.mark.parametrize(("kind", "unfit"), UNFIT)
def test_what_was_answered_or_does_not_fit_is_not_asked(
    done: Done, kind: str, unfit: Callable[[str], bool]
):
    assert not [one for one in done.specs[kind].open_questions if unfit(one.question)]


def test_no_question_is_asked_twice_in_a_call(done: Done):
    asked = [one.question for spec in done.specs.values() for one in spec.open_questions]
    assert len(asked) == len(set(asked))
    assert len(asked) <= 24


def test_a_question_names_its_object_in_a_few_words(zh: Done, en: Done):
    raised = {one.text for done in (zh, en) for one in done.minutes.questions}
    for spec in (*zh.specs.values(), *en.specs.values()):
        mark, longest = ("：", 12) if spec.language == "zh" else (": ", 45)
        for one in spec.open_questions:
            if one.question not in raised:
                about = one.question.split(mark)[0]
                assert 2 <= len(about) <= longest, one.question
                assert about[0].isupper() or spec.language == "zh"


def test_no_case_is_nonsense_and_every_pending_one_names_a_question(done: Done):
    for spec in done.specs.values():
        asked = {one.id for one in spec.open_questions}
        assert {one.kind for one in spec.acceptance} > {"happy"}
        for given, when, then in cases(spec):
            text = f"{given}{when}{then}"
            assert not any(mark in text for mark in ("{", "[", "支持：", "support:", "已有数据"))
            assert given
            assert when
            words = then.replace("：", " ").replace(":", " ").split()
            assert {word for word in words if word[:1] == "q" and word[1:].isdigit()} <= asked


def test_findings_are_few_and_say_each_thing_once(done: Done):
    for spec in done.specs.values():
        codes = [finding.code for finding in lint(spec)]
        assert len(codes) == len(set(codes)), (spec.title, codes)
        assert len(codes) <= 2


def test_english_sentences_start_with_a_capital_and_do_not_carry_one_inside(en: Done):
    export = en.specs["export"]
    assert export.pain.value == (
        "Reception copies every appointment into a spreadsheet by hand. "
        "The accountant keeps asking for it"
    )
    assert "limited to: only the filtered list" in str(export.behaviours[0].value)
    assert str(export.goal.value).startswith("Managers and accountant take out")


def test_worries_farewells_and_talk_around_the_matter_are_no_part_of_a_spec(done: Done):
    strange = ("下线", "抱怨", "担心", "再见", "leave now", "Goodbye", "worried", "minutes by")
    for spec in done.specs.values():
        said = [spec.pain, *spec.rules, *spec.limits, *spec.behaviours, *spec.errors]
        for slot in said:
            assert not any(word in str(slot.value) for word in strange), (spec.title, slot.value)
