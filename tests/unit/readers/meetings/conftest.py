"""Files of meetings as short text to compare with."""

import io
from collections.abc import Callable, Sequence
from xml.sax.saxutils import escape
from zipfile import ZipFile

import pytest

from pipeline.models.reading import Reading
from pipeline.readers.reader import TranscriptReader

Read = Callable[..., Reading]
_DOCUMENT = (
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    "<w:body>{body}</w:body></w:document>"
)


@pytest.fixture
def read() -> Read:
    """A file as a reading, by its text or its bytes; its name tells nothing."""

    def _read(content: str | bytes, *, shape: str | None = None) -> Reading:
        data = content.encode() if isinstance(content, str) else content
        return TranscriptReader().read(data, name="export", shape=shape)

    return _read


@pytest.fixture
def document() -> Callable[..., bytes]:
    """A DOCX of paragraphs, and of tables of cells behind them."""

    def _document(text: str, *tables: Sequence[Sequence[str]]) -> bytes:
        body = "".join(map(_paragraph, text.split("\n")))
        for rows in tables:
            cells = ("".join(f"<w:tc>{_paragraph(cell)}</w:tc>" for cell in row) for row in rows)
            body += f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"
        stream = io.BytesIO()
        with ZipFile(stream, "w") as parts:
            parts.writestr("[Content_Types].xml", "<Types/>")
            parts.writestr("word/document.xml", _DOCUMENT.format(body=body))
        return stream.getvalue()

    return _document


def _paragraph(text: str) -> str:
    return f'<w:p><w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'
