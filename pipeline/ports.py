"""The seams: what the stages need from the world, as small Protocols.

An adapter stands behind each; only bootstrap knows which. A port never names a library.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, NewType, Protocol

from pipeline.models.actor import Actor
from pipeline.models.client_view import View
from pipeline.models.draft import Draft, DraftSpec
from pipeline.models.job import Progress, StageKey, StageRecord
from pipeline.models.meeting import Meeting
from pipeline.models.minutes import Ask, Minutes
from pipeline.models.project import Project
from pipeline.models.reading import Reading
from pipeline.models.review import Deletion, Edit, EditEvent
from pipeline.models.spec import FeatureSpec
from pipeline.models.speech import AudioFacts, HeardBatch
from pipeline.models.transcript import Transcript

Tx = NewType("Tx", object)
"""An open transaction of the Store: opaque to everyone but the Store and the Jobs adapter."""

Watch = Callable[[Progress], None]
"""Told how far the work is; must not raise."""


class Transcriber(Protocol):
    """Speech to text, window by window."""

    @property
    def name(self) -> str:
        """Engine name for the stage record."""

    @property
    def model(self) -> str:
        """Model name for the stage record."""

    @property
    def settings(self) -> Mapping[str, Any]:
        """The settings that decide the output; they enter the stage key."""

    @property
    def our_channel(self) -> int:
        """Which line of a two-line recording is ours: 0 or 1."""

    def probe(self, path: Path) -> AudioFacts:
        """What the file holds.

        Raises:
            NotReadableError: it is no media file, or has no sound.
        """

    def hear(
        self,
        path: Path,
        *,
        languages: Sequence[str],
        hotwords: Sequence[str],
        done: Mapping[str, HeardBatch],
    ) -> Iterator[HeardBatch]:
        """Every batch in order; those in `done` (by key) come back without being heard again.

        Memory does not grow with the length of the file. A file that breaks off, or in which
        nobody speaks, is no error: the last batch says so in `dropped` ("breaks off", "nobody
        speaks"), and nothing heard before is lost.

        Raises:
            NotReadableError: it is no media file, or has no sound.
            ModelUnavailableError: the model cannot be had.
        """


class Reader(Protocol):
    """Reads transcripts, chats and notes that somebody else made."""

    def read(self, data: bytes, *, name: str) -> Reading:
        """Recognise the shape by content and read all of it.

        Raises:
            NotReadableError: no turn parses, or the encoding cannot be told.
        """


class Extractor(Protocol):
    """Finds items in a transcript. `run` orders the calls."""

    @property
    def name(self) -> str:
        """Engine name for the stage record: rules, llm or recorded."""

    @property
    def model(self) -> str | None:
        """Model name for the stage record."""

    @property
    def prompt(self) -> str | None:
        """name@version+digest of the prompts; for rules, the version of the rules."""

    def extract(self, transcript: Transcript, project: Project) -> Draft:
        """Every item, each citing the turns it was found in."""

    def thread(self, draft: Draft, transcript: Transcript, project: Project) -> Draft:
        """Far turns that add to an item join its citations."""

    def relate(self, draft: Draft, transcript: Transcript, project: Project) -> Draft:
        """Later beats earlier: withdrawn, superseded, duplicate, in conflict."""

    def reconsider(
        self, segments: Sequence[str], transcript: Transcript, project: Project
    ) -> Draft:
        """A second look at turns that led to no item."""

    def summarise(self, draft: Draft, transcript: Transcript, project: Project) -> Draft:
        """Summary and topics."""


class Specifier(Protocol):
    """Turns one ask into a buildable draft."""

    @property
    def name(self) -> str:
        """Engine name for the stage record."""

    @property
    def model(self) -> str | None:
        """Model name for the stage record."""

    @property
    def prompt(self) -> str | None:
        """name@version+digest of the prompt; for rules, the version of the playbook."""

    def specify(
        self, ask: Ask, minutes: Minutes, transcript: Transcript, project: Project
    ) -> DraftSpec:
        """Slots from the call, the dictionary, capabilities and scope; the rest as questions."""


class Blobs(Protocol):
    """Files kept under the hash of their content."""

    def put(self, path: Path) -> tuple[str, int]:
        """Keep a copy of the file; its SHA-256 in hex and its size in bytes.

        Raises:
            StorageError: the disk is full or read-only; nothing half-written stays.
        """

    def path(self, sha256: str) -> Path:
        """A local path to read the content from.

        Raises:
            NotFoundError: no such content.
        """

    def delete(self, sha256: str) -> None:
        """Forget the content; unknown hashes are ignored. Raises StorageError."""

    def sweep(self) -> int:
        """Remove what killed copies left behind long ago; how many."""


class ProjectRows(Protocol):
    """Projects in the Store."""

    def save_project(self, project: Project) -> Project:
        """Insert, or update the one with the same client and system; has its uid."""

    def project(self, uid: str) -> Project:
        """Raises NotFoundError."""

    def projects(self) -> tuple[Project, ...]:
        """All, by client and system."""


class MeetingRows(Protocol):
    """Meetings and all that is theirs; saving to one that is gone raises NotFoundError."""

    def save_meeting(self, meeting: Meeting) -> None:
        """Insert or update by uid.

        Raises:
            ConflictError: another meeting of the project was made from one of the files.
        """

    def meeting(self, uid: str) -> Meeting:
        """By uid or an unambiguous end of it. Raises NotFoundError."""

    def meetings(self, project: str | None = None) -> tuple[Meeting, ...]:
        """Newest first."""

    def find_meeting(self, project: str, sha256: str) -> Meeting | None:
        """The meeting of the project that was made from this very file."""

    def save_transcript(self, meeting: str, transcript: Transcript) -> Transcript:
        """Keep a version; numbered after the last one unless the content is the same."""

    def transcript(self, meeting: str, version: int | None = None) -> Transcript | None:
        """The latest or a given version."""

    def save_our_talk(self, meeting: str, segments: Sequence[str]) -> None:
        """Keep the ids of the segments spoken among ourselves, in place of earlier ones."""

    def our_talk(self, meeting: str) -> tuple[str, ...]:
        """Ids of the segments spoken among ourselves."""

    def identify(self, meeting: str, minutes: Minutes) -> Minutes:
        """Give items without uid their uid and id, and let references among them follow.

        An item that matches an earlier one (same kind, same first segment) keeps both. Asked
        again, even before the minutes are saved, the answer is the same.
        """

    def save_minutes(self, minutes: Minutes) -> None:
        """Keep the draft as the engines made it; edits stay on top of it.

        An item that it lacks stays, marked stale, where people worked on it; else it vanishes.
        """

    def minutes(self, meeting: str) -> Minutes | None:
        """Draft plus edits: the effective minutes. Which spec an ask has is always filled in."""

    def draft_minutes(self, meeting: str) -> Minutes | None:
        """What the latest run found, without any edit."""

    def identify_spec(self, meeting: str, ask: Ask, spec: FeatureSpec) -> FeatureSpec:
        """Give a spec uid, id and version; the one made for this ask before keeps its names."""

    def save_spec(self, meeting: str, spec: FeatureSpec) -> None:
        """Keep the draft of a spec: a new version where its content is another."""

    def specs(self, meeting: str) -> tuple[FeatureSpec, ...]:
        """By id, effective: dropped where the ask is gone, left out if nobody worked on it."""

    def draft_specs(self, meeting: str) -> tuple[FeatureSpec, ...]:
        """What the latest runs wrote for each ask, without any edit, by id."""

    def delete_meeting(self, uid: str) -> Deletion:
        """Remove everything of a meeting but the bare record of what people decided."""


class StageRecords(Protocol):
    """What made each output."""

    def record(self, meeting: str, key: StageKey) -> StageRecord | None:
        """The finished stage with exactly this key."""

    def save_record(self, record: StageRecord) -> None:
        """Keep a finished stage."""

    def batches(self, meeting: str, key: StageKey) -> Mapping[str, HeardBatch]:
        """Batches already heard under this key."""

    def save_batch(self, meeting: str, key: StageKey, batch: HeardBatch) -> None:
        """Keep a heard batch at once: a crash costs at most one."""


class Audit(Protocol):
    """The append-only record of what people did."""

    def append_edit(self, actor: Actor, *, project: str, meeting: str, edit: Edit) -> EditEvent:
        """Chain and keep an edit that `review.apply` let pass here. Raises NotFoundError."""

    def edits(self, meeting: str) -> tuple[EditEvent, ...]:
        """All edits of a meeting, oldest first."""


class Store(ProjectRows, MeetingRows, StageRecords, Audit, Protocol):
    """The database. Every method is one short transaction unless one is open around it."""

    def transaction(self) -> AbstractContextManager[Tx]:
        """All calls inside, in this thread, commit or roll back together.

        One inside another can fail alone.
        """


class Exporter(Protocol):
    """Writes one kind of file."""

    @property
    def target(self) -> str:
        """Name used by `--to`, such as "docx"."""

    def render(self, view: View) -> Mapping[str, bytes]:
        """What the files would hold, by path inside the folder; writes nothing.

        The same view gives the same content. What nobody approved says so on its face.
        """

    def export(self, view: View, *, out: Path) -> tuple[Path, ...]:
        """Write into the folder, each file whole or not at all; the files written.

        Raises:
            OutputError: the folder cannot be written, or the disk is full.
        """
