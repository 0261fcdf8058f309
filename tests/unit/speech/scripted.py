"""A transcriber that hears what it is told, and a short talk for it."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from pipeline.errors import NotReadableError
from pipeline.models.job import Progress
from pipeline.models.meeting import Meeting, Recording
from pipeline.models.project import Participant, Project
from pipeline.models.speech import AudioFacts, HeardBatch, HeardSegment
from pipeline.models.transcript import Dropped, Transcript
from pipeline.transcribe import transcribe

CALL = Path("ab/cdef")
MEETING = Meeting(
    uid="m", project="p", title="t", recordings=(Recording(name="call.mp3", sha256="ab", size=1),)
)
US = Participant(name="Alex", side="us")
CLIENT = Participant(name="Susan", side="client")
BOTH = Project(participants=(US, CLIENT))


def said(start: float, text: str, channel: int = 0) -> HeardSegment:
    return HeardSegment(start=start, end=start + 1, text=text, channel=channel, language="en")


def batch(key: str, *segments: HeardSegment, dropped: tuple[Dropped, ...] = ()) -> HeardBatch:
    last = max((one.end for one in segments), default=0.0)
    channel = segments[0].channel if segments else 0
    return HeardBatch(
        key=key, channel=channel, start=0, end=last, segments=segments, dropped=dropped
    )


class Scripted:
    """A Transcriber that hears what it is told, and counts what it had to hear."""

    name = "scripted"
    model = "none"

    def __init__(
        self, *batches: HeardBatch, channels: int = 2, ours: int = 0, breaks_at: int | None = None
    ) -> None:
        self.batches = batches
        self.channels = channels
        self.our_channel = ours
        self.breaks_at = breaks_at
        self.heard: list[str] = []
        self.languages: Sequence[str] = ()
        self.settings: Mapping[str, object] = {}

    def probe(self, path: Path) -> AudioFacts:
        return AudioFacts(duration=60, channels=self.channels, codec="opus", container="ogg")

    def hear(
        self,
        path: Path,
        *,
        languages: Sequence[str],
        hotwords: Sequence[str],
        done: Mapping[str, HeardBatch],
    ) -> Iterator[HeardBatch]:
        self.languages = languages
        for at, one in enumerate(self.batches):
            if at == self.breaks_at:
                raise NotReadableError("not_media", file=path.name)
            if one.key not in done:
                self.heard.append(one.key)
            yield done.get(one.key, one)


TALK = (
    batch("0:a", said(1, "Hello."), said(5, "Go on.")),
    batch("1:a", said(3, "Good morning.", 1)),
    batch("0:b", said(9, "Fine.")),
)


def run(
    transcriber: Scripted,
    project: Project = BOTH,
    done: dict[str, HeardBatch] | None = None,
    told: list[Progress] | None = None,
    meeting: Meeting = MEETING,
) -> Transcript:
    kept = {} if done is None else done
    return transcribe(
        CALL,
        transcriber=transcriber,
        meeting=meeting,
        project=project,
        done=dict(kept),
        keep=lambda one: kept.update({one.key: one}),
        watch=(told if told is not None else []).append,
    )
