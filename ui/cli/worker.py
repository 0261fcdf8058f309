"""`dragoman worker`: works on queued meetings until it is told to stop."""

import contextlib
import os
import signal
import sys
import threading
from typing import TYPE_CHECKING, Annotated

import typer

from ui.cli import failures
from ui.words.loader import t

if TYPE_CHECKING:
    from pipeline.errors import DragomanError
    from pipeline.models.job import Job


def worker(
    name: Annotated[str | None, typer.Option(metavar="NAME", help=t("cli.worker.name"))] = None,
    until_done: Annotated[
        bool, typer.Option("--until-done", help=t("cli.worker.until_done"))
    ] = False,
) -> None:
    """Take jobs from the queue; several workers share it."""
    from pipeline import bootstrap
    from pipeline.ports.jobs import Ears
    from ui.cli.desk import open_house

    # The engine of the settings is built with the first meeting: a model that is not set stops
    # that meeting with its reason, and not the worker.
    house, chosen = open_house(engine="rules")
    stop = threading.Event()
    for one in (signal.SIGINT, signal.SIGTERM):
        # Not set here: a signal may come while this very thread holds the event's lock.
        signal.signal(one, lambda *_: threading.Thread(target=stop.set).start())
    failed: list[str] = []

    def told(job: "Job") -> None:
        _job(job)
        if job.state == "failed":
            failed.append(job.uid)

    ears = Ears(
        job=told,
        ready=lambda name: _say("cli.worker.started", name=name),
        stopped=lambda error: _say("cli.worker.left", why=failures.explain(error)),
        refused=_refused,
        library=lambda line: _say("cli.worker.library", line=line),
        bug=lambda error: failures.keep(error, chosen.home),
    )
    bootstrap.work(house, chosen, ears, name=name, stop=stop, until_done=until_done)
    if stop.is_set():
        _say("cli.worker.stopped")
        os._exit(0)  # steps still under way are fenced off; nobody waits for them
    if failed:
        raise typer.Exit(failures.PARTLY)


def _job(job: "Job") -> None:
    from ui.cli.jobs import why

    _say(f"cli.worker.{job.state}", meeting=job.meeting, why=why(job))


def _refused(error: "DragomanError") -> None:
    _say("cli.worker.refused", why=failures.explain(error))


def _say(key: str, **params: object) -> None:
    """A line with the time: a worker's output is often a log."""
    from datetime import datetime

    from ui.cli.terminal import visible

    shown = {name: visible(value) for name, value in params.items()}
    with contextlib.suppress(OSError, ValueError):  # nobody reads the log any more: work goes on
        line = f"{datetime.now().astimezone():%H:%M:%S}  {t(key, **shown)}"
        print(line, file=sys.stderr, flush=True)
