"""`dragoman jobs`: what workers have to do, how far they are; stop it, try again."""

import json
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.errors import DragomanError
from ui.cli import failures
from ui.how_far import how_far, so_far
from ui.words.loader import t

if TYPE_CHECKING:
    from pipeline.models.job import Job
    from pipeline.service.jobs import Board, JobView

app = typer.Typer(rich_markup_mode=None)

Meeting = Annotated[str, typer.Argument(metavar="MEETING", help=t("cli.export.meeting"))]


@app.callback(invoke_without_command=True)
def jobs(
    context: typer.Context,
    as_json: Annotated[bool, typer.Option("--json", help=t("cli.jobs.json"))] = False,
) -> None:
    """The latest job of every meeting, newest first."""
    if context.invoked_subcommand is not None:
        return
    from pipeline.service import jobs as use_cases
    from ui.cli.desk import me, open_house

    house, _ = open_house()
    board = use_cases.listed(me(), house)
    if as_json:
        print(json.dumps(_plain(board), ensure_ascii=False))
        return
    if not board.jobs:
        print(t("cli.jobs.none"))
        return
    _print(board)


@app.command("cancel", help=t("cli.jobs.cancel"))
def cancel(meeting: Meeting) -> None:
    """Stop the job of a meeting."""
    from pipeline.service import jobs as use_cases
    from ui.cli.desk import me, open_house

    house, _ = open_house()
    job = use_cases.cancel(me(), house, meeting)
    key = "cli.jobs.cancelled" if job.state == "cancelled" else "cli.jobs.not_under_way"
    print(t(key, meeting=job.meeting, state=t(f"cli.jobs.is.{job.state}")))


@app.command("retry", help=t("cli.jobs.retry"))
def retry(meeting: Meeting) -> None:
    """Queue a meeting again."""
    from pipeline.service import jobs as use_cases
    from ui.cli.desk import me, open_house

    house, _ = open_house()
    before = house.tools.store.job(house.tools.store.meeting(meeting).uid)
    job = use_cases.retry(me(), house, meeting)
    if before is not None and before.under_way:
        print(t("cli.jobs.under_way", meeting=job.meeting, state=t(f"cli.jobs.is.{job.state}")))
    else:
        print(t("cli.jobs.queued", meeting=job.meeting))
    hint_at_worker(use_cases.listed(me(), house))


@app.command("heard", help=t("cli.jobs.heard"))
def heard(meeting: Meeting) -> None:
    """The words of a recording so far: to look at, and no transcript."""
    from pipeline.service.growing import words_so_far
    from ui.cli.clock import clock
    from ui.cli.desk import me, open_house
    from ui.cli.terminal import visible

    house, _ = open_house()
    words = words_so_far(me(), house, meeting)
    for one in words.turns:
        text = visible(one.text).replace("\n", "\n    ")
        print(f"[{clock(one.start)}] {visible(one.speaker or '-')}: {text}")
    where = so_far(words.heard_to, words.total, t)
    print(t(f"cli.jobs.heard_is.{words.growth}", so_far=where), file=sys.stderr)


def hint_at_worker(board: "Board") -> None:
    """Say so where work waits and nobody is there to do it."""
    if not board.workers and any(one.job.under_way for one in board.jobs):
        print(t("cli.jobs.no_worker"), file=sys.stderr)


def why(job: "Job") -> str:
    """Why a job ended as it did or waits, in words; empty where there is nothing to say."""
    if job.failure is None:
        return ""
    params = dict(job.failure.params)
    if "stage" in params and params["stage"] != "-":
        params["stage"] = t(f"cli.stage.{params['stage']}")
    return failures.explain(DragomanError(job.failure.code, **params))


def _print(board: "Board") -> None:
    from rich.console import Console
    from rich.table import Table

    from ui.cli.meetings import plain

    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("meeting", "title", "state", "progress"):
        narrow = column in ("meeting", "state")
        table.add_column(t(f"cli.jobs.{column}"), overflow="fold", no_wrap=narrow)
    for one in board.jobs:
        state = t("cli.jobs.is.stalled" if one.stalled else f"cli.jobs.is.{one.job.state}")
        row = (one.meeting.uid, one.meeting.title, state, _progress(one))
        table.add_row(*(plain(cell) for cell in row))
    Console().print(table)
    hint_at_worker(board)


def _progress(one: "JobView") -> str:
    """How far it is, or why it ended."""
    job = one.job
    if job.failure is not None:
        return why(job)
    if job.state == "succeeded" or job.stage is None:
        return ""
    if job.stage == "transcribe" and job.state == "running" and not one.stalled:
        return how_far(job.done, job.total, job.hearing, t)
    stage = t(f"cli.stage.{job.stage}")
    if job.stage == "transcribe":
        return f"{stage} {so_far(job.done, job.total, t)}" if job.done else stage
    if not job.total:
        return stage
    return f"{stage} {job.done:.0f} / {job.total:.0f}"


def _plain(board: "Board") -> dict[str, object]:
    return {
        "jobs": [
            {**one.job.model_dump(mode="json"), "title": one.meeting.title, "stalled": one.stalled}
            for one in board.jobs
        ],
        "workers": [worker.model_dump(mode="json") for worker in board.workers],
    }
