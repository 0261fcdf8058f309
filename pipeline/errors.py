"""Every error Dragoman raises on purpose, and what each means for the person who sees it.

DragomanError                  exit code
├── InputError                 2  the file, option or project somebody gave us does not hold
│   ├── NotReadableError       2  a file is missing, empty, cut, or not what its name says
│   ├── ProjectFileError       2  project.yaml is wrong; names the field and the line
│   └── NotFoundError          2  no meeting, item or spec has this name
├── UnavailableError           3  an engine, a model or a target is not there
│   └── ModelUnavailableError  3  a speech model cannot be had; says the ways to get it
├── StorageError               1  the disk is full, read-only or not ours to write
│   └── OutputError            2  the folder somebody named for the output cannot be written
├── ConflictError              2  somebody else changed it first; holds both texts
├── StoppedError               1  somebody cancelled the work, or another worker has it now
└── HeldBackError              5  not approved, so it does not leave the house

An error carries a code and the values it is about. The words for it, in the reader's language,
are `error.<code>` in pipeline/words; a face looks them up, so that no message is built here.
"""


class DragomanError(Exception):
    """Root of all errors that a person can do something about."""

    exit_code = 1

    def __init__(self, code: str, **params: object) -> None:
        """Keep the code of the message and the values that fill it."""
        super().__init__(code)
        self.code = code
        self.params = params

    def __str__(self) -> str:
        """The code and the values: a log line, not what a user reads."""
        values = ", ".join(f"{name}={value!r}" for name, value in self.params.items())
        return f"{self.code}({values})" if values else self.code


class InputError(DragomanError):
    """Something given to us does not hold."""

    exit_code = 2


class NotReadableError(InputError):
    """A file is missing, empty, cut, or not what its name says."""


class ProjectFileError(InputError):
    """The project file is wrong at a field and a line."""


class NotFoundError(InputError):
    """Nothing has this name."""


class UnavailableError(DragomanError):
    """An engine, a model or a target is not there."""

    exit_code = 3


class ModelUnavailableError(UnavailableError):
    """A model cannot be had here."""


class StorageError(DragomanError):
    """The disk or the database refuses."""


class OutputError(StorageError):
    """The folder named for the output cannot be written."""

    exit_code = 2


class ConflictError(DragomanError):
    """Somebody else changed it first."""

    exit_code = 2


class StoppedError(DragomanError):
    """The work was cancelled, or somebody else does it now; what was finished is kept."""


class HeldBackError(DragomanError):
    """Not approved, so it does not leave the house."""

    exit_code = 5
