"""All ports that the stages work through, bound to what stands behind them."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from pipeline.models.job import StageName
from pipeline.models.speech import AudioFacts
from pipeline.ports.engines import Diarizer, Extractor, Reader, Specifier, Transcriber
from pipeline.ports.files import Blobs
from pipeline.ports.store import Store


class Tools(NamedTuple):
    """What stands behind the ports in this run."""

    store: Store
    blobs: Blobs
    reader: Reader
    transcriber: Callable[[], Transcriber]
    """Called only when there is something to hear: weights are heavy."""
    probe: Callable[[Path], AudioFacts]
    """What a media file holds, without loading any weights."""
    extractor: Extractor
    specifier: Specifier
    code: str
    """Digest of our own code and word lists: the version of the stages that use no engine."""
    again: frozenset[StageName] = frozenset()
    """Stages that are done again though a record of them is kept."""
    diarizer: Diarizer | None = None
    """Where people on one line are told apart."""
