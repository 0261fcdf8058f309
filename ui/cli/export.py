"""`dragoman export MEETING --to ... --out DIR`."""

from pathlib import Path
from typing import Annotated

import typer

from ui.words.loader import t


def export(
    meeting: Annotated[str, typer.Argument(metavar="MEETING", help=t("cli.export.meeting"))],
    to: Annotated[str, typer.Option(metavar="NAMES", help=t("cli.process.to"))] = "md",
    out: Annotated[Path, typer.Option(metavar="FOLDER", help=t("cli.export.out"))] = Path("out"),
) -> None:
    """Write the documents of a meeting; unapproved ones say so on their face."""
    from pipeline.service import documents, meetings
    from ui.cli.desk import me, open_house
    from ui.cli.process import named_targets

    house, _ = open_house()
    targets = named_targets(to, tuple(house.exporters))
    view = meetings.view(me(), house, meeting)
    for path in documents.export(me(), house, view, targets, out):
        print(path)
