"""The words of the call: follow, search, play a moment. Drawn once, whatever else runs again."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from pipeline.models.evidence import Evidence
from pipeline.models.moments import dial
from pipeline.models.transcript import Segment
from pipeline.service import naming
from pipeline.service.meetings import MeetingView
from pipeline.service.mending import Spot
from ui.components.parts import part
from ui.doubt import unsure
from ui.inbox import Box
from ui.kinds import of_kind

MARKED = ("decision", "risk", "ask", "action")
"""Kinds of items that have marks in the picture of the call."""
MOST_LANES = 4
"""Speakers up to which each has a lane of their own; more share the lane of their side."""
FINEST = 1000
"""Parts of the call that the picture tells apart: shorter pauses are not drawn."""


class Bar(NamedTuple):
    """A stretch in which a lane speaks."""

    start: float
    end: float


def player(
    view: MeetingView,
    words: Mapping[str, str],
    *,
    sound: str | None = None,
    box: Box,
    mended: Sequence[Spot] = (),
) -> None:
    """Draw the transcript of a meeting.

    Args:
        view: The meeting.
        words: Sentences; turns can be given to people where those of naming are among them.
        sound: Address of its recording; without one a click only scrolls.
        box: Where corrections arrive.
        mended: What the project's corrections changed.
    """
    told = {"me": box.person, "answers": box.answers()}
    part("player", "shared", "outbox", "picture", "pencil", "naming")(
        key=box.key,
        data={
            **content(view, mended),
            "people": people(view) if "name_turns" in words else None,
            "words": of_kind(words, view.meeting.kind),
            "sound": sound,
            **told,
        },
        on_outbox_change=box.take,
    )


def content(view: MeetingView, mended: Sequence[Spot] = ()) -> dict[str, Any]:
    """What of a meeting the browser draws here."""
    places: dict[str, list[dict[str, Any]]] = {}
    for one in mended:
        told = {"at": one.at, "was": one.was, "now": one.now}
        places.setdefault(one.segment.id, []).append(told)
    segments = view.transcript.segments if view.transcript else ()
    version = view.transcript.version if view.transcript else 0
    return {
        "rev": f"{view.meeting.uid}-{version}",
        "meeting": view.meeting.uid,
        "version": version,
        "segments": [turn(one, places.get(one.id, ())) for one in segments],
        "length": length(view),
        "picture": picture(view),
        "dial": dial(view.meeting),
    }


def people(view: MeetingView) -> list[dict[str, str]] | None:
    """Whom turns can be given to, in the order of their digits; None for notes: nobody speaks."""
    if view.transcript is None or view.meeting.kind == "note":
        return None
    found = naming.people(view.project, view.transcript, view.meeting.participants)
    return [{"name": one.name, "side": one.side} for one in found]


def turn(one: Segment, mended: Sequence[Mapping[str, Any]] = ()) -> dict[str, Any]:
    """A turn as the browser draws it."""
    return {
        "id": one.id,
        "start": one.start,
        "end": one.end,
        "speaker": one.speaker,
        "side": one.side,
        "text": one.text,
        "unsure": unsure(one),
        "mended": list(mended),
    }


def length(view: MeetingView) -> float | None:
    """Seconds of the call: as its recording says, else until the last turn ends."""
    said = [one.duration for one in view.meeting.recordings if one.duration]
    turns = view.transcript.segments if view.transcript else ()
    heard = [time for one in turns for time in (one.start, one.end) if time is not None]
    return max([*said, *heard], default=None)


def picture(view: MeetingView) -> dict[str, Any]:
    """Who spoke when, and where the items are: in seconds; of a chat and without times in turns."""
    segments = view.transcript.segments if view.transcript else ()
    timed = view.meeting.kind == "call" and any(one.start is not None for one in segments)
    span = (length(view) if timed else len(segments)) or 1
    places = _in_time(segments) if timed else _in_turns(segments)
    return {
        "timed": timed,
        "span": span,
        "lanes": lanes(segments, places, span) if view.meeting.kind != "note" else [],
        "marks": marks(view, places),
    }


def lanes(
    segments: Sequence[Segment], places: Mapping[str, Bar], span: float
) -> list[dict[str, Any]]:
    """A lane for each speaker, or for each side where many spoke; ours come first."""
    by_side = len({one.speaker for one in segments}) > MOST_LANES
    bars: dict[tuple[str, str | None], list[Bar]] = {}
    for one in segments:
        if one.id in places:
            name = None if by_side else one.speaker
            bars.setdefault((one.side, name), []).append(places[one.id])
    order = sorted(bars, key=lambda lane: ("us", "client", "unknown").index(lane[0]))
    return [
        {"side": side, "name": name, "bars": _joined(bars[side, name], span / FINEST)}
        for side, name in order
    ]


def marks(view: MeetingView, places: Mapping[str, Bar]) -> list[dict[str, Any]]:
    """Where the items are that somebody may want to find again."""
    items = view.minutes.items() if view.minutes else ()
    found = ((kind, item, _first(item.evidence, places)) for kind, item in items if kind in MARKED)
    return [
        {
            "kind": kind,
            "uid": item.uid,
            "id": item.id,
            "text": item.text,
            "at": _place(first, places),
            "start": first.start,
            "end": first.end,
            "segments": list(first.segments),
            "all": [uid for one in item.evidence for uid in one.segments],
        }
        for kind, item, first in found
        if first is not None and item.review != "rejected"
    ]


def _first(evidence: Sequence[Evidence], places: Mapping[str, Bar]) -> Evidence | None:
    """The earliest words that prove an item."""
    placed = [one for one in evidence if any(_found(uid, places) for uid in one.segments)]
    return min(placed, key=lambda one: _place(one, places), default=None)


def _place(one: Evidence, places: Mapping[str, Bar]) -> float:
    return min(bar.start for uid in one.segments if (bar := _found(uid, places)))


def _found(uid: str, places: Mapping[str, Bar]) -> Bar | None:
    """The place of a turn; of one that was split since, that of its first half."""
    return places.get(uid) or places.get(f"{uid}.1")


def _in_time(segments: Sequence[Segment]) -> dict[str, Bar]:
    return {
        one.id: Bar(one.start, max(one.start, one.end or one.start))
        for one in segments
        if one.start is not None
    }


def _in_turns(segments: Sequence[Segment]) -> dict[str, Bar]:
    return {one.id: Bar(place, place + 1) for place, one in enumerate(segments)}


def _joined(bars: Sequence[Bar], pause: float) -> list[list[float]]:
    """The stretches with pauses too short to be seen left out."""
    joined: list[list[float]] = []
    for start, end in sorted(bars):
        if joined and start - joined[-1][1] <= pause:
            joined[-1][1] = max(joined[-1][1], round(end, 1))
        else:
            joined.append([round(start, 1), round(end, 1)])
    return joined
