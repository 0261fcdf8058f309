"""Who took what on, and by when."""

from typing import Any

import pytest

Read = Any


@pytest.mark.parametrize(
    ("line", "owner", "verbatim", "date"),
    [
        ("刘工: 接口文档我明天上午发群里。", "刘工", "明天上午", "2026-03-19"),
        ("王敏: 我下周三之前给你答复。", "王敏", "下周三之前", "2026-03-25"),
        ("王敏: 样例数据，我尽量月底前凑齐。", "王敏", "月底前", "2026-03-31"),
        ("王敏: 我去催一下总部的批文。", "王敏", None, None),
        ("Uma: I will send the minutes by Friday.", "Uma", "by Friday", "2026-03-20"),
        ("Cleo: I'll chase head office for the approval.", "Cleo", None, None),
        ("Cleo: I'll ask her next week.", "Cleo", "next week", "2026-03-27"),
        ("Uma: We'll send you a revised plan on Monday.", None, "on Monday", "2026-03-23"),
    ],
)
def test_a_promise_is_an_action_with_the_words_of_its_date(
    read: Read, line: str, owner: str | None, verbatim: str | None, date: str | None
):
    (action,) = read(line).actions
    assert (action.owner, action.due_verbatim, action.due_date) == (owner, verbatim, date)


@pytest.mark.parametrize(
    "line",
    ["王敏: 我下周三之前给你答复。", "Uma: I will send the minutes by Friday."],
)
def test_an_undated_call_leaves_due_dates_verbatim(read: Read, line: str):
    (action,) = read(line, date=None).actions
    assert action.due_verbatim
    assert action.due_date is None


@pytest.mark.parametrize(
    "line",
    [
        "刘工: 我这就给您演示一下。",
        "王敏: 我先说吧。",
        "王敏: 我们每天给财务发一遍表。",
        "Uma: I'll just share my screen.",
        "Cleo: I'll go first.",
        "Cleo: We send finance a sheet every day.",
    ],
)
def test_what_is_done_here_or_daily_is_no_action(read: Read, line: str):
    assert read(line).actions == ()


@pytest.mark.parametrize(
    ("line", "weak"),
    [
        ("刘工: 六月底应该可以，我尽量安排。", True),
        ("刘工: 我周五发给您。", False),
        ("Uma: The end of June should be fine, I will try my best.", True),
        ("Uma: I will send it on Friday.", False),
    ],
)
def test_words_that_promise_little_make_it_weak(read: Read, line: str, weak: bool):
    (action,) = read(line).actions
    assert action.weak is weak


@pytest.mark.parametrize(
    ("lines", "owner", "date"),
    [
        (["刘工: 赵工，你把字段映射表补一下，下周一之前。", "赵工: 好。"], "赵工", "2026-03-23"),
        (["Uma: Carl, can you finish the mapping sheet by Monday?", "Carl: Will do."], "Carl", "2026-03-23"),
    ],
)  # fmt: skip
def test_a_request_with_a_yes_is_an_action_of_who_said_yes(
    read: Read, lines: list[str], owner: str, date: str
):
    (action,) = read(*lines).actions
    assert (action.owner, action.due_date, len(action.citations)) == (owner, date, 2)


def test_a_request_without_an_answer_is_nobodys(read: Read):
    assert (
        read(
            "Uma: Carl, can you finish the mapping sheet by Monday?", "Cleo: It rains here."
        ).actions
        == ()
    )


def test_two_promises_of_one_turn_are_two_actions(read: Read):
    training, minutes = read("刘工: 培训我来安排，周五之前我把纪要发给您。").actions
    assert (training.due_date, minutes.due_date) == (None, "2026-03-20")


def test_somebody_named_owns_it(read: Read):
    (action,) = read("Uma: Udo will send you the draft next Friday.").actions
    assert (action.owner, action.side) == ("Udo", "us")
