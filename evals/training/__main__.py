"""Train the turn reader: `python -m evals.training [--calls DIR ...] [--out DIR]`.

Reads the labelled practice calls, writes the model and prints what cross-validation over whole
calls says of it. The same calls give the same bytes. With `--check DIR ...` it trains nothing and
measures the reader that is there on calls it has not learnt from.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from evals.training.calls import samples
from evals.training.checking import check
from evals.training.table import table
from evals.training.training import train
from pipeline.engines.rules.sense.model import FOLDER, save

PRACTICE = Path(__file__).parents[1] / "datasets" / "practice"


def main(arguments: Sequence[str] | None = None) -> int:
    """Train or measure; 2 when the calls are not what they should be."""
    options = _options(arguments)
    try:
        if options.check:
            print(table(check(samples(options.check))))
            return 0
        calls = samples(options.calls)
    except ValueError as error:
        print(error, file=sys.stderr)
        return 2
    model, rows = train(calls)
    save(model, options.out, trained_on={call.id: call.digest for call in calls})
    print(f"{len(calls)} calls, {sum(len(call.turns) for call in calls)} turns")
    print(table(rows))
    return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m evals.training", description=__doc__)
    parser.add_argument("--calls", type=Path, nargs="+", default=[PRACTICE], metavar="DIR")
    parser.add_argument("--out", type=Path, default=FOLDER, metavar="DIR")
    parser.add_argument("--check", type=Path, nargs="+", metavar="DIR")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
