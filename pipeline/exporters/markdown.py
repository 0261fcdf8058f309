"""Markdown: minutes.md and a file for each spec. Text of the call can make no markup."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from pipeline.exporters.blocks.front_matter import front_matter
from pipeline.exporters.blocks.minutes import minutes_document
from pipeline.exporters.blocks.phrases import Phrases
from pipeline.exporters.blocks.spec import spec_document
from pipeline.exporters.escape import file_name, markdown, markdown_code, markdown_start
from pipeline.exporters.files import save
from pipeline.models.client_view import View
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


class MarkdownExporter:
    """Writes minutes.md and specs/<id>.md."""

    target = "md"

    def render(self, view: View) -> Mapping[str, bytes]:
        """The texts of all files by path."""
        files = {"minutes.md": page(minutes_document(view))}
        for spec in view.specs:
            if spec.review != "rejected":
                text = page(spec_document(spec, view))
                files[f"specs/{file_name(spec.id)}.md"] = f"{front_matter(spec, view)}\n\n{text}"
        return {name: text.encode("utf-8") for name, text in files.items()}

    def export(self, view: View, *, out: Path) -> tuple[Path, ...]:
        """Write them into the folder."""
        return save(self.render(view), out)


def page(document: Document) -> str:
    """The document as Markdown that any reader shows alike: no HTML, no extension but tables."""
    phrases = Phrases(document.language)
    parts = [f"# {markdown(document.title)}"]
    for block in document.blocks:
        text = _block(block, phrases)
        if text:
            parts.append(text)
    return "\n\n".join(parts) + "\n"


def _block(block: Block, phrases: Phrases) -> str:
    match block:
        case Heading():
            return f"{'#' * max(2, block.level)} {markdown(block.text)}"
        case Paragraph():
            return markdown_start(_line(block.line))
        case Bullets():
            mark = "1." if block.ordered else "-"
            return "\n".join(f"{mark} {markdown_start(_line(one))}" for one in block.items)
        case Banner():
            return f"> {markdown_start(_line(block.line))}"
        case Facts():
            colon = phrases("colon")
            return "\n".join(
                f"- {markdown(one.label)}{colon}{_line(one.line)}" for one in block.rows
            )
        case Entries():
            return "\n".join(line for one in block.items for line in _entry(one, phrases))
        case Table():
            return _table(block, phrases)


def _entry(one: Entry, phrases: Phrases) -> Iterator[str]:
    ref = f"**{markdown(one.ref)}** " if one.ref else ""
    text = _line(one.line)
    yield f"- {ref}{text if ref else markdown_start(text)}"
    for note in one.notes:
        yield f"  - {markdown_start(_line(note))}"
    for quote in one.quotes:
        yield f"  - {_quote(quote, phrases)}"


def _quote(quote: Quote, phrases: Phrases) -> str:
    """[MM:SS speaker “words”], the way people write it in a chat."""
    said = phrases.quoted(quote.words) if quote.words else ""
    words = " ".join(markdown(part) for part in (quote.at, quote.speaker, said) if part)
    parts = (f"[{words}]" if words else "", _run(quote.mark) if quote.mark else "")
    return " ".join(part for part in parts if part)


def _table(table: Table, phrases: Phrases) -> str:
    rows = [
        [markdown(column.title) for column in table.columns],
        ["---"] * len(table.columns),
        *([_cell(cell, phrases) for cell in row] for row in table.rows),
    ]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _cell(cell: Cell, phrases: Phrases) -> str:
    parts = [_line(line) for line in cell.lines] + [_quote(one, phrases) for one in cell.quotes]
    return " ".join(part for part in parts if part)


def _line(line: Line) -> str:
    return "".join(_run(run) for run in line).strip()


def _run(run: Run) -> str:
    """Emphasis leaves the spaces outside, where it would not be seen as emphasis otherwise."""
    if run.tone == "code":
        return markdown_code(run.text)
    text = markdown(run.text)
    before = " " if run.text[:1].isspace() else ""
    after = " " if text and run.text[-1:].isspace() else ""
    mark = {"strong": "**", "warn": "**", "struck": "~~"}.get(run.tone, "")
    return f"{before}{mark}{text}{mark}{after}" if text else before
