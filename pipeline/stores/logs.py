"""Error logs as files in a folder: a traceback may quote a client's words."""

import time
from pathlib import Path


class FileLogs:
    """The Logs port: every file in the folder is one."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def clear(self, *, older_than: float = 0) -> int:
        """Remove those of this age in seconds; how many. One that cannot be removed stays."""
        cleared = 0
        for log in self._all():
            try:
                if time.time() - log.stat().st_mtime >= older_than:
                    log.unlink()
                    cleared += 1
            except OSError:  # gone meanwhile, or open in another program on Windows
                continue
        return cleared

    def count(self) -> int:
        """How many there are."""
        return len(self._all())

    def _all(self) -> list[Path]:
        return [path for path in self._folder.glob("**/*") if path.is_file() or path.is_symlink()]
