"""Sessions: a call is its own short transaction, or joins the one that is open around it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker

from pipeline.stores.engine import BUSY_SECONDS, refusals


class Sessions:
    """Opens sessions on one database. An open transaction belongs to its thread."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._write = sessionmaker(engine, expire_on_commit=False)
        reader = engine.execution_options(read_only=True)
        self._read = sessionmaker(reader, expire_on_commit=False, autoflush=False)
        self._local = threading.local()
        self._turn = threading.Lock()

    @property
    def current(self) -> Session | None:
        """The transaction that is open in this thread."""
        session: Session | None = getattr(self._local, "session", None)
        return session

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """Everything inside commits or rolls back together; one inside another can fail alone.

        Raises:
            StorageError: the database refuses; nothing of the transaction was kept.
        """
        if self.current is not None:
            with self.current.begin_nested():
                yield self.current
            return
        with self._in_turn(), refusals(self.engine), self._write() as session, session.begin():
            self._local.session = session
            try:
                yield session
            finally:
                self._local.session = None

    @contextmanager
    def _in_turn(self) -> Iterator[None]:
        """Let the threads of this program write one after the other.

        The database lets in one writer at a time anyway; but SQLite tells nobody when it is free,
        those who wait sleep up to a tenth of a second each time.
        """
        got = self._turn.acquire(timeout=BUSY_SECONDS)
        try:
            yield  # whoever waited in vain is refused by the database, in its own words
        finally:
            if got:
                self._turn.release()

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session to write with: that of the open transaction, or a short one of its own."""
        if self.current is not None:
            yield self.current
            return
        with self.transaction() as session:
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session to read with; outside a transaction it sees one moment and blocks nobody."""
        if self.current is not None:
            yield self.current
            return
        with refusals(self.engine), self._read() as session, session.begin():
            yield session


class Part:
    """What the parts of the store share."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions
