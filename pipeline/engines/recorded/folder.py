"""A recording in a folder: recording.json, and answers/<digest of the question>.json for each.

What is read was written by anybody: every file is checked against its digest and its form first.
"""

import errno
import hashlib
import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple, TypeVar

from pydantic import ValidationError

from pipeline.errors import InputError, NotReadableError, OutputError
from pipeline.models.base import Model
from pipeline.models.recording import AnswerManifest, RecordedAnswer, RecordedCall
from pipeline.record import now

M = TypeVar("M", bound=Model)
MANIFEST = "recording.json"
ANSWERS = "answers"


class Recorded(NamedTuple):
    """A recording, whole and checked."""

    about: AnswerManifest
    answers: Mapping[str, RecordedAnswer]
    """By digest of the question."""
    digest: str
    """SHA-256 of recording.json, which holds those of all answers."""

    def find(self, question: str) -> RecordedAnswer | None:
        """What was answered to a question."""
        return self.answers.get(question)


def is_recording(folder: Path) -> bool:
    """Whether a folder says that it is one."""
    return (folder / MANIFEST).is_file()


def read(folder: Path) -> Recorded:
    """All of a recording.

    Raises:
        NotReadableError: there is none, or a file of it is not there.
        InputError: a file is damaged, was changed, or is none of ours; names it.
    """
    if not is_recording(folder):
        raise NotReadableError("recording_missing", folder=str(folder))
    data = _bytes(folder / MANIFEST)
    about = _parsed(AnswerManifest, data, folder / MANIFEST)
    answers = {name: _answer(folder, name, sha256) for name, sha256 in about.answers.items()}
    return Recorded(about, answers, hashlib.sha256(data).hexdigest())


def _answer(folder: Path, question: str, sha256: str) -> RecordedAnswer:
    file = _place(folder, question)
    data = _bytes(file)
    if hashlib.sha256(data).hexdigest() != sha256:
        raise InputError("recording_changed", file=str(file))
    answer = _parsed(RecordedAnswer, data, file)
    if answer.question != question:
        raise InputError("recording_changed", file=str(file))
    return answer


def _place(folder: Path, question: str) -> Path:
    return folder / ANSWERS / f"{question}.json"


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except FileNotFoundError as error:
        raise NotReadableError("recording_incomplete", file=str(file)) from error
    except OSError as error:
        raise NotReadableError("file_refused", file=str(file), reason=error.strerror) from error


def _parsed(kind: type[M], data: bytes, file: Path) -> M:
    try:
        return kind.read_json(data)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        reason = f"{where}: {first['msg']}" if where else first["msg"]
        raise InputError("recording_broken", file=str(file), reason=reason) from error


class Recorder:
    """Writes a recording while answers come; safe to share among threads.

    The first answer puts it in place of an earlier recording in the folder; until then nothing is
    touched. After each answer the folder is a whole recording of what came so far.
    """

    def __init__(
        self, folder: Path, about: AnswerManifest, *, call: Callable[[str], RecordedCall | None]
    ) -> None:
        """Check the folder; nothing is written yet.

        Args:
            folder: made where it is not there.
            about: what is known beforehand.
            call: by uid of a meeting, the call it is of.

        Raises:
            OutputError: it holds a recording.json that is none of ours.
        """
        self._folder = folder
        self._about = about
        self._call = call
        self._begun = False
        self._lock = threading.Lock()
        self._earlier = self._questions()

    def add(self, meeting: str, answer: RecordedAnswer) -> None:
        """Keep an answer about a meeting.

        Raises:
            OutputError: the folder cannot be written, or the disk is full.
        """
        with self._lock:
            about = self._about
            if not self._begun:
                about = about.with_(recorded_at=now())
            data = _text(answer)
            call = self._call(meeting)
            calls = (*about.calls, call) if call and call not in about.calls else about.calls
            self._about = about.with_(
                calls=calls,
                prompts=tuple(sorted({*about.prompts, answer.prompt})),
                answers={**about.answers, answer.question: hashlib.sha256(data).hexdigest()},
            )
            self._write(_place(self._folder, answer.question), data)
            self._write(self._folder / MANIFEST, _text(self._about))
            if not self._begun:
                self._begun = True
                self._forget(self._earlier - {answer.question})

    def _questions(self) -> frozenset[str]:
        """What an earlier recording in the folder answers."""
        if not is_recording(self._folder):
            return frozenset()
        try:
            data = _bytes(self._folder / MANIFEST)
            return frozenset(_parsed(AnswerManifest, data, self._folder / MANIFEST).answers)
        except InputError as error:
            raise OutputError("recording_in_the_way", folder=str(self._folder)) from error

    def _forget(self, questions: frozenset[str]) -> None:
        for question in questions:
            with _writing(self._folder):
                _place(self._folder, question).unlink(missing_ok=True)

    def _write(self, file: Path, data: bytes) -> None:
        with _writing(file):
            file.parent.mkdir(parents=True, exist_ok=True)
            part = file.with_name(f".{file.name}.part")
            part.write_bytes(data)
            part.replace(file)


@contextmanager
def _writing(place: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
        code = "disk_full" if full else "recording_not_writable"
        raise OutputError(code, path=str(place), reason=error.strerror or str(error)) from error


def _text(model: Model) -> bytes:
    """As JSON. Half a character, which some endpoints send, is in no file: a mark stands for it."""
    text = json.dumps(model.model_dump(mode="json"), ensure_ascii=False, indent=2)
    return (text + "\n").encode("utf-8", "replace")
