"""The house a use case works in: the ports, bound to what stands behind them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.models.transcript import Transcript
from pipeline.ports.files import Exporter, Holds, Logs, VocabularyReader
from pipeline.ports.jobs import Jobs
from pipeline.ports.rehearsal import Rehearsal
from pipeline.ports.sound import Playback
from pipeline.ports.tools import Tools
from pipeline.service.upload_folder import UploadFolder


@dataclass(frozen=True)
class House:
    """Built by bootstrap, handed to every use case."""

    tools: Tools
    exporters: Mapping[str, Exporter]
    """By target name."""
    write_transcript: Callable[[Transcript, Path], None]
    """Writes .json, .vtt, .srt or .txt, by the suffix."""
    jobs: Callable[[], Jobs]
    """Called only when work is handed to a worker: the job library takes seconds to load."""
    logs: Logs
    holds: Holds
    uploads: UploadFolder
    """Files on their way from a browser."""
    playback: Playback
    vocabulary: Callable[[], VocabularyReader]
    """Called only when such a file is handed in: what reads workbooks and SQL is heavy."""
    save: Callable[[Mapping[str, bytes], Path], tuple[Path, ...]]
    """Writes files by their path inside a folder, each whole or not at all."""
    rehearsal: Callable[[], Rehearsal | None] = lambda: None
    """Makes what notes what a model would be sent; none where no model reads the calls."""
