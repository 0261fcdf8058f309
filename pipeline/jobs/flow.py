"""What the job library runs: two short workflows a job, hear and then understand.

A name here is for good: jobs that were begun under it may still be under way when a newer
version of this program starts. What a step does inside may change freely; the order of steps
may not. A flow with other steps gets another name, and the old one stays for a release.
"""

from collections.abc import Callable
from typing import Literal, NamedTuple

from dbos import DBOS, SetWorkflowID

from pipeline.models.job import Job

NAME = "dragoman"
"""Of the application, as the job library knows it."""
VERSION = "dragoman-flow-1"
"""Set by hand: the library's own default changes with every line of code, and jobs that were
begun under another version are never taken up again."""
SPEECH = "speech"
WORDS = "words"
Part = Literal["hear", "understand"]
WORKFLOWS: dict[Part, str] = {"hear": "hear_v1", "understand": "understand_v1"}


class Place(NamedTuple):
    """Which part of which job a workflow is."""

    part: Part
    meeting: str
    run: int

    @property
    def workflow(self) -> str:
        """The name of its workflow: the same part is never queued twice."""
        return f"{self.part}-{self.meeting}-{self.run}"


def workflow_id(part: Part, job: Job) -> str:
    """The workflow of one part of a job."""
    return Place(part, job.meeting, job.run).workflow


def place_of(workflow: str) -> Place | None:
    """What `workflow_id` made; null for workflows that are none of ours."""
    name, _, rest = workflow.partition("-")
    meeting, _, run = rest.rpartition("-")
    for part in WORKFLOWS:
        if part == name and meeting and run.isdecimal():
            return Place(part, meeting, int(run))
    return None


Work = Callable[[str, int], bool]
"""Does one part of the given run of a meeting; whether the next part may follow."""


def register(hear: Work, understand: Work) -> None:
    """Tell the library what its workflows do in this process."""

    @DBOS.step(name="hear")
    def heard(meeting: str, run: int) -> bool:
        return hear(meeting, run)

    @DBOS.step(name="understand")
    def understood(meeting: str, run: int) -> bool:
        return understand(meeting, run)

    # How often a job may take its worker down is for us to say: see states.MOST_TRIES.
    @DBOS.workflow(name=WORKFLOWS["understand"], max_recovery_attempts=None)
    def understand_v1(meeting: str, run: int) -> None:
        understood(meeting, run)

    @DBOS.workflow(name=WORKFLOWS["hear"], max_recovery_attempts=None)
    def hear_v1(meeting: str, run: int) -> None:
        if heard(meeting, run):
            with SetWorkflowID(Place("understand", meeting, run).workflow):
                DBOS.enqueue_workflow(WORDS, understand_v1, meeting, run)
