"""Reading the talk about an ask: what belongs to it, what was settled and what stayed open."""

from typing import Any

DICTIONARY: list[dict[str, Any]] = [
    {
        "entity": "工单",
        "table": "wo",
        "fields": [
            {"name": "no", "label": "工单号", "type": "varchar(20)"},
            {"name": "qty", "label": "计划数量", "type": "int"},
        ],
    },
    {
        "entity": "批次",
        "table": "lot",
        "fields": [
            {"name": "lot_no", "label": "批次号", "type": "varchar(20)"},
            {"name": "wo_no", "label": "工单号", "type": "varchar(20)"},
        ],
    },
]


def rules(spec):
    return {slot.value: slot.origin for slot in spec.rules}


def questions(spec) -> str:
    return "\n".join(question.question for question in spec.open_questions)


def test_turns_of_another_ask_are_left_to_it(make):
    call = make(
        "zh",
        ("client", "库存要能导出。"),
        ("client", "审批必须两级。"),
    )
    export, approval = call.ask("库存导出", "库存要能导出"), call.ask("两级审批", "审批", number=2)
    assert not [value for value in rules(call.specify(export, approval)) if "审批" in value]


def test_what_we_say_after_the_client_left_is_nothing_the_client_said(make):
    call = make(
        "zh",
        ("client", "报表要能导出。"),
        ("us", "客户已经下线了，我们内部说一下。"),
        ("us", "导出必须限制一万条，不然要崩。"),
    )
    spec = call.specify(call.ask("报表导出", "报表要能导出"))
    assert "要崩" not in repr(spec)
    assert not [slot for slot in (*spec.rules, *spec.limits) if "一万" in slot.value]


def test_a_later_return_to_the_ask_adds_to_it(make):
    call = make(
        "en",
        ("client", "We want to export the order list."),
        ("us", "Fine. What else?"),
        ("client", "The printer on floor two is broken."),
        ("us", "We will look at it."),
        ("client", "Oh, about the export, it must never contain cancelled orders."),
    )
    spec = call.specify(call.ask("Export the order list", "We want to export"))
    assert "it must never contain cancelled orders" in rules(spec)


def test_our_words_count_as_stated_once_the_client_agrees(make):
    call = make(
        "zh",
        ("client", "单据要能批量处理。"),
        ("us", "那就是只处理已审核的单据。"),
        ("client", "对，就这样。"),
    )
    spec = call.specify(call.ask("批量处理单据", "单据要能批量处理"))
    slot = next(one for one in spec.rules if "已审核" in one.value)
    assert slot.origin == "stated"
    assert [citation.segments for citation in slot.citations] == [("s1",), ("s2",)]


def test_a_proposal_nobody_took_up_is_nowhere_stated(make):
    call = make(
        "en",
        ("client", "Reps need to see the credit limit."),
        ("us", "We could also drop in an AI tool that scores the customers."),
        ("client", "I'd rather not, honestly."),
    )
    spec = call.specify(call.ask("Show the credit limit", "Reps need to see"))
    assert not [value for value in rules(spec) if "AI" in value]
    assert any("AI tool" in one for one in spec.out_of_scope)


def test_a_question_that_was_put_off_is_asked_again(make):
    call = make(
        "zh",
        ("client", "报错的数班组长自己要能改。"),
        ("us", "已经入库的还让改吗？"),
        ("client", "没想过，你这一问我还真说不好。"),
    )
    spec = call.specify(call.ask("班组长修改报工", "班组长自己要能改"))
    assert spec.open_questions[0].blocking
    assert "已经入库的还让改吗" in spec.open_questions[0].question
    assert "没想过" in spec.open_questions[0].why_it_matters


def test_two_numbers_of_two_people_are_a_question_and_no_fact(make):
    call = make(
        "zh",
        ("client", "退药要能在系统里申请，规定就是二十四小时。"),
        ("other", "不是七十二小时吗？护理部那份是七十二小时。"),
    )
    ask = call.ask("退药申请", "退药要能", "七十二小时吗")
    spec = call.specify(ask)
    first = spec.open_questions[0]
    assert first.blocking
    assert first.options[:2] == ("二十四小时", "七十二小时")
    assert "client" not in f"{first.question}{first.why_it_matters}"
    assert not [slot for slot in (*spec.rules, *spec.limits) if "二十四" in slot.value]


