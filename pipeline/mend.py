"""Transcript -> the transcript with the project's corrections: each place an edit of its own.

The words as they were heard stay a version of the transcript, and every place can be taken back.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from pipeline.language.mending import Mending, Place, changes
from pipeline.language.sounds import begins_inside
from pipeline.models.actor import Actor
from pipeline.models.base import Language
from pipeline.models.correcting import Turns
from pipeline.models.correction import LIST_ID
from pipeline.models.mended import by_hand, lineage, parents, refused, shown
from pipeline.models.project import Project
from pipeline.models.review import Edit, EditEvent
from pipeline.models.transcript import Segment, Transcript
from pipeline.ports.store import Store
from pipeline.words.loader import say


class Found(NamedTuple):
    """A place that the list would change."""

    segment: Segment
    place: Place
    refused: bool
    """Somebody took this very correction back in this turn."""
    by_hand: bool
    """Somebody wrote the words of this turn."""
    doubtful: bool
    """The character before it makes an everyday word with its first: 定单 in 决定单独."""


def mend(transcript: Transcript, *, project: Project, store: Store) -> Transcript:
    """Do what the project's list says, wherever no person said otherwise; the new version.

    What somebody took back, a turn whose words somebody wrote, and what may be part of a longer
    word stays as it is.
    """
    if not project.corrections:
        return transcript
    events = store.edits(transcript.meeting, entity="segment")
    places = [
        one
        for one in found(transcript, project, events)
        if not (one.refused or one.by_hand or one.doubtful)
    ]
    return keep(places, transcript, actor=list_of(project.language), project=project, store=store)


def list_of(language: Language) -> Actor:
    """The list itself, as whoever changed the words where nobody asked for it."""
    return Actor(id=LIST_ID, name=say("mending.list", language), via="import")


def found(transcript: Transcript, project: Project, events: Sequence[EditEvent]) -> Iterator[Found]:
    """What the list would change in the words as they are, from the first turn to the last.

    Args:
        transcript: The words.
        project: Whose list it is.
        events: All edits of the turns.
    """
    mending, settled = Mending(project.corrections), shown(transcript, events)
    known, said, wrote = parents(events), refused(events), by_hand(events)
    for one in transcript.segments:
        own = [(each.start, each.end) for each in settled.get(one.id, ())]
        places = mending.places(one.text, own)
        turns = lineage(one.id, known) if places else ()
        for place in places:
            taken_back = any((turn, place.rule.heard) in said for turn in turns)
            yield Found(
                one,
                place,
                refused=taken_back,
                by_hand=not wrote.isdisjoint(turns),
                doubtful=begins_inside(one.text, place.start),
            )


def keep(
    places: Iterable[Found],
    transcript: Transcript,
    *,
    actor: Actor,
    project: Project,
    store: Store,
    command: str | None = None,
) -> Transcript:
    """Change these places, as one version; `command` is what the act is called."""
    turns, edits = Turns(transcript), list[Edit]()
    with store.transaction():
        for segment, of in groupby(places, key=lambda one: one.segment):
            for edit in _edits(segment, [one.place for one in of]):
                body = edit.with_(version=transcript.version, command=command)
                turns.correct(body)
                edits.append(body)
        if not edits:
            return transcript
        meeting = transcript.meeting
        store.append_edits(actor, project=project.uid, meeting=meeting, edits=edits)
        return store.save_transcript(meeting, turns.transcript())


def _edits(segment: Segment, places: Sequence[Place]) -> Iterator[Edit]:
    """One edit for each place; every one is of the text as those before it left it."""
    text = segment.text
    for one in changes(text, places):
        before, text = text, one.applied(text)
        yield Edit(
            entity="segment",
            entity_uid=segment.id,
            operation="set",
            field="text",
            before=before,
            after=text,
            mended=one,
        )
