"""Names that the store gives: uids for machines, short ids for people, instants."""

from datetime import UTC, datetime

from sqlalchemy.orm import Session
from ulid import ULID

from pipeline.models.identity import Name
from pipeline.stores.rows import CounterRow


def new_uid() -> str:
    """A ULID: sorts by the time it was made."""
    return str(ULID())


def now() -> str:
    """This instant, UTC with Z."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def new_name(session: Session, project: str, letter: str) -> Name:
    """The next name for a letter in the project; given out once, whatever becomes of it."""
    key = {"project": project, "letter": letter}
    counter = session.get(CounterRow, key, with_for_update=True)
    if counter is None:
        counter = CounterRow(**key, last=0)
        session.add(counter)
    counter.last += 1
    session.flush()
    return Name(new_uid(), f"{letter}{counter.last}")
