"""HTML: minutes.html, and specs.html with all specs on one page."""

from collections.abc import Mapping
from pathlib import Path

from pipeline.exporters.blocks.minutes import minutes_document
from pipeline.exporters.blocks.spec import specs_document
from pipeline.exporters.files import save
from pipeline.exporters.html.page import page
from pipeline.models.client_view import View


class HtmlExporter:
    """Writes pages that open in any browser, offline, and print on A4."""

    target = "html"

    def render(self, view: View) -> Mapping[str, bytes]:
        """The pages by path; without specs there is no page of specs."""
        documents = {"minutes.html": minutes_document(view)}
        if view.specs:
            documents["specs.html"] = specs_document(view)
        return {name: page(one).encode("utf-8") for name, one in documents.items()}

    def export(self, view: View, *, out: Path) -> tuple[Path, ...]:
        """Write them into the folder."""
        return save(self.render(view), out)
