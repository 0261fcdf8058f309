"""The data folder."""

from pathlib import Path

from pipeline.errors import StorageError


def make_home(home: Path) -> None:
    """Make the data folder where there is none.

    Raises:
        StorageError: the system refuses.
    """
    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError("home_refused", path=str(home), reason=error.strerror) from error
