"""A run -> lines for a terminal."""

from collections.abc import Iterator

from evals.report.table import between, groups, rows, shown
from evals.runs import Run


def lines(run: Run) -> Iterator[str]:
    """A heading, then a line for each figure."""
    held = groups(run)
    version = f" {run.version}" if run.version else ""
    yield f"{run.dataset}: {len(run.calls)} calls, engine {run.engine}{version}"
    yield f"{'':26}" + "".join(f"{one:>8}" for one in held) + f"{'n':>7}  95 %"
    section = ""
    for row in rows(run):
        stem = row.name.split(".")[0]
        if section and stem != section:
            yield ""
        section = stem
        cells = "".join(f"{shown(one):>8}" for one in row.figures)
        count = f"{row.figures[0].of:g}" if row.figures[0].rate is not None else ""
        yield f"{row.name:26}{cells}{count:>7}  {between(row.interval, row.name)}".rstrip()
