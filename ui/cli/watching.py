"""Progress on stderr: one line a stage, and how far the hearing is."""

import os
import shutil
import sys
import time
from typing import Self

from pipeline.models.job import Progress
from pipeline.service.backup_folder import bytes_shown
from ui.cli.clock import clock
from ui.cli.terminal import visible
from ui.how_far import how_far
from ui.words.loader import t

_EVERY = 0.2
"""Seconds between two redraws of the moving line."""


class Watching:
    """Prints what the stages report; quiet lines when stderr is no terminal."""

    def __init__(self) -> None:
        self.moving = sys.stderr.isatty()
        self.drawn = 0.0
        self.seen: dict[str, int] = {}

    def __enter__(self) -> Self:
        """Nothing to open."""
        return self

    def __exit__(self, *_: object) -> None:
        """Leave a clean line behind."""
        self.wipe()

    def __call__(self, progress: Progress) -> None:
        """Take one report."""
        if progress.state == "saving":
            return
        if progress.state == "going":
            self._going(progress)
        elif progress.state == "started":
            if self.moving:
                self._draw(f"  {t('cli.stage.' + progress.stage)} …")
        else:
            self._finished(progress)

    def say(self, line: str) -> None:
        """A line of what is done that is no stage."""
        if self.moving:
            self._draw(f"  {line}")

    def _going(self, progress: Progress) -> None:
        now = time.monotonic()
        if now - self.drawn < _EVERY and progress.done != progress.total:
            return
        self.drawn = now
        if self.moving:
            self._draw(f"  {_how_far(progress)}")

    def _finished(self, progress: Progress) -> None:
        """One line the first time a stage ends; the repeats per ask are counted, not shown."""
        times = self.seen.get(progress.stage, 0)
        self.seen[progress.stage] = times + 1
        if times and progress.state != "failed":
            return
        self.wipe()
        mark = {"done": "✓", "cached": "=", "failed": "!"}.get(progress.state, " ")
        note = t("cli.kept") if progress.state == "cached" else progress.note or ""
        print(
            f"  {mark} {t('cli.stage.' + progress.stage)}  {visible(note)}".rstrip(),
            file=sys.stderr,
        )

    def _draw(self, line: str) -> None:
        sys.stderr.write(f"\r\x1b[2K{fitted(line, _columns())}")
        sys.stderr.flush()

    def wipe(self) -> None:
        """Take the moving line away, for one that stays."""
        if self.moving:
            sys.stderr.write("\r\x1b[2K")
            sys.stderr.flush()


def _how_far(progress: Progress) -> str:
    """The stage and how far it is; of a recording also the last words heard."""
    if progress.stage != "transcribe":
        stage = t(f"cli.stage.{progress.stage}")
        return f"{stage} {progress.done:.0f} / {progress.total or 0:.0f}"
    told = how_far(progress.done, progress.total, progress.hearing, t)
    said = progress.said
    return f"{told}  [{clock(said.start)}] {visible(said.text)}" if said else told


def _columns() -> int:
    """Columns of the terminal behind stderr: stdout may be a file."""
    try:
        return os.get_terminal_size(sys.stderr.fileno()).columns
    except (OSError, ValueError):
        return shutil.get_terminal_size().columns


def fitted(line: str, columns: int) -> str:
    """As much of it as one line of the terminal holds: only one line can be drawn over."""
    from rich.cells import cell_len, set_cell_size

    bare = " ".join(line.split("\n"))
    return bare if cell_len(bare) < columns else f"{set_cell_size(bare, columns - 2).rstrip()}…"


class Counting:
    """How many bytes are copied, in one moving line; nothing where stderr is no terminal."""

    def __init__(self) -> None:
        self.moving = sys.stderr.isatty()
        self.drawn = time.monotonic()

    def __enter__(self) -> Self:
        """Nothing to open."""
        return self

    def __exit__(self, *_: object) -> None:
        """Leave a clean line behind."""
        if self.moving:
            sys.stderr.write("\r\x1b[2K")
            sys.stderr.flush()

    def __call__(self, done: int, total: int) -> None:
        """Take one report."""
        now = time.monotonic()
        if self.moving and now - self.drawn >= _EVERY:
            self.drawn = now
            said = t("cli.db.copying", done=bytes_shown(done), total=bytes_shown(total))
            sys.stderr.write(f"\r\x1b[2K  {said}")
            sys.stderr.flush()
