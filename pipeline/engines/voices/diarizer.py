"""The Diarizer on sherpa-onnx: hears a recording some minutes at a time, in another process."""

import hashlib
import json
import re
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from pipeline.engines.voices.linking import linked
from pipeline.errors import ModelUnavailableError
from pipeline.models.voices import VoiceTurn, VoiceWindow

LIBRARY = "sherpa_onnx"
RATE = 16000
WINDOW = 300 * RATE
"""Samples heard at a time (5 min): memory stays the same however long the recording is."""
NAMES = ("model.onnx", "model.int8.onnx")
"""What a model is called in a folder that holds several files."""
ENDS = 1 << 20
LONGEST_ANSWER = 3600.0
"""Seconds that a window of five minutes may take: whoever is silent for longer hangs."""
LAST_WORDS = 10.0
"""Seconds that a process has to end by itself once it does not answer any more."""

_PLACE = re.compile(r"^\S+\.(cc|h):\w+:\d+ ")
"""Where in its own sources the library was; that helps nobody."""
Samples = NDArray[np.float32]


class SherpaDiarizer:
    """Loads no models until it hears something."""

    name = "sherpa_onnx"

    def __init__(
        self,
        *,
        segmentation: str,
        embedding: str,
        threshold: float,
        count: int,
        threads: int,
        blocks: Callable[[Path], Iterator[Samples]],
    ) -> None:
        """Keep the settings.

        Args:
            segmentation: File or folder of a pyannote segmentation model as ONNX.
            embedding: File or folder of a model of voices as ONNX.
            threshold: Cosine distance from which on two are not one voice.
            count: How many people speak; 0 where that is not known.
            threads: How many compute.
            blocks: Gives the samples of a recording, of shape (1, n), at RATE.
        """
        self._segmentation = segmentation
        self._embedding = embedding
        self._threshold = threshold
        self._count = count
        self._threads = threads
        self._blocks = blocks

    @property
    def model(self) -> str:
        """Names of both models."""
        return " + ".join(Path(one).name for one in (self._segmentation, self._embedding))

    @property
    def window_settings(self) -> Mapping[str, Any]:
        """What decides the voices of a window; see the port."""
        return {
            "segmentation": _fingerprint(self._segmentation),
            "embedding": _fingerprint(self._embedding),
            "threshold": self._threshold,
            "library": _version(),
            "code": _code(),
        }

    @property
    def settings(self) -> Mapping[str, Any]:
        """What decides the voices of a recording."""
        return {**self.window_settings, "count": self._count}

    def check(self) -> None:
        """See the port."""
        for setting, given in (
            ("voices_segmentation", self._segmentation),
            ("voices_embedding", self._embedding),
        ):
            if _file(given) is None:
                raise ModelUnavailableError("voices_model", setting=setting, path=given)
        if find_spec(LIBRARY) is None:
            raise ModelUnavailableError("voices_extra")

    def tell_apart(
        self,
        path: Path,
        *,
        kept: Callable[[int], VoiceWindow | None],
        keep: Callable[[VoiceWindow], None],
    ) -> tuple[VoiceTurn, ...]:
        """Who speaks when; see the port."""
        self.check()
        windows: list[VoiceWindow] = []
        with self._child() as ask:
            for at, samples in enumerate(_windows(self._blocks(path))):
                window = kept(at)
                if window is None:
                    window = _placed(at, ask(samples))
                    keep(window)
                windows.append(window)
        try:
            return linked(windows, threshold=self._threshold, count=self._count)
        except ValueError as error:  # prints of several lengths
            raise ModelUnavailableError(
                "voices_broken", model=self.model, reason=str(error)
            ) from error

    @contextmanager
    def _child(self) -> Iterator[Callable[[Samples], dict[str, Any]]]:
        """A process that hears windows; it is started by the first and ended with the last."""
        running: list[subprocess.Popen[bytes]] = []
        with tempfile.TemporaryFile() as complaints:

            def ask(samples: Samples) -> dict[str, Any]:
                try:
                    if not running:
                        running.append(self._started(complaints))
                    return _answer(running[0], samples)
                except (OSError, ValueError) as error:
                    for process in running:
                        _ended(process)
                    raise ModelUnavailableError(
                        "voices_broken", model=self.model, reason=_last_line(complaints)
                    ) from error

            try:
                yield ask
            finally:
                for process in running:
                    process.kill()
                    process.communicate()

    def _started(self, complaints: IO[bytes]) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "pipeline.engines.voices.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=complaints,
            start_new_session=True,  # Ctrl+C is for us: we stop the process, or let it finish
        )
        told = {
            "segmentation": str(_file(self._segmentation)),
            "embedding": str(_file(self._embedding)),
            "threshold": self._threshold,
            "threads": self._threads,
        }
        if process.stdin:
            process.stdin.write(json.dumps(told).encode() + b"\n")
        return process


