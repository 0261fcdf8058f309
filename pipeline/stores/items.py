"""Items of the minutes: their names, the draft of each run, and what holds with edits on top."""

from collections.abc import Container, Iterable, Mapping, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pipeline.models.adding import additions, withdrawn
from pipeline.models.editing import hashed
from pipeline.models.hashing import sealed
from pipeline.models.identity import Known, Name, match, nameless, references, relabel
from pipeline.models.item import KINDS, LETTERS, Kind
from pipeline.models.minutes import ARRAYS, ITEM_TYPES, Ask, Item, Minutes
from pipeline.models.review import EditEvent, Missed
from pipeline.review import effective
from pipeline.stores.audit import events_of
from pipeline.stores.bodies import columns, model
from pipeline.stores.meetings import project_of
from pipeline.stores.names import new_name, now
from pipeline.stores.rows import DraftRow, EventRow, ItemRow, SpecRow
from pipeline.stores.session import Part

_KIND: dict[type[Item], Kind] = {kind: name for name, kind in ITEM_TYPES.items()}


class Items(Part):
    """The store's minutes."""

    def identify(self, meeting: str, minutes: Minutes) -> Minutes:
        """Give items their uid and id, and let references among them follow.

        An item that matches an earlier one (same kind, same first segment) keeps both. The names
        are kept at once: asked again, even before the minutes are saved, the answer is the same.
        """
        with self._sessions.writing() as session:
            project = project_of(session, meeting)
            fresh = nameless(minutes)
            known = _known(session, meeting, minutes)
            matched = match(fresh, known)
            names = [
                matched.get(place) or new_name(session, project, LETTERS[kind])
                for place, (kind, _) in enumerate(fresh)
            ]
            existing = _existing(session, project, references(minutes))
            named = relabel(minutes, names, existing=existing)
            for position, (kind, item) in enumerate(named.items()):
                if item.uid in {name.uid for name in names}:
                    _reserve(session, kind, item, position, project=project, meeting=meeting)
            session.flush()
            return named

    def name_added(self, meeting: str, kind: Kind, item: Item) -> Item:
        """Give an item that somebody adds names of its own, and its hash; no draft holds it.

        A later run that finds it as well gives it these names: see `identify`.

        Raises:
            NotFoundError: there is no such meeting any more.
        """
        with self._sessions.writing() as session:
            project = project_of(session, meeting)
            name = new_name(session, project, LETTERS[kind])
            named = hashed(item.with_(uid=name.uid, id=name.id))
            _reserve(session, kind, named, 0, project=project, meeting=meeting)
            session.flush()
            return named

    def save_minutes(self, minutes: Minutes) -> None:
        """Keep the draft as it came from the engines; edits stay on top of it.

        An item that is no longer in it stays, and says so, where people worked on it; otherwise
        it vanishes from the minutes. Its id is never given to another.

        Raises:
            NotFoundError: there is no such meeting any more.
        """
        with self._sessions.writing() as session:
            project = project_of(session, minutes.meeting)
            latest = latest_draft(session, minutes.meeting)
            rows = {row.uid: row for row in _rows(session, minutes.meeting)}
            drafted = {item.uid: _drafted(item) for _, item in minutes.items()}
            if unnamed := drafted.keys() - rows.keys():
                raise ValueError(f"identify comes first; it never named {sorted(unnamed)}")
            run = latest.run if latest else 0
            if latest is None or _differs(rows.values(), drafted, run):
                run += 1
                _renew(session, minutes, rows, drafted, run)
            _save_head(session, minutes, project, run)

    def minutes(self, meeting: str) -> Minutes | None:
        """Draft plus edits: the effective minutes, with what people hold on to."""
        with self._sessions.reading() as session:
            return effective_minutes(session, meeting, events_of(session, meeting))

    def draft_minutes(self, meeting: str) -> Minutes | None:
        """What the latest run found, without any edit."""
        with self._sessions.reading() as session:
            draft = latest_draft(session, meeting)
            if draft is None:
                return None
            rows = [row for row in _rows(session, meeting) if row.run == draft.run]
            return sealed(assembled(draft, rows, specs_by_ask(session, meeting)))


def effective_minutes(
    session: Session, meeting: str, events: Sequence[EditEvent], *, kind: Kind | None = None
) -> Minutes | None:
    """Draft plus edits; items that a later run lost are there if people worked on them.

    With a `kind`, only the items of that kind: reading all of them for their specs is waste.
    """
    draft = latest_draft(session, meeting)
    if draft is None:
        return None
    touched = {(one.entity, one.entity_uid) for one in events if one.operation != "add"}
    spec_of = specs_by_ask(session, meeting)
    drafted = _drafted_rows(_rows(session, meeting, kind), draft.run, additions(events))
    rows = [
        row
        for row in drafted
        if row.run == draft.run
        or ("item", row.uid) in touched
        or (row.uid in spec_of and ("spec", spec_of[row.uid].uid) in touched)
    ]
    minutes = effective(assembled(draft, rows, spec_of), events, missed=_missed(drafted, draft.run))
    return with_specs(minutes, spec_of)


def _drafted_rows(rows: Iterable[ItemRow], run: int, added: Container[str]) -> list[ItemRow]:
    """Those that a draft holds; what somebody added needs none but that of the latest run."""
    return [row for row in rows if row.run == run or (row.run > 0 and row.uid not in added)]


def missed_asks(session: Session, meeting: str) -> dict[str, Missed]:
    """Asks that the latest run did not find, by uid, and that nobody added."""
    draft = latest_draft(session, meeting)
    if draft is None:
        return {}
    rows, added = _rows(session, meeting, "ask"), added_items(session, meeting)
    return _missed(_drafted_rows(rows, draft.run, added), draft.run)


