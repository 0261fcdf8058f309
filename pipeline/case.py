"""One meeting under work: what every stage of its run needs, and how a result is kept."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, TypeVar

from pipeline.models.base import Model
from pipeline.models.hashing import digest
from pipeline.models.job import StageName
from pipeline.models.meeting import Meeting
from pipeline.models.project import Project
from pipeline.ports.jobs import Watch
from pipeline.ports.tools import Tools
from pipeline.record import Records

S = TypeVar("S")


class Case(NamedTuple):
    """The meeting, its project, and what stands behind the ports."""

    meeting: Meeting
    project: Project
    tools: Tools
    records: Records
    context: str = ""
    """Digest of the transcript and the project: what every later stage rests on."""

    def kept(self, stage: StageName, save: Callable[[], S]) -> S:
        """Save what decides how the meeting stands, if this run may still do so.

        Both in one transaction: a run that slept while another one took over finds out before it
        writes an older state over a newer one.
        """
        with self.tools.store.transaction():
            self.records.tell(stage, "saving")
            return save()

    def settings(self, model: str | None, chosen: Mapping[str, Any]) -> str:
        """What besides model and prompt decides an engine's output.

        An engine without a model is our own code: its output changes when that does.
        """
        return digest(dict(chosen)) if model else self.tools.code


def opened(meeting_uid: str, tools: Tools, watch: Watch) -> Case:
    """The meeting as it stands."""
    meeting = tools.store.meeting(meeting_uid)
    project = tools.store.project(meeting.project)
    return Case(meeting, project, tools, Records(meeting.uid, tools.store, tools.code, watch))


def plain(model: Model) -> object:
    """A model as JSON, for a digest."""
    return model.model_dump(mode="json")
