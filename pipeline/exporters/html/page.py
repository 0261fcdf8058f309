"""A document as one HTML page: no script, no link out, nothing that is fetched."""

import base64
import hashlib
from functools import cache
from importlib.resources import files

from pipeline.exporters.blocks.phrases import Phrases
from pipeline.exporters.escape import markup, one_line, width
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

_LANG = {"zh": "zh-CN", "en": "en"}
_NARROW = 6
"""Width of a short id such as "S12.3" in letters; a wider mark in front needs a wider column."""
_FEW = 3
"""A page with fewer sections needs no list of them."""


def page(document: Document) -> str:
    """The whole page. Its policy allows exactly its own style sheet and nothing else."""
    style = _style()
    policy = f"default-src 'none'; style-src '{_hash(style)}'; base-uri 'none'; form-action 'none'"
    title = markup(document.title)
    phrases = Phrases(document.language)
    blocks = [_block(block, n, phrases) for n, block in enumerate(document.blocks)]
    lead = sum(isinstance(block, Banner | Facts) for block in document.blocks[:2])
    banners = [b for b, of in zip(blocks, document.blocks, strict=True) if isinstance(of, Banner)]
    rest = [b for b, of in zip(blocks, document.blocks, strict=True) if not isinstance(of, Banner)]
    rest.insert(max(0, lead - len(banners)), _sections(document))
    return "\n".join(
        (
            "<!doctype html>",
            f'<html lang="{_LANG[document.language]}">',
            "<head>",
            '<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="referrer" content="no-referrer">',
            f"<title>{title}</title>",
            f"<style>{style}</style>",
            "</head>",
            "<body>",
            "<main>",
            *banners,
            f"<h1>{title}</h1>",
            *(block for block in rest if block),
            "</main>",
            "</body>",
            "</html>",
            "",
        )
    )


@cache
def _style() -> str:
    return files("pipeline.exporters.html").joinpath("page.css").read_text(encoding="utf-8")


def _hash(style: str) -> str:
    """The style sheet as a content security policy names it."""
    return "sha256-" + base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode()


def _sections(document: Document) -> str:
    """Links to the sections: to the specs where there are some, else to the parts of the page."""
    heads = [(n, one) for n, one in enumerate(document.blocks) if isinstance(one, Heading)]
    top = [(n, one) for n, one in heads if one.level == 1]
    shown = top or [(n, one) for n, one in heads if one.level == 2]
    if len(shown) < _FEW:
        return ""
    links = "".join(f'<a href="#h{n}">{markup(one_line(one.text))}</a>' for n, one in shown)
    return f"<nav>{links}</nav>"


def _block(block: Block, number: int, phrases: Phrases) -> str:
    match block:
        case Heading():
            kind = ' class="next"' if block.level == 1 else ""
            text = markup(one_line(block.text))
            return f'<h{block.level} id="h{number}"{kind}>{text}</h{block.level}>'
        case Paragraph():
            return f"<p>{_line(block.line)}</p>"
        case Bullets():
            tag = "ol" if block.ordered else "ul"
            items = "".join(f"<li>{_line(one)}</li>" for one in block.items)
            return f"<{tag}>{items}</{tag}>"
        case Banner():
            return f'<p class="banner {block.tone}">{_line(block.line)}</p>'
        case Facts():
            rows = (f"<dt>{markup(one.label)}</dt><dd>{_line(one.line)}</dd>" for one in block.rows)
            return f'<dl class="facts">{"".join(rows)}</dl>'
        case Entries():
            return _entries(block, phrases)
        case Table():
            return _table(block, phrases)


def _entries(block: Entries, phrases: Phrases) -> str:
    wide = any(width(one.ref) > _NARROW for one in block.items)
    kind = "entries wide" if wide else "entries"
    entries = "".join(_entry(one, phrases) for one in block.items)
    return f'<div class="{kind}">{entries}</div>'


def _entry(one: Entry, phrases: Phrases) -> str:
    notes = "".join(f'<div class="note">{_line(note)}</div>' for note in one.notes)
    quotes = "".join(_quote(quote, phrases) for quote in one.quotes)
    kind = "entry" if one.ref else "entry part"
    text = f"<div>{_line(one.line)}</div>{notes}{quotes}"
    return f'<div class="{kind}"><b>{markup(one.ref)}</b><div>{text}</div></div>'


def _quote(quote: Quote, phrases: Phrases) -> str:
    at = f'<span class="at">{markup(quote.at)}</span>' if quote.at else ""
    said = phrases.quoted(markup(one_line(quote.words))) if quote.words else ""
    mark = _run(quote.mark) if quote.mark else ""
    parts = (markup(quote.speaker or ""), said, mark)
    return f'<div class="quote">{at}{" ".join(part for part in parts if part)}</div>'


def _table(table: Table, phrases: Phrases) -> str:
    total = sum(column.share for column in table.columns)
    widths = "".join(f'<col width="{100 * one.share / total:.1f}%">' for one in table.columns)
    head = "".join(f'<th scope="col">{markup(one.title)}</th>' for one in table.columns)
    rows = "".join(
        f"<tr>{''.join(f'<td>{_cell(cell, phrases)}</td>' for cell in row)}</tr>"
        for row in table.rows
    )
    return (
        f"<table><colgroup>{widths}</colgroup><thead><tr>{head}</tr></thead>"
        f"<tbody>{rows}</tbody></table>"
    )


def _cell(cell: Cell, phrases: Phrases) -> str:
    lines = "".join(f"<div>{_line(line)}</div>" for line in cell.lines if line)
    return lines + "".join(_quote(quote, phrases) for quote in cell.quotes)


def _line(line: Line) -> str:
    return "".join(_run(run) for run in line)


def _run(run: Run) -> str:
    text = markup(run.text).replace("\n", "<br>")
    match run.tone:
        case "plain":
            return text
        case "struck":
            return f"<s>{text}</s>"
        case "code":
            return f"<code>{text}</code>"
        case tone:
            return f'<span class="{tone}">{text}</span>'
