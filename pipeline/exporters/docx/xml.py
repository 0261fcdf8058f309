"""The parts of WordprocessingML that python-docx has no words for."""

from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from pipeline.exporters.fonts import Fonts

_SCRIPTS = ("ascii", "hAnsi", "cs", "eastAsia")


def set_fonts(properties: Any, fonts: Fonts) -> None:  # noqa: ANN401 - an lxml element
    """Name the fonts of every script and drop the theme's, which would win over them."""
    found = properties.get_or_add_rFonts()
    for name in list(found.attrib):
        del found.attrib[name]
    for script in _SCRIPTS:
        found.set(qn(f"w:{script}"), fonts.east_asian if script == "eastAsia" else fonts.latin)


def east_asian(run: Run) -> None:
    """Let quotation marks, dashes and points in Chinese text come from the Chinese font."""
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:hint"), "eastAsia")


def child(parent: Any, tag: str, **attributes: str) -> Any:  # noqa: ANN401 - lxml elements
    """Append an element, such as `w:shd`, with attributes of the same namespace."""
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    parent.append(element)
    return element


def shade(properties: Any, fill: str) -> None:  # noqa: ANN401 - an lxml element
    """Fill the ground of a paragraph or a cell."""
    child(properties, "w:shd", val="clear", color="auto", fill=fill)


def left_bar(properties: Any, colour: str) -> None:  # noqa: ANN401 - an lxml element
    """A thick line at the left of a paragraph. Borders stand before shading in the schema."""
    borders = child(properties, "w:pBdr")
    child(borders, "w:left", val="single", sz="18", space="6", color=colour)


def above_line(properties: Any, colour: str) -> None:  # noqa: ANN401 - an lxml element
    """A thin line above a paragraph."""
    child(child(properties, "w:pBdr"), "w:top", val="single", sz="6", space="8", color=colour)


def field(paragraph: Paragraph, code: str) -> None:
    """A field that the word processor keeps up to date, such as PAGE."""
    for kind, text in (("begin", ""), ("", code), ("separate", ""), ("text", "1"), ("end", "")):
        run = paragraph.add_run()
        if kind in ("begin", "separate", "end"):
            child(run._element, "w:fldChar", fldCharType=kind)
        elif kind == "text":
            run.text = text
        else:
            child(run._element, "w:instrText").text = text


def table_lines(properties: Any, colour: str) -> None:  # noqa: ANN401 - an lxml element
    """Thin lines between the rows and below the last; none between the columns."""
    # The schema wants them in this order, between what python-docx has put there.
    layout, look = (properties.find(qn(f"w:{name}")) for name in ("tblLayout", "tblLook"))
    borders = child(properties, "w:tblBorders")
    for edge in ("bottom", "insideH"):
        child(borders, f"w:{edge}", val="single", sz="4", space="0", color=colour)
    if layout is not None:
        properties.append(layout)
    margins = child(properties, "w:tblCellMar")
    for edge, twips in (("top", "40"), ("left", "70"), ("bottom", "40"), ("right", "70")):
        child(margins, f"w:{edge}", w=twips, type="dxa")
    if look is not None:
        properties.append(look)


def repeat_header(row: Any) -> None:  # noqa: ANN401 - an lxml element
    """Show this row again on each page."""
    child(row.get_or_add_trPr(), "w:tblHeader")


def keep_row(row: Any) -> None:  # noqa: ANN401 - an lxml element
    """Do not break this row over two pages."""
    child(row.get_or_add_trPr(), "w:cantSplit")
