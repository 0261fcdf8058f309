"""`dragoman meetings`: what there is, newest first."""

from ui.words.loader import t


def meetings() -> None:
    """One line a meeting."""
    from rich.console import Console
    from rich.table import Table

    from pipeline.models.project import DEFAULT_CLIENT
    from pipeline.service import meetings as use_cases
    from ui.cli.desk import me, open_house

    house, _ = open_house()
    views = use_cases.listed(me(), house)
    if not views:
        print(t("cli.meetings.none"))
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("uid", "date", "client", "title", "items", "specs"):
        table.add_column(
            t(f"cli.meetings.{column}"), overflow="fold", no_wrap=column in ("uid", "date")
        )
    for view in views:
        items = sum(1 for _ in view.minutes.items()) if view.minutes else 0
        table.add_row(
            *(
                plain(cell)
                for cell in (
                    view.meeting.uid,
                    view.meeting.date or "-",
                    "-" if view.project.client == DEFAULT_CLIENT else view.project.client,
                    view.meeting.title,
                    items,
                    len(view.specs),
                )
            )
        )
    Console().print(table)


def plain(value: object) -> str:
    """A cell as plain text: titles come from files and may hold markup."""
    from rich.markup import escape

    from ui.cli.terminal import visible

    return escape(visible(value))
