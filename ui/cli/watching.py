"""Progress on stderr: one line a stage, and how far the hearing is."""

import sys
import time
from typing import Self

from pipeline.models.job import Progress
from pipeline.service.backup_folder import bytes_shown
from ui.cli.clock import clock
from ui.cli.terminal import visible
from ui.words.loader import t

_EVERY = 0.2
"""Seconds between two redraws of the moving line."""


class Watching:
    """Prints what the stages report; quiet lines when stderr is no terminal."""

    def __init__(self) -> None:
        self.moving = sys.stderr.isatty()
        self.drawn = 0.0
        self.began = time.monotonic()
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
            self.began = time.monotonic()
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
        if progress.stage != "transcribe":
            self._moved(f"{progress.done:.0f} / {progress.total or 0:.0f}", progress)
            return
        line = f"  {t('cli.stage.' + progress.stage)} {clock(progress.done)}"
        if progress.total:
            line += f" / {clock(progress.total)}"
            speed = progress.done / max(now - self.began, 0.001)
            if progress.done and progress.done < progress.total:
                left = clock((progress.total - progress.done) / speed)
                line += f"  {speed:.1f}×  {t('cli.left', time=left)}"
        if self.moving:
            self._draw(line)

    def _moved(self, how_far: str, progress: Progress) -> None:
        if self.moving:
            self._draw(f"  {t('cli.stage.' + progress.stage)} {how_far}")

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
        sys.stderr.write(f"\r\x1b[2K{line}")
        sys.stderr.flush()

    def wipe(self) -> None:
        """Take the moving line away, for one that stays."""
        if self.moving:
            sys.stderr.write("\r\x1b[2K")
            sys.stderr.flush()


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