def test_a_changed_mind_beats_what_was_forbidden_before(make):
    call = make(
        "zh",
        ("client", "超了红一下就行，别拦死。"),
        ("client", "我想了一下，算了，超了就拦死吧。"),
    )
    spec = call.specify(call.ask("超吨位处理", "红一下", "就拦死吧"))
    assert "超了就拦死" in " ".join(rules(spec))
    assert "别拦死" not in " ".join(rules(spec))


def test_a_number_that_stays_is_not_replaced(make):
    call = make(
        "en",
        ("client", "Comments are needed above ten percent."),
        ("client", "For the P&L make the threshold five percent, the rest stays at ten."),
    )
    spec = call.specify(call.ask("Comments on variances", "Comments are", "For the P&L"))
    assert "Comments are needed above ten percent" in rules(spec)


def test_a_word_without_a_measure_is_asked_about(make):
    call = make("zh", ("client", "库存必须实时同步过来。"))
    spec = call.specify(call.ask("库存同步", "实时同步"))
    assert "“实时”可接受的延迟是多少分钟" in questions(spec)


def test_a_word_that_was_given_a_measure_is_not(make):
    call = make(
        "zh",
        ("client", "给我一个单号马上查出来。"),
        ("us", "马上是多快？"),
        ("client", "五分钟以内吧。"),
    )
    spec = call.specify(call.ask("单号查询", "马上查出来"))
    assert "马上" not in questions(spec)
    assert [slot.value for slot in spec.limits] == ["五分钟以内"]


def test_open_questions_of_the_minutes_are_taken_over(make):
    call = make("en", ("client", "We want to export the orders, but who pays for it?"))
    ask = call.ask("Export orders", "We want to export")
    raised = {
        "uid": "q",
        "id": "Q1",
        "text": "Who pays for the export?",
        "evidence": ask.evidence,
        "origin_engine": "test",
    }
    spec = call.specify(ask, questions=(raised,))
    assert "Who pays for the export?" in questions(spec)


def test_conflicts_of_the_minutes_are_named(make):
    call = make("zh", ("client", "订单要能导出。"))
    ask = call.ask("订单导出", "订单要能导出")
    side = {"text": "x", "evidence": ask.evidence}
    conflict = {
        "uid": "c",
        "id": "C1",
        "text": "x",
        "evidence": ask.evidence,
        "origin_engine": "test",
        "a": side,
        "b": side,
    }
    assert call.specify(ask, conflicts=(conflict,)).conflicts_with == ("C1",)


def test_a_label_of_two_tables_is_a_question_where_nothing_decides(make):
    call = make("zh", ("client", "导出要有工单号。"), data_dictionary=DICTIONARY)
    spec = call.specify(call.ask("导出", "导出要有工单号"))
    assert [(field.label, field.name) for field in spec.data_fields] == [("工单号", None)]
    (asked,) = (one for one in spec.open_questions if one.slot == "fields")
    assert asked.options == ("工单里的工单号", "批次里的工单号")
    assert asked.blocking
    assert asked.recommended is None


def test_the_entity_of_the_ask_decides_between_two_tables(make):
    call = make("zh", ("client", "批次导出要有工单号和批次号。"), data_dictionary=DICTIONARY)
    spec = call.specify(call.ask("批次导出", "批次导出"))
    assert [field.name for field in spec.data_fields] == ["lot.wo_no", "lot.lot_no"]


def test_a_field_that_no_table_has_is_stated_without_a_column(make):
    call = make("zh", ("client", "导出要有批次号、炉号、供应商。"), data_dictionary=DICTIONARY)
    spec = call.specify(call.ask("批次导出", "炉号"))
    homeless = [field for field in spec.data_fields if field.name is None]
    assert [field.label for field in homeless] == ["炉号", "供应商"]
    assert {field.origin for field in homeless} == {"stated"}
    assert any("炉号" in one for one in spec.dependencies)
    assert "“炉号”从哪里取" in questions(spec)


def test_an_ask_whose_words_are_not_in_the_transcript_still_gets_its_questions(make):
    call = make("zh", ("client", "订单要能导出。"))
    lost = call.ask("订单导出", "订单要能导出").with_(evidence=())
    spec = call.specify(lost)
    assert spec.open_questions
    assert not [slot for slot in spec.rules if slot.origin == "stated"]


def test_a_spec_is_for_nobody_whom_its_ask_is_not_for(make):
    call = make("zh", ("client", "订单要能导出。"))
    ask = call.ask("订单导出", "订单", visibility="internal", not_for=("other",))
    spec = call.specify(ask)
    assert (spec.visibility, spec.not_for) == ("internal", ("other",))
