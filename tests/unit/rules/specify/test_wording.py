"""How specs of small calls read: titles, actors, options and questions across asks."""

import pytest

from pipeline.engines.rules.specify import RulesSpecifier

TITLES = [
    ("zh", "能不能每月把车辆轨迹保留一年", "轨迹"),
    ("zh", "合同快到期的时候最好能提醒业务员", "到期提醒"),
    ("zh", "回单照片不合格就打回并给原因", "回单照片不合格就打回并给原因"),
    ("en", "Can we have a search for old quotes by customer?", "Search for old quotes by customer"),
    ("en", "Pick list sorted in walking order", "Pick list sorted in walking order"),
]


@pytest.mark.parametrize(("language", "said", "title"), TITLES)
def test_a_title_holds_no_wish(make, language: str, said: str, title: str):
    call = make(language, ("client", said))
    found = call.specify(call.ask(said, said)).title
    assert title in found
    assert "能不能" not in found
    assert "最好" not in found
    assert not found.startswith("Can we")


def test_a_kind_nobody_knows_has_no_goal_of_its_own(make):
    call = make("zh", ("client", "想弄一个新的东西。"))
    assert call.specify(call.ask("想弄一个新的东西", "想弄")).goal.origin == "unknown"


def test_our_people_and_roles_that_may_not_are_no_actors(make):
    call = make(
        "zh",
        ("client", "us你好，订单要能导出，主管可以导，客服不行。"),
    )
    spec = call.specify(call.ask("订单导出", "订单要能导出"))
    assert [slot.value for slot in spec.actors] == ["主管"]


def test_a_purpose_that_was_said_is_the_goal(make):
    call = make("zh", ("client", "订单要能导出。免得财务每个月来问。"))
    spec = call.specify(call.ask("订单导出", "订单要能导出"))
    assert spec.goal.origin == "stated"
    assert "免得财务每个月来问" in str(spec.goal.value)


PUT_OFF = [
    ("zh", "已经入库的还让改吗？", ("是", "否")),
    ("zh", "你们有没有这个清单？", ("有", "没有")),
    ("zh", "一天大概多少条？", ()),
    ("en", "Do you have a list of them?", ("Yes", "No")),
    ("en", "How many are there in a day?", ()),
]


@pytest.mark.parametrize(("language", "asked", "options"), PUT_OFF)
def test_a_question_put_off_offers_answers_and_recommends_none(
    make, language: str, asked: str, options: tuple[str, ...]
):
    first = "订单要能导出。" if language == "zh" else "We want to export the orders."
    reply = "我要回去问一下。" if language == "zh" else "I have to ask our office."
    call = make(language, ("client", first), ("us", asked), ("client", reply))
    ask = call.ask("订单导出" if language == "zh" else "Export orders", first[:8])
    question = next(q for q in call.specify(ask).open_questions if asked[:-1] in q.question)
    assert (question.options, question.recommended, question.blocking) == (options, None, True)


def test_two_asks_do_not_put_the_same_question(make):
    call = make("zh", ("client", "订单要能导出。"), ("client", "还有，订单要能导出给财务。"))
    one = call.ask("订单导出", "订单要能导出。")
    two = call.ask("订单导出", "导出给财务", number=2)
    both = (call.specify(one, two).open_questions, _second(call, one, two))
    asked = [question.question for some in both for question in some]
    assert len(asked) == len(set(asked))


def test_the_second_ask_is_the_same_whichever_was_specified_before(make):
    call = make("zh", ("client", "订单要能导出。"), ("client", "还有，订单要能打印。"))
    one, two = call.ask("订单导出", "导出"), call.ask("订单打印", "打印", number=2)
    minutes = call.minutes(one, two)
    shared = RulesSpecifier()
    shared.specify(one, minutes, call.transcript, call.project)
    after = shared.specify(two, minutes, call.transcript, call.project)
    alone = RulesSpecifier().specify(two, minutes, call.transcript, call.project)
    assert after == alone


def test_an_internal_question_reaches_no_client_spec(make):
    call = make("zh", ("client", "订单要能导出。"))
    ask = call.ask("订单导出", "订单要能导出")
    hidden = {
        "uid": "q",
        "id": "Q1",
        "text": "他们付得起吗",
        "evidence": ask.evidence,
        "origin_engine": "test",
        "visibility": "internal",
    }
    assert "付得起" not in repr(call.specify(ask, questions=(hidden,)))


def test_a_cost_that_the_contract_covers_is_not_asked(make):
    said = "到货之前要发短信提醒收货人"
    inside = make("zh", ("client", said), scope=["1 到货短信提醒收货人"])
    outside = make("zh", ("client", said))
    slots = [
        {question.slot for question in call.specify(call.ask(said, said)).open_questions}
        for call in (inside, outside)
    ]
    assert "contract" not in slots[0]
    assert "contract" in slots[1]


def test_a_limit_that_says_whether_it_is_in_is_not_asked_about(make):
    call = make("zh", ("client", "金额不超过三千的订单自动通过。"))
    spec = call.specify(call.ask("订单自动审批", "不超过三千"))
    assert spec.acceptance[0].given == "一笔符合“金额不超过三千”的订单"
    assert not [q for q in spec.open_questions if "算不算" in q.question]


def _second(call, one, two):
    minutes = call.minutes(one, two)
    spec = RulesSpecifier().specify(two, minutes, call.transcript, call.project)
    return spec.open_questions


@pytest.mark.parametrize(
    ("capabilities", "kind"), [((), "function"), (("审批条件可配置",), "config")]
)
def test_an_approval_is_built_or_set_whatever_it_was_taken_for(make, capabilities, kind):
    said = "金额三千以下的审批条件，订单审批自动通过"
    call = make("zh", ("client", said), capabilities=list(capabilities))
    assert call.specify(call.ask(said, said, kind="permission")).kind == kind
