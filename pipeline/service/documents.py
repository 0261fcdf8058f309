"""Use cases of documents: write what a meeting gave into a folder, or hand it over as bytes."""

import os
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from pipeline.errors import InputError, NotFoundError, OutputError
from pipeline.language.file_names import place_of
from pipeline.models.actor import Actor
from pipeline.models.client_view import View
from pipeline.models.transcript import Transcript
from pipeline.models.view import InternalView
from pipeline.ports.files import Exporter
from pipeline.service import leftovers
from pipeline.service.house import House
from pipeline.service.meetings import MeetingView

TRANSCRIPTS = (".json", ".vtt", ".srt", ".txt")
"""Suffixes a transcript can be written with."""


def check_folder(folder: Path) -> None:
    """Make the folder and try to write there: better now than after an hour's work.

    Raises:
        OutputError: it cannot be made or written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".dragoman-", dir=folder)
        os.close(handle)
        Path(name).unlink()
    except OSError as error:
        raise OutputError(
            "output_not_writable", path=str(folder), reason=error.strerror or str(error)
        ) from error


def export(
    actor: Actor, house: House, view: MeetingView, targets: Sequence[str], folder: Path
) -> tuple[Path, ...]:
    """Write every target into the folder; the files written.

    What an earlier export left there and this one does not write again is removed, unless
    somebody changed it: nobody builds from a spec that is no more. A changed file that is
    written over is kept as a copy beside it. Unapproved content carries its banner; handing on
    is another use case, with a gate.

    Raises:
        NotFoundError: the meeting has no minutes yet.
        InputError: a target nobody knows.
        OutputError: the folder cannot be written, or the disk is full.
    """
    ours = all_of(view)
    check_folder(folder)
    exporters = {target: _exporter(house, target) for target in targets}
    written: dict[str, list[Path]] = {}
    with leftovers.edited_kept(folder):
        for target, exporter in exporters.items():
            written[target] = list(exporter.export(ours, out=folder))
        if "json" in targets and view.transcript is not None:
            house.write_transcript(view.transcript, folder / "transcript.json")
            written["json"].append(folder / "transcript.json")
        written["attachments"] = list(house.save(attached(actor, house, ours), folder))
    leftovers.tidy(folder, view.meeting.uid, written)
    return tuple(path for paths in written.values() for path in paths)


def all_of(view: MeetingView) -> InternalView:
    """All there is about the meeting, as its documents are made of it.

    Raises:
        NotFoundError: the meeting has no minutes yet.
    """
    if view.minutes is None:
        raise NotFoundError("no_minutes", meeting=view.meeting.uid)
    return InternalView(
        view.minutes,
        view.specs,
        view.meeting,
        view.project,
        view.transcript,
        our_talk=view.our_talk,
    )


def rendered(actor: Actor, house: House, view: View, targets: Sequence[str]) -> Mapping[str, bytes]:
    """What the files of some targets hold, by path; nothing is written.

    Args:
        actor: who asks.
        house: the exporters.
        view: all there is (`all_of`), or what may reach the client (`client_view` of that).
        targets: names of exporters.

    Raises:
        InputError: a target nobody knows.
    """
    del actor
    files: dict[str, bytes] = {}
    for target in targets:
        files |= _exporter(house, target).render(view)
    return files


def attached(actor: Actor, house: House, view: View) -> dict[str, bytes]:
    """The files of all specs that are shown, by path inside the folder, each once.

    Only what was attached to a spec of this meeting is ever read, whatever a spec names.
    """
    del actor
    kept = house.tools.store.attachments(view.meeting.uid)
    files: dict[str, bytes] = {}
    for spec in view.specs:
        for file in spec.attachments if spec.review != "rejected" else ():
            place = place_of(file)
            if place and file.sha256 in kept:
                files[place] = house.tools.blobs.path(file.sha256).read_bytes()
    return files


def transcript_file(actor: Actor, house: House, transcript: Transcript, suffix: str) -> bytes:
    """One transcript as it stands in a file of this suffix.

    Raises:
        InputError: another suffix, or one that needs times of a transcript without.
    """
    del actor
    with tempfile.TemporaryDirectory(prefix="dragoman-") as folder:
        path = Path(folder) / f"transcript{suffix}"
        house.write_transcript(transcript, path)
        return path.read_bytes()


def _exporter(house: House, target: str) -> Exporter:
    found = house.exporters.get(target)
    if found is None:
        known = ", ".join(house.exporters)
        raise InputError("target_unknown", target=target, known=known)
    return found


def check_transcript_name(path: Path) -> None:
    """Refuse a suffix that nobody writes before any work is done.

    Raises:
        InputError: names the suffixes there are.
    """
    if path.suffix.lower() not in TRANSCRIPTS:
        known = " ".join(TRANSCRIPTS)
        raise InputError("transcript_suffix", suffix=path.suffix or path.name, known=known)


def export_transcript(actor: Actor, house: House, transcript: Transcript, path: Path) -> None:
    """Write one transcript as .json, .vtt, .srt or .txt.

    Raises:
        InputError: another suffix.
        OutputError: the folder cannot be written, or the disk is full.
    """
    del actor
    check_folder(path.parent)
    house.write_transcript(transcript, path)
