"""What the stages need from the database."""

from collections.abc import Collection, Mapping, Sequence, Set
from contextlib import AbstractContextManager
from pathlib import Path
from typing import NamedTuple, NewType, Protocol

from pipeline.models.actor import Actor
from pipeline.models.answer import KeptAnswer
from pipeline.models.base import Model
from pipeline.models.item import Kind
from pipeline.models.job import Job, StageKey, StageRecord, Worker
from pipeline.models.meeting import Meeting
from pipeline.models.minutes import Ask, Item, Minutes
from pipeline.models.model_use import ModelUse
from pipeline.models.project import Project
from pipeline.models.review import Deletion, Edit, EditEvent, Entity
from pipeline.models.spec import FeatureSpec
from pipeline.models.spec_version import SpecVersion
from pipeline.models.speech import HeardBatch
from pipeline.models.standing import Standing
from pipeline.models.transcript import Transcript

Tx = NewType("Tx", object)
"""An open transaction of the Store: opaque to everyone but the Store and the Jobs adapter."""


class ProjectRows(Protocol):
    """Projects in the Store."""

    def save_project(self, project: Project) -> Project:
        """Insert, or update the one with the same client and system; has its uid."""

    def project(self, uid: str) -> Project:
        """Raises NotFoundError."""

    def projects(self) -> tuple[Project, ...]:
        """All, by client and system."""

    def delete_project(self, uid: str) -> Deletion:
        """Remove a project with all its meetings. Raises NotFoundError."""


class MeetingRows(Protocol):
    """Meetings and all that is theirs; saving to one that is gone raises NotFoundError."""

    def add_meeting(self, meeting: Meeting) -> None:
        """Keep a new one; its uid was never used before.

        Raises:
            ConflictError: another meeting of the project was made from one of the files.
        """

    def save_meeting(self, meeting: Meeting) -> None:
        """Update by uid; one that was deleted does not come back.

        Raises:
            NotFoundError: there is no such meeting any more.
            ConflictError: another meeting of the project was made from one of the files.
        """

    def meeting(self, uid: str) -> Meeting:
        """By uid or an unambiguous end of it. Raises NotFoundError."""

    def meetings(self, project: str | None = None) -> tuple[Meeting, ...]:
        """Newest first."""

    def last_changes(self) -> Mapping[str, str]:
        """By uid of each meeting, when it was made, edited or run last: UTC instants."""

    def files_in_use(self) -> frozenset[str]:
        """SHA-256 of every file that a meeting was made from or that is attached to a spec."""

    def keep_attachment(self, meeting: str, project: str, sha256: str, size: int) -> None:
        """Note that a meeting needs this content; the same again is no fault."""

    def attachments(self, meeting: str) -> frozenset[str]:
        """SHA-256 of all that was ever attached to a spec of the meeting."""

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

    def name_added(self, meeting: str, kind: Kind, item: Item) -> Item:
        """Give an item that somebody adds names of its own, and its hash; no draft holds it."""

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

    def spec_versions(self, meeting: str, uid: str) -> tuple[SpecVersion, ...]:
        """Every content that a spec ever had, the oldest first.

        Raises:
            NotFoundError: the meeting has no such spec.
        """

    def spec_drafts(self, meeting: str) -> Mapping[str, tuple[FeatureSpec, ...]]:
        """What the runs wrote for each ask, without any edit, by uid; the oldest version first."""

    def delete_meeting(self, uid: str) -> Deletion:
        """Remove everything of a meeting but the bare record of what people decided."""


class StageRecords(Protocol):
    """What made each output."""

    def record(self, meeting: str, key: StageKey) -> StageRecord | None:
        """The finished stage with exactly this key."""

    def save_record(self, record: StageRecord) -> None:
        """Keep a finished stage."""

    def batches(
        self, meeting: str, key: StageKey, *, but: Collection[str] = ()
    ) -> Mapping[str, HeardBatch]:
        """Batches already heard under this key; those in `but` are not read."""

    def save_batch(self, meeting: str, key: StageKey, batch: HeardBatch) -> None:
        """Keep a heard batch at once: a crash costs at most one."""

    def answer(self, meeting: str, key: str) -> KeptAnswer | None:
        """What a model answered to exactly this before."""

    def save_answer(self, meeting: str, key: str, answer: KeptAnswer) -> None:
        """Keep an answer at once; it goes with the meeting."""

    def add_model_use(self, meeting: str, use: ModelUse) -> None:
        """Count on top of what is there for this site and model; it goes with the meeting."""

    def model_use(self, meeting: str | None = None) -> tuple[ModelUse, ...]:
        """What models took, by site and model: of one meeting, or of all together."""


