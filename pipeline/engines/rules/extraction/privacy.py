"""Privacy: which turns were not meant for everybody, and whom they must not reach."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from pipeline.engines.rules.extraction.turn import Turn
from pipeline.engines.rules.sense.reader import Reading
from pipeline.language import cues
from pipeline.models.project import Participant, Project

_LONGEST_ASIDE = 6
"""Turns that an aside among the client's people may go on."""
_LEFT_ALONE = 3
"""Turns of one of us after the client's goodbye that are no longer for the client."""


class Private(NamedTuple):
    """Why a turn is internal: `not_for` names participants it must never reach."""

    not_for: tuple[str, ...] = ()


def private_turns(turns: Sequence[Turn], project: Project, reading: Reading) -> dict[int, Private]:
    """Index of every turn that is not for everybody."""
    found: dict[int, Private] = {}
    for start, end in _runs_of_ours(turns):
        first = min(_alone_from(turns, start, end), _sounds_alone(reading, start, end))
        found.update((index, Private()) for index in range(first, end))
    found.update(_asides(turns, project))
    return found


def _runs_of_ours(turns: Sequence[Turn]) -> Iterator[tuple[int, int]]:
    """Stretches in which only our side speaks."""
    start = 0
    for index in range(len(turns) + 1):
        if index == len(turns) or not turns[index].ours:
            if index > start:
                yield start, index
            start = index + 1


def _alone_from(turns: Sequence[Turn], start: int, end: int) -> int:
    """Where we begin to talk among ourselves; `end` when the client was listening all the time."""
    told = [index for index in range(start, end) if turns[index].has("internal.secret")]
    at_end = end == len(turns)
    for index in range(start, end):
        alone = turns[index].has("internal.left") and (end - index > 1 or at_end)
        if alone and not _answered_by_client(turns, index, end):
            return index
    if told:
        return told[0]
    goodbye = start > 0 and turns[start - 1].has("internal.bye")
    own = [index for index in range(start, end) if not turns[index].has("internal.bye")]
    together = len({turns[index].speaker for index in own}) > 1 or len(own) >= _LEFT_ALONE
    return own[0] if at_end and goodbye and len(own) > 1 and together else end


def _sounds_alone(reading: Reading, start: int, end: int) -> int:
    """The same by the sound of the talk; a single turn in the midst of the call is not enough."""
    heard = [index for index in range(start, end) if reading.has("private", index)]
    at_end = end == len(reading.probabilities)
    return heard[0] if len(heard) > 1 or (heard and at_end) else end


def _answered_by_client(turns: Sequence[Turn], index: int, end: int) -> bool:
    """Whether "are they gone?" was answered by one of them."""
    return end < len(turns) and end - index == 1


def _asides(turns: Sequence[Turn], project: Project) -> Mapping[int, Private]:
    found: dict[int, Private] = {}
    for turn in turns:
        if turn.ours or turn.index in found:
            continue
        match = cues.find("internal.private", turn.plain)
        if match is None:
            continue
        absent = tuple(_named(match.groupdict(), project, turn))
        left = match.groupdict().get("left") is not None or _gone(absent, turn, turns)
        last = turn.index + (_LONGEST_ASIDE if left else 1)
        for later in turns[turn.index : last]:
            if later.speaker in absent or later.has("internal.bye"):
                break
            found[later.index] = Private(absent)
    return found


def _named(said: Mapping[str, str | None], project: Project, turn: Turn) -> Iterator[str]:
    """Participants of the client whom the words of the cue name."""
    for words in (said.get("who"), said.get("left")):
        for person in project.participants:
            if words and person.name != turn.speaker and _means(words.strip(), person):
                yield person.name


def _means(words: str, person: Participant) -> bool:
    """Whether the words name the person: a name, a title, or a family name with a form of address."""
    full = cues.plain(person.name)
    parts = [*full.split(), cues.plain(person.title or "")]
    if any(part and part in words for part in parts):
        return True
    return words[:1] == full[:1] and cues.at_start("person.address", words[1:]) > 0


def _gone(absent: tuple[str, ...], turn: Turn, turns: Sequence[Turn]) -> bool:
    """Whether those who must not hear it never speak again."""
    later = {one.speaker for one in turns[turn.index :]}
    return bool(absent) and not later.intersection(absent)
