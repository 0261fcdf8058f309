"""The `dragoman` command: one module a command, everything heavy imported inside them."""

import importlib.metadata
import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from pipeline.errors import DragomanError
from ui.cli import (
    attach,
    bundle,
    corrections,
    db,
    delete,
    demo,
    doctor,
    eval,
    export,
    failures,
    formats,
    jobs,
    join,
    meetings,
    model,
    process,
    project,
    schema,
    speakers,
    transcribe,
    up,
    usage,
    versions,
    worker,
)
from ui.words.loader import t

app = typer.Typer(
    name="dragoman",
    help=t("cli.help"),
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command("demo", help=t("cli.demo.help"))(demo.demo)
app.command("up", help=t("cli.up.help"))(up.up)
app.command("ui", help=t("cli.up.ui"))(up.ui)
app.command("process", help=t("cli.process.help"))(process.process)
app.command("transcribe", help=t("cli.transcribe.help"))(transcribe.transcribe)
app.command("formats", help=t("cli.formats.help"))(formats.formats)
app.command("meetings", help=t("cli.meetings.help"))(meetings.meetings)
app.command("join", help=t("cli.join.help"))(join.join)
app.add_typer(jobs.app, name="jobs", help=t("cli.jobs.help"))
app.command("worker", help=t("cli.worker.help"))(worker.worker)
app.command("speakers", help=t("cli.speakers.help"))(speakers.speakers)
app.command("export", help=t("cli.export.help"))(export.export)
app.command("versions", help=t("cli.versions.help"))(versions.versions)
app.command("corrections", help=t("cli.corrections.help"))(corrections.corrections)
app.command("attach", help=t("cli.attach.help"))(attach.attach)
app.command("delete", help=t("cli.delete.help"))(delete.delete)
app.command("schema", help=t("cli.schema.help"))(schema.schema)
app.add_typer(project.app, name="project", help=t("cli.project.help"))
app.add_typer(model.app, name="model", help=t("cli.model.help"))
app.command("doctor", help=t("cli.doctor.help"))(doctor.doctor)
app.command("bundle", help=t("cli.bundle.help"))(bundle.bundle)
app.command(
    "eval",
    help=t("cli.eval.help"),
    add_help_option=False,
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True},
)(eval.evaluate)
app.add_typer(db.app, name="db", help=t("cli.db.help"))


@app.callback(invoke_without_command=True)
def root(
    version: Annotated[bool, typer.Option("--version", help=t("cli.version"))] = False,
) -> None:
    """What holds for every command."""
    if version:
        print(f"dragoman {importlib.metadata.version('dragoman')}")
        raise typer.Exit


def main() -> None:
    """Run the command; every failure ends in a sentence and an exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        code = app(standalone_mode=False)
        sys.stdout.flush()
    except DragomanError as error:
        code = failures.report(error)
    except usage.UsageError as error:
        code = usage.report(error)
    except (KeyboardInterrupt, typer.Abort):
        code = failures.STOPPED
    except Exception as error:
        code = failures.report_anything(error, _home())
    if code == failures.STOPPED:  # the parser may turn Ctrl+C into this code by itself
        print(f"\n{t('cli.stopped')}", file=sys.stderr)
    if code == failures.PIPE_CLOSED:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(code if isinstance(code, int) else 0)


def _home() -> Path | None:
    from pipeline import bootstrap

    try:
        return bootstrap.settings().home
    except DragomanError:
        return None
