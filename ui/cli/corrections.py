"""`dragoman corrections MEETING`: what the project's list changed in a call, and would change."""

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ui.words.loader import t

if TYPE_CHECKING:
    from pipeline.service.meetings import MeetingView
    from pipeline.service.mending import Spot, Told

_STATES = ("changed", "waiting", "doubtful", "taken_back")


def corrections(
    meeting: Annotated[str, typer.Argument(metavar="MEETING", help=t("cli.export.meeting"))],
    undo: Annotated[
        list[int] | None, typer.Option(metavar="NUMBER", help=t("cli.corrections.undo"))
    ] = None,
    change: Annotated[
        list[int] | None, typer.Option(metavar="NUMBER", help=t("cli.corrections.change"))
    ] = None,
    every: Annotated[bool, typer.Option("--apply", help=t("cli.corrections.apply"))] = False,
    as_json: Annotated[bool, typer.Option("--json", help=t("cli.corrections.json"))] = False,
) -> None:
    """List every place with its number, after what was asked for is done."""
    from pipeline.service import meetings, mending, review
    from ui.cli.desk import me, open_house

    house, _ = open_house()

    def looked(at: str) -> "tuple[MeetingView, list[tuple[str, Spot]]]":
        view = meetings.view(me(), house, at, specs=False)
        events = review.history(me(), house, view.meeting.uid, "segment")
        return view, _places(mending.told(view, events))

    view, places = looked(meeting)
    uid = view.meeting.uid
    back = [spot.key for spot in _named(places, undo or (), ("changed",))]
    forth = [spot.key for spot in _named(places, change or (), _STATES[1:])]
    with house.tools.store.transaction():
        if forth:
            mending.apply(me(), house, uid, only=forth)
        if every:
            mending.apply(me(), house, uid)
        if back:
            review.undo(me(), house, uid, *back)
    view, places = looked(uid)
    if as_json:
        version = view.transcript.version if view.transcript else None
        told = [_plain(number, *one) for number, one in enumerate(places, start=1)]
        answer = {"meeting": uid, "transcript_version": version, "places": told}
        print(json.dumps(answer, ensure_ascii=False))
        return
    _tell(places)


def _places(told: "Told") -> "list[tuple[str, Spot]]":
    """All places in the order of the call: a place keeps its number, whatever becomes of it."""
    every = [(state, spot) for state in _STATES for spot in getattr(told, state)]
    return sorted(every, key=lambda one: (one[1].segment.index, one[1].at))


def _named(
    places: "Sequence[tuple[str, Spot]]", numbers: Sequence[int], states: Sequence[str]
) -> "list[Spot]":
    from pipeline.errors import InputError

    found = []
    for number in numbers:
        state, spot = places[number - 1] if 0 < number <= len(places) else ("", None)
        if spot is None or state not in states:
            raise InputError("correction_number", number=number, count=len(places))
        found.append(spot)
    return found


def _plain(number: int, state: str, spot: "Spot") -> dict[str, Any]:
    heard, meant = spot.rule
    return {
        "number": number,
        "state": state,
        "heard": heard,
        "meant": meant,
        "segment": spot.segment.id,
        "start": spot.segment.start,
        "speaker": spot.segment.speaker,
        "left": spot.left,
        "was": spot.was,
        "now": spot.now,
        "right": spot.right,
    }


def _tell(places: "Sequence[tuple[str, Spot]]") -> None:
    from ui.cli.clock import clock
    from ui.cli.terminal import visible

    if not places:
        print(t("cli.corrections.none"))
        return
    for number, (state, spot) in enumerate(places, start=1):
        line = t("desk.mended.place", left=spot.left, was=spot.was, now=spot.now, right=spot.right)
        head = f"[{clock(spot.segment.start)}] {spot.segment.speaker or '-'}"
        print(visible(f"{number}. {t(f'cli.corrections.{state}')}  {head}: {line}"))
    counts = {state: sum(one == state for one, _ in places) for state in _STATES}
    print(t("cli.corrections.count", **counts))