def added_items(session: Session, meeting: str) -> dict[str, EditEvent]:
    """What people added to the minutes of a meeting and nobody took back, by uid."""
    return additions(events_of(session, meeting, EventRow.operation == "add"))


def _missed(rows: Iterable[ItemRow], run: int) -> dict[str, Missed]:
    return {
        row.uid: Missed(run=row.missed_run, after=row.missed_after)
        for row in rows
        if row.run != run
        if row.missed_run is not None and row.missed_after is not None
    }


def latest_draft(session: Session, meeting: str) -> DraftRow | None:
    """The head of what the latest run drafted."""
    newest = select(DraftRow).where(DraftRow.meeting == meeting)
    return session.scalars(newest.order_by(DraftRow.run.desc()).limit(1)).one_or_none()


def _rows(session: Session, meeting: str, kind: Kind | None = None) -> Sequence[ItemRow]:
    """All items that ever had a name: those of the latest run first, in their order."""
    chosen = select(ItemRow).where(ItemRow.meeting == meeting)
    if kind is not None:
        chosen = chosen.where(ItemRow.kind == kind)
    order = (ItemRow.run.desc(), ItemRow.position, ItemRow.uid)
    return session.scalars(chosen.order_by(*order)).all()


def _known(session: Session, meeting: str, minutes: Minutes) -> list[Known]:
    named = {item.uid for _, item in minutes.items()}
    gone = withdrawn(events_of(session, meeting, EventRow.operation == "add"))
    draft = latest_draft(session, meeting)
    return [
        Known(
            Name(row.uid, row.id),
            kind,
            row.first_segment,
            row.body["text"],
            present=row.run == 0 or (draft is not None and row.run == draft.run),
        )
        for row in _rows(session, meeting)
        for kind in KINDS
        if row.uid not in named and row.kind == kind and (row.run > 0 or row.uid not in gone)
    ]


def _existing(session: Session, project: str, ids: Iterable[str]) -> Sequence[str]:
    chosen = select(ItemRow.id).where(ItemRow.project == project, ItemRow.id.in_(ids))
    return session.scalars(chosen).all()


def _reserve(
    session: Session, kind: Kind, item: Item, position: int, *, project: str, meeting: str
) -> None:
    """Keep the names of an item that is in no saved draft yet."""
    if session.get(ItemRow, item.uid) is None:
        session.add(
            ItemRow(
                uid=item.uid,
                id=item.id,
                kind=kind,
                project=project,
                meeting=meeting,
                first_segment=item.first_segment,
                position=position,
                run=0,
                **columns(_drafted(item)),
            )
        )


def _drafted(item: Item) -> Item:
    """The item as a draft: nothing that people decide, and no link that the store can tell."""
    links: dict[str, object] = {"spec": None} if isinstance(item, Ask) else {}
    return hashed(item.with_(review="draft", edited=False, stale=(), **links))


def _differs(rows: Iterable[ItemRow], drafted: dict[str, Item], run: int) -> bool:
    before = [row for row in rows if row.run == run]
    if [row.uid for row in before] != list(drafted):
        return True
    return any(row.body != columns(drafted[row.uid])["body"] for row in before)


def _renew(
    session: Session, minutes: Minutes, rows: dict[str, ItemRow], drafted: dict[str, Item], run: int
) -> None:
    """Write the items of another run, and note which of the earlier ones it lacks."""
    for position, item in enumerate(drafted.values()):
        row, stored = rows[item.uid], columns(item)
        row.first_segment, row.position, row.run = item.first_segment, position, run
        row.schema, row.body = stored["schema"], stored["body"]
        row.missed_run = row.missed_after = None
    edits = session.scalar(
        select(func.count()).select_from(EventRow).where(EventRow.meeting == minutes.meeting)
    )
    for row in rows.values():
        if 0 < row.run < run and row.missed_run is None:
            row.missed_run, row.missed_after = run, edits
    session.flush()


def _save_head(session: Session, minutes: Minutes, project: str, run: int) -> None:
    head = minutes.with_(reviewed=False, **dict.fromkeys(ARRAYS.values(), ()))
    session.merge(
        DraftRow(
            meeting=minutes.meeting,
            run=run,
            project=project,
            saved_at=now(),
            **columns(head),
        )
    )
    session.flush()


def assembled(draft: DraftRow, rows: Iterable[ItemRow], spec_of: Mapping[str, SpecRow]) -> Minutes:
    """A draft of the minutes with these items, and the specs made from its asks."""
    arrays: dict[str, list[Item]] = {array: [] for array in ARRAYS.values()}
    for row in rows:
        for kind, of in ITEM_TYPES.items():
            if row.kind == kind:
                item = model(of, row)
                if isinstance(item, Ask) and row.uid in spec_of:
                    item = item.with_(spec=spec_of[row.uid].id)
                arrays[ARRAYS[kind]].append(item)
    return model(Minutes, draft).with_(**arrays)


def with_specs(minutes: Minutes, spec_of: Mapping[str, SpecRow]) -> Minutes:
    """The minutes with the spec of every ask, also of those that no draft holds."""
    asks = tuple(
        ask.with_(spec=spec_of[ask.uid].id) if ask.uid in spec_of and not ask.spec else ask
        for ask in minutes.asks
    )
    return minutes.with_(asks=asks)


def specs_by_ask(session: Session, meeting: str) -> dict[str, SpecRow]:
    """Saved specs by the uid of their ask."""
    chosen = select(SpecRow).where(SpecRow.meeting == meeting, SpecRow.version > 0)
    return {row.ask: row for row in session.scalars(chosen)}
