"""A call as it is asked about, made once for all questions about it."""

import threading
from collections.abc import Callable, Mapping, Sequence

from pipeline.engines.llm.asking import Asker
from pipeline.engines.llm.endpoint import Endpoint
from pipeline.engines.llm.masking import mask_of
from pipeline.engines.llm.reading_call import Reading
from pipeline.engines.llm.steps import steps
from pipeline.models.project import Project
from pipeline.models.transcript import Transcript

Private = Callable[[Transcript, Project], Mapping[str, Sequence[str]]]
"""Turns that were not meant for everybody, with the participants they must never reach."""


class Readings:
    """Remembers the call it was last asked for: steps and specs of one call come together."""

    def __init__(self, endpoint: Endpoint, asker: Asker, private: Private) -> None:
        self._endpoint = endpoint
        self._asker = asker
        self._private = private
        self._lock = threading.Lock()
        self._last: Reading | None = None

    def of(self, transcript: Transcript, project: Project) -> Reading:
        """The call, ready to be asked about."""
        with self._lock:
            last = self._last
            if last is None or last.transcript is not transcript or last.project is not project:
                last = self._last = self._made(transcript, project)
            return last

    def _made(self, transcript: Transcript, project: Project) -> Reading:
        return Reading(
            transcript,
            project,
            self._asker,
            question_tokens=self._endpoint.question_tokens,
            steps=steps(self._endpoint.steps),
            mask=mask_of(transcript, project, self._endpoint.hide),
            private=self._private(transcript, project),
        )
