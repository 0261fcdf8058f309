"""`dragoman attach MEETING SPEC FILE`: a file that belongs to a spec."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from ui.words.loader import t


def attach(
    meeting: Annotated[str, typer.Argument(metavar="MEETING", help=t("cli.export.meeting"))],
    spec: Annotated[str, typer.Argument(metavar="SPEC", help=t("cli.attach.spec"))],
    file: Annotated[Path, typer.Argument(metavar="FILE", help=t("cli.attach.file"))],
    remove: Annotated[bool, typer.Option("--remove", help=t("cli.attach.remove"))] = False,
) -> None:
    """Attach a file or take it off; what the spec has then is printed."""
    from pipeline.models.review import EDITED_SINCE
    from pipeline.service import attaching
    from ui.cli.desk import me, open_house
    from ui.cli.terminal import visible

    house, _ = open_house()
    if remove:
        done = attaching.take_off(me(), house, meeting, spec, str(file))
    else:
        done = attaching.attach(me(), house, meeting, spec, file)
    print(t("cli.attach.now", spec=done.id, title=visible(done.title), count=len(done.attachments)))
    for one in done.attachments:
        print(t("cli.attach.line", name=visible(one.name), sha256=one.sha256[:12]))
    if EDITED_SINCE in done.stale:
        print(t("cli.attach.void"), file=sys.stderr)
