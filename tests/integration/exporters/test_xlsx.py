"""The workbook, opened again with openpyxl."""

import io
import zipfile
from dataclasses import replace

import openpyxl
import pytest

from pipeline.exporters.xlsx.exporter import XlsxExporter
from pipeline.models.client_view import client_view
from pipeline.models.view import InternalView

SHEETS = {
    "zh": ["需求跟踪表", "字段", "问题", "待办"],
    "en": ["Requirements", "Fields", "Questions", "Actions"],
}
EVIL = [
    '=HYPERLINK("http://evil.example","x")',
    "+1+1",
    "-1",
    "@SUM(1)",
    "\t=1+1",
    "\r=1+1",
    "{=1+1}",
    "<r><t>rich</t></r>",
    "_x0041_",
    "http://evil.example",
    "＝1+1",
    "007",
    "a\x00b\x1f\u202ec",
]


def workbook(view) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(XlsxExporter().render(view)["specs.xlsx"]))


def rows(sheet) -> list[list[str]]:
    return [[cell.value or "" for cell in row] for row in sheet.iter_rows(min_row=3)]


def everything(book: openpyxl.Workbook) -> str:
    return "\n".join(
        str(cell.value or "") for sheet in book for row in sheet.iter_rows() for cell in row
    )


def test_there_are_four_sheets_with_a_title_and_a_fixed_header(view: InternalView):
    book = workbook(view)
    assert book.sheetnames == SHEETS[view.minutes.language]
    draft = {"zh": "草稿，未经审核", "en": "Draft, not reviewed"}[view.minutes.language]
    for sheet in book:
        assert draft in sheet["A1"].value
        assert all(sheet.cell(2, n).value for n in range(1, sheet.max_column + 1))
        assert int("".join(filter(str.isdigit, sheet.freeze_panes))) == 3
        assert sheet.auto_filter.ref.startswith("A2:")
        assert sheet.print_title_rows == "$2:$2"
        assert all(cell.alignment.wrap_text for cell in sheet[3])


def test_every_ask_is_a_row_also_the_withdrawn_one(view: InternalView):
    sheet = workbook(view).worksheets[0]
    assert [row[0] for row in rows(sheet)] == [ask.id for ask in view.minutes.asks]
    withdrawn = rows(sheet)[4]
    assert {"zh": "已撤回", "en": "withdrawn"}[view.minutes.language] in withdrawn
    first = rows(sheet)[0]
    assert first[1] == view.minutes.asks[0].evidence[0].quote
    assert first[3] == "S1"
    assert "00:22" in first[15]


def test_a_spec_of_two_asks_is_written_out_once(view: InternalView):
    sheet = workbook(view).worksheets[0]
    second = rows(sheet)[5]
    assert second[3] == "S1"
    assert second[5] == {"zh": "见 A1", "en": "see A1"}[view.minutes.language]


def test_a_spec_whose_ask_is_of_another_meeting_has_its_row(view: InternalView):
    asks = tuple(ask for ask in view.minutes.asks if ask.spec != "S3")
    sheet = workbook(replace(view, minutes=view.minutes.with_(asks=asks))).worksheets[0]
    assert rows(sheet)[-1][0] == "S3"


def test_fields_questions_and_actions_are_all_there(view: InternalView):
    _, fields, questions, actions = workbook(view).worksheets
    assert len(rows(fields)) == sum(len(spec.data_fields) for spec in view.specs)
    asked = sum(len(spec.open_questions) for spec in view.specs)
    assert len(rows(questions)) == asked + len(view.minutes.questions)
    assert [row[0] for row in rows(actions)] == ["T1", "T2", "T3", "T4", "T5"]
    assert rows(actions)[0][4] == "2026-03-25"


@pytest.mark.parametrize("evil", EVIL)
def test_no_text_becomes_a_formula_a_link_or_a_number(view: InternalView, evil: str):
    ask = view.minutes.asks[0]
    ask = ask.with_(text=evil, evidence=(ask.evidence[0].with_(quote=evil),))
    action = view.minutes.actions[0].with_(text=evil, owner=evil, due_verbatim=evil)
    spec = view.specs[0]
    field = spec.data_fields[0].with_(label=evil, name=evil, type=evil)
    spec = spec.with_(title=evil, data_fields=(field,))
    minutes = view.minutes.with_(asks=(ask,), actions=(action,))
    changed = replace(view, minutes=minutes, specs=(spec,))
    data = XlsxExporter().render(changed)["specs.xlsx"]
    book = openpyxl.load_workbook(io.BytesIO(data))
    for sheet in book:
        for row in sheet.iter_rows():
            assert {cell.data_type for cell in row} <= {"s", "n"}
            assert all(cell.value is None for cell in row if cell.data_type == "n")
            assert not any(cell.hyperlink for cell in row)
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        for name in parts.namelist():
            if name.startswith("xl/worksheets/sheet"):
                assert b"<f>" not in parts.read(name)
        assert b"<r>" not in parts.read("xl/sharedStrings.xml")
    shown = evil.strip().replace("\x00", "").replace("\x1f", "").replace("\u202e", "")
    assert shown in book.worksheets[3].cell(3, 3).value.replace("_x005F_", "_")


def test_a_text_too_long_for_a_cell_is_cut_with_a_mark(view: InternalView):
    ask = view.minutes.asks[0].with_(text="长" * 40_000)
    book = workbook(replace(view, minutes=view.minutes.with_(asks=(ask,))))
    value = book.worksheets[0].cell(3, 3).value
    assert len(value) <= 32_767
    assert value.endswith({"zh": "后面的没有放进来）", "en": "left out)"}[view.minutes.language])


def test_the_clients_workbook_has_no_judgement_of_ours(view: InternalView):
    text = everything(workbook(client_view(view)))
    for words in {
        "zh": ("说得不硬", "怎么实现", "合同外", "仅内部"),
        "en": ("soft promise", "How it is done", "outside the contract", "internal only"),
    }[view.minutes.language]:
        assert words not in text
    for segment in view.transcript.segments[-2:]:
        assert segment.text not in text


def test_the_same_view_gives_the_same_bytes(view: InternalView):
    assert XlsxExporter().render(view) == XlsxExporter().render(view)


def test_an_empty_meeting_still_makes_a_workbook(view: InternalView):
    empty = dict.fromkeys(("asks", "actions", "questions"), ())
    meeting = view.meeting.with_(date=None, title="")
    book = workbook(replace(view, minutes=view.minutes.with_(**empty), specs=(), meeting=meeting))
    assert len(book.sheetnames) == 4
