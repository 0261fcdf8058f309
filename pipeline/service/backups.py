"""Use cases of backups: everything out into a folder, and back from it."""

import itertools
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from pipeline.errors import NotFoundError, NotReadableError
from pipeline.models.actor import Actor
from pipeline.models.backup import Backup
from pipeline.ports.files import Blobs, Holds
from pipeline.ports.store import Contents, Copies
from pipeline.record import now
from pipeline.service import backup_folder as place

Counted = Callable[[int, int], None]
"""Is told how many bytes are done, and of how many."""


class BackupTools(NamedTuple):
    """What stands behind the ports when everything is copied; the database need not be whole."""

    home: Path
    copies: Copies
    blobs: Blobs
    blobs_in: Callable[[Path], Blobs]
    """Recordings in another folder."""
    holds: Holds
    upgrade: Callable[[], None]
    """Brings the database to the schema of this program."""
    program: str
    """Version of this program."""


class Made(NamedTuple):
    """A backup that was made."""

    backup: Backup
    size: int
    """Bytes of everything in it."""
    added: int
    """Recordings that the last backup did not hold."""
    removed: int
    """Recordings that the last backup held, and that no meeting has any more."""
    deleted: int
    """Recordings that somebody deleted while they were copied."""
    lost: tuple[str, ...]
    """Hashes of recordings that should be in the data folder and are not, or are damaged."""


class Restored(NamedTuple):
    """A backup that was brought back."""

    backup: Backup
    aside: Path | None
    """Where the database is that was there before; null where there was none."""
    whole: bool
    """Whether that one could be read."""
    brought: int
    """Recordings that were not in the data folder."""
    missing: tuple[str, ...]
    """Hashes of recordings that are in neither."""


def back_up(
    actor: Actor,
    tools: BackupTools,
    folder: Path,
    *,
    recordings: bool = True,
    counted: Counted = lambda done, total: None,
) -> Made:
    """Make the folder a copy of everything, with only what it lacks copied anew.

    Raises:
        InputError: the folder is not for a backup, or there is nothing yet to copy.
        OutputError: the folder cannot be written, or has no room; the last backup stays.
        StorageError: the database is damaged; the last backup stays.
        ConflictError: another backup or restore goes on.
    """
    place.check_place(folder, tools.home)
    with tools.holds.alone(), place.tidied(folder):
        place.check_room(folder, tools.copies.size(), "backup_needs_room")
        made_at = now()
        part = folder / place.PART
        contents = tools.copies.copy_out(part)
        there = tools.blobs_in(folder / place.RECORDINGS)
        wanted = contents.files if recordings else {}
        place.check_room(folder, _lacking(there, wanted), "backup_needs_room")
        with place.into(folder):
            added, failed = _bring(tools.blobs, there, wanted, counted, check=False)
        held = there.held()
        kept = {one: size for one, size in held.items() if one in contents.files}
        backup = _described(tools, contents, part, made_at=made_at, recordings=len(kept))
        place.finish(folder, backup, part)
        with place.into(folder):
            for one in held.keys() - kept.keys():
                there.delete(one)
            there.sweep()
        still = tools.copies.referred() if failed else ()
        return Made(
            backup=backup,
            size=(folder / place.DATABASE).stat().st_size + sum(kept.values()),
            added=added,
            removed=len(held) - len(kept),
            deleted=sum(one not in still for one in failed),
            lost=tuple(one for one in failed if one in still),
        )


def restore(
    actor: Actor,
    tools: BackupTools,
    folder: Path,
    *,
    agreed: Callable[[Backup], None] = lambda backup: None,
    counted: Counted = lambda done, total: None,
) -> Restored:
    """Bring back what a backup holds, once it was looked through and somebody agreed.

    What is there now is set aside first. Killed on the way, the database is the old or the new
    one; the same again completes it.

    Args:
        actor: who asks.
        tools: what everything is copied with.
        folder: the backup.
        agreed: is shown what would come back; what it raises stops everything.
        counted: is told how far the recordings are.

    Raises:
        InputError: the folder holds no whole backup; nothing was changed.
        StorageError: the backup is of a newer program, or the disk refuses.
        ConflictError: a worker runs, or another backup or restore goes on.
    """
    with tools.holds.alone(), tools.holds.without_workers():
        backup = place.read(folder)
        contents = tools.copies.check(folder / place.DATABASE)
        there = tools.blobs_in(folder / place.RECORDINGS)
        size = (folder / place.DATABASE).stat().st_size + tools.copies.size()
        held = there.held()
        offered = {one: n for one, n in contents.files.items() if one in held}
        place.check_room(tools.home, size + _lacking(tools.blobs, offered), "restore_needs_room")
        agreed(backup)
        place.sweep_aside(tools.home)
        # Recordings first: one too many harms nobody, one too few does.
        brought, _ = _bring(there, tools.blobs, contents.files, counted, check=True)
        aside = _aside(tools.home)
        kept = tools.copies.replace(folder / place.DATABASE, aside=aside)
        if kept is not None:
            _complete(tools, aside, kept, contents)
        tools.upgrade()
        held = tools.blobs.held()
        return Restored(
            backup=backup,
            aside=aside if aside.exists() else None,
            whole=kept is not None,
            brought=brought,
            missing=tuple(one for one in contents.files if one not in held),
        )


def _complete(tools: BackupTools, aside: Path, kept: Contents, now_there: Contents) -> None:
    """Make what was set aside a backup of its own, with the recordings that only it knows.

    In the data folder they belong to nothing any more, and would go with what nobody needs.
    """
    theirs = [one for one in kept.files if one not in now_there.files]
    with_it = tools.blobs_in(aside / place.RECORDINGS)
    moved = 0
    for one in theirs:
        with suppress(NotFoundError, NotReadableError):  # it was missing before
            with_it.move(one, tools.blobs.path(one))
            moved += 1
    old = aside / place.DATABASE
    place.finish(aside, _described(tools, kept, old, made_at=now(), recordings=moved), old)


def _bring(
    source: Blobs, target: Blobs, files: Mapping[str, int], counted: Counted, *, check: bool
) -> tuple[int, tuple[str, ...]]:
    """Copy what the target lacks; how many, and the hashes of those the source cannot give.

    Args:
        source: where they are.
        target: where they should be.
        files: size by hash of all that are wanted.
        counted: is told how far it is.
        check: whether what is there already is read from end to end.
    """
    held, total = target.held(), sum(files.values())
    done, brought, failed = 0, 0, []
    for one, size in sorted(files.items()):
        counted(done, total)
        if held.get(one) != size or (check and not target.whole(one)):
            try:
                target.take(one, source.path(one))
                brought += 1
            except (NotFoundError, NotReadableError):
                failed.append(one)
        done += size
    counted(done, total)
    return brought, tuple(failed)


def _lacking(target: Blobs, files: Mapping[str, int]) -> int:
    held = target.held()
    return sum(size for one, size in files.items() if held.get(one) != size)


def _aside(home: Path) -> Path:
    """A folder that is not there yet for the database of now."""
    stamp = now()[:19].replace("-", "").replace(":", "")
    names = (f"before-restore-{stamp}Z{end}" for end in _endings())
    return next(home / name for name in names if not (home / name).exists())


def _endings() -> Iterator[str]:
    yield ""
    yield from (f"-{number}" for number in itertools.count(2))


def _described(
    tools: BackupTools, contents: Contents, database: Path, *, made_at: str, recordings: int
) -> Backup:
    return Backup(
        made_at=made_at,
        program=tools.program,
        revision=contents.revision,
        meetings=contents.meetings,
        recordings=recordings,
        database_sha256=place.digest(database),
    )
