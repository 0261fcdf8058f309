"""`dragoman db`: care of the database."""

import typer

from ui.words.loader import t

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)


@app.callback()
def group() -> None:
    """Keep `upgrade` a command of its own while it is the only one."""


@app.command("upgrade", help=t("cli.db.upgrade"))
def upgrade() -> None:
    """Bring the database to the schema this version knows."""
    from pipeline import bootstrap
    from ui.cli.desk import open_house

    _, chosen = open_house()
    print(t("cli.db.done", url=bootstrap.database_shown(chosen)))
