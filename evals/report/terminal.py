"""A run, or what two runs differ by -> lines for a terminal."""

from collections.abc import Iterator

from evals.chance import Difference
from evals.comparison import Comparison
from evals.errors import w
from evals.report.labels import label
from evals.report.markdown import about
from evals.report.table import between, groups, rows, shown
from evals.runs import Run
from pipeline.words.loader import interface_language


def lines(run: Run) -> Iterator[str]:
    """A heading, then a line for each figure: its name for machines first, its words last."""
    held = groups(run)
    yield f"{run.dataset}: {about(run, interface_language())}"
    yield f"{'':26}" + "".join(f"{one:>8}" for one in held) + f"{'n':>7}  {'95 %':11}"
    section = ""
    for row in rows(run):
        stem = row.name.split(".")[0]
        if section and stem != section:
            yield ""
        section = stem
        cells = "".join(f"{shown(one):>8}" for one in row.figures)
        count = f"{row.figures[0].of:g}" if row.figures[0].rate is not None else ""
        edges = between(row.interval, row.name)
        yield f"{row.name:26}{cells}{count:>7}  {edges:11}  {label(row.name)}"


def differences(one: Comparison) -> Iterator[str]:
    """What the second run has more than the first; a star where it is more than chance."""
    yield w("command.compare", calls=one.calls)
    if one.left_out:
        yield w("command.compare_left_out", calls=", ".join(one.left_out))
    for row in one.differences:
        edges = f"{row.interval.low:+.2f}…{row.interval.high:+.2f}" if row.interval else ""
        yield (
            f"{row.name:26}{row.first:>10.2f}{row.second:>10.2f}{row.by:>+9.2f}  "
            f"{edges:13} {_star(row)} {label(row.name)}"
        )


def _star(row: Difference) -> str:
    return "*" if row.clear else " "
