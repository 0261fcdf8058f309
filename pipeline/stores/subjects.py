"""One item, spec, uncited turn or summary as it holds: what an edit needs, and no more."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from pipeline.models.adding import additions
from pipeline.models.base import Model
from pipeline.models.buildable import to_specify
from pipeline.models.minutes import Ask, Minutes
from pipeline.models.review import Edit, EditEvent, Missed
from pipeline.review import effective
from pipeline.stores.audit import events_of
from pipeline.stores.items import (
    added_items,
    assembled,
    effective_minutes,
    latest_draft,
    specs_by_ask,
    with_specs,
)
from pipeline.stores.rows import EventRow, ItemRow, SpecRow
from pipeline.stores.session import Part
from pipeline.stores.spec_versions import drafted
from pipeline.stores.specs import as_it_is, edited_in, while_asked


class Subjects(Part):
    """What the store's edits are about."""

    def subject(self, meeting: str, edit: Edit, *, before: str | None = None) -> Model | None:
        """What an edit is about, as it holds now or held before an event; None where it is not.

        Also what no longer shows because a later run did not find it: an edit brings it back.
        """
        with self._sessions.reading() as session:
            until = _place(session, before) if before else None
            match edit.entity:
                case "item":
                    return _item(session, meeting, edit.entity_uid, until)
                case "spec":
                    return _spec(session, meeting, edit.entity_uid, until)
                case "coverage" | "minutes":
                    return _head(session, meeting, edit, until)
            return None


def _item(session: Session, meeting: str, uid: str, until: int | None) -> Model | None:
    row, draft = session.get(ItemRow, uid), latest_draft(session, meeting)
    if row is None or draft is None or row.meeting != meeting:
        return None
    events = _events(session, meeting, "item", uid, until)
    added = uid in additions(events)
    drafted = row.run == draft.run or (row.run > 0 and not added)
    missed = {} if added else _missed(session, meeting, row, draft.run, events)
    spec_of = specs_by_ask(session, meeting)
    minutes = effective(assembled(draft, [row] if drafted else [], spec_of), events, missed=missed)
    return next((item for _, item in with_specs(minutes, spec_of).items()), None)


def _spec(session: Session, meeting: str, uid: str, until: int | None) -> Model | None:
    row, draft = session.get(SpecRow, uid), latest_draft(session, meeting)
    if row is None or draft is None or row.meeting != meeting or row.version == 0:
        return None
    events = _events(session, meeting, "spec", uid, until)
    missed = {}
    if row.ask not in added_items(session, meeting):
        asked = session.get_one(ItemRow, row.ask)
        missed = _missed(session, meeting, asked, draft.run, events)
    drafts = drafted(session, [uid] if uid in edited_in(events) else []).get(uid)
    spec = as_it_is(row, events, missed.get(row.ask), drafts)
    ask = _item(session, meeting, row.ask, until)
    wanted = not isinstance(ask, Ask) or _stands(session, meeting, ask, until)
    return while_asked(spec, wanted=wanted)


def _stands(session: Session, meeting: str, ask: Ask, until: int | None) -> bool:
    """Whether an ask has a spec; of one that went into another, that other one tells."""
    if ask.status != "duplicate":
        return ask.status == "live" and ask.review != "rejected"
    chosen = [EventRow.position < until] if until is not None else []
    minutes = effective_minutes(session, meeting, events_of(session, meeting, *chosen), kind="ask")
    return minutes is not None and any(one.uid == ask.uid for one in to_specify(minutes))


def _head(session: Session, meeting: str, edit: Edit, until: int | None) -> Model | None:
    draft = latest_draft(session, meeting)
    if draft is None:
        return None
    events = _events(session, meeting, edit.entity, edit.entity_uid, until)
    minutes: Minutes = effective(assembled(draft, [], {}), events)
    if edit.entity == "minutes":
        return minutes if edit.entity_uid == meeting else None
    same = (
        one
        for one in minutes.coverage.uncited
        if one.segment == edit.entity_uid and one.cue == edit.field
    )
    return next(same, None)


def _events(
    session: Session, meeting: str, entity: str, uid: str, until: int | None
) -> tuple[EditEvent, ...]:
    """Edits of one thing, and of the segments that it may rest on."""
    own = (EventRow.entity == entity) & (EventRow.entity_uid == uid)
    chosen: list[ColumnElement[bool]] = [or_(own, EventRow.entity == "segment")]
    if until is not None:
        chosen.append(EventRow.position < until)
    return events_of(session, meeting, *chosen)


def _missed(
    session: Session, meeting: str, row: ItemRow, run: int, events: Sequence[EditEvent]
) -> dict[str, Missed]:
    """Which run lost the item, after how many of these edits."""
    if row.run == run or row.missed_run is None or row.missed_after is None:
        return {}
    of_meeting = select(EventRow.uid).where(EventRow.meeting == meeting)
    earlier = set(session.scalars(of_meeting.order_by(EventRow.position).limit(row.missed_after)))
    after = sum(event.uid in earlier for event in events)
    return {row.uid: Missed(run=row.missed_run, after=after)}


def _place(session: Session, event: str) -> int | None:
    return session.scalar(select(func.max(EventRow.position)).where(EventRow.uid == event))
