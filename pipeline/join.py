"""Two accounts of one call -> one transcript: the better text at the recording's times.

The turns of the chosen text stand as they are, neither merged nor split. What only the other
account has is kept as turns of its own, so that nothing said vanishes. A turn gets the times of its
words in the recording, or of its place between neighbours that its own clock confirms, or none.
"""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from pipeline.language.aligning import Aligned, Side, Stretch
from pipeline.language.beside import rows
from pipeline.language.better_text import Account, is_name, preference
from pipeline.language.joint_clock import JointClock
from pipeline.language.spoken import Time, run_on
from pipeline.models.joining import Agreement, Joined, Jump, Missing, Text
from pipeline.models.project import Project
from pipeline.models.transcript import Dropped, Segment, Transcript

ALIKE = 0.3
"""Share of the words of a common stretch from which two accounts are of one call: with every second
word heard wrongly it is 0.5, between different calls 0.0."""
LEAST, ENOUGH = 0.2, 300
"""Share of the shorter account that must agree, or else so many Chinese characters: an opening
that every call has is no call, and ten minutes of two long recordings are."""
_TOLD = 8
"""Chinese characters of missing words that are worth a line."""
_ROUNDED = 0.002
"""Seconds that a time may be off by for having been rounded."""
_MOST_TOLD = 200
"""Stretches of missing words that are told."""


class _Placed(NamedTuple):
    """A turn of the joined transcript, and where it comes from."""

    segment: Segment
    side: Side
    stretch: Stretch


def join(
    ours: Transcript,
    theirs: Transcript,
    *,
    clock: Text = "ours",
    text: Text | None = None,
    project: Project,
) -> Joined:
    """Join two transcripts of one call.

    Args:
        ours: The meeting's own.
        theirs: The other; its ids of turns are none of ours.
        clock: Whose seconds count: that of the recording which is played.
        text: Whose words stand; if not given, those that more speaks for.
        project: Its people and words.

    Returns:
        The transcript with how sure it is. Of two that are not of one call, that says so.
    """
    aligned = Aligned(ours.segments, theirs.segments)
    seconds = JointClock(aligned, _side(clock))
    better = preference(*_accounts(aligned), project)
    winner = _side(text or better.text)
    placed = tuple(_numbered(_turns(aligned, seconds, winner, project)))
    whole = (ours, theirs)
    return Joined(
        transcript=ours.with_(
            version=1,
            languages=ours.languages or theirs.languages,
            engine=whole[winner].engine,
            segments=tuple(one.segment for one in placed),
            dropped=_dropped(whole, seconds, _side(clock)),
        ),
        agreement=_agreement(aligned, seconds),
        preference=better,
        rows=rows(aligned, [(one.segment, one.side, one.stretch) for one in placed]),
        untimed=sum(one.segment.start is None for one in placed),
    )


def _side(text: Text) -> Side:
    return 0 if text == "ours" else 1


def _turns(
    aligned: Aligned, seconds: JointClock, winner: Side, project: Project
) -> Iterator[_Placed]:
    """The turns of the chosen text, each followed by what only the other account has there."""
    kept = _kept(aligned, seconds, winner)
    yield from kept.get(-1, ())
    for place, turn in enumerate(aligned.turns[winner]):
        stretch = aligned.all_of(winner, place)
        at = seconds.turn(winner, place)
        named = _named(aligned, turn, winner, stretch, project)
        yield _Placed(_at(named, at), winner, stretch)
        yield from kept.get(place, ())


def _kept(aligned: Aligned, seconds: JointClock, winner: Side) -> dict[int, list[_Placed]]:
    """What the chosen text lacks, by the turn of it after which it stands."""
    loser: Side = 0 if winner == 1 else 1
    found: dict[int, list[_Placed]] = {}
    for stretch in aligned.lacking(loser):
        turn = aligned.turns[loser][stretch.turn]
        at = seconds.stretch(loser, stretch)
        part = turn if stretch.whole else _part(turn, *aligned.spot(loser, stretch), at)
        one = _Placed(_at(part, at), loser, stretch)
        found.setdefault(aligned.after(loser, stretch), []).append(one)
    return found


def _part(turn: Segment, start: int, end: int, at: Time | None) -> Segment:
    """Some words of a turn, as a turn with an id that always means these words."""
    words = [
        one
        for one in turn.words
        if at and at.start - _ROUNDED <= one.start and one.end <= at.end + _ROUNDED
    ]
    return turn.with_(
        id=f"{turn.id}-{start}-{end}", text=turn.text[start:end].strip(), words=tuple(words)
    )


