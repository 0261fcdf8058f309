"""`dragoman delete`: meetings, a whole client, or what is older than some days."""

import json
import sys
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from pipeline.errors import InputError
from ui.cli.failures import PARTLY
from ui.words.loader import t

if TYPE_CHECKING:
    from pipeline.models.project import Project
    from pipeline.models.review import Deletion
    from pipeline.service.deletion import Doomed
    from pipeline.service.house import House

_YES = ("y", "yes", "是", "好")


class _Plan(NamedTuple):
    """What is to go: some meetings, or a client with all of them."""

    doomed: "tuple[Doomed, ...]"
    client: "Project | None" = None
    days: int | None = None


def delete(
    meetings: Annotated[
        list[str] | None, typer.Argument(metavar="MEETING", help=t("cli.delete.meeting"))
    ] = None,
    client: Annotated[str | None, typer.Option(metavar="NAME", help=t("cli.delete.client"))] = None,
    system: Annotated[str | None, typer.Option(metavar="NAME", help=t("cli.delete.system"))] = None,
    older_than: Annotated[
        int | None,
        typer.Option(metavar="DAYS", min=1, max=36500, help=t("cli.delete.older_than")),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help=t("cli.delete.yes"))] = False,
    as_json: Annotated[bool, typer.Option("--json", help=t("cli.delete.json"))] = False,
) -> None:
    """Delete after asking; the help text is in ui/words."""
    from pipeline.service import deletion
    from ui.cli.desk import me, open_house

    _check(meetings or [], client, system, older_than)
    if not yes and not sys.stdin.isatty():
        raise InputError("delete_needs_yes")
    house, _ = open_house()
    unfinished = deletion.finish(me(), house)  # whatever happened to the last one
    if unfinished.removed.get("leftovers"):
        print(t("cli.delete.unfinished", count=unfinished.removed["leftovers"]), file=sys.stderr)
    plan = _plan(house, meetings or [], client, system, older_than)
    if plan.client is None and not plan.doomed:
        print(_told(plan, None) if as_json else t("cli.delete.none", days=older_than))
        return
    if not yes and not _agreed(plan):
        print(t("cli.delete.nothing"), file=sys.stderr)
        return
    done = _done(house, plan)
    print(_told(plan, done) if as_json else _report(done))
    if done.kept.get("old_pages"):
        raise typer.Exit(PARTLY)


def _check(meetings: list[str], client: str | None, system: str | None, days: int | None) -> None:
    if system is not None and client is None:
        raise InputError("delete_system_alone")
    if sum((bool(meetings), client is not None, days is not None)) != 1:
        raise InputError("delete_what")


def _plan(
    house: "House", meetings: list[str], client: str | None, system: str | None, days: int | None
) -> _Plan:
    from pipeline.service import deletion, retention
    from ui.cli.desk import me

    if client is not None:
        project = deletion.client(me(), house, client, system)
        return _Plan(deletion.of_project(me(), house, project.uid), client=project)
    if days is not None:
        expired = retention.expired(me(), house, days)
        return _Plan(deletion.preview(me(), house, expired), days=days)
    return _Plan(deletion.preview(me(), house, meetings))


def _done(house: "House", plan: _Plan) -> "Deletion":
    from pipeline.service import deletion, retention
    from ui.cli.desk import me

    if plan.client is not None:
        return deletion.delete_project(
            me(), house, plan.client.uid, agreed=[one.meeting.uid for one in plan.doomed]
        )
    if plan.days is not None:
        return retention.delete_expired(me(), house, plan.days)
    return deletion.delete_all(me(), house, [one.meeting.uid for one in plan.doomed])


def _agreed(plan: _Plan) -> bool:
    """Show what would go and ask."""
    from ui.cli.terminal import visible

    print(t("cli.delete.would"), file=sys.stderr)
    if plan.client is not None:
        name = " · ".join(part for part in (plan.client.client, plan.client.system) if part)
        print(visible(t("cli.delete.whole", client=name)), file=sys.stderr)
    for one in plan.doomed:
        print(visible(_line(one)), file=sys.stderr)
    print(t("cli.delete.ask"), end=" ", file=sys.stderr, flush=True)
    try:
        return input().strip().lower() in _YES
    except (EOFError, KeyboardInterrupt):
        print(file=sys.stderr)
        return False


def _line(one: "Doomed") -> str:
    line = t(
        "cli.delete.line",
        uid=one.meeting.uid,
        title=one.meeting.title,
        date=one.meeting.date or "-",
        items=one.items,
        edits=one.edits,
        size=f"{one.size / 1e6:.1f}",
    )
    return f"{line} {t('cli.delete.under_way')}" if one.under_way else line


def _report(done: "Deletion") -> str:
    lines = [t("cli.delete.removed")]
    lines += [f"  {what}: {count}" for what, count in _removed(done)]
    if any(done.kept.values()):
        lines.append(t("cli.delete.kept"))
        lines += [f"  {what}: {count}. {why}" for what, count, why in _kept(done)]
    return "\n".join([*lines, t("cli.delete.elsewhere")])


def _told(plan: _Plan, done: "Deletion | None") -> str:
    """What happened as one JSON object; the reasons are sentences."""
    meetings = [{"meeting": one.meeting.uid, "title": one.meeting.title} for one in plan.doomed]
    removed = {name: count for name, count in done.removed.items() if count} if done else {}
    kept = [
        {"what": name, "count": count, "why": t(f"cli.delete.why.{name}")}
        for name, count in (done.kept.items() if done else ())
        if count
    ]
    told = {"meetings": meetings, "removed": removed, "kept": kept}
    return json.dumps({**told, "not_touched": t("cli.delete.elsewhere")}, ensure_ascii=False)


def _removed(done: "Deletion") -> list[tuple[str, int]]:
    return [(t(f"cli.delete.what.{name}"), count) for name, count in done.removed.items() if count]


def _kept(done: "Deletion") -> list[tuple[str, int, str]]:
    return [
        (t(f"cli.delete.left.{name}"), count, t(f"cli.delete.why.{name}"))
        for name, count in done.kept.items()
        if count
    ]
