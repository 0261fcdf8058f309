"""`dragoman db`: care of the database."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.errors import InputError
from ui.cli.failures import PARTLY
from ui.cli.terminal import visible
from ui.words.loader import t

if TYPE_CHECKING:
    from pipeline.models.backup import Backup

SHOWN = 3
"""Recordings that are named; the rest is counted."""

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)


@app.command("upgrade", help=t("cli.db.upgrade"))
def upgrade() -> None:
    """Bring the database to the schema this version knows."""
    from pipeline import bootstrap
    from ui.cli.desk import open_house

    _, chosen = open_house()
    print(t("cli.db.done", url=bootstrap.database_shown(chosen)))


@app.command("backup", help=t("cli.db.backup"))
def backup(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help=t("cli.db.folder"))],
    no_recordings: Annotated[
        bool, typer.Option("--no-recordings", help=t("cli.db.no_recordings"))
    ] = False,
) -> None:
    """Copy everything into a folder; exit 4 if recordings could not be found."""
    from pipeline import bootstrap
    from pipeline.service import backups
    from pipeline.service.backup_folder import bytes_shown
    from ui.cli.desk import me
    from ui.cli.watching import Counting

    tools = bootstrap.backup_tools(bootstrap.settings())
    with Counting() as counted:
        made = backups.back_up(me(), tools, folder, recordings=not no_recordings, counted=counted)
    print(t("cli.db.backed_up", folder=visible(folder.absolute()), size=bytes_shown(made.size)))
    print(
        t(
            "cli.db.holds",
            meetings=made.backup.meetings,
            recordings=made.backup.recordings,
            added=made.added,
            removed=made.removed,
        )
    )
    if made.deleted:
        print(t("cli.db.deleted", count=made.deleted), file=sys.stderr)
    _end_partly("cli.db.lost", made.lost)


@app.command("restore", help=t("cli.db.restore"))
def restore(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help=t("cli.db.from"))],
    yes: Annotated[bool, typer.Option("--yes", help=t("cli.db.yes"))] = False,
) -> None:
    """Bring everything back from a folder; exit 4 if recordings are in neither place."""
    from pipeline import bootstrap
    from pipeline.service import backups
    from ui.cli.desk import me
    from ui.cli.watching import Counting

    if not yes and not sys.stdin.isatty():
        raise InputError("restore_needs_yes")
    chosen = bootstrap.settings()
    tools = bootstrap.backup_tools(chosen)

    def agreed(found: "Backup") -> None:
        if not yes:
            _ask(found, bootstrap.database_shown(chosen))

    with Counting() as counted:
        done = backups.restore(me(), tools, folder, agreed=agreed, counted=counted)
    print(
        t(
            "cli.db.restored",
            made_at=_when(done.backup),
            meetings=done.backup.meetings,
            brought=done.brought,
        )
    )
    if done.aside is not None:
        key = "cli.db.aside" if done.whole else "cli.db.aside_damaged"
        print(t(key, folder=visible(done.aside.absolute())))
    _end_partly("cli.db.missing", done.missing)


def _ask(found: "Backup", url: str) -> None:
    said = t(
        "cli.db.found",
        made_at=_when(found),
        meetings=found.meetings,
        recordings=found.recordings,
        url=visible(url),
    )
    print(said, file=sys.stderr)
    print(t("cli.db.ask"), end="", file=sys.stderr, flush=True)
    if sys.stdin.readline().strip().lower() not in t("cli.db.answers_yes").split():
        print(t("cli.db.unchanged"), file=sys.stderr)
        raise typer.Exit


def _when(backup: "Backup") -> str:
    return visible(f"{backup.made_at[:16].replace('T', ' ')} UTC")


def _end_partly(key: str, hashes: Sequence[str]) -> None:
    if hashes:
        more = ", …" if len(hashes) > SHOWN else ""
        names = ", ".join(one[:12] for one in hashes[:SHOWN]) + more
        print(t(key, count=len(hashes), names=names), file=sys.stderr)
        raise typer.Exit(PARTLY)
