"""Word: minutes.docx, and specs.docx with each spec on its own page."""

import datetime as dt
import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

from docx import document as word

from pipeline.exporters.blocks.minutes import minutes_document
from pipeline.exporters.blocks.spec import specs_document
from pipeline.exporters.docx.writer import Writer
from pipeline.exporters.escape import one_line
from pipeline.exporters.files import save
from pipeline.exporters.fonts import WORD
from pipeline.models.client_view import View
from pipeline.models.document import Document

LONG_AGO = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - the file format has no time zone here
"""Time stamp of a document whose meeting has no date; never the time of writing."""
ZIP_TIME = (1980, 1, 1, 0, 0, 0)
PROPERTY_LIMIT = 255
"""Characters in a property of a document."""


class DocxExporter:
    """Writes documents for Word and WPS."""

    target = "docx"

    def render(self, view: View) -> Mapping[str, bytes]:
        """The documents by path; without specs there is no document of specs."""
        documents = {"minutes.docx": minutes_document(view)}
        if view.specs:
            documents["specs.docx"] = specs_document(view)
        return {name: _packed(one) for name, one in documents.items()}

    def export(self, view: View, *, out: Path) -> tuple[Path, ...]:
        """Write them into the folder."""
        return save(self.render(view), out)


def _packed(document: Document) -> bytes:
    """The file: the same bytes for the same document."""
    written = Writer(document).write()
    _describe(written, document)
    first = io.BytesIO()
    written.save(first)
    packed = io.BytesIO()
    with zipfile.ZipFile(first) as parts, zipfile.ZipFile(packed, "w") as fixed:
        for name in parts.namelist():
            info = zipfile.ZipInfo(name, ZIP_TIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            fixed.writestr(info, parts.read(name))
    return packed.getvalue()


def _describe(written: word.Document, document: Document) -> None:
    """The properties that a file manager shows."""
    properties = written.core_properties
    day = dt.datetime.fromisoformat(document.date) if document.date else LONG_AGO
    author = one_line(document.author)[:PROPERTY_LIMIT]
    properties.title = one_line(document.title)[:PROPERTY_LIMIT]
    properties.subject = one_line(document.running)[:PROPERTY_LIMIT]
    properties.author = properties.last_modified_by = author
    properties.comments = properties.keywords = ""
    properties.language = WORD[document.language].tag
    properties.created = properties.modified = day
    properties.revision = 1
