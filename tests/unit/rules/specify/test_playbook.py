"""The playbook: the same in both languages, every question complete, every kind of ask known."""

import re
from typing import get_args

import pytest

from pipeline.engines.rules.playbook.loader import (
    LANGUAGES,
    Playbook,
    cue_group,
    digest,
    part_list,
    phrases,
    playbook,
)
from pipeline.engines.rules.specification.reach import gather
from pipeline.engines.rules.specification.recognition import recognise
from pipeline.engines.rules.specification.talk import read
from pipeline.models.slots import SlotKey

ZH, EN = playbook("zh"), playbook("en")
NAMES = re.compile(r"\{(\w+)\}")
ALWAYS = (
    *("ask", "who", "people", "subject", "noun", "nouns", "thing", "object"),
    *("limit", "format", "fields", "many", "scope", "rule", "role"),
)
APPROVAL = {"edge", "approver", "approver_only", "outcome", "result"}

ASKS = [
    ("zh", "export", "能不能把订单导出成表格给财务", "fields permission"),
    ("en", "export", "Can we export the order list to Excel?", "fields permission"),
    ("zh", "import", "希望能批量导入客户档案", "identity_match format"),
    ("en", "import", "We want to import customer records from a file", "identity_match format"),
    ("zh", "print", "这张单据要能打印出来", "format permission"),
    ("en", "print", "We need to print the delivery note with our logo", "format"),
    ("zh", "search", "想按客户名称查询历史订单", "source_data permission"),
    ("en", "search", "I would like to look up old orders by customer", "source_data permission"),
    ("zh", "report", "每个月要一张销售报表", "field_rule source_data"),
    ("en", "report", "I need a sales report for each region", "field_rule source_data"),
    ("zh", "permission", "业务员只能看自己的客户", "scope_filter"),
    ("en", "permission", "Reps should only see their own accounts", "scope_filter"),
    ("zh", "approval", "超过一万的报销单要经理审批", "approval field_rule"),
    ("en", "approval", "Anything over ten thousand dollars needs approval", "approval field_rule"),
    ("zh", "reminder", "合同快到期了要提醒业务员", "notify"),
    ("en", "reminder", "Please send a reminder when a contract ends", "notify"),
    ("zh", "integration", "订单要和他们的ERP同步", "integration frequency"),
    ("en", "integration", "Orders have to sync with their ERP", "integration frequency"),
    ("zh", "batch", "希望能多选单据批量处理", "scope_filter empty_or_error"),
    ("en", "batch", "We want to close several jobs in bulk", "scope_filter empty_or_error"),
    ("zh", "form", "客户档案里加一个字段，必填", "field_rule"),
    ("en", "form", "We need a mandatory field on the customer form", "field_rule"),
    ("zh", "mobile", "现场师傅要在手机上用，没信号也要能用", "retention conflict_rule"),
    ("en", "mobile", "It has to work on a phone offline in the field", "retention conflict_rule"),
    ("zh", "performance", "列表打开太慢，要等半天", "performance"),
    ("en", "performance", "The list takes forever, make it faster", "performance"),
    ("zh", "cleanup", "老系统的历史数据要迁移过来", "identity_match scope_filter"),
    ("en", "cleanup", "We have to migrate the old data and merge duplicates", "conflict_rule"),
    ("zh", "masking", "身份证号要脱敏", "security scope_filter"),
    ("en", "masking", "Personal data must be masked", "security scope_filter"),
    ("zh", "retention", "这些记录要保存十年", "retention"),
    ("en", "retention", "We must keep it for ten years", "retention"),
    ("zh", "control", "没有质检就不让发货，要拦住", "exception trigger"),
    ("en", "control", "There must be a hard stop after the cutoff", "exception"),
    ("zh", "login", "要用单点登录", "security exception"),
    ("en", "login", "We need single sign-on", "security exception"),
    ("zh", "setting", "排序的顺序想调整一下", "conflict_rule"),
    ("en", "setting", "The default sort sequence should change", "conflict_rule"),
    ("zh", "workflow", "请假申请要有流程和待办", "field_rule"),
    ("en", "workflow", "We need a task list with a checklist for each case", "field_rule"),
    ("zh", "reconcile", "往来要自动对账，只看对不上的", "identity_match source_data"),
    ("en", "reconcile", "Match the statements and show what doesn't match", "identity_match"),
    ("zh", "generic", "想弄一个新的东西", "actors goal"),
    ("en", "generic", "We would like something new there", "actors goal"),
]


