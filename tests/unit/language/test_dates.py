import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.language.dates import find_dates, resolve_due

THURSDAY = dt.date(2025, 9, 11)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("下周三前给你们回话", ["weekday"]),
        ("礼拜五之前", ["weekday"]),
        ("周一到周五", ["weekday", "weekday"]),
        ("十二月三十一号前必须上传", ["date"]),
        ("12月31日", ["date"]),
        ("2025年12月31日", ["date"]),
        ("二零二五年六月底", ["month_end"]),
        ("一号到月底", ["date", "month_end"]),
        ("下个月一号自动生成", ["date"]),
        ("去年四月", ["month"]),
        ("年底前", ["year_end"]),
        ("三季度末", ["quarter_end"]),
        ("双十二到元旦", ["date", "date"]),
        ("明天下午", ["day", "daypart"]),
        ("三个工作日内", ["workdays"]),
        ("by the thirtieth of June", ["date"]),
        ("November twenty-fourth", ["date"]),
        ("24 April 2026", ["date"]),
        ("before the end of the month", ["month_end"]),
        ("end of June", ["month_end"]),
        ("in two weeks", ["offset"]),
        ("Q3", ["quarter"]),
        ("since 2021", ["year"]),
        ("next Wednesday and Friday afternoon", ["weekday", "weekday", "daypart"]),
    ],
)
def test_dates_are_found_with_their_kind(text: str, kinds: list[str]):
    assert [one.when.kind for one in find_dates(text)] == kinds


@pytest.mark.parametrize(
    "text",
    [
        "每周一次", "一周三次", "三号磨床", "二号线", "炉号", "三个月", "第三号",
        "it may be late", "we march on", "the second factor", "a wedding", "the fifth floor", "monitor",
        "sat down", "decide in marketing",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_date_is_none(text: str):
    assert find_dates(text) == ()


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("明天", "2025-09-12"),
        ("后天", "2025-09-13"),
        ("大后天", "2025-09-14"),
        ("明后天", "2025-09-13"),
        ("今天下班前", "2025-09-11"),
        ("下午", "2025-09-11"),
        ("今晚", "2025-09-11"),
        ("这周六", "2025-09-13"),
        ("周一前", "2025-09-15"),
        ("周四", "2025-09-18"),
        ("下周三前", "2025-09-17"),
        ("下下周二", "2025-09-23"),
        ("下周", "2025-09-19"),
        ("这礼拜吧", "2025-09-12"),
        ("下周的周二", "2025-09-16"),
        ("九月底", "2025-09-30"),
        ("六月底", "2026-06-30"),
        ("月底前", "2025-09-30"),
        ("下个月底", "2025-10-31"),
        ("十一月底前", "2025-11-30"),
        ("十月中", "2025-10-15"),
        ("12月31号", "2025-12-31"),
        ("十二月五号之前", "2025-12-05"),
        ("三月五号", "2026-03-05"),
        ("明年三月五号", "2026-03-05"),
        ("十三号", "2025-09-13"),
        ("五号", "2025-10-05"),
        ("下个月5号", "2025-10-05"),
        ("年底前", "2025-12-31"),
        ("明年底", "2026-12-31"),
        ("季度末", "2025-09-30"),
        ("两周内", "2025-09-25"),
        ("三天后", "2025-09-14"),
        ("三个工作日内", "2025-09-16"),
        ("48小时内", "2025-09-13"),
        ("半个月之内", "2025-09-26"),
        ("国庆前", "2025-10-01"),
        ("tomorrow", "2025-09-12"),
        ("this afternoon", "2025-09-11"),
        ("EOD", "2025-09-11"),
        ("by Friday", "2025-09-12"),
        ("by next Wednesday", "2025-09-17"),
        ("Wednesday next week", "2025-09-17"),
        ("next week, on Tuesday", "2025-09-16"),
        ("next week", "2025-09-19"),
        ("the week after next", "2025-09-26"),
        ("end of June", "2026-06-30"),
        ("before the end of the month", "2025-09-30"),
        ("by the end of next month", "2025-10-31"),
        ("by the twenty-fourth", "2025-09-24"),
        ("the 15th", "2025-09-15"),
        ("October 20", "2025-10-20"),
        ("the thirteenth of June", "2026-06-13"),
        ("in two weeks", "2025-09-25"),
        ("within 3 business days", "2025-09-16"),
        ("by end of Q4", "2025-12-31"),
        ("end of the year", "2025-12-31"),
        ("2025-10-01", "2025-10-01"),
    ],
)
def test_a_due_date_is_seen_from_the_day_of_the_call(text: str, due: str):
    assert resolve_due(text, THURSDAY) == dt.date.fromisoformat(due)


@pytest.mark.parametrize(
    "text",
    [
        "尽快", "回头", "过两天", "ASAP", "soon", "next week maybe", "Sometime next week", "上周五", "昨天",
        "when he's back from his hunting trip", "before the May board meeting", "early next week", "",
        "2月30号",
    ],
)  # fmt: skip
def test_words_that_name_no_day_to_come_give_none(text: str):
    assert resolve_due(text, THURSDAY) is None


def test_without_a_day_of_the_call_nothing_is_resolved():
    assert resolve_due("2025-10-01", None) is None


@pytest.mark.parametrize(
    ("text", "on", "due"),
    [
        ("下周三", "2025-11-09", "2025-11-12"),  # a Sunday still belongs to the week before
        ("下周三", "2025-11-10", "2025-11-19"),
        ("by next Tuesday", "2025-10-14", "2025-10-21"),
        ("31号", "2025-09-11", "2025-10-31"),
        ("月底", "2026-02-10", "2026-02-28"),
        ("月底", "2024-02-10", "2024-02-29"),
        ("元旦", "2025-12-30", "2026-01-01"),
        ("三个工作日内", "2025-09-12", "2025-09-17"),
    ],
)
def test_weeks_months_and_years_turn_over_where_the_calendar_does(text: str, on: str, due: str):
    assert resolve_due(text, dt.date.fromisoformat(on)) == dt.date.fromisoformat(due)


_ALPHABET = "上下这本周星期礼拜一二三五十0123456789年月日号底初中天内前后明今半个 next Friday of Q in week.-/"


@given(st.text(alphabet=_ALPHABET), st.dates())
def test_any_words_on_any_day_resolve_to_no_past_day_and_never_fail(text: str, on: dt.date):
    due = resolve_due(text, on)

    assert due is None or due >= on
    assert all(text[one.start : one.end] == one.text for one in find_dates(text))


def test_a_name_that_ends_in_a_numeral_does_not_hide_the_weekday():
    assert [one.text for one in find_dates("我让张三周四之前给个结论")] == ["周四"]
    assert find_dates("三周四次") == ()
