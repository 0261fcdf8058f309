"""`python -m evals`: how good the words are; see docs/reference/evals.md."""

import sys

from evals.command import main

if __name__ == "__main__":
    sys.exit(main())
