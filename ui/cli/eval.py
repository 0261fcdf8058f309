"""`dragoman eval`: how good the words are, measured on labelled calls in a program of its own."""

import subprocess
import sys

import typer


def evaluate(context: typer.Context) -> None:
    """Hand every word on to `python -m evals`; its exit code is ours.

    The folder it is started in is no place to import from: it may hold an `evals` of its own.
    """
    sys.stdout.flush()
    done = subprocess.run([sys.executable, "-P", "-m", "evals", *context.args], check=False)
    raise typer.Exit(done.returncode)
