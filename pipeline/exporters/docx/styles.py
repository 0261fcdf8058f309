"""The styles and the page of a Word document: A4, fonts by script, real headings."""

from typing import Any, NamedTuple

from docx import document as word
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Cm, Length, Pt, RGBColor
from docx.styles.style import ParagraphStyle

from pipeline.exporters.docx.xml import set_fonts
from pipeline.exporters.fonts import WORD, Fonts
from pipeline.models.base import Language

INK = RGBColor(0x1D, 0x23, 0x2B)
GREY = RGBColor(0x5C, 0x66, 0x72)
COLOURS = {
    "muted": GREY,
    "struck": GREY,
    "accent": RGBColor(0x1F, 0x5F, 0xAE),
    "warn": RGBColor(0xA8, 0x48, 0x0A),
    "done": RGBColor(0x2A, 0x6B, 0x43),
}
"""The colours of tones, the same as on the HTML page."""
LATIN = "en-GB"
"""Language of Latin words, also in Chinese text: with zh-CN, "ERP" may break anywhere."""
LINE = "D5DAE0"
WASH = "F5F6F8"
WARN_WASH = "FDF3E7"
WARN_BAR = "A8480A"
CODE_FONT, CODE_SIZE = "Consolas", Pt(8.5)

MARGIN = Cm(2.1)
TEXT_WIDTH = Length(Cm(21) - 2 * MARGIN)
INDENT = Cm(1.3)
TIME = Cm(1.35)
"""Room for a place in the call before the words that were said there."""


class Look(NamedTuple):
    """Size in points, least height of a line, space before and after."""

    size: float
    line: float
    before: float = 0
    after: float = 0
    bold: bool = False
    colour: RGBColor = INK


_BUILT_IN = {
    "Normal": Look(10.5, 16, before=3, after=2),
    "Title": Look(18, 24, after=8, bold=True),
    "Heading 1": Look(14, 20, before=16, after=4, bold=True),
    "Heading 2": Look(12, 18, before=12, after=3, bold=True),
    "Heading 3": Look(10.5, 16, before=10, after=2, bold=True, colour=GREY),
    "List Bullet": Look(10.5, 16),
    "List Number": Look(10.5, 16),
    "Header": Look(8.5, 12, colour=GREY),
    "Footer": Look(8.5, 12, colour=GREY),
}
_OWN = {
    "banner": Look(10.5, 16, after=8),
    "fact": Look(10.5, 16),
    "entry": Look(10.5, 16, before=5),
    "note": Look(9.5, 14.5),
    "quote": Look(9, 14, colour=GREY),
    "table": Look(9.5, 14),
    "table_quote": Look(8.5, 13, colour=GREY),
    "table_head": Look(9, 14, bold=True, colour=GREY),
}
NAMES: dict[Language, dict[str, str]] = {
    "zh": {
        "banner": "提示条",
        "fact": "基本信息",
        "entry": "条目",
        "note": "条目说明",
        "quote": "原话",
        "table": "表格文字",
        "table_quote": "表格原话",
        "table_head": "表格标题",
    },
    "en": {
        "banner": "Notice",
        "fact": "Head of document",
        "entry": "Entry",
        "note": "Entry note",
        "quote": "Words said",
        "table": "Table text",
        "table_quote": "Table words said",
        "table_head": "Table heading",
    },
}
"""Names people see in the list of styles."""


def dress(document: word.Document, language: Language) -> dict[str, str]:
    """Give the document its page, fonts and styles; the ids of the styles by role or name."""
    fonts = WORD[language]
    _page(document)
    _defaults(document, fonts)
    for named in list(document.styles.element.iter(qn("w:rFonts"))):
        set_fonts(named.getparent(), fonts)
    for name, look in _BUILT_IN.items():
        _apply(document.styles[name], look, fonts)
    for role, look in _OWN.items():
        name = NAMES[language][role]
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = document.styles["Normal"]
        style.quick_style = True
        _apply(style, look, fonts)
    _shape(document, NAMES[language])
    names = {name: name for name in _BUILT_IN} | NAMES[language]
    return {role: document.styles[name].style_id for role, name in names.items()}


