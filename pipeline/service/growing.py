"""Use case of looking on while a recording is heard: its words so far, which are no transcript."""

from collections.abc import Collection
from typing import Literal

from pipeline.errors import NotFoundError
from pipeline.language.characters import writing
from pipeline.models.actor import Actor
from pipeline.models.base import Model, Side
from pipeline.models.job import Job, StageKey
from pipeline.service.house import House
from pipeline.transcribe import as_written, speakers

Growth = Literal["growing", "stopped", "whole"]
"""stopped: its hearing ended before its end, and may go on; whole: all of it is heard."""


class HeardTurn(Model):
    """A turn as it was heard: without an id, and nothing in it was corrected.

    Chinese is in the characters that the transcript will be written in.
    """

    start: float
    """Seconds from the start of the recording."""
    end: float
    channel: int
    speaker: str | None
    side: Side
    text: str


class HeardPiece(Model):
    """The turns of one batch, in order of time."""

    key: str
    turns: tuple[HeardTurn, ...]


class WordsSoFar(Model):
    """What is heard of a recording by now. It can be looked at and nothing else.

    A type of its own, so that nothing that takes a transcript takes it: it is not approved,
    not exported, and no minutes rest on it.
    """

    under: StageKey
    """What the batches are kept under: of another key they are other words."""
    growth: Growth
    pieces: tuple[HeardPiece, ...]
    heard_to: float
    """Seconds up to which every line is heard; turns after it may get others between them."""
    total: float | None
    """Seconds there are, as the file says."""

    @property
    def turns(self) -> tuple[HeardTurn, ...]:
        """All turns in order of time."""
        every = (turn for piece in self.pieces for turn in piece.turns)
        return tuple(sorted(every, key=lambda one: (one.start, one.channel, one.end)))


def words_so_far(
    actor: Actor, house: House, meeting: str, *, but: Collection[str] = ()
) -> WordsSoFar:
    """The words of a recording that a worker hears, or heard last, as far as it is.

    Args:
        actor: Whoever looks.
        house: The house.
        meeting: uid of the meeting, or an unambiguous end of it.
        but: Keys of batches that the reader has already: they are not read again.

    Raises:
        NotFoundError: there is no such meeting, or no worker began to hear it.
    """
    del actor
    store = house.tools.store
    found = store.meeting(meeting)
    job = store.job(found.uid)
    hearing = job.hearing if job is not None else None
    if job is None or hearing is None or hearing.key is None:
        raise NotFoundError("not_being_heard", meeting=meeting)
    project = store.project(found.project)
    who, written = speakers(hearing.lines, hearing.our_line, project), writing(project)
    batches = store.batches(found.uid, hearing.key, but=but)
    return WordsSoFar(
        under=hearing.key,
        growth=_growth(job),
        pieces=tuple(
            HeardPiece(
                key=key,
                turns=tuple(
                    HeardTurn(
                        start=one.start,
                        end=one.end,
                        channel=one.channel,
                        speaker=who[one.channel].name,
                        side=who[one.channel].side,
                        text=as_written(one, written).text,
                    )
                    for one in batch.segments
                ),
            )
            for key, batch in batches.items()
        ),
        heard_to=job.done if job.stage == "transcribe" else hearing.heard,
        total=job.total,
    )


def _growth(job: Job) -> Growth:
    if job.state == "succeeded" or job.stage != "transcribe":
        return "whole"
    return "growing" if job.under_way else "stopped"
