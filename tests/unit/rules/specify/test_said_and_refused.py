"""What a client refused, took back or decided: none of it may stand in a spec as its opposite."""

import pytest

from pipeline.engines.rules.playbook.loader import playbook

ZH_FORMAT = "我们要一个订单报表，不要Excel，要PDF。"
EN_FORMAT = "We need a report of open orders. PDF please, not Excel."


def rules(spec) -> dict[object, str]:
    return {slot.value: slot.origin for slot in (*spec.rules, *spec.limits)}


@pytest.mark.parametrize(
    ("language", "said", "text"),
    [("zh", ZH_FORMAT, "订单报表，不要Excel，要PDF"), ("en", EN_FORMAT, "Report of open orders")],
)
def test_a_refused_format_is_never_the_format(make, language: str, said: str, text: str):
    call = make(language, ("client", said))
    spec = call.specify(call.ask(text, said, kind="report"))
    assert spec.format.value == "pdf"
    assert "xlsx" not in spec.title
    assert any("Excel" in one for one in spec.out_of_scope)
    assert not [q for q in spec.open_questions if "Excel" in str(q.recommended)]


def test_another_format_than_the_two_we_offered_is_the_format(make):
    call = make(
        "en",
        ("client", "I would like a weekly report of return reasons."),
        ("us", "PDF or Excel?"),
        ("client", "CSV actually. Our BI tool eats CSV."),
    )
    ask = call.ask("Weekly report of return reasons", "weekly report", kind="report")
    assert call.specify(ask).format.value == "csv"


def test_a_refused_channel_is_not_the_channel(make):
    said = "缺货的时候要提醒采购，不要短信，用系统消息。"
    call = make("zh", ("client", said))
    spec = call.specify(call.ask("缺货提醒采购", said))
    assert not [one for one in spec.behaviours if "短信" in str(one.value)]


def test_a_number_that_was_taken_back_stands_nowhere(make):
    call = make(
        "en",
        ("client", "We want to keep return photos for seven years."),
        ("us", "Seven years, okay. That will be a lot of storage."),
        ("client", "Sorry, five years. Legal said five."),
        ("us", "Five years."),
    )
    spec = call.specify(call.ask("Keep return photos for seven years", "We want", "Sorry"))
    assert "five years" in spec.title
    assert rules(spec)["five years"] == "stated"
    values = [*rules(spec), *(one.value for one in spec.behaviours)]
    assert "seven" not in f"{spec.title}{values}{spec.acceptance}"


def test_two_numbers_that_nobody_chose_between_are_a_question(make):
    call = make(
        "zh",
        ("client", "回单照片要保留三年。"),
        ("us", "好的。"),
        ("client", "五年。"),
    )
    spec = call.specify(call.ask("回单照片保留", "三年", "五年"))
    first = spec.open_questions[0]
    assert first.blocking
    assert first.options[:2] == ("三年", "五年")
    assert not spec.limits


def test_another_wish_a_worry_and_a_farewell_are_no_rules(make):
    call = make(
        "en",
        ("client", "I'd still want the login by Q3."),
        ("us", "No promises."),
        ("client", "Can the system block negative stock?"),
        ("us", "Yes, that's a setting."),
        ("client", "Don't turn it on before the audit."),
        ("other", "My worry is the warehouse staff, they don't speak English."),
        ("client", "I have to drop. Thanks."),
    )
    cited = ("block negative", "login", "turn it on", "My worry", "have to drop")
    spec = call.specify(call.ask("Can the system block negative stock", *cited))
    assert set(rules(spec)) <= {"Don't turn it on before the audit"}


RELEASE = [
    ("client", "单价低于成本价百分之十五的订单要拦下来，不能直接出库。"),
    ("us", "拦下来谁来放行？"),
    ("other", "赵总放行，赵总不在的话李经理也可以。"),
    ("client", "别，李经理不行，只能我批。"),
    ("other", "好，那就只有赵总。"),
    ("us", "那我们定一下：低于成本价百分之十五，只有赵总能放行。"),
    ("client", "可以，定了。"),
]


def release(make):
    call = make("zh", *RELEASE)
    ask = call.ask("单价低于成本价百分之十五的订单要拦下来", "要拦下来", "也可以", "只能我批")
    decision = {
        "uid": "d",
        "id": "D1",
        "text": "低于成本价百分之十五，只有赵总能放行",
        "evidence": call.ask("x", "那我们定一下", "定了。").evidence,
        "origin_engine": "test",
    }
    return call.specify(ask, decisions=(decision,))


def test_a_decision_about_the_ask_is_one_of_its_rules_and_not_asked_again(make):
    spec = release(make)
    assert rules(spec)["低于成本价百分之十五，只有赵总能放行"] == "stated"
    assert not [q for q in spec.open_questions if "放行" in q.question or "授权" in q.question]


def test_what_was_overruled_is_no_rule_and_a_person_is_no_role(make):
    spec = release(make)
    assert not [value for value in rules(spec) if "李经理也可以" in str(value)]
    assert "李经理" in {row.role for row in spec.permissions}
    assert "经理" not in {row.role for row in spec.permissions}


def test_what_the_call_answered_is_not_asked(make):
    call = make(
        "zh",
        ("client", "我希望系统能自动对账，金额和日期对得上的直接勾掉，对不上的列出来。"),
        ("us", "差几分钱的要不要也勾掉？"),
        ("client", "不要，差一分钱都不能自动勾，这个是红线。"),
    )
    spec = call.specify(call.ask("系统能自动对账", "我希望", "差一分钱"))
    asked = "".join(question.question for question in spec.open_questions)
    assert "容忍" not in asked
    assert "按什么字段匹配" not in asked


def test_a_question_blocks_in_both_languages_or_in_neither():
    zh, en = playbook("zh"), playbook("en")
    for key, probe in zh.probes.items():
        assert (probe.blocking, probe.slot) == (en.probes[key].blocking, en.probes[key].slot), key
    for name, play in zh.plays.items():
        for key, probe in play.ask.items():
            other = en.plays[name].ask[key]
            assert (probe.blocking, probe.slot) == (other.blocking, other.slot), f"{name}.{key}"


def test_a_long_title_does_not_break_off_in_a_clause(make):
    text = (
        "Returns screen where the customer's order number is scanned "
        "and the lines come up by themselves"
    )
    call = make("en", ("client", f"We need a {text}."))
    title = call.specify(call.ask(text, "We need")).title
    assert title == "Returns screen where the customer's order number is scanned"
