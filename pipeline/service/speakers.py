"""Use cases of speakers: who speaks in a call, who that may be, and what a person says of it.

What code finds is a suggestion. Nobody is renamed, and nobody gets a side, before a person
confirms it; what was confirmed together is one act, which is taken back as one.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from pipeline.errors import ConflictError, InputError, NotFoundError
from pipeline.language.people import Guess, guesses
from pipeline.language.script import size_in_words
from pipeline.models.actor import Actor
from pipeline.models.base import Side
from pipeline.models.project import Project
from pipeline.models.review import EditEvent
from pipeline.models.transcript import Segment, Transcript
from pipeline.service import projects, transcripts
from pipeline.service.house import House
from pipeline.service.naming import Person, called, edits_of, enlist

_TELLING = 10
"""Chinese characters or words from which a turn says something of whoever speaks."""
_SHOWN = 100
"""Characters of such a turn that are shown."""


class Speaker(NamedTuple):
    """One of those who speak, as the latest transcript calls them."""

    label: str
    turns: int
    share: float
    """Part of all the words of the call, from 0 to 1."""
    first: str
    """The beginning of their first turn that says something, else of their longest."""
    side: Side
    """That of all their turns; unknown where those differ."""
    known: bool
    """Whether every turn of theirs has a side."""
    person: str | None
    """Name of the participant who is called so."""
    guess: Guess


class Speakers(NamedTuple):
    """Who speaks in a call."""

    meeting: str
    version: int
    """Of the transcript."""
    project: Project
    speakers: tuple[Speaker, ...]
    """By their first turn."""
    unnamed: int
    """Turns of nobody: the source names no speaker."""

    @property
    def unknown(self) -> tuple[Speaker, ...]:
        """Those of whom nobody has said yet who they are."""
        return tuple(one for one in self.speakers if not one.known)


class Choice(Person):
    """What a person says of one speaker."""

    label: str
    """What the transcript calls them now."""


class Confirmed(NamedTuple):
    """What became of it."""

    transcript: Transcript
    events: tuple[EditEvent, ...]
    """One act: taking back any of them takes back all."""
    turns: int
    """How many turns changed."""
    added: tuple[str, ...]
    """Who is a participant of the project now and was none before; an undo leaves them there."""


def of(actor: Actor, house: House, meeting: str) -> Speakers:
    """The speakers of the latest transcript, each with who it may be.

    Raises:
        NotFoundError: there is no such meeting, or it has no transcript yet.
    """
    found = house.tools.store.meeting(meeting)
    transcript = transcripts.newest(house, found.uid)
    return among(transcript, projects.of(actor, house, found.project), meeting=found.uid)


def among(transcript: Transcript, project: Project, *, meeting: str) -> Speakers:
    """The same, of what was read already."""
    by: dict[str, list[Segment]] = {}
    for one in transcript.segments:
        by.setdefault(one.speaker or "", []).append(one)
    sizes = {label: [_size(one) for one in turns] for label, turns in by.items()}
    total = sum(sum(each) for each in sizes.values()) or 1
    unnamed = len(by.pop("", ()))
    found = guesses(by, project.participants, client=project.client)
    names = {one.name for one in project.participants}
    return Speakers(
        meeting=meeting,
        version=transcript.version,
        project=project,
        speakers=tuple(
            Speaker(
                label=label,
                turns=len(turns),
                share=sum(sizes[label]) / total,
                first=_telling(turns, sizes[label]),
                side=_side(turns),
                known=all(one.side != "unknown" for one in turns),
                person=label if label in names else None,
                guess=found[label],
            )
            for label, turns in by.items()
        ),
        unnamed=unnamed,
    )


def confirm(
    actor: Actor,
    house: House,
    meeting: str,
    choices: Sequence[Choice],
    *,
    seen: int | None = None,
) -> Confirmed:
    """Call every turn of some speakers by the names chosen, and give them their sides: one act.

    Whoever is chosen and no participant yet becomes one of the project; not where the call has
    none of its own, since calls of anybody share that one.

    Args:
        actor: Who says so.
        house: Where.
        meeting: Its uid.
        choices: One for each speaker that something is said of.
        seen: The version of the transcript that the person looked at.

    Raises:
        ConflictError: somebody changed turns of such a speaker since, or the project has the
            person on the other side.
        NotFoundError: the meeting is not there, or nobody in it is called so any more.
        InputError: a choice says too little, or two are about the same speaker.
    """
    store = house.tools.store
    with store.transaction():
        found = store.meeting(meeting)
        latest = transcripts.newest(house, found.uid)
        turns = _chosen(latest, choices)
        if seen is not None and seen != latest.version:
            _check(turns, store.transcript(found.uid, seen))
        people, added = enlist(actor, house, found.project, choices)
        edits = [
            edit
            for choice in choices
            for one in turns[choice.label]
            for edit in edits_of(one, choice, people)
        ]
        kept = transcripts.correct_all(actor, house, found.uid, edits)
    changed = {edit.entity_uid for edit in edits}
    return Confirmed(kept.transcript, kept.events, len(changed), added)


def renamed(before: Transcript, now: Transcript) -> int:
    """How many turns of both have another speaker or side now."""
    was = {one.id: _who(one) for one in before.segments}
    return sum(was.get(one.id, _who(one)) != _who(one) for one in now.segments)


def _who(one: Segment) -> tuple[str | None, Side]:
    return one.speaker, one.side


def _size(one: Segment) -> int:
    return sum(size_in_words(one.text))


def _side(turns: Iterable[Segment]) -> Side:
    sides = {one.side for one in turns}
    return sides.pop() if len(sides) == 1 else "unknown"


def _telling(turns: Sequence[Segment], sizes: Sequence[int]) -> str:
    longest = max(range(len(turns)), key=lambda place: sizes[place])
    place = next((at for at, size in enumerate(sizes) if size >= _TELLING), longest)
    text = " ".join(turns[place].text.split())
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN].rstrip()}…"


def _chosen(latest: Transcript, choices: Sequence[Choice]) -> dict[str, list[Segment]]:
    """The turns of each speaker that something is said of."""
    turns: dict[str, list[Segment]] = {}
    for choice in choices:
        if choice.label in turns:
            raise InputError("speaker_twice", label=choice.label)
        turns[choice.label] = []
        if not (called(choice, {}) if choice.name is not None else choice.side):
            raise InputError("speaker_not_chosen", label=choice.label)
    for one in latest.segments:
        if one.speaker in turns:
            turns[one.speaker].append(one)
    for label, found in turns.items():
        if not found:
            raise NotFoundError("speaker_gone", label=label)
    return turns


def _check(turns: Mapping[str, Sequence[Segment]], seen: Transcript | None) -> None:
    """Refuse what is said of turns that somebody else gave to others, or took from others, since."""
    was = {one.id: _who(one) for one in seen.segments} if seen else {}
    for label, some in turns.items():
        if any(was.get(one.id, _who(one)) != _who(one) for one in some):
            raise ConflictError("speaker_changed", label=label)
