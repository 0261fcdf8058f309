"""Stage records: each stage is done once for everything that decides its output."""

import hashlib
import time
from collections.abc import Callable, Set
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Literal, TypeVar

from pydantic import ValidationError

from pipeline.models.base import Model
from pipeline.models.hashing import digest
from pipeline.models.job import Progress, StageKey, StageName, StageRecord
from pipeline.ports.jobs import Watch
from pipeline.ports.store import Store

M = TypeVar("M", bound=Model)
_NO_PART = ("demo", "stores", "exporters", "measured", "__pycache__")
"""Folders of ours that no stage uses."""
State = Literal["started", "going", "done", "cached", "failed", "saving"]


class Records:
    """Runs a stage, or takes its output from the record of an earlier run."""

    def __init__(
        self,
        meeting: str,
        store: Store,
        code: str,
        watch: Watch,
        *,
        again: Set[StageName] = frozenset(),
    ) -> None:
        self.meeting = meeting
        self.store = store
        self.code = code
        self.watch = watch
        self.again = again
        """Stages that are done again though a record of them is kept."""

    def do(
        self,
        key: StageKey,
        output: type[M],
        make: Callable[[], M],
        *,
        whole: Callable[[M], bool] = lambda made: True,
    ) -> M:
        """The stage's output, made now only if nothing with this key was made before.

        What an earlier version made and this one cannot read is made again, and so is what is not
        `whole`: of that no record is kept.
        """
        made, keep = self.made(key, output, make, whole=whole)
        keep()
        return made

    def made(
        self,
        key: StageKey,
        output: type[M],
        make: Callable[[], M],
        *,
        whole: Callable[[M], bool] = lambda made: True,
    ) -> tuple[M, Callable[[], None]]:
        """The same, and what keeps it: for whoever keeps more in the same transaction."""
        earlier = None if key.stage in self.again else self._earlier(key, output)
        if earlier is not None:
            return earlier, lambda: self.tell(key.stage, "cached")
        self.tell(key.stage, "started")
        began = time.perf_counter()
        made = make()
        seconds = time.perf_counter() - began

        def keep() -> None:
            if whole(made):
                self.keep(key, made.model_dump(mode="json"), seconds)
            else:
                self.tell(key.stage, "done", note=f"{seconds:.1f} s")

        return made, keep

    def _earlier(self, key: StageKey, output: type[M]) -> M | None:
        record = self.store.record(self.meeting, key)
        try:
            return output.read(record.output) if record else None
        except ValidationError:
            return None

    def keep(self, key: StageKey, output: object, seconds: float) -> None:
        """Record a finished stage and say so."""
        self.store.save_record(
            StageRecord(
                meeting=self.meeting,
                key=key,
                output=output,
                seconds=round(seconds, 3),
                finished_at=now(),
            )
        )
        self.tell(key.stage, "done", note=f"{seconds:.1f} s")

    def tell(self, stage: StageName, state: State, note: str | None = None) -> None:
        """Pass progress on."""
        self.watch(Progress(stage=stage, state=state, note=note))

    def ours(self, stage: StageName, inputs: object, subject: str = "") -> StageKey:
        """Key of a stage that is our own code."""
        return StageKey(
            stage=stage,
            subject=subject,
            input_digest=digest(inputs),
            engine="dragoman",
            prompt=self.code,
        )


def now() -> str:
    """This instant, UTC with Z."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


@cache
def code_digest() -> str:
    """Digest of our code and word lists: the version of all stages that use no engine."""
    total = hashlib.sha256()
    for path, content in sorted(_sources(files("pipeline"), "")):
        total.update(path.encode() + b"\0" + content + b"\0")
    return total.hexdigest()[:16]


def _sources(folder: Traversable, prefix: str) -> list[tuple[str, bytes]]:
    found: list[tuple[str, bytes]] = []
    for entry in folder.iterdir():
        name = f"{prefix}{entry.name}"
        if entry.is_dir() and entry.name not in _NO_PART:
            found += _sources(entry, f"{name}/")
        elif entry.name.endswith((".py", ".toml")):
            found.append((name, entry.read_bytes()))
    return found