def _page(document: word.Document) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = MARGIN
    section.top_margin, section.bottom_margin = Cm(2.2), Cm(2.0)
    section.header_distance, section.footer_distance = Cm(1.1), Cm(1.0)


def _defaults(document: word.Document, fonts: Fonts) -> None:
    """What every paragraph starts from; without it a paste falls back to the theme's fonts."""
    defaults = document.styles.element.find(qn("w:docDefaults"))
    run = defaults.find(qn("w:rPrDefault")).find(qn("w:rPr"))
    set_fonts(run, fonts)
    language = run.find(qn("w:lang"))
    language.set(qn("w:val"), LATIN)
    language.set(qn("w:eastAsia"), "zh-CN")
    spacing = defaults.find(qn("w:pPrDefault")).find(qn("w:pPr")).find(qn("w:spacing"))
    for name, value in (("after", "0"), ("line", "240"), ("lineRule", "auto")):
        spacing.set(qn(f"w:{name}"), value)


def _apply(style: Any, look: Look, fonts: Fonts) -> None:  # noqa: ANN401 - any kind of style
    properties = style.element.get_or_add_rPr()
    set_fonts(properties, fonts)
    font = style.font
    font.size, font.bold, font.italic = Pt(look.size), look.bold, False
    font.color.rgb = look.colour
    paragraph = style.paragraph_format
    paragraph.space_before, paragraph.space_after = Pt(look.before), Pt(look.after)
    # A least height keeps lines even, whichever of the fonts the machine really has.
    paragraph.line_spacing_rule = WD_LINE_SPACING.AT_LEAST
    paragraph.line_spacing = Pt(look.line)


def _shape(document: word.Document, names: dict[str, str]) -> None:
    """Indents and what keeps together."""
    styles = document.styles
    title: ParagraphStyle = styles["Title"]
    for border in title.element.findall(f".//{qn('w:pBdr')}"):
        border.getparent().remove(border)
    for name in ("Header", "Footer"):
        styles[name].paragraph_format.tab_stops.clear_all()
    _hang(styles[names["entry"]], INDENT, INDENT)
    styles[names["entry"]].paragraph_format.keep_together = True
    styles[names["note"]].paragraph_format.left_indent = INDENT
    _hang(styles[names["quote"]], INDENT + TIME, TIME)
    styles[names["banner"]].paragraph_format.left_indent = Cm(0.25)


def _hang(style: Any, left: int, hanging: int) -> None:  # noqa: ANN401 - any kind of style
    form = style.paragraph_format
    form.left_indent, form.first_line_indent = Length(left), Length(-hanging)
    form.tab_stops.add_tab_stop(Length(left))


def wide_indent(letters: int) -> Length:
    """Room for marks in front of entries that are words, such as "Trigger"."""
    return Cm(0.21 * letters + 0.7)


def settle(document: word.Document) -> None:
    """The settings of a current document: no compatibility mode, no preview picture."""
    settings = document.settings.element
    for found in settings.findall(f".//{qn('w:compatSetting')}"):
        if found.get(qn("w:name")) == "compatibilityMode":
            found.set(qn("w:val"), "15")
    for found in settings.findall(qn("w:savePreviewPicture")):
        settings.remove(found)
    for found in settings.findall(qn("w:themeFontLang")):
        found.set(qn("w:eastAsia"), "zh-CN")
    for found in settings.findall(qn("w:zoom")):
        found.attrib.clear()
        found.set(qn("w:percent"), "100")
    package = document.part.package
    for key, relation in list(package.rels.items()):
        if relation.reltype.endswith("/thumbnail"):
            del package.rels[key]
