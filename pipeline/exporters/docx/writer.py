"""The blocks of a document as paragraphs and tables of Word."""

from docx import Document as new_document
from docx import document as word
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.shared import Cm, Length, Pt
from docx.table import Table as WordTable
from docx.table import _Cell as WordCell
from docx.text.paragraph import Paragraph as WordParagraph
from docx.text.run import Run as WordRun

from pipeline.exporters.blocks.phrases import Phrases
from pipeline.exporters.docx import styles
from pipeline.exporters.docx.xml import (
    above_line,
    east_asian,
    field,
    keep_row,
    left_bar,
    repeat_header,
    shade,
    table_lines,
)
from pipeline.exporters.escape import clean, one_line, width
from pipeline.models.document import (
    Banner,
    Block,
    Bullets,
    Cell,
    Document,
    Entries,
    Entry,
    Facts,
    Heading,
    Line,
    Paragraph,
    Quote,
    Run,
    Table,
)

_NARROW = 6
"""Width in letters of a short id; a wider mark in front of an entry needs a wider column."""


class Writer:
    """Writes one document."""

    def __init__(self, document: Document) -> None:
        """Begin with an empty page in our styles."""
        self.source = document
        self.phrases = Phrases(document.language)
        self.word: word.Document = new_document()
        self.ids = styles.dress(self.word, document.language)
        styles.settle(self.word)
        self.top = min((b.level for b in document.blocks if isinstance(b, Heading)), default=1)
        self.after_table = False

    def write(self) -> word.Document:
        """All blocks, below the title; a warning stands above it."""
        banners = [one for one in self.source.blocks if isinstance(one, Banner)]
        for banner in banners:
            self._banner(banner)
        self._runs(self._new("Title"), (Run(text=self.source.title),))
        for block in self.source.blocks:
            self._block(block)
            self.after_table = isinstance(block, Table)
        if self.after_table:
            self._new()
        self._edges(banners)
        return self.word

    def _new(self, style: str = "Normal") -> WordParagraph:
        """A paragraph by the id of its style: looking styles up by name is slow in long calls."""
        paragraph = self.word.add_paragraph()
        paragraph._p.style = self.ids[style]
        return paragraph

    def _block(self, block: Block) -> None:
        match block:
            case Heading():
                self._heading(block)
            case Paragraph():
                self._paragraph(block)
            case Bullets():
                style = "List Number" if block.ordered else "List Bullet"
                for line in block.items:
                    self._runs(self._new(style), line)
            case Banner():
                pass
            case Facts():
                self._facts(block)
            case Entries():
                self._entries(block)
            case Table():
                self._table(block)

    def _heading(self, heading: Heading) -> None:
        level = heading.level - self.top + 1
        paragraph = self._new(f"Heading {level}")
        paragraph.paragraph_format.keep_with_next = True
        if heading.anchor:
            above_line(paragraph._element.get_or_add_pPr(), styles.LINE)
            paragraph.paragraph_format.space_before = Pt(26)
        self._runs(paragraph, (Run(text=one_line(heading.text)),))

    def _paragraph(self, block: Paragraph) -> None:
        paragraph = self._new()
        if self.after_table:
            paragraph.paragraph_format.space_before = Pt(8)
        self._runs(paragraph, block.line)

    def _banner(self, banner: Banner) -> None:
        paragraph = self._new("banner")
        properties = paragraph._element.get_or_add_pPr()
        warn = banner.tone == "warn"
        left_bar(properties, styles.WARN_BAR if warn else styles.LINE)
        shade(properties, styles.WARN_WASH if warn else styles.WASH)
        self._runs(paragraph, banner.line)

    def _facts(self, facts: Facts) -> None:
        widest = max((width(fact.label) for fact in facts.rows), default=0)
        indent = Cm(max(2.4, 0.2 * widest + 0.5))
        for fact in facts.rows:
            paragraph = self._new("fact")
            _hang(paragraph, indent, indent)
            self._runs(paragraph, (Run(text=fact.label, tone="muted"),))
            self._tabbed(paragraph, fact.line)
            paragraph.paragraph_format.keep_with_next = fact is not facts.rows[-1]

    def _entries(self, entries: Entries) -> None:
        widest = max((width(one.ref) for one in entries.items), default=0)
        indent = styles.INDENT if widest <= _NARROW else styles.wide_indent(widest)
        for entry in entries.items:
            self._entry(entry, indent)

    def _entry(self, entry: Entry, indent: Length) -> None:
        paragraph = self._new("entry")
        self._ref(paragraph, entry.ref)
        self._tabbed(paragraph, entry.line)
        if not entry.ref:
            paragraph.paragraph_format.space_before = Pt(1)
        below = [self._note(note, indent) for note in entry.notes]
        below += [self._quote(quote, indent) for quote in entry.quotes]
        if indent != styles.INDENT:
            _hang(paragraph, indent, indent)
        # With the first lines below it; a long list of quotes may go on over the page.
        for one in (paragraph, *below)[:-1][:2]:
            one.paragraph_format.keep_with_next = True

    def _note(self, line: Line, indent: Length) -> WordParagraph:
        paragraph = self._new("note")
        if indent != styles.INDENT:
            paragraph.paragraph_format.left_indent = indent
        self._runs(paragraph, line)
        return paragraph

    def _quote(self, quote: Quote, indent: Length) -> WordParagraph:
        paragraph = self._new("quote")
        if indent != styles.INDENT:
            _hang(paragraph, Length(indent + styles.TIME), styles.TIME)
        if not quote.at:
            paragraph.paragraph_format.left_indent = indent
            paragraph.paragraph_format.first_line_indent = Length(0)
        if quote.at:
            self._runs(paragraph, (Run(text=quote.at, tone="muted"),))
            self._tabbed(paragraph, self._said(quote))
        else:
            self._runs(paragraph, self._said(quote))
        return paragraph

    def _said(self, quote: Quote) -> Line:
        """Who said what, and what is doubtful about it."""
        said = self.phrases.quoted(one_line(quote.words)) if quote.words else ""
        words = " ".join(part for part in (quote.speaker, said) if part)
        gap = Run(text=" ") if words and quote.mark else Run(text="")
        return (Run(text=words, tone="muted"), gap, *([quote.mark] if quote.mark else []))

    def _table(self, block: Table) -> None:
        table = self.word.add_table(rows=1, cols=len(block.columns))
        self._lay_out(table, block)
        for cell, column in zip(table.rows[0].cells, block.columns, strict=True):
            paragraph = cell.paragraphs[0]
            paragraph._p.style = self.ids["table_head"]
            self._runs(paragraph, (Run(text=column.title),))
            shade(cell._element.get_or_add_tcPr(), styles.WASH)
        repeat_header(table.rows[0]._tr)
        for row in block.rows:
            cells = table.add_row().cells
            for cell, content in zip(cells, row, strict=True):
                self._cell(cell, content)
        shares = self._widths(block)
        for row_ in table.rows:
            keep_row(row_._tr)
            for cell, share in zip(row_.cells, shares, strict=True):
                cell.width = share

    def _lay_out(self, table: WordTable, block: Table) -> None:
        """Widths both of the grid and of the cells: each word processor heeds another one."""
        table.alignment = WD_TABLE_ALIGNMENT.LEFT
        table.autofit = False
        table_lines(table._tbl.tblPr, styles.LINE)
        for column, share in zip(table.columns, self._widths(block), strict=True):
            column.width = share

    def _widths(self, block: Table) -> list[Length]:
        total = sum(column.share for column in block.columns)
        return [Length(styles.TEXT_WIDTH * one.share // total) for one in block.columns]

    def _cell(self, cell: WordCell, content: Cell) -> None:
        paragraphs, quoted = [cell.paragraphs[0]], []
        for line in content.lines:
            if line:
                self._runs(paragraphs[-1], line)
                paragraphs.append(cell.add_paragraph())
        for quote in content.quotes:
            at = Run(text=f"{quote.at} " if quote.at else "", tone="muted")
            self._runs(paragraphs[-1], (at, *self._said(quote)))
            quoted.append(paragraphs[-1])
            paragraphs.append(cell.add_paragraph())
        if len(paragraphs) > 1:
            last = paragraphs.pop()._element
            last.getparent().remove(last)
        for paragraph in paragraphs:
            small = paragraph in quoted
            paragraph._p.style = self.ids["table_quote" if small else "table"]

    def _runs(self, paragraph: WordParagraph, line: Line) -> None:
        for run in line:
            self._run(paragraph, run)

    def _tabbed(self, paragraph: WordParagraph, line: Line) -> None:
        """The line after a tab. Tabs are ours alone: those of the text became spaces."""
        paragraph.add_run().add_tab()
        self._runs(paragraph, line)

    def _ref(self, paragraph: WordParagraph, ref: str) -> None:
        added = self._run(paragraph, Run(text=ref, tone="muted"))
        added.font.bold = True

    def _run(self, paragraph: WordParagraph, run: Run) -> WordRun:
        added = paragraph.add_run(clean(run.text))
        if self.source.language == "zh":
            east_asian(added)
        if run.tone in styles.COLOURS:
            added.font.color.rgb = styles.COLOURS[run.tone]
        if run.tone == "strong":
            added.font.bold = True
        if run.tone == "struck":
            added.font.strike = True
        if run.tone == "code":
            added.font.name, added.font.size = styles.CODE_FONT, styles.CODE_SIZE
        return added

    def _edges(self, banners: list[Banner]) -> None:
        """At the top of every page what it is, at the bottom which page it is."""
        section = self.word.sections[0]
        head = section.header.paragraphs[0]
        stops = head.paragraph_format.tab_stops
        stops.add_tab_stop(styles.TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT)
        warning = next((one.line[0] for one in banners if one.tone == "warn"), None)
        self._runs(head, (Run(text=self.source.running),))
        if warning:
            self._tabbed(head, (warning,))
        foot = section.footer.paragraphs[0]
        foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
        text = self.phrases("page", page="\n1\n", pages="\n2\n")
        for part in text.split("\n"):
            if part in ("1", "2"):
                field(foot, "PAGE" if part == "1" else "NUMPAGES")
            else:
                self._runs(foot, (Run(text=part),))


def _hang(paragraph: WordParagraph, left: Length, hanging: Length) -> None:
    form = paragraph.paragraph_format
    form.left_indent, form.first_line_indent = left, Length(-hanging)
    if left > styles.INDENT:  # the style's own stop stands before this one
        form.tab_stops.add_tab_stop(styles.INDENT, WD_TAB_ALIGNMENT.CLEAR)
    form.tab_stops.add_tab_stop(left)
