"""The folder of files that are on their way here: a chunk at a time, whole or sent again.

Of every file there is `<id>.json`, what it is, and `<id>.part`, what came of it; that becomes
`<id>.whole` when nothing is missing. A chunk counts once it lies on the disk and fits the digest
the sender made of it; what a cut connection or a killed program left of one is dropped. So a part
that nobody here remembers ends where its last whole chunk ends.
"""

import hashlib
import re
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from weakref import WeakValueDictionary

from pydantic import Field, ValidationError

from pipeline.errors import ConflictError, InputError, NotFoundError, StorageError
from pipeline.models.base import Model
from pipeline.record import now
from pipeline.service.backup_folder import KEEP_FREE, bytes_shown
from pipeline.service.upload_chunk import Chunk, Upload, hashed, refused

CHUNK = 8 << 20
"""Bytes of a chunk; only the last of a file is smaller."""
_ID = re.compile(r"[0-9a-f]{32}")


class Label(Model):
    """What somebody said about a file before they sent it."""

    owner: str
    """id of the actor who sends it."""
    name: str
    """What it is called where it comes from. Never a path of ours."""
    size: int = Field(gt=0)
    begun_at: str = ""
    note: str = ""
    """What its owner wants done with it, in the words of whoever asked them."""


class UploadFolder:
    """Files on their way, by an id that the person, the name, the size and the time decide."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._known: dict[str, tuple[int, hashlib._Hash]] = {}
        self._guard = threading.Lock()
        self._turns: WeakValueDictionary[str, threading.Lock] = WeakValueDictionary()

    def open(self, owner: str, name: str, size: int, modified: int) -> Upload:
        """Begin a file, or go on with it where it was.

        Raises:
            InputError: it is empty.
            StorageError: there is no room for it, or the folder cannot be written.
        """
        if size <= 0:
            raise InputError("upload_empty", file=name)
        told = "\0".join((owner, name, str(size), str(modified)))
        uid = hashlib.sha256(told.encode(errors="replace")).hexdigest()[:32]
        try:
            self._root.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not self._at(uid, "json").is_file():
                label = Label(owner=owner, name=name, size=size, begun_at=now())
                self._at(uid, "json").write_text(label.model_dump_json(), encoding="utf-8")
        except OSError as error:
            raise refused(self._root, error) from error
        upload = self.get(owner, uid)
        # Twice: it is copied once more when it is handed over.
        self.check_room(2 * size - upload.offset)
        return upload

    def get(self, owner: str, uid: str) -> Upload:
        """A file of this person.

        Raises:
            NotFoundError: there is none, or it is somebody else's.
        """
        label = self._label(uid)
        upload = self._upload(uid, label) if label and label.owner == owner else None
        if upload is None:
            raise NotFoundError("upload_unknown")
        return upload

    def listed(self, owner: str) -> tuple[Upload, ...]:
        """All of this person, oldest first."""
        labels = {at.stem: self._label(at.stem) for at in self._root.glob("*.json")}
        mine = {uid: one for uid, one in labels.items() if one and one.owner == owner}
        order = sorted(mine, key=lambda uid: mine[uid].begun_at)
        return tuple(one for uid in order if (one := self._upload(uid, mine[uid])))

    @contextmanager
    def alone(self, uid: str) -> Iterator[None]:
        """Let one thread at a time make something of a file; whoever waited finds it gone."""
        with self._guard:
            turn = self._turns.setdefault(uid, threading.Lock())
        with turn:
            yield

    def note(self, owner: str, uid: str, text: str) -> None:
        """Keep something beside a file until the file goes.

        Raises:
            NotFoundError: there is no such file of this person.
            StorageError: the folder cannot be written.
        """
        self.get(owner, uid)
        label = self._label(uid)
        if label is None or label.note == text:
            return
        fresh = self._at(uid, "label")
        try:
            fresh.write_text(label.with_(note=text).model_dump_json(), encoding="utf-8")
            fresh.replace(self._at(uid, "json"))
        except OSError as error:
            raise refused(self._root, error) from error

    def noted(self, owner: str, uid: str) -> str:
        """What was kept beside a file; empty where nothing was.

        Raises:
            NotFoundError: there is no such file of this person.
        """
        self.get(owner, uid)
        label = self._label(uid)
        return label.note if label else ""

    def chunk(self, owner: str, uid: str, offset: int, length: int) -> "Chunk":
        """The next chunk of a file, to be written.

        Raises:
            NotFoundError: there is no such file of this person.
            ConflictError: it does not begin where the part ends.
            InputError: it is not as long as a chunk here is.
            StorageError: there is no room for it.
        """
        upload = self.get(owner, uid)
        if offset != upload.offset:
            raise ConflictError("upload_elsewhere", offset=upload.offset)
        if length != min(CHUNK, upload.size - offset) or not length:
            raise InputError("upload_too_long", size=upload.size)
        self.check_room(length)
        digest, part = self._digest(uid, offset), self._at(uid, "part")
        return Chunk(upload, part, length, digest, self._remember)

    def whole(self, upload: Upload) -> Path:
        """The complete file as it lies here, to be read only.

        Raises:
            InputError: not all of it is here yet.
        """
        if not upload.complete:
            raise InputError("upload_not_complete", file=upload.name)
        return self._at(upload.id, "whole")

    def named(self, upload: Upload) -> Path:
        """The complete file under its own name, in a folder of its own; ours stays.

        Raises:
            StorageError: the folder cannot be written.
        """
        folder = self._root / upload.id
        at = folder / safe_name(upload.name)
        try:
            folder.mkdir(mode=0o700, exist_ok=True)
            at.unlink(missing_ok=True)
            try:
                at.hardlink_to(self._at(upload.id, "whole"))
            except OSError:  # a disk without links
                shutil.copyfile(self._at(upload.id, "whole"), at)
        except OSError as error:
            raise refused(self._root, error) from error
        return at

    def forget_name(self, uid: str) -> None:
        """Remove what `named` made."""
        shutil.rmtree(self._root / uid, ignore_errors=True)

    def discard(self, owner: str, uid: str) -> None:
        """Remove all of a file.

        Raises:
            NotFoundError: there is no such file of this person.
        """
        self.get(owner, uid)
        self._remove(uid)

    def sweep(self, *, older_than: float) -> int:
        """Remove files of which nothing came for so many seconds; how many they were."""
        limit, swept = time.time() - older_than, 0
        for uid in sorted(self._uids()):
            try:
                ages = [at.stat().st_mtime for at in self._root.glob(f"{uid}*")]
            except FileNotFoundError:
                continue  # handed over at this moment
            if ages and max(ages) < limit:
                self._remove(uid)
                swept += 1
        return swept

    def check_room(self, needed: int) -> None:
        """Refuse before the disk does.

        Raises:
            StorageError: so many bytes do not fit any more.
        """
        free = shutil.disk_usage(self._root).free
        if free < needed + KEEP_FREE:
            needed_shown = bytes_shown(needed + KEEP_FREE)
            raise StorageError("upload_no_room", needed=needed_shown, free=bytes_shown(free))

    def _remember(self, upload: Upload, digest: "hashlib._Hash") -> None:
        """So much of a file is whole, and perhaps nothing is missing any more."""
        self._known[upload.id] = (upload.offset, digest)
        if upload.complete:
            self._at(upload.id, "part").replace(self._at(upload.id, "whole"))

    def _at(self, uid: str, suffix: str) -> Path:
        return self._root / f"{uid}.{suffix}"

    def _uids(self) -> set[str]:
        names = (at.name.split(".")[0] for at in self._root.glob("*"))
        return {name for name in names if _ID.fullmatch(name)}

    def _remove(self, uid: str) -> None:
        self._known.pop(uid, None)
        self.forget_name(uid)
        # The label first: without it there is no file, and half of one cannot be seen.
        for suffix in ("json", "part", "whole", "label"):
            self._at(uid, suffix).unlink(missing_ok=True)

    def _upload(self, uid: str, label: Label) -> Upload | None:
        """How far a file is; None where it was removed meanwhile, and only looks empty."""
        offset = self._offset(uid, label)
        if not self._at(uid, "json").is_file():
            return None
        return Upload(id=uid, name=label.name, size=label.size, offset=offset)

    def _label(self, uid: str) -> Label | None:
        if not _ID.fullmatch(uid):
            return None
        try:
            return Label.read_json(self._at(uid, "json").read_bytes())
        except (OSError, ValidationError):
            return None

    def _offset(self, uid: str, label: Label) -> int:
        """Where the whole part ends: what is remembered, or what whole chunks there can be."""
        if self._at(uid, "whole").is_file():
            return label.size
        part = self._at(uid, "part")
        there = part.stat().st_size if part.is_file() else 0
        known = self._known.get(uid)
        if known and known[0] <= there:
            return known[0]
        self._known.pop(uid, None)
        return min(there, label.size) // CHUNK * CHUNK

    def _digest(self, uid: str, offset: int) -> "hashlib._Hash":
        known = self._known.get(uid)
        if known is None or known[0] != offset:
            whole = self._at(uid, "whole")
            file = whole if whole.is_file() else self._at(uid, "part")
            self._known[uid] = known = (offset, hashed(file, offset))
        return known[1].copy()


def safe_name(name: str) -> str:
    """A file name of ours that still reads as what somebody called it."""
    last = re.split(r"[\\/]", name)[-1]
    clean = "".join(one if one.isprintable() else "_" for one in last).strip(" .")
    stem, dot, suffix = clean.rpartition(".")
    if not dot:
        stem, suffix = clean, ""
    end = f".{suffix}"[:20] if suffix else ""
    return f"{_cut(stem, 200)}{end}" if stem else f"file{end}"


def _cut(text: str, most: int) -> str:
    return text.encode()[:most].decode(errors="ignore")
