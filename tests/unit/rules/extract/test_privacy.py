"""What was not meant for everybody is internal, and never for whom it was kept from."""

from typing import Any

import pytest

Read = Any


@pytest.mark.parametrize(
    "lines",
    [
        ["王敏: 先下线了，再见。", "刘工: 再见。", "刘工: 客户已经下线了，我们内部说一下。", "Udo: 六月底很紧。"],
        ["Cleo: Thanks, bye.", "Uma: Goodbye.", "Uma: Now they're gone.", "Udo: The end of June is very tight."],
        ["Cleo: Thanks, bye.", "Uma: Goodbye.", "Uma: June is very tight, please do not tell the client.", "Udo: Sure."],
    ],
)  # fmt: skip
def test_our_talk_after_the_client_left_is_internal(read: Read, lines: list[str]):
    draft = read(*lines)
    assert draft.internal == ("2", "3")
    assert {risk.visibility for risk in draft.risks} == {"internal"}
    assert all(risk.text not in draft.summary.client for risk in draft.risks)


def test_a_dropped_line_is_internal_until_the_client_is_back(read: Read):
    draft = read(
        "Cleo: Which is why it matters.",
        "Uma: I think the client dropped.",
        "Udo: I will ask product tomorrow.",
        "Cleo: Back again, sorry.",
        "Udo: I will send the list tomorrow.",
    )
    assert draft.internal == ("1", "2")
    assert [one.visibility for one in draft.actions] == ["internal", "client"]


def test_a_client_who_is_still_there_hears_it(read: Read):
    draft = read("Uma: Okay, have they dropped?", "Cleo: No, I'm still here.", "Uma: Ha.")
    assert draft.internal == ()


@pytest.mark.parametrize(
    "lines",
    [
        ["王敏: 我先走了，再见。", "赵工: 夜班真不想学新系统，我怕没人用，别跟王总说。", "刘工: 理解。"],
        ["王敏: 我先走了，再见。", "赵工: 王总走了我说一句，夜班真不想学新系统，我怕没人用。", "刘工: 理解。"],
    ],
)  # fmt: skip
def test_what_was_said_behind_the_boss_is_not_for_the_boss(read: Read, lines: list[str]):
    draft = read(*lines)
    assert "1" in draft.internal
    (concern,) = draft.concerns
    assert (concern.visibility, concern.not_for) == ("internal", ("王敏",))


def test_off_the_record_is_internal(read: Read):
    draft = read("Cleo: I am worried about the volunteers, don't put that in the notes.")
    assert draft.internal == ("0",)


@pytest.mark.parametrize(
    "lines",
    [
        ["王敏: 一天大概三百单。", "赵工: 不止，旺季八百都有。"],
        ["Cleo: Nine hundred orders a day.", "Carl: No, it's about six hundred."],
    ],
)
def test_a_clash_among_the_clients_people_is_internal(read: Read, lines: list[str]):
    draft = read(*lines)
    (conflict,) = draft.conflicts
    assert conflict.visibility == "internal"
    assert (conflict.a.citations[0].segments, conflict.b.citations[0].segments) == (("0",), ("1",))
