"""`dragoman speakers MEETING`: who speaks in a call, who that may be, and a person's yes to it."""

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from ui.cli.turns import Asked, name, on_stderr, tell
from ui.cli.turns import label as called
from ui.words.loader import t

if TYPE_CHECKING:
    from pipeline.service.house import House
    from pipeline.service.speakers import Choice, Confirmed, Speaker, Speakers


def speakers(
    meeting: Annotated[str, typer.Argument(metavar="MEETING", help=t("cli.export.meeting"))],
    named: Annotated[
        list[str] | None, typer.Option("--is", metavar="LABEL=NAME", help=t("cli.speakers.is"))
    ] = None,
    side: Annotated[
        list[str] | None, typer.Option("--side", metavar="LABEL=SIDE", help=t("cli.speakers.side"))
    ] = None,
    suggested: Annotated[
        bool, typer.Option("--suggested", help=t("cli.speakers.suggested"))
    ] = False,
    turns: Annotated[
        str | None, typer.Option("--turns", metavar="N[-M]", help=t("cli.turns.turns"))
    ] = None,
    begin: Annotated[
        str | None, typer.Option("--from", metavar="TIME", help=t("cli.turns.from"))
    ] = None,
    end: Annotated[str | None, typer.Option("--to", metavar="TIME", help=t("cli.turns.to"))] = None,
    of: Annotated[str | None, typer.Option("--of", metavar="LABEL", help=t("cli.turns.of"))] = None,
    unnamed: Annotated[bool, typer.Option("--unnamed", help=t("cli.turns.unnamed"))] = False,
    yes: Annotated[bool, typer.Option("--yes", help=t("cli.turns.yes"))] = False,
    as_json: Annotated[bool, typer.Option("--json", help=t("cli.speakers.json"))] = False,
) -> None:
    """List them, or confirm who they are; or the same of some turns of theirs, or of nobody's."""
    from pipeline.errors import InputError
    from ui.cli.desk import open_house

    asked = Asked(turns, begin, end, of, unnamed)
    if asked.any and suggested:
        raise InputError("turns_one_person")
    house, _ = open_house()
    if asked.any:
        name(house, meeting, asked, named or (), side or (), yes=yes, as_json=as_json)
    else:
        _speakers(house, meeting, named or (), side or (), suggested=suggested, as_json=as_json)


def _speakers(
    house: "House",
    meeting: str,
    named: Sequence[str],
    side: Sequence[str],
    *,
    suggested: bool,
    as_json: bool,
) -> None:
    from pipeline.service import speakers as use_cases
    from ui.cli.desk import me

    told = use_cases.of(me(), house, meeting)
    done = None
    if choices := chosen(told, named, side, suggested=suggested):
        done = use_cases.confirm(me(), house, told.meeting, choices, seen=told.version)
        told = use_cases.of(me(), house, told.meeting)
    if as_json:
        print(json.dumps(_json(told, done), ensure_ascii=False))
    else:
        _print(told)
    if done is not None:
        tell(done)
    elif suggested:
        on_stderr(t("cli.speakers.nothing"))


def chosen(
    told: "Speakers", named: Sequence[str], sides: Sequence[str], *, suggested: bool
) -> "list[Choice]":
    """What a command line says of the speakers; what it says of one wins over what is suggested.

    Raises:
        InputError: a speaker or a side is none, or the same is said twice.
    """
    from pipeline.service.speakers import Choice
    from ui import speaking

    names, given = _pairs(told, named), _pairs(told, sides)
    choices = [
        Choice.model_validate(
            {"label": label, "name": names.get(label), "side": _side(label, given.get(label))}
        )
        for label in dict.fromkeys([*names, *given])
    ]
    said = {one.label for one in choices}
    more = speaking.suggested(told) if suggested else ()
    return [*choices, *(one for one in more if one.label not in said)]


def _pairs(told: "Speakers", given: Sequence[str]) -> dict[str, str]:
    """Label and value of each LABEL=VALUE; the label as the transcript has it."""
    from pipeline.errors import InputError

    found: dict[str, str] = {}
    labels = [one.label for one in told.speakers]
    for one in given:
        label, sign, value = one.rpartition("=")
        if not sign or not label.strip() or not value.strip():
            raise InputError("speaker_pair", given=one)
        label = called(labels, label)
        if label in found:
            raise InputError("speaker_twice", label=label)
        found[label] = value.strip()
    return found


def _side(label: str, given: str | None) -> str | None:
    from pipeline.errors import InputError

    if given not in (None, "us", "client"):
        raise InputError("speaker_side", label=label, given=given)
    return given


def _print(told: "Speakers") -> None:
    from rich.console import Console
    from rich.table import Table

    from ui.cli.meetings import plain

    if not told.speakers:
        print(t("cli.speakers.none"))
        if told.unnamed:
            on_stderr(t("cli.speakers.unnamed", count=told.unnamed))
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("label", "turns", "share", "known", "first"):
        table.add_column(t(f"cli.speakers.column.{column}"), overflow="fold")
    for one in told.speakers:
        cells = (one.label, one.turns, f"{round(100 * one.share)} %", _known(one), one.first)
        table.add_row(*(plain(cell) for cell in cells))
    Console().print(table)
    if told.unnamed:
        on_stderr(t("cli.speakers.unnamed", count=told.unnamed))


def _known(one: "Speaker") -> str:
    """Who they are, or may be, in a cell."""
    from ui.speaking import reason

    guess = one.guess
    if one.known:
        return _say(f"side.{one.side}")
    if guess.reason is None:
        may_be = reason(one, _say)
        return t("cli.speakers.may_be", told=may_be) if may_be else t("cli.speakers.unknown")
    who = guess.person or _say(f"side.{guess.side}")
    return t("cli.speakers.perhaps", who=who, reason=reason(one, _say))


def _json(told: "Speakers", done: "Confirmed | None") -> dict[str, object]:
    return {
        "meeting": told.meeting,
        "version": told.version,
        "unnamed": told.unnamed,
        "speakers": [
            {
                "label": one.label,
                "turns": one.turns,
                "share": round(one.share, 4),
                "first": one.first,
                "side": one.side,
                "known": one.known,
                "participant": one.person,
                "suggestion": {
                    "participant": one.guess.person,
                    "side": one.guess.side,
                    "reason": one.guess.reason,
                    "could_be": list(one.guess.could_be),
                },
            }
            for one in told.speakers
        ],
        "changed": None if done is None else {"turns": done.turns, "added": list(done.added)},
    }


def _say(key: str, **about: object) -> str:
    return t(f"desk.speaking.{key}", **about)
