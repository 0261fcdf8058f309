"""Use cases of naming turns: which turns of a call, and the person whose words they were.

Each gift is one act, which is taken back as one, however many turns it is about. Whoever names
says what they saw: what somebody else gave away since is not overwritten.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from ulid import ULID

from pipeline.errors import ConflictError, InputError, NotFoundError
from pipeline.language.normalise import visible
from pipeline.models.actor import Actor
from pipeline.models.acts import of_command
from pipeline.models.base import Model, Side
from pipeline.models.project import DEFAULT_CLIENT, Participant, Project
from pipeline.models.review import Edit, EditEvent
from pipeline.models.stretch import Stretch, within
from pipeline.models.transcript import Segment, Transcript
from pipeline.service import projects, transcripts
from pipeline.service.house import House


class Person(Model):
    """Whose words they were, as somebody says it."""

    name: str | None = None
    """A participant, or whoever is to become one; null where only the side is known."""
    side: Literal["us", "client"] | None = None
    """Needed where the name is no participant's; null means that of the participant."""
    title: str | None = None
    """Of somebody who is no participant yet."""


class Turn(Model):
    """A turn as whoever names it saw it."""

    id: str
    speaker: str | None = None
    side: Side = "unknown"


class Gift(Model):
    """Some turns, all to one person."""

    turns: tuple[Turn, ...]
    person: Person | None = None
    """Null takes the name away: nobody knows who said it."""
    command: str | None = None
    """What the face that sent it calls it: so the same, sent again, is known to be done."""


class Given(NamedTuple):
    """What became of some gifts."""

    transcript: Transcript
    events: tuple[tuple[EditEvent, ...], ...]
    """Those of each gift, one act each: taking back any of them takes back all of that act."""
    turns: int
    """How many turns changed."""
    added: tuple[str, ...]
    """Who is a participant of the project now and was none before; an undo leaves them there."""


class Look(NamedTuple):
    """What a gift would be about."""

    transcript: Transcript
    turns: tuple[Segment, ...]
    """Those that are meant, in the order of the call."""
    changing: int
    """How many of them would get another name or side."""


def people(project: Project, transcript: Transcript, present: Iterable[str]) -> list[Participant]:
    """Whom turns can be given to: whoever was in the call first, then the others of the project.

    Whoever is called so in this call alone, on a known side, comes last.
    """
    by = {one.name: one for one in reversed(project.participants)}
    known = [by[one.name] for one in project.participants]
    there = [by[name] for name in present if name in by]
    sides: dict[str, set[Side]] = {}
    for one in transcript.segments:
        if one.speaker and one.speaker not in by:
            sides.setdefault(one.speaker, set()).add(one.side)
    alone = [
        Participant(name=name, side=side)
        for name, found in sides.items()
        for side in ("us", "client")
        if found == {side}
    ]
    return list({one.name: one for one in (*there, *known, *alone)}.values())


def look(
    actor: Actor, house: House, meeting: str, stretch: Stretch, person: Person | None = None
) -> Look:
    """What a gift would be about; nothing is changed.

    Raises:
        ConflictError: the project has the person on the other side.
        NotFoundError: the meeting is not there, or was not heard yet.
        InputError: of somebody new no side is said, or the stretch has times and the call none.
    """
    found = house.tools.store.meeting(meeting)
    transcript = transcripts.newest(house, found.uid)
    turns = within(transcript, stretch)
    if person is None:
        return Look(transcript, turns, 0)
    people, _ = _with(projects.of(actor, house, found.project), [person])
    changing = sum(any(edits_of(one, person, people)) for one in turns)
    return Look(transcript, turns, changing)


def give(actor: Actor, house: House, meeting: str, gifts: Sequence[Gift]) -> Given:
    """Give turns to people: all of it as one version of the transcript, or none of it.

    Whoever is no participant yet becomes one of the project; not where the call has none of its
    own, since calls of anybody share that one.

    Raises:
        ConflictError: somebody gave one of the turns to others since, or the project has the
            person on the other side.
        NotFoundError: the meeting is not there, or a turn is not: somebody split it.
        InputError: of somebody new it is not said on which side they are.
    """
    store = house.tools.store
    with store.transaction():
        found = store.meeting(meeting)
        latest = transcripts.newest(house, found.uid)
        earlier = store.edits(found.uid, entity="segment")
        made = {id(one): _done(actor, one, earlier) for one in gifts}
        fresh = [one for one in gifts if not made[id(one)]]
        people, added = enlist(actor, house, found.project, [one.person for one in fresh])
        turns, acts = {one.id: one for one in latest.segments}, [str(ULID()) for _ in fresh]
        edits = [
            edit.with_(together=act, command=one.command)
            for one, act in zip(fresh, acts, strict=True)
            for edit in _gift(one, turns, people, earlier)
        ]
        kept = transcripts.correct_all(actor, house, found.uid, edits)
    for one, act in zip(fresh, acts, strict=True):
        made[id(one)] = tuple(event for event in kept.events if _act(event) == act)
    changed = len({edit.entity_uid for edit in edits})
    return Given(kept.transcript, tuple(made[id(one)] for one in gifts), changed, added)


