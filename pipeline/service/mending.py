"""Use cases of a project's corrections in a call: what they changed, and what they would change."""

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from ulid import ULID

from pipeline import mend
from pipeline.errors import InputError, NotFoundError
from pipeline.language.correction_list import refused
from pipeline.language.mending import heard_form
from pipeline.language.slips import Slip, slip
from pipeline.language.sounds import is_word
from pipeline.models.actor import Actor
from pipeline.models.correction import Correction
from pipeline.models.mended import shown
from pipeline.models.project import Project
from pipeline.models.review import EditEvent
from pipeline.models.transcript import Segment, Transcript
from pipeline.models.undoing import undone
from pipeline.service import review
from pipeline.service.house import House
from pipeline.service.meetings import MeetingView

AROUND = 14
"""Characters shown before and after a place."""


class Spot(NamedTuple):
    """One place of a turn that the list changed, or would change."""

    key: str
    """uid of the event that changed it; of one that would be changed, a name of its own."""
    segment: Segment
    rule: tuple[str, str]
    """What is heard and what is meant, as the list says it."""
    at: int
    """Its first character in the text as it is now."""
    left: str
    """The words before it, as they are now."""
    was: str
    now: str
    """What stands, or would stand, in place of what was heard."""
    right: str


class Told(NamedTuple):
    """What a project's corrections did in a call."""

    changed: tuple[Spot, ...] = ()
    waiting: tuple[Spot, ...] = ()
    """What they would change: the list is newer than the words."""
    doubtful: tuple[Spot, ...] = ()
    """What may be part of a longer word: a person has to say."""
    taken_back: tuple[Spot, ...] = ()
    """What somebody took back: it stays as it was heard until somebody says otherwise."""


class Applied(NamedTuple):
    """The words with what the list changed now, and the events that an undo takes back."""

    transcript: Transcript
    events: tuple[str, ...]


def told(view: MeetingView, events: Sequence[EditEvent]) -> Told:
    """What the project's corrections changed in a call and what they would change, turn by turn.

    Args:
        view: The meeting.
        events: All edits of its turns, as `review.history` tells them.
    """
    if view.transcript is None or not (events or view.project.corrections):
        return Told()
    others = list(mend.found(view.transcript, view.project, events))
    return Told(
        changed=tuple(_changed(view.transcript, events)),
        waiting=tuple(_spot(one) for one in others if not (one.refused or one.doubtful)),
        doubtful=tuple(_spot(one) for one in others if one.doubtful and not one.refused),
        taken_back=tuple(_spot(one) for one in others if one.refused),
    )


def apply(
    actor: Actor, house: House, meeting: str, *, only: Collection[str] | None = None
) -> Applied:
    """Change what the list would change, as one act; or `only` the named places.

    What somebody took back, or what may be part of a longer word, is changed only where it is named.

    Raises:
        NotFoundError: there is no such meeting or transcript, or a named place is not there.
    """
    store = house.tools.store
    with store.transaction():
        found = store.meeting(meeting)
        transcript = store.transcript(found.uid)
        if transcript is None:
            raise NotFoundError("no_transcript", meeting=meeting)
        project, events = store.project(found.project), store.edits(found.uid, entity="segment")
        every = [(_spot(one).key, one) for one in mend.found(transcript, project, events)]
        if only is not None and not {key for key, _ in every}.issuperset(only):
            raise NotFoundError("correction_gone")
        places = [
            one
            for key, one in every
            if (key in only if only is not None else not (one.refused or one.doubtful))
        ]
        command = str(ULID())
        transcript = mend.keep(
            places, transcript, actor=actor, project=project, store=store, command=command
        )
        made = review.done_by(actor, house, found.uid, command, "segment")
        return Applied(transcript, tuple(one.uid for one in made))


