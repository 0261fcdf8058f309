"""What a model will take and what it took, around `dragoman process`."""

import sys
from typing import TYPE_CHECKING

from pipeline.words.loader import interface_language
from ui.words.loader import t

if TYPE_CHECKING:
    from rich.table import Table

    from pipeline.models.actor import Actor
    from pipeline.models.model_use import Cost
    from pipeline.service.house import House
    from ui.cli.watching import Watching


def foretell(actor: "Actor", house: "House", meeting: str, watch: "Watching") -> None:
    """Hear the call, then say about what the model will take; nothing where rules read it."""
    from pipeline.service import meetings, sending
    from ui.cli.terminal import visible
    from ui.sending import addressee, forecast, sentences

    if house.rehearsal() is None:
        return
    meetings.transcribe(actor, house, meeting, watch)
    told = sending.would_send(actor, house, meeting)
    if told is None or not told.estimate.questions:
        return
    language = interface_language()
    host = visible(addressee(told, language))
    where = t("sending.where", model=visible(told.model), host=host)
    watch.wipe()
    said = sentences((where, forecast(told.estimate, language)), language)
    print(f"  {said}", file=sys.stderr)


class Spending:
    """What a model takes for one meeting, from a moment on."""

    def __init__(self, actor: "Actor", house: "House") -> None:
        self._actor = actor
        self._house = house
        self._meeting = ""
        self._before: Cost | None = None

    def begin(self, meeting: str) -> None:
        """Count from now on."""
        self._meeting = meeting
        self._before = self._read()

    def plain(self) -> dict[str, object] | None:
        """This run and all runs, for machines; None where no model was ever asked."""
        from ui.sending import plain_cost

        if self._before is None:
            return None
        now = self._read()
        if not now.uses:
            return None
        return {"this_run": plain_cost(now.since(self._before)), "all_runs": plain_cost(now)}

    def show(self) -> None:
        """This run step by step, and all runs together; nothing where no model was ever asked."""
        now = self._read()
        if self._before is not None and now.uses:
            _print(now.since(self._before), now)

    def _read(self) -> "Cost":
        from pipeline.service import sending

        return sending.cost(self._actor, self._house, self._meeting)


def _print(run: "Cost", altogether: "Cost") -> None:
    from rich.console import Console
    from rich.text import Text

    from ui.cli.terminal import visible
    from ui.sending import took

    language = interface_language()
    console = Console(highlight=False, soft_wrap=False)
    console.print(Text(t("cost.title", model=visible(altogether.total.model)), "bold"))
    if len(run.sites) > 1:
        console.print(_table(run))
    now = took(run.total, language) if run.uses else t("cost.nothing")
    console.print(Text(f"  {t('cost.this_run', what=now)}"))
    if run.uses != altogether.uses:
        all_runs = t("cost.all_runs", what=took(altogether.total, language))
        console.print(Text(f"  {all_runs}", "dim"))
    console.print()


def _table(run: "Cost") -> "Table":
    from rich.table import Table

    from ui.amounts import count, lasting
    from ui.sending import in_order, paid, site, tokens

    language = interface_language()
    priced = run.total.money is not None
    table = Table(box=None, pad_edge=False, padding=(0, 1), header_style="dim")
    table.add_column("", overflow="fold")
    names = ("requests", "kept", "sent", "received", "time", *(("money",) if priced else ()))
    for name in names:
        table.add_column(t(f"cost.column.{name}"), justify="right", no_wrap=True)
    for one in in_order(run):
        cells = [count(one.requests), count(one.kept)]
        used = (one.usage.tokens_in, one.usage.tokens_out)
        cells += [tokens(number, one, language) for number in used]
        cells += [lasting(one.seconds, language), *([paid(one, language)] if priced else [])]
        table.add_row(f"  {site(one.site, language)}", *cells)
    return table