def enlist(
    actor: Actor, house: House, project: str, wanted: Iterable[Person | None]
) -> tuple[dict[str, Participant], tuple[str, ...]]:
    """Everybody of the project and whoever is wanted, by name; and who joined the project so.

    Raises:
        ConflictError: the project has somebody on the other side.
        InputError: neither a name nor a side is said, or of somebody new no side.
    """
    known = projects.of(actor, house, project)
    people, added = _with(known, wanted)
    if added:
        joined = known.with_(participants=(*known.participants, *added))
        projects.change(actor, house, known, joined)
    return people, tuple(one.name for one in added)


def called(person: Person, people: Mapping[str, Participant]) -> str | None:
    """The name that was said, without what nobody can see; empty where nothing is left."""
    if person.name is None or person.name in people:
        return person.name
    return " ".join(visible(person.name).split())


def edits_of(
    one: Segment, person: Person | None, people: Mapping[str, Participant]
) -> Iterator[Edit]:
    """The corrections that make a turn that of a person; none of what is so already."""
    for field, value in _wanted(person, people).items():
        if getattr(one, field) != value:
            yield transcripts.setting(one.id, field, getattr(one, field), value)


def _everybodys(project: Project) -> bool:
    """Whether it is that of all calls without a project: people of one are no people of the others."""
    return project.client == DEFAULT_CLIENT and not project.system


def _with(
    project: Project, wanted: Iterable[Person | None]
) -> tuple[dict[str, Participant], list[Participant]]:
    """Everybody of a project and whoever is wanted, by name; and who of them is to join it."""
    people = {one.name: one for one in reversed(project.participants)}
    added = []
    for one in wanted:
        name = called(one, people) if one else None
        there = people.get(name or "")
        if one and not (one.side if one.name is None else name):
            raise InputError("turns_to_nobody")
        if one and name and there is None:
            added.append(_new(name, one))
            people[name] = added[-1]
        elif one and there and one.side not in (None, there.side):
            raise ConflictError(f"speaker_is_{there.side}", name=there.name)
    return people, [] if _everybodys(project) else added


def _new(name: str, person: Person) -> Participant:
    if person.side is None:
        raise InputError("speaker_no_participant", name=name)
    title = " ".join(visible(person.title or "").split())
    return Participant(name=name, side=person.side, title=title or None)


def _wanted(person: Person | None, people: Mapping[str, Participant]) -> dict[str, str | None]:
    """What every turn of a person is to have."""
    if person is None:
        return {"side": "unknown", "speaker": None}
    name = called(person, people)
    if name is None:
        return {"side": person.side}
    return {"side": people[name].side, "speaker": name}


def _gift(
    gift: Gift,
    turns: dict[str, Segment],
    people: Mapping[str, Participant],
    earlier: Sequence[EditEvent],
) -> Iterator[Edit]:
    """The corrections of one gift; `turns` are as they are by then, and afterwards."""
    wanted = _wanted(gift.person, people)
    since = []
    for seen in gift.turns:
        now = turns.get(seen.id)
        if now is None:
            raise NotFoundError("turn_gone", yours=wanted.get("speaker") or "—")
        given = now.with_(**wanted)
        if given != now and (now.speaker, now.side) != (seen.speaker, seen.side):
            since.append(now)
        yield from edits_of(now, gift.person, people)
        turns[now.id] = given
    if since:
        raise _given_since(since, wanted.get("speaker"), earlier)


def _given_since(
    since: Sequence[Segment], yours: str | None, earlier: Sequence[EditEvent]
) -> ConflictError:
    """Somebody else was first: whose the turns are now, and who said so."""
    ours = {one.id for one in since}
    theirs = dict.fromkeys(one.speaker or "—" for one in since)
    told = {"count": len(since), "theirs": ", ".join(theirs), "yours": yours or "—"}
    last = {
        one.entity_uid: one.actor.name
        for one in earlier
        if one.entity_uid in ours and one.body and one.body.field in ("speaker", "side")
    }
    if not last:
        return ConflictError("turns_given_since_by_run", **told)
    return ConflictError("turns_given_since", **told, who=", ".join(dict.fromkeys(last.values())))


def _done(actor: Actor, gift: Gift, earlier: Sequence[EditEvent]) -> tuple[EditEvent, ...]:
    return of_command(actor.id, gift.command, earlier) if gift.command else ()


def _act(event: EditEvent) -> str | None:
    return event.body.together if event.body else None