def _answer(process: subprocess.Popen[bytes], samples: Samples) -> dict[str, Any]:
    """What the process says of a window; ValueError where it says nothing."""
    if not process.stdin or not process.stdout:
        raise ValueError("no pipes")
    too_long = threading.Timer(LONGEST_ANSWER, process.kill)
    too_long.daemon = True
    too_long.start()
    try:
        process.stdin.write(f"{len(samples)}\n".encode() + samples.tobytes())
        process.stdin.flush()
        found: dict[str, Any] = json.loads(process.stdout.readline())
    finally:
        too_long.cancel()
    return found


def _ended(process: subprocess.Popen[bytes]) -> None:
    """Wait for what it says at its end."""
    try:
        process.wait(LAST_WORDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _windows(blocks: Iterator[Samples]) -> Iterator[Samples]:
    """The samples of WINDOW at a time; the last ones may be fewer."""
    held, count = list[Samples](), 0
    for block in blocks:
        held.append(block[0])
        count += block.shape[1]
        if count >= WINDOW:
            joined = np.concatenate(held)
            full = count - count % WINDOW
            yield from (joined[at : at + WINDOW] for at in range(0, full, WINDOW))
            held, count = [joined[full:].copy()], count - full
    if count:
        yield np.concatenate(held)


def _placed(at: int, found: Mapping[str, Any]) -> VoiceWindow:
    """A window with its turns in the time of the recording."""
    begin = at * WINDOW / RATE
    return VoiceWindow(
        index=at,
        turns=tuple(
            VoiceTurn(start=round(begin + start, 3), end=round(begin + end, 3), voice=voice)
            for start, end, voice in found["turns"]
        ),
        prints=tuple(tuple(one) for one in found["prints"]),
    )


def _file(given: str) -> Path | None:
    """The model that a setting names: the file itself, or the one in the folder."""
    path = Path(given).expanduser()
    if given and path.is_file():
        return path
    found = sorted(path.glob("*.onnx")) if given and path.is_dir() else []
    named = [path / name for name in NAMES if (path / name).is_file()]
    return (named or found)[0] if named or len(found) == 1 else None


def _fingerprint(given: str) -> str:
    """Changes when the model is replaced; reads no more than its ends."""
    path = _file(given)
    if path is None:
        return ""
    size = path.stat().st_size
    total = hashlib.sha256(str(size).encode())
    with path.open("rb") as file:
        total.update(file.read(ENDS))
        file.seek(max(0, size - ENDS))
        total.update(file.read(ENDS))
    return total.hexdigest()[:16]


def _version() -> str:
    try:
        return version(LIBRARY.replace("_", "-"))
    except PackageNotFoundError:
        return ""


def _code() -> str:
    total = hashlib.sha256()
    for source in sorted(Path(__file__).parent.glob("*.py")):
        total.update(source.name.encode() + b"\0" + source.read_bytes() + b"\0")
    return total.hexdigest()[:16]


def _last_line(complaints: IO[bytes]) -> str:
    """The last thing a process said before it ended."""
    complaints.seek(0)
    lines = complaints.read().decode(errors="replace").strip().splitlines()
    return _PLACE.sub("", lines[-1].strip())[-200:] if lines else "no answer"
