"""`dragoman process --queue`: files are kept and queued; a worker does the rest."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import DragomanError
from ui.cli import failures
from ui.words.loader import t

if TYPE_CHECKING:
    from pipeline.service.intake import Intake


def submit(files: list[Path], intake: "Intake", *, as_json: bool) -> int:
    """Hand every file over; a failure is told and the others go on. The exit code."""
    from pipeline.service import jobs
    from ui.cli.desk import me, open_house
    from ui.cli.jobs import hint_at_worker
    from ui.cli.terminal import visible

    house, chosen = open_house()
    told, codes = [], []
    for file in files:
        try:
            handed = jobs.submit(me(), house, file, intake)
        except DragomanError as error:
            codes.append(failures.report(error))
            told.append(_told(file, None, "failed", (failures.explain(error),)))
            continue
        except Exception as error:
            codes.append(failures.report_anything(error, chosen.home))
            told.append(_told(file, None, "failed", (type(error).__name__,)))
            continue
        codes.append(0)
        told.append(_told(file, handed.meeting.uid, handed.job.state, ()))
        key = "cli.jobs.known" if handed.known else "cli.jobs.handed"
        line = t(key, file=visible(file.name), title=visible(handed.meeting.title))
        print(line, file=sys.stderr)
        if not as_json:
            print(handed.meeting.uid)
    if as_json:
        print(json.dumps({"meetings": told}, ensure_ascii=False))
    if not all(codes):
        hint_at_worker(jobs.listed(me(), house))
    if all(codes):
        return max(codes)
    return failures.PARTLY if any(codes) else 0


def _told(
    file: Path, meeting: str | None, status: str, missing: tuple[str, ...]
) -> dict[str, object]:
    """The same keys as without --queue."""
    keys = {"meeting": meeting, "file": str(file), "out": None, "status": status}
    return {**keys, "missing": list(missing), "cost": None}
