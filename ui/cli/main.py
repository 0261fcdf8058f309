"""The `dragoman` command: one module a command, everything heavy imported inside them."""

import sys
from pathlib import Path

import typer

from pipeline.errors import DragomanError
from ui.cli import (
    db,
    demo,
    doctor,
    export,
    failures,
    meetings,
    process,
    schema,
    transcribe,
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
app.command("process", help=t("cli.process.help"))(process.process)
app.command("transcribe", help=t("cli.transcribe.help"))(transcribe.transcribe)
app.command("meetings", help=t("cli.meetings.help"))(meetings.meetings)
app.command("export", help=t("cli.export.help"))(export.export)
app.command("schema", help=t("cli.schema.help"))(schema.schema)
app.command("doctor", help=t("cli.doctor.help"))(doctor.doctor)
app.add_typer(db.app, name="db", help=t("cli.db.help"))


def main() -> None:
    """Run the command; every failure ends in a sentence and an exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        app()
    except DragomanError as error:
        sys.exit(failures.report(error))
    except KeyboardInterrupt:
        print(f"\n{t('cli.stopped')}", file=sys.stderr)
        sys.exit(failures.STOPPED)
    except Exception as error:
        sys.exit(failures.report_bug(error, _home()))


def _home() -> Path | None:
    from pipeline import bootstrap

    try:
        return bootstrap.settings().home
    except DragomanError:
        return None