class Audit(Protocol):
    """The append-only record of what people did."""

    def append_edit(self, actor: Actor, *, project: str, meeting: str, edit: Edit) -> EditEvent:
        """Chain and keep an edit that `review.apply` let pass here. Raises NotFoundError."""

    def append_edits(
        self, actor: Actor, *, project: str, meeting: str, edits: Sequence[Edit]
    ) -> tuple[EditEvent, ...]:
        """The same with several, in their order."""

    def edits(
        self, meeting: str, *, entity: Entity | None = None, uid: str | None = None
    ) -> tuple[EditEvent, ...]:
        """All edits of a meeting, or of one thing in it, oldest first."""

    def standing(self, meeting: str, since: Standing | None = None) -> Standing:
        """Where a meeting stands, and what people edited since an earlier standing of it."""

    def subject(self, meeting: str, edit: Edit, *, before: str | None = None) -> Model | None:
        """What an edit is about, as it holds now or held before an event; None where it is not.

        Also what no longer shows because a later run did not find it: an edit brings it back.
        Reads no more than that takes.
        """


class JobRows(Protocol):
    """Jobs and workers as people see them."""

    def save_job(self, job: Job) -> None:
        """Insert or update by uid. Raises NotFoundError where the meeting is gone."""

    def job(self, meeting: str) -> Job | None:
        """The latest job of a meeting."""

    def jobs(self, *, under_way: bool = False) -> tuple[Job, ...]:
        """The latest job of every meeting that has one, newest first; or only those under way."""

    def save_worker(self, worker: Worker) -> None:
        """Keep a sign of life."""

    def forget_worker(self, name: str) -> None:
        """It said goodbye; unknown names are ignored."""

    def workers(self) -> tuple[Worker, ...]:
        """All that were heard of, by name."""


class Store(ProjectRows, MeetingRows, StageRecords, Audit, JobRows, Protocol):
    """The database. Every method is one short transaction unless one is open around it."""

    def wipe(self) -> bool:
        """Let no copy of deleted words stay in the database's files; whether that could be done.

        Deletions do so themselves unless a transaction is open around them. Where somebody still
        reads the database as it was before, it waits for some seconds and may be asked again.
        """

    def transaction(self) -> AbstractContextManager[Tx]:
        """All calls inside, in this thread, commit or roll back together.

        One inside another can fail alone.
        """

    def close(self) -> None:
        """Let go of the database."""


class Contents(NamedTuple):
    """What a copy of the database holds."""

    revision: str
    """Its schema."""
    meetings: int
    files: Mapping[str, int]
    """Size in bytes of every recording it refers to, by SHA-256 in hex."""


class Copies(Protocol):
    """Whole copies of the database, out and in, while other programs work with it."""

    def size(self) -> int:
        """Bytes that a copy takes at most."""

    def referred(self) -> Set[str]:
        """Hashes of all recordings that the database refers to now. Raises StorageError."""

    def copy_out(self, to: Path) -> Contents:
        """Write one moment of the database into a file and check it.

        Raises:
            InputError: there is no database yet.
            OutputError: the file cannot be written; nothing of it stays.
            StorageError: the database is damaged or does not answer.
        """

    def check(self, copy: Path) -> Contents:
        """Look through a copy from end to end.

        Raises:
            NotReadableError: it is damaged, or no database of ours.
            StorageError: it was written by a newer program.
        """

    def replace(self, copy: Path, *, aside: Path) -> Contents | None:
        """Set the database aside and put a checked copy in its place, all at once.

        Args:
            copy: the file to take the new content from.
            aside: a new folder for what is there now, as `dragoman.db`.

        Returns:
            What was set aside; None where that was no whole database.
        """
