"""Recording -> Transcript: every batch is kept as soon as it is heard."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from pipeline.errors import NotReadableError
from pipeline.language.characters import Writing, writing
from pipeline.language.echoed import echoed
from pipeline.language.normalise import visible
from pipeline.language.rounds import said_once
from pipeline.models.base import Side
from pipeline.models.meeting import Meeting
from pipeline.models.pace import Course
from pipeline.models.project import Project
from pipeline.models.speech import HeardBatch, HeardSegment
from pipeline.models.transcript import (
    ECHO,
    ONE_VOICE,
    Dropped,
    EngineName,
    Segment,
    Transcript,
    Word,
)
from pipeline.models.voices import Roll, Voices
from pipeline.ports.engines import Transcriber
from pipeline.ports.jobs import Watch

LONGEST_HOTWORD = 40
"""Characters; nobody says a longer one in one breath."""
CHINESE = ("zh", "yue", None)
"""Languages whose characters are written as the project says; Japanese ones stay."""


class Speaker(NamedTuple):
    """Who speaks on a channel, as far as the project tells."""

    name: str | None
    side: Side


NOBODY = Speaker(None, "unknown")
"""Somebody who cannot be told from the others on the line."""


def transcribe(
    recording: Path,
    *,
    transcriber: Transcriber,
    meeting: Meeting,
    project: Project,
    done: Mapping[str, HeardBatch],
    keep: Callable[[HeardBatch], None],
    watch: Watch,
    voices: Callable[[Path, Callable[[], None]], Voices] | None = None,
) -> Transcript:
    """Hear a recording, or the rest of one.

    Args:
        recording: The audio or video file.
        transcriber: Hears it.
        meeting: The call it is of; its languages narrow the choice.
        project: Its people name the speakers, its words are told to the transcriber, and its
            Chinese is written in the characters of the project.
        done: Batches heard before, by key: they are not heard again.
        keep: Called with every newly heard batch before the next one is begun.
        watch: Told after every batch how far it is, and how fast it goes.
        voices: Tells who speaks on one line; asked when all of it was heard. It calls what it is
            given beside the recording now and then, so that the work can be cancelled.

    Returns:
        The transcript; without segments when nobody speaks. What broke off is in `dropped`.

    Raises:
        NotReadableError: it is no recording, or has no sound.
        ModelUnavailableError: the model cannot be had.
    """
    batches: list[HeardBatch] = []
    with _by_its_name(meeting):
        facts = transcriber.probe(recording)
        course = Course.begun(facts, transcriber.our_channel, done.values())
        watch(course.progress)
        for batch in transcriber.hear(
            recording,
            languages=may_be_spoken(meeting, project),
            hotwords=hotwords(project),
            done=done,
        ):
            fresh = batch.key not in done
            if fresh:
                keep(batch)
            batches.append(batch)
            course = course.plus(batch, fresh=fresh, at=time.monotonic())
            watch(course.progress)
    told = None
    if voices and facts.channels == 1 and any(batch.segments for batch in batches):
        told = voices(recording, lambda: watch(course.progress))
    who = speakers(facts.channels, transcriber.our_channel, project)
    return _joined(batches, _Cast(who, told), transcriber, meeting, writing(project))


def may_be_spoken(meeting: Meeting, project: Project) -> tuple[str, ...]:
    """The languages to choose from: what is said of the call, else of the project's calls."""
    return meeting.languages or project.spoken


def hotwords(project: Project) -> tuple[str, ...]:
    """Names and terms the calls of a project are full of, the most telling first."""
    entities = project.data_dictionary
    terms = [
        *(one.name for one in project.participants),
        project.system,
        *project.glossary,
        *(entity.entity for entity in entities),
        *(field.label for entity in entities for field in entity.fields),
    ]
    in_one_line = (" ".join(visible(term).split()) for term in terms)
    return tuple(dict.fromkeys(term for term in in_one_line if 0 < len(term) <= LONGEST_HOTWORD))


def speakers(channels: int, our_channel: int, project: Project) -> tuple[Speaker, ...]:
    """Who speaks on each channel.

    On one channel nobody can be told apart but by the voice. Two lines have sides when the project has people on
    both; a side with exactly one participant has that name.
    """
    if channels == 1:
        return (NOBODY,)
    ours, theirs = (
        [one.name for one in project.participants if one.side == side] for side in ("us", "client")
    )
    if not (ours and theirs):
        return tuple(Speaker(f"Speaker {at + 1}", "unknown") for at in range(channels))
    lines = [_on_side(ours, "us", 1), _on_side(theirs, "client", 2)]
    return tuple(lines if our_channel == 0 else reversed(lines))


