"""What a project's corrections changed in a call, by the record of edits; and one of them undone."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from pipeline.models.correction import Mended
from pipeline.models.review import Edit, EditEvent
from pipeline.models.transcript import Transcript, Word
from pipeline.models.undoing import undone

_PART = re.compile(r"(.+)-\d+-\d+")


class Shown(NamedTuple):
    """A place that a correction changed and that still reads so."""

    event: EditEvent
    mended: Mended
    start: int
    """Character of the turn's text as it is now."""
    end: int


Standing = Mapping[str, Sequence[Shown]]
"""Such places of a call by their turn, in the order in which they were changed."""


def shown(transcript: Transcript, events: Sequence[EditEvent]) -> Standing:
    """Every place that was changed, not taken back, and not written over by a person since."""
    gone = undone(events)
    made: dict[str, list[EditEvent]] = {}
    for event in events:
        body = event.body
        if event.uid not in gone and body and body.mended and not body.undoes:
            made.setdefault(event.entity_uid, []).append(event)
    turns = (
        (one.id, _standing(one.text, made[one.id])) for one in transcript.segments if one.id in made
    )
    return {turn: places for turn, places in turns if places}


def _standing(text: str, made: Sequence[EditEvent]) -> tuple[Shown, ...]:
    """The last changes of a turn that lead to its text, without a gap."""
    led: list[tuple[EditEvent, Mended]] = []
    for event in reversed(made):
        edit = event.body
        if edit is None or edit.mended is None or edit.after != text:
            break
        led.append((event, edit.mended))
        text = str(edit.before)
    placed: list[Shown] = []
    for event, one in reversed(led):
        more = len(one.now) - len(one.was)
        placed = [_moved(other, more) if other.start >= one.at else other for other in placed]
        placed.append(Shown(event, one, one.at, one.at + len(one.now)))
    return tuple(placed)


def _moved(place: Shown, by: int) -> Shown:
    return place._replace(start=place.start + by, end=place.end + by)


def refused(events: Sequence[EditEvent]) -> frozenset[tuple[str, str]]:
    """Turns in which somebody said no to a correction, each with what it is about.

    They took it back, or wrote other words where it had been: what is heard there is meant so.
    """
    gone = undone(events)
    made: dict[str, list[str]] = {}
    said: set[tuple[str, str]] = set()
    for event in events:
        edit, turn = event.body, event.entity_uid
        if edit is None or edit.field != "text" or edit.undoes:
            continue
        if edit.mended is None:
            wrote = made.get(turn, ()) if event.uid not in gone else ()
            said |= {(turn, heard) for heard in wrote}
        elif event.uid in gone:
            said.add((turn, edit.mended.heard))
        else:
            made.setdefault(turn, []).append(edit.mended.heard)
    return frozenset(said)


def by_hand(events: Iterable[EditEvent]) -> frozenset[str]:
    """Turns whose words a person wrote."""
    return frozenset(
        event.entity_uid
        for event in events
        if event.body and event.body.field == "text" and not event.body.mended
    )


def parents(events: Iterable[EditEvent]) -> Mapping[str, str]:
    """The turn that was split, by the turns that were made of it."""
    splits = [event.body for event in events if event.body and event.operation == "split"]
    return {
        half: edit.entity_uid
        for edit in splits
        if not edit.undoes and isinstance(edit.after, dict)
        for half in edit.after["ids"]
    }


def lineage(turn: str, known: Mapping[str, str]) -> tuple[str, ...]:
    """A turn, the one it was split from or is a part of in a join, and so on."""
    line = [turn]
    while (parent := known.get(line[-1]) or _whole(line[-1])) is not None and parent not in line:
        line.append(parent)
    return tuple(line)


def _whole(turn: str) -> str | None:
    """The turn of whose words a join kept some: theirs is its id with two places after it."""
    found = _PART.fullmatch(turn)
    return found[1] if found else None


class Taken(NamedTuple):
    """What has to be taken back for some corrections to go, and what is made again after that."""

    events: tuple[EditEvent, ...]
    """The newest first."""
    again: tuple[Edit, ...]
    """The oldest first."""


def taken_back(
    chosen: Sequence[EditEvent], transcript: Transcript, events: Sequence[EditEvent]
) -> Taken:
    """With the later corrections of the same turns, which stay.

    Args:
        chosen: What is to be taken back, the newest first; of other edits nothing is said.
        transcript: The words as they are.
        events: All edits of the turns.
    """
    places = shown(transcript, events)
    named = {event.uid for event in chosen}
    added: list[EditEvent] = []
    again: list[Edit] = []
    for turn in dict.fromkeys(event.entity_uid for event in chosen):
        made = places.get(turn, ())
        first = next((at for at, one in enumerate(made) if one.event.uid in named), len(made))
        stay = [one for one in made[first:] if one.event.uid not in named]
        added += [one.event for one in stay]
        again += _again([one.event for one in made[first:]], {one.event.uid for one in stay})
    if not added:
        return Taken(tuple(chosen), ())
    wanted = named | {event.uid for event in added}
    return Taken(tuple(one for one in reversed(events) if one.uid in wanted), tuple(again))


def _again(made: Sequence[EditEvent], stay: Collection[str]) -> Iterator[Edit]:
    """The changes that stay, each where it is without those that go."""
    text = str(made[0].body.before) if made and made[0].body else ""
    left: list[tuple[int, int]] = []
    for event in made:
        edit = event.body
        if edit is None or edit.mended is None:
            continue
        one, more = edit.mended, len(edit.mended.now) - len(edit.mended.was)
        moved = sum(by for at, by in left if at < one.at)
        left = [(at + more if at >= one.at else at, by) for at, by in left]
        if event.uid not in stay:
            left.append((one.at, more))
            continue
        placed = one.with_(at=one.at - moved)
        if placed.holds(text):
            after = placed.applied(text)
            yield edit.with_(before=text, after=after, mended=placed, command=None)
            text = after


def with_words(words: Sequence[Word], text: str, one: Mended) -> tuple[Word, ...]:
    """The recogniser's words with the changed ones as one; none where they are not the text's."""
    spoken = "".join(word.text for word in words)
    if not words or spoken.strip() != text:
        return ()
    start = len(spoken) - len(spoken.lstrip()) + one.at
    end, at = start + len(one.was), 0
    before: list[Word] = []
    within: list[Word] = []
    after: list[Word] = []
    for word in words:
        stop = at + len(word.text)
        (before if stop <= start else after if at >= end else within).append(word)
        at = stop
    if not within:
        return ()
    began = sum(len(word.text) for word in before)
    said = "".join(word.text for word in within)
    written = f"{said[: start - began]}{one.now}{said[end - began :]}"
    sure = [word.probability for word in within if word.probability is not None]
    joined = within[0].with_(end=within[-1].end, text=written, probability=min(sure, default=None))
    return (*before, joined, *after)
