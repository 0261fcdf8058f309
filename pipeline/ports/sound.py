"""What the desk needs to let people hear a recording."""

from collections.abc import Collection
from pathlib import Path
from typing import NamedTuple, Protocol


class Sound(NamedTuple):
    """A file that browsers play."""

    path: Path
    media_type: str


class Playback(Protocol):
    """Recordings as browsers play them: as they are, or as a copy that is made once."""

    def sound(self, sha256: str, recording: Path) -> Sound | None:
        """What to play; None while a copy is being made: asking begins it.

        Raises:
            NotReadableError: the recording holds nothing that can be played.
            StorageError: the disk is full or read-only.
        """

    def forget(self, used: Collection[str]) -> int:
        """Remove the copies of recordings whose hash is not among these; how many."""
