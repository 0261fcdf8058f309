"""Use cases of retention: what is older than it should be goes by itself."""

import datetime as dt
from contextlib import suppress

from pipeline.errors import ConflictError
from pipeline.models.actor import Actor
from pipeline.models.review import Deletion
from pipeline.service import deletion, uploads
from pipeline.service.house import House

LOG_DAYS = 30
"""An error log of this age helps nobody any more."""
_DAY = 24 * 3600


def expired(
    actor: Actor, house: House, days: int, *, now: dt.datetime | None = None
) -> tuple[str, ...]:
    """Meetings that nobody made, edited or ran for so many days, and that no worker has."""
    del actor
    store = house.tools.store
    limit = (now or dt.datetime.now(dt.UTC)) - dt.timedelta(days=days)
    busy = {job.meeting for job in store.jobs() if job.under_way}
    fresh = {job.meeting for job in store.jobs() if not _before(job.changed_at, limit)}
    return tuple(
        uid
        for uid, changed in store.last_changes().items()
        if uid not in busy | fresh and _before(changed, limit)
    )


def delete_expired(
    actor: Actor,
    house: House,
    days: int,
    *,
    now: dt.datetime | None = None,
) -> Deletion:
    """Remove meetings that nobody touched for so many days; nothing else where there are none."""
    uids = expired(actor, house, days, now=now)
    if not uids:
        return Deletion()

    def still_expired(uid: str) -> bool:
        """Somebody may have begun to work on it since."""
        return uid in expired(actor, house, days, now=now)

    done = deletion.begin(actor, house)
    for uid in uids:
        done = done.plus(deletion.forget(house, uid, only_if=still_expired))
    return deletion.finish(actor, house, done)


def tidy(
    actor: Actor,
    house: House,
    *,
    keep_days: int,
    now: dt.datetime | None = None,
) -> Deletion:
    """What is to be done every hour: delete what is too old, remove what nobody needs.

    Leftovers and files that no row names go after a day, files somebody sent and never handed
    over after a week, error logs after `LOG_DAYS`; what an earlier deletion could not wipe from the
    database is tried again.

    Args:
        actor: whoever stands behind the worker.
        house: where to tidy.
        keep_days: days for which a meeting is kept after its last change; 0 keeps it for ever.
        now: the moment from which days are counted back, for those who do not mean this one.
    """
    store, done = house.tools.store, Deletion()
    if keep_days > 0:
        done = delete_expired(actor, house, keep_days, now=now)
    leftovers = 0
    with suppress(ConflictError), house.holds.alone(), store.transaction():
        used = store.files_in_use()
        leftovers = house.tools.blobs.sweep(used) + house.playback.forget(used)
    logs = house.logs.clear(older_than=LOG_DAYS * _DAY)
    sent = uploads.sweep(house)
    removed = {"leftovers": leftovers, "error_logs": logs, "uploads": sent}
    done = done.plus(Deletion(removed=removed))
    if done.kept.get("old_pages") or store.wipe():
        return done
    return done.plus(Deletion(kept={"old_pages": 1}))


def _before(instant: str, limit: dt.datetime) -> bool:
    """Whether it was before; one that cannot be read counts as just now."""
    try:
        then = dt.datetime.fromisoformat(instant)
    except ValueError:
        return False
    return (then if then.tzinfo else then.replace(tzinfo=dt.UTC)) < limit
