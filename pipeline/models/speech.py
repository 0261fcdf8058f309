"""What a transcriber hears: batches of segments, kept as soon as each is done."""

from pipeline.models.base import Model
from pipeline.models.transcript import Dropped, Word


class AudioFacts(Model):
    """What a media file holds, known before any of it is transcribed."""

    duration: float | None = None
    """Seconds; null where the container does not say."""
    channels: int
    """1 for mono or a stereo file whose sides are the same voice; 2 for two lines of a call."""
    codec: str
    container: str
    tracks: int = 1
    """Tracks of sound in the file; they count from 0."""
    heard: tuple[tuple[int, ...], ...] = ((0,),)
    """For each line the tracks that are mixed into it; one line of one track may be in stereo."""
    copies: tuple[int, ...] = ()
    """Tracks that are left out: the others hold their words. What is in neither is silent."""


class HeardSegment(Model):
    """A segment before it has an id: times in seconds from the start of the file."""

    start: float
    end: float
    text: str
    channel: int
    language: str | None = None
    avg_logprob: float | None = None
    no_speech_prob: float | None = None
    words: tuple[Word, ...] = ()
    louder: float | None = None
    """Decibels by which it is louder than the other line was just then; null on one line."""


class HeardBatch(Model):
    """One finished piece of work on one channel. Its key is the same in every run."""

    key: str
    channel: int
    start: float
    end: float
    segments: tuple[HeardSegment, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    heard_to: float | None = None
    """Seconds up to which every line is heard once this is: nothing that comes later begins
    before. Null where the engine does not tell."""
