"""Word documents, opened again with python-docx."""

import io
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml.ns import qn
from lxml import etree

from pipeline.exporters.docx.exporter import DocxExporter
from pipeline.exporters.docx.styles import INDENT
from pipeline.models.client_view import client_view
from pipeline.models.view import InternalView

FONTS = {"zh": ("Microsoft YaHei", "Microsoft YaHei"), "en": ("Calibri", "Microsoft YaHei")}
EVIL = "=HYPERLINK(1)\x00\x0b\u202e<w:p/>&amp;\ud800 ok\nsecond line\ttab"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ORDER = {
    "tblPr": [
        "tblStyle",
        "tblW",
        "jc",
        "tblInd",
        "tblBorders",
        "shd",
        "tblLayout",
        "tblCellMar",
        "tblLook",
    ],
    "pPr": [
        "pStyle",
        "keepNext",
        "keepLines",
        "pageBreakBefore",
        "numPr",
        "pBdr",
        "shd",
        "tabs",
        "spacing",
        "ind",
        "jc",
    ],
    "tcPr": ["tcW", "gridSpan", "tcBorders", "shd", "vAlign"],
    "rPr": ["rStyle", "rFonts", "b", "i", "strike", "color", "sz", "szCs", "lang"],
}
"""The order the schema wants; Word calls a file broken that has another."""


@pytest.fixture
def files(view: InternalView) -> dict[str, docx.document.Document]:
    return {name: opened(data) for name, data in DocxExporter().render(view).items()}


def opened(data: bytes) -> docx.document.Document:
    return docx.Document(io.BytesIO(data))


def text_of(document: docx.document.Document) -> str:
    parts = [document.element.body, *(s.header._element for s in document.sections)]
    return "\n".join(
        "".join(node.text or "" for node in p.iter(qn("w:t")))
        for part in parts
        for p in part.iter(qn("w:p"))
    )


def test_both_documents_are_written(view: InternalView, tmp_path: Path):
    written = DocxExporter().export(view, out=tmp_path / "out")
    assert [path.name for path in written] == ["minutes.docx", "specs.docx"]
    assert all(docx.Document(str(path)).paragraphs for path in written)


def test_the_fonts_are_named_for_every_script_and_no_theme_overrides_them(view, files):
    latin, east_asian = FONTS[view.minutes.language]
    for document in files.values():
        styles = document.styles.element
        for fonts in styles.iter(qn("w:rFonts")):
            assert fonts.get(qn("w:eastAsia")) == east_asian
            assert fonts.get(qn("w:ascii")) == fonts.get(qn("w:hAnsi")) == latin
            assert not any("Theme" in name for name in fonts.attrib)
        for name in ("Normal", "Title", "Heading 1", "Heading 2", "Heading 3"):
            assert document.styles[name].element.rPr.rFonts.get(qn("w:eastAsia")) == east_asian


def test_marks_of_chinese_text_come_from_the_chinese_font(view, files):
    runs = [r for d in files.values() for r in d.element.body.iter(qn("w:r")) if r.text.strip()]
    hints = {
        r.rPr.rFonts.get(qn("w:hint")) if r.rPr is not None and r.rPr.rFonts is not None else None
        for r in runs
    }
    assert hints == ({"eastAsia"} if view.minutes.language == "zh" else {None})


def test_headings_are_real_and_begin_at_the_top(view, files):
    styles = [p.style.name for p in files["minutes.docx"].paragraphs]
    assert styles[0] in ("提示条", "Notice")
    assert styles[1] == "Title"
    assert {"Heading 1", "Heading 2"} <= set(styles)
    specs = files["specs.docx"]
    top = [p.text for p in specs.paragraphs if p.style.name == "Heading 1"]
    assert top[-len(view.specs) :] == [f"{spec.id} {spec.title}" for spec in view.specs]


def test_a_spec_goes_on_where_the_page_has_room_and_keeps_its_head_together(view, files):
    paragraphs = files["specs.docx"].paragraphs
    assert not any(p.paragraph_format.page_break_before for p in paragraphs)
    for spec in view.specs:
        at = next(n for n, p in enumerate(paragraphs) if p.text == f"{spec.id} {spec.title}")
        assert paragraphs[at].paragraph_format.keep_with_next
        assert paragraphs[at + 1].paragraph_format.keep_with_next


