"""What went wrong, said so that a person can go on; no traceback reaches them."""

import errno
import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path

from pipeline.errors import DragomanError
from pipeline.words.loader import interface_language, say
from ui.cli.terminal import visible
from ui.words.loader import t

PARTLY = 4
"""Exit code when something is missing, which is listed."""
PARTLY = 4
"""Exit code when some of what was asked for could not be done."""
STOPPED = 130
"""Exit code after Ctrl+C, as shells expect it."""
PIPE_CLOSED = 141
"""Exit code when whoever read our output went away."""


def explain(error: DragomanError) -> str:
    """The message of an error in the interface language."""
    try:
        return visible(say(f"error.{error.code}", interface_language(), **error.params))
    except KeyError:
        return visible(error)


def report(error: DragomanError) -> int:
    """Print the message to stderr; the exit code."""
    print(f"{t('cli.error')}{explain(error)}", file=sys.stderr)
    return error.exit_code


def report_anything(error: Exception, home: Path | None) -> int:
    """What is no error of ours: output nobody can take, or a bug."""
    if isinstance(error, BrokenPipeError):
        return PIPE_CLOSED
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        print(f"{t('cli.error')}{t('cli.output_full')}", file=sys.stderr)
        return 1
    return report_bug(error, home)


def report_bug(error: BaseException, home: Path | None) -> int:
    """Keep the traceback in a file and say where it is; the exit code."""
    where = keep(error, home)
    print(f"{t('cli.error')}{t('cli.bug', kind=type(error).__name__, log=where)}", file=sys.stderr)
    return 1


def keep(error: BaseException, home: Path | None) -> str:
    """Write the traceback to a log file; where that is."""
    text = "".join(traceback.format_exception(error))
    for folder in (home / "logs" if home else None, Path.cwd()):
        if folder is None:
            continue
        path = folder / f"dragoman-error-{datetime.now(UTC):%Y%m%dT%H%M%S}.log"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        except OSError:
            continue
        return str(path)
    return "-"
