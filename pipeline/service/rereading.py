"""Use cases of reading the file of a meeting as something else than it was taken for."""

from pathlib import PurePath

from pipeline import run as stages
from pipeline.errors import ConflictError, InputError
from pipeline.models.actor import Actor
from pipeline.models.meeting import Meeting
from pipeline.models.minutes import Minutes
from pipeline.models.reading import Reading
from pipeline.models.review import Edit
from pipeline.models.transcript import Transcript
from pipeline.service.house import House
from pipeline.service.intake import Intake, began_at, filled


def reread(actor: Actor, house: House, meeting: str, shape: str) -> Transcript:
    """Read the file of a meeting as this shape: the new version of its transcript.

    It is one transaction, and on record with who did it. What people corrected is corrected in
    the new version too, as far as the same words are in it. Minutes are not made anew by it.

    Raises:
        NotFoundError: no meeting has this name.
        InputError: there is no such shape, the meeting was recorded and not handed in as text, or
            another account is joined to it.
        NotReadableError: the file cannot be read so; nothing was changed.
        ConflictError: somebody's program works on the meeting just now.
    """
    store = house.tools.store
    found = store.meeting(meeting)
    if found.recordings or not found.sources:
        raise InputError("not_imported", meeting=found.title)
    if found.join is not None:
        raise InputError("join_already", meeting=found.title, file=found.join.name)
    source = found.sources[0]
    data = house.tools.blobs.path(source.sha256).read_bytes()
    reading = house.tools.reader.read(data, name=source.name, shape=shape)
    with store.transaction():
        if any(job.meeting == found.uid for job in store.jobs(under_way=True)):
            raise ConflictError("meeting_under_way", meeting=found.title)
        _keep(actor, house, store.meeting(found.uid), reading)
        return stages.hear(found.uid, house.tools, lambda progress: None)


def _keep(actor: Actor, house: House, meeting: Meeting, reading: Reading) -> None:
    source, store = meeting.sources[0], house.tools.store
    before = store.transcript(meeting.uid)
    if source.shape == reading.shape:
        return
    said = Intake(date=meeting.date, languages=meeting.languages)
    known = filled(said, reading, named=PurePath(source.name).stem)
    changed = meeting.with_(
        kind=reading.kind,
        date=known.date,
        time=meeting.time or began_at(reading, known.date),
        languages=known.languages,
        sources=(source.with_(shape=reading.shape), *meeting.sources[1:]),
    )
    edit = Edit(
        entity="meeting",
        entity_uid=meeting.uid,
        operation="set",
        field="shape",
        version=before.version if before else None,
        before=source.shape,
        after=reading.shape,
    )
    store.save_meeting(changed)
    store.append_edit(actor, project=meeting.project, meeting=meeting.uid, edit=edit)


def read_otherwise(actor: Actor, house: House, meeting: Meeting, minutes: Minutes) -> bool:
    """Whether the file was read as something else since the words these minutes rest on."""
    del actor
    events = house.tools.store.edits(meeting.uid, entity="meeting")
    return any(
        one.body.field == "shape" and (one.body.version or 0) >= minutes.transcript_version
        for one in events
        if one.body
    )