@pytest.mark.parametrize(("language", "kind", "words", "slots"), ASKS)
def test_each_kind_of_ask_is_recognised_and_opens_its_slots(
    make, language: str, kind: str, words: str, slots: str
):
    call = make(language, ("client", words))
    ask = call.ask(words, words)
    talk = gather(ask, call.minutes(ask), read(call.transcript, call.project))
    assert recognise(ask, talk, playbook(call.language))[0] == kind
    spec = call.specify(ask)
    assert set(slots.split()) <= {question.slot for question in spec.open_questions}
    assert spec.acceptance[0].kind == "happy"
    assert spec.behaviours


def test_every_kind_of_ask_is_tried_in_both_languages():
    assert {(language, kind) for language, kind, *_ in ASKS} == {
        (language, kind) for language in LANGUAGES for kind in ZH.plays
    }
    assert len(ZH.plays) >= 15


def test_both_languages_know_the_same():
    assert list(ZH.plays) == list(EN.plays)
    assert set(ZH.probes) == set(EN.probes)
    assert phrases("zh").keys() == phrases("en").keys()
    for name, play in ZH.plays.items():
        other = EN.plays[name]
        assert set(play.ask) == set(other.ask), name
        assert (play.lists, set(play.kinds)) == (other.lists, set(other.kinds)), name
        for key, probe in play.ask.items():
            assert probe.slot == other.ask[key].slot, (name, key)
            assert probe.blocking == other.ask[key].blocking, (name, key)
    for key, probe in ZH.probes.items():
        assert probe.slot == EN.probes[key].slot, key


@pytest.mark.parametrize("book", [ZH, EN], ids=["zh", "en"])
def test_every_question_has_a_reason_options_and_a_recommended_one(book: Playbook):
    asked = [probe for play in book.plays.values() for probe in play.ask.values()]
    for probe in (*asked, *book.probes.values()):
        assert probe.why
        assert 2 <= len(probe.options) <= 5, probe.ask
        assert probe.best in probe.options, probe.ask


@pytest.mark.parametrize("book", [ZH, EN], ids=["zh", "en"])
def test_placeholders_are_the_known_ones(book: Playbook):
    known = set(ALWAYS)
    for key, play in book.plays.items():
        named = set(NAMES.findall(" ".join(probe.ask for probe in play.ask.values())))
        assert named <= known | {"term"}, key
        texts = [*play.titles, *play.goals, play.act, *play.shall]
        for case in play.cases:
            texts += [case.given, case.when, case.then]
        groups = re.findall(
            r"\?P<(\w+)>", " ".join((*part_list(f"{key}.say"), *part_list(f"{key}.rule")))
        )
        derived = {
            "approval": APPROVAL,
            "integration": {"cadence", "what1"},
            "reminder": {"recipients"},
        }
        found = set(NAMES.findall(" ".join(texts)))
        assert found <= known | set(groups) | derived.get(key, set()) | {"act"}, (key, found)


@pytest.mark.parametrize("book", [ZH, EN], ids=["zh", "en"])
def test_every_kind_of_ask_reads_as_a_spec(book: Playbook):
    for key, play in book.plays.items():
        assert play.act
        assert play.shall, key
        assert bool(play.goals) == (key != "generic")
        assert "happy" in {case.kind for case in play.cases}, key
        for case in play.cases:
            assert bool(case.then) != bool(case.asks), (key, case.given)
            assert not case.asks or case.asks in {*play.ask, "edge"}, (key, case.asks)


def test_both_languages_decide_the_same_cases():
    for key, play in ZH.plays.items():
        asked = {case.asks for case in play.cases if case.asks}
        other = {case.asks for case in EN.plays[key].cases if case.asks}
        assert asked - {"opt_out"} == other - {"opt_out"}, key


@pytest.mark.parametrize("book", [ZH, EN], ids=["zh", "en"])
def test_a_probe_of_the_talk_says_when_it_is_asked(book: Playbook):
    for key, probe in book.probes.items():
        assert probe.when, key
        assert ("{term}" in probe.ask) <= ("(?P<term>" in probe.when), key
        re.compile(probe.when)
        re.compile(probe.unless)


def test_slots_of_questions_and_answers_are_on_the_closed_list():
    slots = set(get_args(SlotKey))
    assert set(cue_group("slot")) <= slots
    assert set(cue_group("said")) <= slots


def test_phrases_of_both_languages_fill_in_the_same_values():
    for key, text in phrases("zh").items():
        assert set(NAMES.findall(text)) == set(NAMES.findall(phrases("en")[key])), key


def test_the_digest_is_short_and_stable():
    assert re.fullmatch("[0-9a-f]{12}", digest())
    assert digest() == digest()
