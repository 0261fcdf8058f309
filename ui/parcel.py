"""What goes out of a meeting: file names, the files themselves, and all of them in one."""

import io
import zipfile
from collections.abc import Mapping, Sequence

from pipeline.language.file_names import safe_name
from pipeline.models.actor import Actor
from pipeline.models.client_view import ClientView, View, client_view
from pipeline.models.meeting import Meeting
from pipeline.models.transcript import Transcript
from pipeline.service import documents
from pipeline.service.house import House
from pipeline.service.meetings import MeetingView

_MOMENT = (1980, 1, 1, 0, 0, 0)
"""The same files make the same archive."""


def file_name(meeting: Meeting, what: str, suffix: str) -> str:
    """A name that every system takes: the meeting, its date, what it is."""
    told = [safe_name(meeting.title) or meeting.uid, str(meeting.date or ""), what]
    return " ".join(one for one in told if one) + suffix


def for_reader(view: MeetingView, *, client: bool, readers: Sequence[str] = ()) -> View:
    """All there is, or what may reach these people of the client.

    Raises:
        NotFoundError: the meeting has no minutes yet.
    """
    ours = documents.all_of(view)
    return client_view(ours, readers=readers) if client else ours


def one_file(actor: Actor, house: House, view: View, target: str, path: str) -> bytes:
    """One file of a target."""
    return documents.rendered(actor, house, view, (target,))[path]


def folder_of(actor: Actor, house: House, view: View, target: str) -> bytes:
    """The folder of one target, in an archive."""
    files = dict(documents.rendered(actor, house, view, (target,)))
    return archive(files | documents.attached(actor, house, view))


def archive_of(actor: Actor, house: House, view: View, targets: Sequence[str]) -> bytes:
    """The files of some targets, and for ourselves the transcript, in one archive."""
    files = dict(documents.rendered(actor, house, view, targets))
    files |= documents.attached(actor, house, view)
    if not isinstance(view, ClientView) and view.transcript is not None:
        for suffix in suffixes(view.transcript):
            content = documents.transcript_file(actor, house, view.transcript, suffix)
            files[f"transcript{suffix}"] = content
    return archive(files)


def suffixes(transcript: Transcript) -> tuple[str, ...]:
    """What a transcript can be written as: without times it makes no subtitles."""
    timed = not transcript.is_chat and all(one.start is not None for one in transcript.segments)
    return tuple(one for one in documents.TRANSCRIPTS if timed or one not in (".vtt", ".srt"))


def archive(files: Mapping[str, bytes]) -> bytes:
    """Files by path, in one archive."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for path, content in sorted(files.items()):
            packed.writestr(zipfile.ZipInfo(path, _MOMENT), content, zipfile.ZIP_DEFLATED)
    return made.getvalue()
