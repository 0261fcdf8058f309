"""Too little memory: fewer pieces at a time, and what a person is told when one is too much."""

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

from pipeline.engines.speech.soundness import weights
from pipeline.errors import DragomanError, ModelUnavailableError

P = TypeVar("P")
R = TypeVar("R")

PUBLISHED = {
    "tiny": 38e6,
    "base": 73e6,
    "small": 242e6,
    "medium": 764e6,
    "large-v3-turbo": 809e6,
    "large-v3": 1_543e6,
}
"""Numbers in the weights of the published models, the smallest first."""
SIGNS = (
    "out of memory",
    "failed to allocate",
    "cannot allocate",
    "bad_alloc",
    "alloc_failed",
    "memory object",
)
"""What the allocators of the C library, CTranslate2, oneDNN and CUDA say, in small letters."""
log = logging.getLogger("dragoman.speech")


def short_of_memory(error: Exception) -> bool:
    """Whether this is what a machine says that has too little memory."""
    said = str(error).lower()
    return isinstance(error, MemoryError) or any(sign in said for sign in SIGNS)


def too_large(model: str, folder: Path) -> ModelUnavailableError:
    """What a person is told when a model does not fit: smaller ones, if there are any."""
    smaller = _smaller(folder)
    code = "speech_memory" if smaller else "speech_memory_small"
    return ModelUnavailableError(code, model=model, smaller=", ".join(smaller))


def guarded(found: Iterable[R], model: str, folder: Path) -> Iterator[R]:
    """The same, with a plain word where memory does not last for finding the next one.

    Raises:
        ModelUnavailableError: there is too little memory.
    """
    try:
        yield from found
    except Exception as error:  # decoders and the finder of speech each have their own tree
        if isinstance(error, DragomanError) or not short_of_memory(error):
            raise
        raise too_large(model, folder) from error


class Sparing:
    """Hears pieces together, and fewer at a time from when memory was short."""

    def __init__(self) -> None:
        """Nothing was short yet."""
        self._at_once: int | None = None

    def __call__(self, recognise: Callable[[Sequence[P]], list[R]], pieces: Sequence[P]) -> list[R]:
        """All results, in order.

        Raises:
            RuntimeError, MemoryError: a single piece is too much, or it is no lack of memory.
        """
        found: list[R] = []
        at = 0
        while at < len(pieces):
            some = pieces[at : at + (self._at_once or len(pieces))]
            try:
                found += recognise(some)
            except (RuntimeError, MemoryError) as error:
                if len(some) == 1 or not short_of_memory(error):
                    raise
                self._fewer(len(some))
            else:
                at += len(some)
        return found

    def _fewer(self, were: int) -> None:
        """Half as many once; if that is too much too, one at a time."""
        self._at_once = max(1, were // 2) if self._at_once is None else 1
        log.warning("little memory: %d pieces at a time were too many; now %d", were, self._at_once)


def _smaller(folder: Path) -> list[str]:
    try:
        found = weights(folder / "model.bin")
    except (OSError, ValueError, EOFError):
        return []
    most = 0.95 * found.parameters if found else 0
    return [name for name, parameters in PUBLISHED.items() if parameters < most]
