"""A transcript, chat or note somebody else made -> Transcript."""

from pipeline.models.meeting import Meeting
from pipeline.models.project import Project
from pipeline.models.reading import Reading
from pipeline.models.transcript import IMPORTED, EngineName, Transcript


def ingest(reading: Reading, *, meeting: Meeting, project: Project) -> Transcript:
    """Turn what a reader found into the first version of the meeting's transcript.

    Turns are neither merged nor split. A speaker called by the recorder's label gets the name
    of the participant it stands for, and every speaker the side the project gives them.
    """
    segments = []
    for segment in reading.segments:
        person = project.participant(segment.speaker)
        segments.append(
            segment.with_(
                speaker=person.name if person else segment.speaker,
                side=person.side if person else segment.side,
            )
        )
    return Transcript(
        meeting=meeting.uid,
        date=meeting.begun,
        time_zone=meeting.time_zone,
        languages=meeting.languages or reading.languages,
        engine=EngineName(
            name=IMPORTED, model=reading.shape if reading.kind == "call" else reading.kind
        ),
        segments=tuple(segments),
        dropped=reading.dropped,
    )