def test_a_wide_mark_in_front_of_an_entry_has_one_stop_and_it_is_the_indent(view, files):
    if view.minutes.language == "zh":
        return  # Chinese marks are short
    wide = next(p for p in files["specs.docx"].paragraphs if p.text.startswith("Trigger\t"))
    form = wide.paragraph_format
    stops = {stop.position: stop.alignment for stop in form.tab_stops}
    assert [at for at, kind in stops.items() if kind != WD_TAB_ALIGNMENT.CLEAR] == [
        form.left_indent
    ]
    cleared = [at for at, kind in stops.items() if kind == WD_TAB_ALIGNMENT.CLEAR]
    assert [round(at.cm, 1) for at in cleared] == [round(INDENT.cm, 1)]


def test_the_page_is_a4_with_the_number_below_and_the_warning_above(view, files):
    for document in files.values():
        section = document.sections[0]
        assert (round(section.page_width.cm, 1), round(section.page_height.cm, 1)) == (21.0, 29.7)
        foot = etree.tostring(section.footer._element, encoding="unicode")
        assert "PAGE" in foot
        assert "NUMPAGES" in foot
        draft = {"zh": "草稿，未经审核", "en": "Draft, not reviewed"}[view.minutes.language]
        assert draft in section.header.paragraphs[0].text


def test_tables_repeat_their_header_and_keep_their_widths(files):
    for document in files.values():
        assert document.tables
        for table in document.tables:
            assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
            assert not table.autofit
            grid = [column.width for column in table.columns]
            assert all(grid)
            for row in table.rows:
                assert [cell.width for cell in row.cells] == grid
                assert row._tr.trPr.find(qn("w:cantSplit")) is not None


def test_the_file_is_described_without_the_time_of_writing(view, files):
    for document in files.values():
        properties = document.core_properties
        assert view.meeting.title in properties.title
        assert properties.created.date() == view.meeting.date == properties.modified.date()
        assert properties.author == view.project.participants[0].org
        assert "python" not in f"{properties.comments}{properties.last_modified_by}".lower()


def test_the_same_view_gives_the_same_bytes(view: InternalView):
    assert DocxExporter().render(view) == DocxExporter().render(view)


def test_word_finds_no_compatibility_mode_and_no_foreign_picture(view: InternalView):
    data = DocxExporter().render(view)["minutes.docx"]
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        settings = parts.read("word/settings.xml").decode()
        assert not [name for name in parts.namelist() if "thumbnail" in name]
    assert re.search(r'compatibilityMode"[^>]*w:val="15"', settings)


def test_properties_stand_in_the_order_of_the_schema(files):
    for document in files.values():
        for kind, order in ORDER.items():
            for element in document.element.body.iter(f"{W}{kind}"):
                names = [child.tag.removeprefix(W) for child in element]
                known = [order.index(name) for name in names if name in order]
                assert known == sorted(known), names
                assert set(names) <= set(order) | {"cantSplit", "sectPr"}, names


def test_hostile_text_stays_text(view: InternalView):
    decision = view.minutes.decisions[0]
    evil = EVIL.replace("\ud800", "")  # pydantic refuses halves of pairs before we see them
    quote = decision.evidence[0].with_(quote=evil, speaker=evil)
    decision = decision.with_(text=evil, by=evil, evidence=(quote,))
    action = view.minutes.actions[0].with_(text=evil, owner=evil, due_verbatim=evil)
    minutes = view.minutes.with_(decisions=(decision,), actions=(action,))
    changed = replace(view, minutes=minutes, meeting=view.meeting.with_(title=evil))
    document = opened(DocxExporter().render(changed)["minutes.docx"])
    text = text_of(document)
    assert text.count("=HYPERLINK(1)<w:p/>&amp; ok") >= 5
    assert "\u202e" not in text


def test_nothing_internal_is_in_the_clients_document(view: InternalView):
    for data in DocxExporter().render(client_view(view)).values():
        text = text_of(opened(data))
        for item in (*view.minutes.concerns, *view.minutes.conflicts, view.minutes.risks[1]):
            assert item.text not in text
        for segment in view.transcript.segments[-2:]:
            assert segment.text not in text
        assert view.minutes.summary.internal not in text


def test_a_meeting_without_date_people_or_items_still_makes_a_document(view: InternalView):
    empty = dict.fromkeys(
        ("decisions", "asks", "actions", "risks", "questions", "conflicts", "concerns"), ()
    )
    bare = replace(
        view,
        minutes=view.minutes.with_(**empty, topics=()),
        specs=(),
        meeting=view.meeting.with_(date=None, participants=()),
        transcript=None,
    )
    files = DocxExporter().render(bare)
    assert list(files) == ["minutes.docx"]
    assert opened(files["minutes.docx"]).core_properties.created.year == 2000
