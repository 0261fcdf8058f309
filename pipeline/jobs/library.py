"""The job library in this process: its settings, its queues, and what it says."""

import contextlib
import logging
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from dbos import DBOS, DBOSConfig, DBOSPortableJSONSerializer

from pipeline.jobs.flow import NAME, SPEECH, VERSION, WORDS, Work, register

_NORMAL = "no longer owned by this execution"
"""What the library says when another worker has taken a job over: our own words for it come."""
_POLL = 0.5
"""Seconds between two looks into a queue."""


class Terms(NamedTuple):
    """How a worker works."""

    name: str
    """Its identity: after a crash, a worker of the same name takes up its jobs at once."""
    home: Path
    url: str
    every: float
    """Seconds between two signs of life."""
    speech_at_once: int
    words_at_once: int


def launch(terms: Terms, hear: Work, understand: Work, *, told: Callable[[str], None]) -> None:
    """Start taking jobs; what this name left behind when it died is taken up at once."""
    _listen_to_library(told)
    config: DBOSConfig = {
        "name": NAME,
        "system_database_url": terms.url,
        "executor_id": terms.name,
        "application_version": VERSION,
        "serializer": DBOSPortableJSONSerializer(),
        "log_level": "WARNING",
        "notification_listener_polling_interval_sec": 1.0,
    }
    DBOS(config=config)
    register(hear, understand)
    DBOS.listen_queues([SPEECH, WORDS])
    DBOS.launch()
    # An SQLite file belongs to one machine, so a limit on all its workers is that machine's.
    whole = terms.speech_at_once if terms.url.startswith("sqlite") else None
    DBOS.register_queue(
        SPEECH,
        global_concurrency=whole,
        worker_concurrency=terms.speech_at_once,
        polling_interval_sec=_POLL,
        on_conflict="always_update",
    )
    DBOS.register_queue(
        WORDS,
        worker_concurrency=terms.words_at_once,
        polling_interval_sec=_POLL,
        on_conflict="always_update",
    )


def _listen_to_library(told: Callable[[str], None]) -> None:
    """What the library logs, as one line each and never as a traceback."""

    class Lines(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if _NORMAL in record.getMessage():
                return
            lines = record.getMessage().splitlines()
            why = record.exc_info[1] if record.exc_info else None
            if type(why).__name__ == "DBOSNonExistentWorkflowError":
                return  # its meeting was deleted, and what the library knew of it too
            with contextlib.suppress(OSError, ValueError):  # nobody reads any more
                told(f"{lines[0] if lines else ''} {why or ''}".strip())

    logger = logging.getLogger("dbos")
    logger.propagate = False
    logger.handlers[:] = [Lines(level=logging.WARNING)]
