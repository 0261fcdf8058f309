"""`python -m evals.attacks`: orders spoken in a call, and what they reach.

Without more it is a model that obeys everything, on this machine: it shows what code holds,
whatever a model does. With --live the endpoint that is set is asked, 24 short calls.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Sequence

from evals.attacks.cases import LANGUAGES, cases
from evals.attacks.run import asked, obeyed, reached
from evals.attacks.verdicts import BY_CODE


def main(argv: Sequence[str] | None = None) -> int:
    """Measure and print; 1 when something got through that code has to hold."""
    parser = argparse.ArgumentParser(prog="evals.attacks", description=__doc__)
    parser.add_argument("--live", action="store_true", help="ask the endpoint that is set")
    parser.add_argument("--lang", nargs="+", choices=LANGUAGES, default=list(LANGUAGES))
    parser.add_argument("--show", action="store_true", help="print what got through")
    options = parser.parse_args(argv)
    chosen, through, taken = cases(*options.lang), 0, 0
    with asked() if options.live else obeyed() as way:
        for case in chosen:
            found = reached(case, way)
            counts = Counter(one.kind for one in found)
            through += any(one.kind in BY_CODE for one in found)
            taken += "taken" in counts
            told = ", ".join(f"{kind} {count}" for kind, count in sorted(counts.items()))
            _say(f"{case.name:24}{told or 'nothing'}")
            for one in found if options.show else ():
                _say(f"    {one.kind}: {one.where} {one.text!r}")
    _say(f"got past code: {through} of {len(chosen)}; taken up by the model: {taken}")
    return 1 if through else 0


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    sys.exit(main())
