import pytest

from pipeline.models.draft import (
    DraftAction,
    DraftAsk,
    DraftConflict,
    DraftDecision,
    DraftPosition,
)
from pipeline.models.evidence import Citation


def cite(quote: str, *segments: str) -> Citation:
    return Citation(segments=segments, quote=quote)


EXPORT = cite("能不能给我们来个一键导出", "s1")
LIMIT = cite("财务催得很，最多五万条", "s1")


def test_an_item_without_proof_stays_visible(call):
    (found,) = call.minutes(
        DraftDecision(ref="d1", text="换系统", citations=(cite("院长要求全部换成新系统", "s1"),))
    ).decisions

    assert found.doubtful
    assert [one.match for one in found.evidence] == ["missing"]


def test_an_item_keeps_its_ref_as_id_until_the_store_names_it(call):
    found = call.minutes(
        DraftDecision(ref="d1", text="先导出", citations=(EXPORT,)),
        DraftDecision(ref="d2", text="最多五万条", citations=(LIMIT,), supersedes="d1"),
    )

    assert [(one.uid, one.id, one.supersedes) for one in found.decisions] == [
        ("", "d1", None),
        ("", "d2", "d1"),
    ]
    assert {one.origin_engine for one in found.decisions} == {"rules"}


def test_minutes_belong_to_the_version_they_were_read_from(call):
    found = call.minutes()

    assert (found.meeting, found.transcript_version, found.language) == ("M", 3, "zh")


def test_what_rests_on_talk_among_ourselves_is_internal(call):
    ours = DraftDecision(
        ref="d1", text="先不说", citations=(cite("这块先别跟客户说，我们还没测过", "s5"),)
    )
    theirs = DraftDecision(ref="d2", text="导出", citations=(EXPORT,))

    found = call.minutes(ours, theirs, internal=("s5",))

    assert [one.visibility for one in found.decisions] == ["internal", "client"]


def test_both_sides_of_a_conflict_are_grounded(call):
    conflict = DraftConflict(
        ref="c1",
        text="导出多少",
        a=DraftPosition(text="五万", citations=(LIMIT,)),
        b=DraftPosition(text="五年", citations=(cite("五年以内的都要能查到", "s4"),)),
    )

    (found,) = call.minutes(conflict).conflicts

    assert [one.evidence[0].segments for one in (found.a, found.b)] == [("s1",), ("s4",)]


def test_a_conflict_with_one_side_among_ourselves_is_internal(call):
    ours = DraftPosition(text="没测过", citations=(cite("这块先别跟客户说，我们还没测过", "s5"),))
    conflict = DraftConflict(
        ref="c1", text="x", a=ours, b=DraftPosition(text="导出", citations=(EXPORT,))
    )

    (found,) = call.minutes(conflict, internal=("s5",)).conflicts

    assert found.visibility == "internal"


def test_an_ask_is_quoted_in_the_clients_own_words(call):
    drafted = DraftAsk(
        ref="a1",
        text="导出",
        raw_quote="能不能给咱们来个一键导出",
        speaker="财务",
        citations=(EXPORT,),
    )

    (found,) = call.minutes(drafted).asks

    assert found.raw_quote in call.turns[1]
    assert found.speaker == "罗静"


def test_an_ask_that_nobody_voiced_has_no_quote(call):
    drafted = DraftAsk(ref="a1", text="换系统", raw_quote="院长要求全部换成新系统")

    (found,) = call.minutes(drafted).asks

    assert found.raw_quote == ""
    assert found.doubtful


@pytest.mark.parametrize(
    ("verbatim", "kept", "due"),
    [
        ("下周三前", "下周三前", "2025-09-17"),
        ("下周四前", None, None),
        ("明天下班之前", None, None),
        (None, None, None),
    ],
)
def test_a_due_date_comes_from_words_that_were_said(
    call, verbatim: str | None, kept: str | None, due: str | None
):
    promise = cite("我下周三前给您看样子", "s3")
    drafted = DraftAction(
        ref="t1", text="样子", due_verbatim=verbatim, due_date="2031-01-01", citations=(promise,)
    )

    (found,) = call.minutes(drafted).actions

    assert (found.due_verbatim, found.due_date) == (kept, due)


def test_an_undated_call_leaves_due_dates_verbatim(call):
    promise = cite("我下周三前给您看样子", "s3")
    drafted = DraftAction(ref="t1", text="样子", due_verbatim="下周三前", citations=(promise,))

    (found,) = call.minutes(drafted, date=None).actions

    assert (found.due_verbatim, found.due_date) == ("下周三前", None)