def learn(actor: Actor, house: House, meeting: str, rule: Correction) -> Project:
    """Add a correction to the list of the meeting's project; nothing is changed in the words.

    Raises:
        InputError: it says nothing, or the list says something else of the same word.
        NotFoundError: there is no such meeting.
    """
    del actor
    store = house.tools.store
    with store.transaction():
        project = store.project(store.meeting(meeting).project)
        if rule in project.corrections:
            return project
        wanted = (*project.corrections, rule)
        check(wanted)
        return store.save_project(project.with_(corrections=wanted))


def check(rules: Sequence[Correction]) -> None:
    """Refuse a list that does not hold.

    Raises:
        InputError: names the correction that is wrong, and how.
    """
    if wrong := refused(rules):
        one = rules[wrong.where[0]]
        raise InputError(
            f"correction_no_{wrong.code}", heard=one.heard, meant=one.meant, value=wrong.value
        )


class Offer(NamedTuple):
    """A correction that somebody's own one suggests."""

    event: str
    """uid of theirs."""
    slip: Slip
    turns: int
    """How many other turns say the same."""


def offered(
    actor: Actor, view: MeetingView, events: Sequence[EditEvent], *, since: str | None
) -> Offer | None:
    """What the actor's last correction of a turn suggests for the whole project; None where nothing.

    Args:
        actor: Who corrected.
        view: The meeting.
        events: All edits of its turns.
        since: uid of the last event that they had seen before; null for none.
    """
    project = view.project
    event = _last(actor, events, since)
    if event is None or event.body is None:
        return None
    names = _words(project)
    taught = slip(
        str(event.body.before), str(event.body.after), lambda one: one in names or is_word(one)
    )
    if taught is None:
        return None
    rule = Correction(heard=taught.heard, meant=taught.meant)
    known = {heard_form(one.heard) for one in project.corrections}
    if heard_form(rule.heard) in known or refused((rule,)):
        return None
    return Offer(event.uid, taught, reach(view, events, rule))


def reach(view: MeetingView, events: Sequence[EditEvent], rule: Correction) -> int:
    """How many turns of a call a correction would change."""
    if view.transcript is None:
        return 0
    alone = view.project.with_(corrections=(rule,))
    places = mend.found(view.transcript, alone, events)
    return len({one.segment.id for one in places if not (one.refused or one.doubtful)})


def _last(actor: Actor, events: Sequence[EditEvent], since: str | None) -> EditEvent | None:
    """The newest text that the actor wrote and that holds, unless they had seen it before."""
    gone = undone(events)
    for event in reversed(events):
        if event.uid == since:
            return None
        body = event.body
        written = body and body.field == "text" and not (body.undoes or body.mended)
        if event.actor.id == actor.id and event.uid not in gone and written:
            return event
    return None


def _words(project: Project) -> frozenset[str]:
    """What things and people of a project are called."""
    tables = [name for one in project.data_dictionary for name in (one.entity, *one.synonyms)]
    columns = [
        name
        for one in project.data_dictionary
        for field in one.fields
        for name in (field.label, *field.synonyms)
    ]
    return frozenset(
        (*tables, *columns, *project.glossary, *(p.name for p in project.participants))
    )


def _changed(transcript: Transcript, events: Sequence[EditEvent]) -> Iterator[Spot]:
    standing = shown(transcript, events)
    for turn in transcript.segments:
        for one in sorted(standing.get(turn.id, ()), key=lambda place: place.start):
            yield Spot(
                one.event.uid,
                turn,
                one.mended.rule,
                one.start,
                turn.text[max(0, one.start - AROUND) : one.start],
                one.mended.was,
                one.mended.now,
                turn.text[one.end : one.end + AROUND],
            )


def _spot(one: mend.Found) -> Spot:
    text, place, rule = one.segment.text, one.place, one.place.rule
    return Spot(
        f"{one.segment.id}:{place.start}:{place.now}",
        one.segment,
        (rule.heard, rule.meant),
        place.start,
        text[max(0, place.start - AROUND) : place.start],
        text[place.start : place.end],
        place.now,
        text[place.end : place.end + AROUND],
    )
