"""Who may do what, as people say it."""

import pytest

SAID = [
    ("zh", "谁可以导出？", "主管和财务可以导，客服不行。", {"主管": True, "财务": True, "客服": False}),
    ("zh", "谁能导？", "只有财务能导。", {"财务": True}),
    ("en", "Who is allowed to export?", "Only managers and the accountant, not reception.",
     {"managers": True, "accountant": True, "reception": False}),
    ("en", "Who can export?", "Supervisors can export it, drivers cannot.",
     {"Supervisors": True, "drivers": False}),
]  # fmt: skip


@pytest.mark.parametrize(("language", "asked", "answer", "rows"), SAID)
def test_an_answer_gives_a_row_for_each_role(make, language, asked, answer, rows):
    first = "订单要能导出。" if language == "zh" else "We want to export the orders."
    call = make(language, ("client", first), ("us", asked), ("client", answer))
    spec = call.specify(call.ask("订单导出" if language == "zh" else "Export orders", first[:8]))
    assert {row.role: row.export for row in spec.permissions} == rows


def test_he_is_the_role_that_was_named_last(make):
    call = make("zh", ("client", "车队长也要能进来。但是他只能看自己的运单，价格他不能看。"))
    spec = call.specify(call.ask("车队长权限", "车队长"))
    (row,) = spec.permissions
    assert row.role == "车队长"
    assert row.see is not None


def test_what_was_said_last_about_a_role_holds(make):
    call = make(
        "zh",
        ("client", "订单要能导出，客服可以导。"),
        ("client", "想了想，客服不能导。"),
    )
    spec = call.specify(call.ask("订单导出", "客服可以导", "客服不能导"))
    assert [(row.role, row.export) for row in spec.permissions] == [("客服", False)]


def test_a_description_is_no_right(make):
    call = make("zh", ("client", "链接里客户能看到的东西要少。"))
    assert call.specify(call.ask("查询链接", "链接")).permissions == ()
