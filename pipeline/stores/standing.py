"""Whether a meeting became another since somebody looked, told without reading it."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pipeline.models.hashing import digest
from pipeline.models.standing import Standing
from pipeline.stores.rows import DraftRow, EventBodyRow, EventRow, SpecRow, SpecVersionRow
from pipeline.stores.session import Part


class Standings(Part):
    """The store's own account of what was written when."""

    def standing(self, meeting: str, since: Standing | None = None) -> Standing:
        """Where a meeting stands, and what people edited since an earlier standing of it."""
        with self._sessions.reading() as session:
            told = select(
                func.count(EventRow.uid),
                func.count(EventBodyRow.event),
                func.coalesce(func.max(EventRow.position), 0),
            ).outerjoin(EventBodyRow, EventBodyRow.event == EventRow.uid)
            events, bodies, place = session.execute(told.where(EventRow.meeting == meeting)).one()
            now = Standing(
                drafts=_drafts(session, meeting),
                events=events,
                bodies=bodies,
                place=place,
                last=_uid(session, place),
            )
            return now if since is None else _compared(session, meeting, now, since)


def _drafts(session: Session, meeting: str) -> str:
    """Everything a run writes is written anew with another time, or with another number."""
    minutes = select(DraftRow.run, DraftRow.saved_at).where(DraftRow.meeting == meeting)
    saved = (SpecVersionRow.spec == SpecRow.uid) & (SpecVersionRow.version == SpecRow.version)
    specs = (
        select(SpecRow.uid, SpecRow.id, SpecRow.version, SpecVersionRow.saved_at)
        .join(SpecVersionRow, saved)
        .where(SpecRow.meeting == meeting)
    )
    rows = [session.execute(one).all() for one in (minutes, specs)]
    return digest([sorted(list(row) for row in found) for found in rows])


def _uid(session: Session, place: int) -> str | None:
    return session.scalar(select(EventRow.uid).where(EventRow.position == place))


def _compared(session: Session, meeting: str, now: Standing, since: Standing) -> Standing:
    """With what was touched, where everything earlier is as it was then.

    Edits are only added; fewer of them, or another in the same place, is a database that was
    restored or wiped, and one that shows late is a writer whose transaction took longer.
    """
    later = select(EventRow.entity, EventRow.entity_uid).where(
        EventRow.meeting == meeting, EventRow.position > since.place
    )
    fresh = session.execute(later.order_by(EventRow.position)).all()
    same = (
        now.drafts == since.drafts
        and now.events - len(fresh) == since.events
        and now.bodies - len(fresh) == since.bodies
        and _uid(session, since.place) == since.last
    )
    if not same:
        return now
    return now.with_(touched=tuple(dict.fromkeys((row.entity, row.entity_uid) for row in fresh)))
