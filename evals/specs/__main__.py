"""`python -m evals.specs`: how much of what labelled specs hold do ours, and is what they say proved.

Two tables: on the asks as labelled, and end to end on those that the engine found. Six labelled
calls are read where they lie ($SHARED_CALLS, or beside the checkout); they were developed on.
--calls takes `bundled` or any other folder of labelled calls. The sealed ones are left alone.
"""

import argparse
import sys
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from evals.datasets.loading import OPEN_SET, load
from evals.datasets.wanted import wanted_asks
from evals.errors import EvalsError
from evals.scorers.specs import Scores, same_for_all, scores
from evals.specs.made import Setting, all_made
from evals.specs.table import rows, written

_HEADINGS: tuple[tuple[Setting, str], ...] = (
    ("gold", "On the asks as labelled"),
    ("found", "End to end, on the asks that were found"),
)
_FEWER, _MOST = 6, 8
"""Questions per spec to hold the figures by slot keys against."""


def main(argv: Sequence[str] | None = None) -> int:
    """Measure and print; 1 where there are no calls."""
    parser = argparse.ArgumentParser(prog="evals.specs", description=__doc__)
    parser.add_argument("--calls", default=OPEN_SET, metavar="NAME|DIR")
    parser.add_argument("--engine", choices=("rules", "llm"), default="rules")
    options = parser.parse_args(argv)
    try:
        calls = load(options.calls).calls
    except EvalsError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    with tempfile.TemporaryDirectory() as home:
        found = all_made(calls, Path(home), options.engine)
        groups: dict[Setting, dict[str, list[Scores]]] = defaultdict(lambda: defaultdict(list))
        for setting, one in found:
            score = scores(one.gold, one.spec, one.project)
            groups[setting]["all"].append(score)
            groups[setting][one.gold.language].append(score)
    for setting, heading in _HEADINGS:
        sys.stdout.write(f"\n## {heading}\n\n{written(rows(groups[setting]))}\n")
    wanted = [ask.slots for one in calls for ask in wanted_asks(one)]
    for count in (_FEWER, _MOST):
        lenient, strict = same_for_all(wanted, count)
        sys.stdout.write(
            f"\nThe {count} most frequent keys asked of every ask alike: "
            f"{lenient.rate:.2f}, one to one {strict.rate:.2f}\n"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
