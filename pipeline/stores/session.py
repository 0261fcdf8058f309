"""Sessions: a call is its own short transaction, or joins the one that is open around it."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker

from pipeline.errors import DragomanError
from pipeline.stores.engine import BUSY_SECONDS, refusals

Work = Callable[[Session], None]


class _Waiting:
    """A small write that waits for its turn, and how it ended."""

    def __init__(self, work: Work) -> None:
        self.work = work
        self.ended = threading.Event()
        self.error: BaseException | None = None


class Sessions:
    """Opens sessions on one database. An open transaction belongs to its thread."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._write = sessionmaker(engine, expire_on_commit=False)
        reader = engine.execution_options(read_only=True)
        self._read = sessionmaker(reader, expire_on_commit=False, autoflush=False)
        self._local = threading.local()
        self._turn = threading.Lock()
        self._guard = threading.Lock()
        self._waiting: list[_Waiting] = []

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
        with self._in_turn(), self._open() as session:
            yield session

    @contextmanager
    def _open(self) -> Iterator[Session]:
        with refusals(self.engine), self._write() as session, session.begin():
            self._local.session = session
            try:
                yield session
            finally:
                self._local.session = None

    def join(self, work: Work) -> None:
        """A small write, committed together with those of other threads that wait at this moment.

        A commit waits for the disk, whatever it holds: eight answers that arrive at once cost two
        commits and not eight. When this returns, the write is on the disk.

        Raises:
            StorageError: the database refuses; nothing of it was kept.
            DragomanError: what the work itself raises; the others are kept.
        """
        if self.current is not None:
            work(self.current)
            return
        mine = _Waiting(work)
        with self._guard:
            self._waiting.append(mine)
        with self._in_turn():
            if not mine.ended.is_set():
                self._write_waiting()
        mine.ended.wait()  # where the turn did not come, another thread has it in hand
        if mine.error is not None:
            raise mine.error

    def _write_waiting(self) -> None:
        with self._guard:
            those, self._waiting = self._waiting, []
        try:
            with self._open() as session:
                for one in those:
                    self._write_one(one, session)
        except BaseException as error:
            for one in those:
                one.error = one.error or error
            if not isinstance(error, Exception):
                raise
        finally:
            for one in those:
                one.ended.set()

    def _write_one(self, one: _Waiting, session: Session) -> None:
        try:
            with session.begin_nested():
                one.work(session)
        except DragomanError as error:
            one.error = error

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
