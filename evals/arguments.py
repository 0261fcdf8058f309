"""What `python -m evals` takes, with its help in the interface language."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from evals.datasets.loading import BUNDLED
from evals.errors import w

DEFAULT = Path("-")
"""A baseline that was asked for without a name: the one beside the calls."""
TASKS = ("extract", "specify", "privacy", "injection", "speech")


def arguments(words: Sequence[str] | None) -> argparse.Namespace:
    """The options that were given, each with its built-in value."""
    parser = argparse.ArgumentParser(prog="dragoman eval", description=w("help.about"))
    _what(parser)
    _with(parser)
    _where(parser)
    return parser.parse_args(words)


def _what(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("--dataset", default=BUNDLED, metavar="NAME|DIR", help=w("help.dataset"))
    add("--call", nargs="+", default=[], metavar="NAME", help=w("help.call"))
    add("--language", choices=("zh", "en", "mixed"), help=w("help.language"))
    add("--open-sealed", action="store_true", help=w("help.open_sealed"))
    add("--task", choices=(*TASKS, "all"), action="append", help=w("help.task"))


def _with(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("--engine", choices=("rules", "llm", "recorded"), default="rules", help=w("help.engine"))
    add("--answers", type=Path, metavar="DIR", help=w("help.answers"))
    add("--record", type=Path, metavar="DIR", help=w("help.record"))
    add("--work", type=Path, metavar="DIR", help=w("help.work"))


def _where(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    once = {"type": Path, "nargs": "?", "const": DEFAULT, "metavar": "FILE"}
    add("--baseline", help=w("help.baseline"), **once)  # type: ignore[arg-type]
    add("--write-baseline", help=w("help.write_baseline"), **once)  # type: ignore[arg-type]
    add("--compare", type=Path, nargs=2, metavar=("RUN_A", "RUN_B"), help=w("help.compare"))
    add("--out", type=Path, metavar="DIR", help=w("help.out"))
    add("--measured", type=Path, metavar="FILE", help=w("help.measured"))
    add("--json", action="store_true", help=w("help.json"))
