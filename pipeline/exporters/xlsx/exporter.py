"""Excel: specs.xlsx with four sheets."""

from collections.abc import Mapping
from pathlib import Path

from pipeline.exporters.blocks.head import our_name, warning
from pipeline.exporters.files import save
from pipeline.exporters.xlsx.book import Cover, workbook
from pipeline.exporters.xlsx.lists import actions, fields, questions
from pipeline.exporters.xlsx.pages import Pages
from pipeline.exporters.xlsx.requirements import requirements
from pipeline.models.client_view import View


class XlsxExporter:
    """Writes one workbook."""

    target = "xlsx"

    def render(self, view: View) -> Mapping[str, bytes]:
        """The workbook by path."""
        pages = Pages(view)
        say, meeting = pages.say, view.meeting
        shown = [ask.uid for ask in pages.items.shown(view.minutes.asks)]
        shown += [one.uid for one in pages.items.shown(view.minutes.actions)]
        shown += [spec.uid for spec in pages.specs]
        line = warning(view, say, entries=shown)
        cover = Cover(
            title=say("tracking_of", title=meeting.title)
            if meeting.title
            else say("sheet.requirements"),
            warning="".join(run.text for run in line),
            draft=any(run.tone == "warn" for run in line),
            author=our_name(view) or "",
            date=meeting.date.isoformat() if meeting.date else None,
        )
        sheets = [make(pages) for make in (requirements, fields, questions, actions)]
        data = workbook(sheets, cover, language=view.minutes.language, cut=say("cut"))
        return {"specs.xlsx": data}

    def export(self, view: View, *, out: Path) -> tuple[Path, ...]:
        """Write it into the folder."""
        return save(self.render(view), out)
