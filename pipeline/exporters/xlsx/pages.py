"""What all sheets know: who reads, which specs there are, and how words stand in a cell."""

from collections.abc import Iterable, Sequence

from pipeline.exporters.blocks.items import Items
from pipeline.exporters.blocks.phrases import Phrases
from pipeline.exporters.xlsx.book import Column, Sheet
from pipeline.models.client_view import View
from pipeline.models.evidence import Evidence

Row = tuple[str, ...]


class Pages:
    """The view as the sheets need it."""

    def __init__(self, view: View) -> None:
        """Know who reads, and in what language."""
        self.view = view
        self.say = Phrases(view.minutes.language, view.meeting)
        self.items = Items(view, self.say)
        self.ours = view.audience == "internal"
        self.specs = [spec for spec in view.specs if spec.review != "rejected"]

    def sheet(
        self, name: str, columns: Sequence[tuple[str, int]], rows: Iterable[Row], *, fixed: int
    ) -> Sheet:
        """A sheet with its name and titles in words."""
        return Sheet(
            name=self.say(f"sheet.{name}"),
            columns=[Column(self.say(key), width) for key, width in columns],
            rows=list(rows),
            fixed=fixed,
        )

    def times(self, evidence: tuple[Evidence, ...]) -> str:
        """When it was said; a cell breaks its lines at spaces."""
        return " ".join(self.say.times(evidence))

    def words(self, evidence: tuple[Evidence, ...]) -> str:
        """What was said, a line for each turn."""
        return lines(
            " ".join(filter(None, (one.speaker, self.say.quoted(one.quote))))
            for one in evidence
            if one.segments
        )


def lines(texts: Iterable[str]) -> str:
    """Texts below each other in one cell."""
    return "\n".join(text for text in texts if text)


def numbered(texts: Iterable[str]) -> str:
    """The same with numbers, where there is more than one."""
    every = [text for text in texts if text]
    return lines(f"{n}. {text}" for n, text in enumerate(every, 1)) if every[1:] else lines(every)
