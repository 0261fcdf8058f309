"""What changed between two states of a spec."""

import pytest

from pipeline.models.slots import Permission, Slot, SpecField
from pipeline.models.spec import FeatureSpec, OpenQuestion
from ui.difference import changes, pieces


def spec(**more) -> FeatureSpec:
    given = {
        "uid": "u",
        "id": "S1",
        "project": "p",
        "meetings": (),
        "asks": (),
        "title": "导出",
        "origin_engine": "test",
    }
    return FeatureSpec.model_validate(given | more)


def rules(*texts: str) -> tuple[Slot, ...]:
    return tuple(Slot(value=text, origin="inferred") for text in texts)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("最多五万条", "最多八万条", [("same", "最多"), ("gone", "五"), ("new", "八"), ("same", "万条")]),
        ("at most 50 rows", "at most 80 rows", [("same", "at most "), ("gone", "50"), ("new", "80"), ("same", " rows")]),
        ("", "新的", [("new", "新的")]),
        ("旧的", "", [("gone", "旧的")]),
        ("导出订单", "审批要快", [("gone", "导出订单"), ("new", "审批要快")]),
    ],
)  # fmt: skip
def test_words_that_went_and_came(old, new, expected):
    assert list(pieces(old, new)) == expected


def test_an_entry_taken_out_does_not_drag_the_others_along():
    before = spec(rules=rules("按筛选导", "最多五万条", "只导当天的"))
    after = spec(rules=rules("最多八万条", "只导当天的"))
    found = changes(before, after)
    assert [one.part for one in found] == ["rules", "rules"]
    assert [[piece.kind for piece in one.pieces] for one in found] == [
        ["same", "gone", "new", "same"],
        ["gone"],
    ]


def test_rows_and_answers_are_told_in_one_line():
    before = spec(
        data_fields=(SpecField(label="金额", origin="inferred"),),
        open_questions=(OpenQuestion(id="q1", slot="format", question="什么格式？"),),
    )
    after = before.with_(
        data_fields=(before.data_fields[0].with_(name="so_order.amount"),),
        permissions=(Permission(role="财务", export=True, see=False, origin="inferred"),),
        open_questions=(before.open_questions[0].with_(answer="xlsx"),),
    )
    told = {one.part: "".join(piece.text for piece in one.pieces) for one in changes(before, after)}
    assert told == {
        "data_fields": "金额 · so_order.amount",
        "permissions": "财务 ✗/–/✓",
        "open_questions": "什么格式？ · → xlsx",
    }


def test_the_same_spec_differs_in_nothing():
    assert changes(spec(rules=rules("按筛选导")), spec(rules=rules("按筛选导"))) == ()


def test_another_estimate_and_another_deciding_line_are_told():
    old = spec(effort={"days": 3, "by": "陈立"}, fit_line="订单派单")
    new = spec(effort={"days": 5.5, "by": "王敏"}, fit_line="订单导出")
    told = {one.part: one.pieces for one in changes(old, new)}
    assert set(told) == {"fit_line", "effort"}
    assert "".join(text for kind, text in told["effort"] if kind != "gone") == "5.5 · 王敏"
    assert changes(spec(), spec()) == ()
