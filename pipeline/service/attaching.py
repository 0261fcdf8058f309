"""Use cases of files that belong to a spec: attach one, take one off, read one.

A file is part of what a spec says: with it or without it is another content, so an approval is
void, and the record tells who did it. The bytes stay until the meeting is deleted, for whatever
was taken off can be put back.
"""

import tempfile
from pathlib import Path

from pipeline import review as stage
from pipeline.errors import InputError, NotFoundError, NotReadableError
from pipeline.language.file_names import safe_file_name
from pipeline.models.actor import Actor
from pipeline.models.spec import Attachment, FeatureSpec
from pipeline.service import review
from pipeline.service.house import House
from pipeline.service.specs import named

MOST_BYTES = 50 << 20
"""Size of one file: documents and pictures, not recordings."""
MOST_FILES = 20
"""Files of one spec."""


def attach(
    actor: Actor, house: House, meeting: str, spec: str, file: Path, *, name: str | None = None
) -> FeatureSpec:
    """Attach a file to a spec; the spec as it is then. The same content twice is attached once.

    Args:
        actor: whoever attaches it.
        house: where.
        meeting: uid, or an unambiguous end of it.
        spec: its short id or its uid.
        file: the file; it is copied.
        name: what it was called, where that is not the name of `file`.

    Raises:
        NotFoundError: there is no such meeting or spec.
        NotReadableError: the file is missing, empty, too large, or none.
        InputError: the spec has too many files already.
        StorageError: the disk is full or read-only; nothing half-written stays.
    """
    store = house.tools.store
    uid = store.meeting(meeting).uid
    named(actor, house, uid, spec)
    _check(file, name or file.name)
    # Inside a transaction: else a deletion that goes on might sweep what no row names yet.
    with store.transaction():
        on = named(actor, house, uid, spec)
        sha256, size = house.tools.blobs.put(file)
        if any(one.sha256 == sha256 for one in on.attachments):
            return on
        if len(on.attachments) >= MOST_FILES:
            raise InputError("attachments_too_many", most=MOST_FILES, spec=on.id)
        store.keep_attachment(uid, store.meeting(uid).project, sha256, size)
        new = Attachment(name=safe_file_name(name or file.name), sha256=sha256)
        return _set(actor, house, uid, on, (*on.attachments, new))


def attach_content(
    actor: Actor, house: House, meeting: str, spec: str, content: bytes, *, name: str
) -> FeatureSpec:
    """The same for a file that came without a place of its own, as from a browser."""
    with tempfile.TemporaryDirectory(prefix="dragoman-") as folder:
        file = Path(folder) / "file"
        file.write_bytes(content)
        return attach(actor, house, meeting, spec, file, name=name)


def take_off(actor: Actor, house: House, meeting: str, spec: str, file: str) -> FeatureSpec:
    """Take a file off a spec, by its name or the beginning of its hash; the spec as it is then.

    Raises:
        NotFoundError: there is no such meeting, spec or file.
        InputError: several files fit.
    """
    store = house.tools.store
    uid = store.meeting(meeting).uid
    with store.transaction():
        on = named(actor, house, uid, spec)
        gone = _file(on, file)
        return _set(actor, house, uid, on, tuple(one for one in on.attachments if one != gone))


def content(actor: Actor, house: House, meeting: str, sha256: str) -> bytes:
    """What a file holds that is or was attached to a spec of the meeting.

    Raises:
        NotFoundError: it never was.
    """
    del actor
    if sha256 not in house.tools.store.attachments(meeting):
        raise NotFoundError("attachment_not_found", name=sha256[:12])
    return house.tools.blobs.path(sha256).read_bytes()


def _check(file: Path, name: str) -> None:
    if not file.exists():
        raise NotReadableError("file_missing", file=name)
    if not file.is_file():
        raise NotReadableError("no_plain_file", file=name)
    size = file.stat().st_size
    if not size:
        raise NotReadableError("empty_file", file=name)
    if size > MOST_BYTES:
        raise NotReadableError("attachment_too_large", file=name, most=MOST_BYTES >> 20)


def _file(spec: FeatureSpec, named: str) -> Attachment:
    found = [one for one in spec.attachments if named == one.name]
    if not found and len(named) >= 6:
        found = [one for one in spec.attachments if one.sha256.startswith(named.lower())]
    if not found:
        raise NotFoundError("attachment_not_found", name=named)
    if len(found) > 1:
        told = ", ".join(one.sha256[:12] for one in found)
        raise InputError("attachment_ambiguous", name=named, found=told)
    return found[0]


def _set(
    actor: Actor, house: House, meeting: str, spec: FeatureSpec, files: tuple[Attachment, ...]
) -> FeatureSpec:
    after = [one.model_dump(mode="json") for one in files]
    edit = stage.propose(spec, "set", field="attachments", after=after)
    done = review.edit(actor, house, meeting, edit)
    if not isinstance(done, FeatureSpec):  # what was edited is what comes back
        raise TypeError(f"an edit of a spec gave {type(done).__name__}")
    return done