def as_written(heard: HeardSegment, written: Writing) -> HeardSegment:
    """A segment in the characters of the project; its words too, letter by letter at the same times."""
    if heard.language not in CHINESE:
        return heard
    text = written.rewritten(heard.text)
    if text == heard.text:
        return heard
    return heard.with_(text=text, words=_rewritten(heard, text, written))


@contextmanager
def _by_its_name(meeting: Meeting) -> Iterator[None]:
    """Complaints name the file as it was given, not as it is kept under its hash."""
    try:
        yield
    except NotReadableError as error:
        if not meeting.recordings:
            raise
        named = {**error.params, "file": meeting.recordings[0].name}
        raise NotReadableError(error.code, **named) from error


def _on_side(names: Sequence[str], side: Side, number: int) -> Speaker:
    return Speaker(names[0] if len(names) == 1 else f"Speaker {number}", side)


class _Cast:
    """Whose each segment is: by its line, or by the voices on the only one."""

    def __init__(self, lines: Sequence[Speaker], voices: Voices | None) -> None:
        self._lines = lines
        self._roll = Roll(voices.turns) if voices and voices.turns else None
        self.fault = voices.fault if voices else ""

    def spoken(self, segment: HeardSegment) -> Iterator[tuple[HeardSegment, Speaker]]:
        """The segment and its speaker; parts of it where the voice changes within."""
        if self._roll is None:
            yield segment, self._lines[segment.channel]
            return
        for part, voice in self._roll.attributed(segment):
            named = Speaker(None if voice is None else f"Speaker {voice + 1}", "unknown")
            yield part, named


def _joined(
    batches: Sequence[HeardBatch],
    cast: _Cast,
    transcriber: Transcriber,
    meeting: Meeting,
    written: Writing,
) -> Transcript:
    heard, dropped = _sifted(batches)
    spoken = [part for segment in heard for part in cast.spoken(segment)]
    width = max(4, len(str(len(spoken))))
    if cast.fault:
        dropped.append(Dropped(text=cast.fault, reason=ONE_VOICE))
    return Transcript(
        meeting=meeting.uid,
        date=meeting.begun,
        time_zone=meeting.time_zone,
        languages=_spoken(heard),
        engine=EngineName(name=transcriber.name, model=transcriber.model),
        segments=tuple(
            _segment(at, as_written(one, written), f"s{at + 1:0{width}d}", speaker)
            for at, (one, speaker) in enumerate(spoken)
        ),
        dropped=tuple(sorted(dropped, key=lambda drop: drop.start or 0.0)),
    )


def _sifted(batches: Sequence[HeardBatch]) -> tuple[list[HeardSegment], list[Dropped]]:
    """What was said, in order of time, and all that only the whole call shows was not."""
    every = [segment for batch in batches for segment in batch.segments]
    echoes = echoed(every)
    left_out = {id(one) for one in echoes}
    own = sorted(
        (one for one in every if id(one) not in left_out),
        key=lambda one: (one.start, one.channel, one.end),
    )
    heard, repeated = said_once(own)
    dropped = [drop for batch in batches for drop in batch.dropped]
    dropped += [Dropped(start=one.start, end=one.end, text=one.text, reason=ECHO) for one in echoes]
    return heard, [*dropped, *repeated]


def _rewritten(heard: HeardSegment, text: str, written: Writing) -> tuple[Word, ...]:
    if "".join(one.text for one in heard.words) != heard.text:
        return tuple(one.with_(text=written.rewritten(one.text)) for one in heard.words)
    found: list[Word] = []
    at = 0
    for one in heard.words:
        found.append(one.with_(text=text[at : at + len(one.text)]))
        at += len(one.text)
    return tuple(found)


def _segment(index: int, heard: HeardSegment, segment_id: str, speaker: Speaker) -> Segment:
    return Segment(
        id=segment_id,
        index=index,
        start=heard.start,
        end=heard.end,
        speaker=speaker.name,
        side=speaker.side,
        text=heard.text,
        channel=heard.channel,
        avg_logprob=heard.avg_logprob,
        no_speech_prob=heard.no_speech_prob,
        words=heard.words,
    )


def _spoken(heard: Sequence[HeardSegment]) -> tuple[str, ...]:
    """Languages heard, the one with the most text first."""
    length: dict[str, int] = {}
    for one in heard:
        if one.language:
            length[one.language] = length.get(one.language, 0) + len(one.text)
    return tuple(sorted(length, key=lambda language: -length[language]))
