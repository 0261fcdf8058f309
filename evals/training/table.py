"""Rows of a measurement -> a table in Markdown."""

from collections.abc import Sequence

from evals.training.training import Row

_HEAD = "| kind | language | turns | AP | P | R | F1 | calibration error |"


def table(rows: Sequence[Row]) -> str:
    """One line a row; shares from 0 to 1 with three places."""
    lines = [_HEAD, "|---|---|---|---|---|---|---|---|"]
    lines += [
        f"| {row.kind} | {row.language} | {row.found.gold} | {_share(row.average_precision)} "
        f"| {_share(row.found.precision)} | {_share(row.found.recall)} | {_share(row.found.f1)} "
        f"| {_share(row.calibration_error)} |"
        for row in rows
    ]
    return "\n".join(lines)


def _share(value: float) -> str:
    return "-" if value != value else f"{value:.3f}".replace("0.", ".", 1)