def _at(turn: Segment, at: Time | None) -> Segment:
    if at is None:
        return turn.with_(start=None, end=None, words=())
    inside = all(
        at.start - _ROUNDED <= one.start and one.end <= at.end + _ROUNDED for one in turn.words
    )
    return turn.with_(start=at.start, end=at.end, words=turn.words if inside else ())


def _named(
    aligned: Aligned, turn: Segment, side: Side, stretch: Stretch, project: Project
) -> Segment:
    """The turn with its speaker's name: its own, or that of most of the same words."""
    if is_name(turn.speaker):
        return _sided(turn, project)
    other: Side = 0 if side == 1 else 1
    votes: Counter[int] = Counter()
    for at in range(stretch.first, stretch.last + 1):
        if (same := aligned.same(side, at)) is not None:
            votes[aligned.words[other][same].turn] += aligned.words[side][at].weight
    speakers: Counter[str | None] = Counter()
    for place, weight in votes.items():
        speakers[aligned.turns[other][place].speaker] += weight
    if not speakers:
        return _sided(turn, project)
    speaker, weight = speakers.most_common(1)[0]
    if speaker is None or 2 * weight <= speakers.total():
        return _sided(turn, project)
    if turn.speaker and not is_name(speaker):
        return _sided(turn, project)
    theirs = next(one for place in votes if (one := aligned.turns[other][place]).speaker == speaker)
    return _sided(turn.with_(speaker=speaker, side=theirs.side), project)


def _sided(turn: Segment, project: Project) -> Segment:
    """With the side that the project gives its speaker."""
    person = project.participant(turn.speaker)
    return turn.with_(speaker=person.name, side=person.side) if person else turn


def _numbered(turns: Iterator[_Placed]) -> Iterator[_Placed]:
    for index, one in enumerate(turns):
        yield one._replace(segment=one.segment.with_(index=index))


def _dropped(
    whole: tuple[Transcript, Transcript], seconds: JointClock, clock: Side
) -> tuple[Dropped, ...]:
    """What either left out; the moments of the other account are moved to our clock."""
    other = whole[1 - clock]
    by = seconds.begins if seconds.clocked else None
    moved = []
    for drop in other.dropped:
        start, end = (
            None if at is None or by is None else round(at + by, 3) for at in (drop.start, drop.end)
        )
        moved.append(
            drop
            if drop.line is not None
            else drop.with_(start=start, end=end, reason=f"in the other account: {drop.reason}")
        )
    return (*whole[clock].dropped, *moved)


def _agreement(aligned: Aligned, seconds: JointClock) -> Agreement:
    share = aligned.share()
    return Agreement(
        same=share.common >= ALIKE
        and (max(share.one, share.other) >= LEAST or share.agreed >= ENOUGH),
        common=share.common,
        ours=share.one,
        theirs=share.other,
        begins=None if seconds.begins is None else round(seconds.begins, 3),
        clocked=seconds.clocked,
        jumps=tuple(Jump(at=one.at, seconds=one.by) for one in seconds.jumps()),
        missing=_missing(aligned, seconds),
    )


def _missing(aligned: Aligned, seconds: JointClock) -> tuple[Missing, ...]:
    found = [(size, one) for side in (0, 1) for size, one in _missing_of(aligned, seconds, side)]
    found.sort(key=lambda pair: -pair[0])
    return tuple(one for _, one in found[:_MOST_TOLD])


def _missing_of(aligned: Aligned, seconds: JointClock, side: Side) -> Iterator[tuple[int, Missing]]:
    """Neighbouring stretches as one."""
    for run in aligned.runs(side):
        size = sum(aligned.weight(side, one) for one in run)
        if size < _TOLD:
            continue
        times = [at for one in run if (at := seconds.stretch(side, one))]
        texts = []
        for one in run:
            start, end = aligned.spot(side, one)
            texts.append(aligned.turns[side][one.turn].text[start:end].strip())
        yield (
            size,
            Missing(
                whose="ours" if side == 0 else "theirs",
                start=times[0].start if times else None,
                end=max(one.end for one in times) if times else None,
                text=run_on(texts),
                turns=len(run),
            ),
        )


def _accounts(aligned: Aligned) -> tuple[Account, Account]:
    ours, theirs = (
        Account(aligned.turns[side], aligned.words[side], aligned.common(side)) for side in (0, 1)
    )
    return ours, theirs
