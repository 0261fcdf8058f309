"""Specs: one for each ask, with every version of its draft."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from pipeline.errors import NotFoundError
from pipeline.language.contradictions import with_others
from pipeline.lint import linted
from pipeline.models.buildable import to_specify
from pipeline.models.editing import hashed, noted
from pipeline.models.identity import Name
from pipeline.models.item import LETTERS
from pipeline.models.minutes import Ask
from pipeline.models.review import ASK_GONE, EditEvent, Missed
from pipeline.models.spec import FeatureSpec
from pipeline.models.spec_version import SpecVersion
from pipeline.review import effective_spec
from pipeline.stores.audit import events_of
from pipeline.stores.bodies import columns, model
from pipeline.stores.items import effective_minutes, missed_asks
from pipeline.stores.meetings import project_of
from pipeline.stores.names import new_name, now
from pipeline.stores.rows import SpecRow, SpecVersionRow
from pipeline.stores.session import Part
from pipeline.stores.spec_versions import (
    Drafted,
    changes_content,
    drafted,
    numbered,
    versions,
)


class Specs(Part):
    """The store's specs."""

    def identify_spec(self, meeting: str, ask: Ask, spec: FeatureSpec) -> FeatureSpec:
        """Give a spec its uid, id and version; the one made for this ask before keeps its names.

        The names are kept at once: asked again, even before the spec is saved, the answer is the
        same.

        Raises:
            NotFoundError: there is no such meeting any more.
        """
        with self._sessions.writing() as session:
            project = project_of(session, meeting)
            row = session.scalars(select(SpecRow).where(SpecRow.ask == ask.uid)).one_or_none()
            name = Name(row.uid, row.id) if row else new_name(session, project, LETTERS["spec"])
            named = spec.with_(
                uid=name.uid, id=name.id, project=project, meetings=(meeting,), asks=(ask.id,)
            )
            named = _versioned(session, named)
            if row is None:
                session.add(
                    SpecRow(
                        uid=name.uid,
                        id=name.id,
                        project=project,
                        meeting=meeting,
                        ask=ask.uid,
                        version=0,
                        **columns(named),
                    )
                )
                session.flush()
            return named

    def save_spec(self, meeting: str, spec: FeatureSpec) -> None:
        """Keep the draft of a spec: a new version where its content is another.

        Raises:
            NotFoundError: there is no such meeting any more.
        """
        with self._sessions.writing() as session:
            project = project_of(session, meeting)
            row = session.get(SpecRow, spec.uid)
            if row is None or row.meeting != meeting:
                raise ValueError(f"identify_spec comes first; it never named {spec.uid!r}")
            draft = spec.with_(review="draft", edited=False, stale=(), approvals=())
            draft = _versioned(session, draft)
            stored = columns(draft)
            row.version, row.schema, row.body = draft.version, stored["schema"], stored["body"]
            session.merge(
                SpecVersionRow(
                    spec=draft.uid,
                    version=draft.version,
                    project=project,
                    content_hash=draft.content_hash,
                    saved_at=_first_saved(session, draft) or now(),
                    **stored,
                )
            )
            session.flush()

    def specs(self, meeting: str) -> tuple[FeatureSpec, ...]:
        """Effective specs of a meeting, by id.

        Where an ask is no longer live, its spec is dropped if people worked on it and left out
        if nobody did.
        """
        with self._sessions.reading() as session:
            events = events_of(session, meeting)
            minutes = effective_minutes(session, meeting, events, kind="ask")
            asks = {ask.uid: ask for ask in minutes.asks} if minutes else {}
            wanted = {ask.uid for ask in to_specify(minutes)} if minutes else set()
            lost = missed_asks(session, meeting)
            touched = {event.entity_uid for event in events if event.entity == "spec"}
            rows = [
                row
                for row in _rows(session, meeting)
                if row.ask in asks and (row.uid in touched or row.ask in wanted)
            ]
            drafts = drafted(session, edited_in(events))
            return with_others(
                [
                    while_asked(
                        as_it_is(row, events, lost.get(row.ask), drafts.get(row.uid)),
                        wanted=row.ask in wanted,
                    )
                    for row in rows
                ]
            )

    def spec_versions(self, meeting: str, uid: str) -> tuple[SpecVersion, ...]:
        """Every content that a spec of a meeting ever had, the oldest first.

        Raises:
            NotFoundError: the meeting has no such spec.
        """
        with self._sessions.reading() as session:
            row = session.get(SpecRow, uid)
            if row is None or row.meeting != meeting or row.version == 0:
                raise NotFoundError("spec_not_found", spec=uid, specs="—")
            events, drafts = events_of(session, meeting), drafted(session, [uid])[uid]
            return versions(as_it_is(row, events, None, drafts), drafts, events)

    def spec_drafts(self, meeting: str) -> Mapping[str, tuple[FeatureSpec, ...]]:
        """What the runs wrote for each ask, without any edit, by uid; the oldest version first."""
        with self._sessions.reading() as session:
            drafts: dict[str, tuple[FeatureSpec, ...]] = {}
            every = select(SpecVersionRow).join(SpecRow).where(SpecRow.meeting == meeting)
            for row in session.scalars(every.order_by(SpecVersionRow.version)):
                drafts[row.spec] = (*drafts.get(row.spec, ()), model(FeatureSpec, row))
            return drafts


def _first_saved(session: Session, draft: FeatureSpec) -> str | None:
    row = session.get(SpecVersionRow, (draft.uid, draft.version))
    return row.saved_at if row else None


def _rows(session: Session, meeting: str) -> list[SpecRow]:
    chosen = select(SpecRow).where(SpecRow.meeting == meeting, SpecRow.version > 0)
    return sorted(session.scalars(chosen), key=lambda row: int(row.id[1:]))


def edited_in(events: Sequence[EditEvent]) -> set[str]:
    """The specs whose content people changed, by uid."""
    return {one.entity_uid for one in events if changes_content(one)}


def as_it_is(
    row: SpecRow,
    events: Sequence[EditEvent],
    missed: Missed | None,
    drafts: Sequence[Drafted] | None = None,
) -> FeatureSpec:
    """The spec with all edits, and with the findings of what it became: the gate reads them.

    With `drafts`, all that the runs wrote of it, it has the number of its version; one that nobody
    edited has the number of its draft.
    """
    spec = linted(effective_spec(model(FeatureSpec, row), events, missed=missed))
    return numbered(spec, drafts, events) if drafts else spec


def while_asked(spec: FeatureSpec, *, wanted: bool) -> FeatureSpec:
    """The spec, dropped where its ask no longer stands."""
    return spec if wanted else noted(spec.with_(status="dropped"), ASK_GONE)


def _versioned(session: Session, spec: FeatureSpec) -> FeatureSpec:
    """With its hash and the version that this content is or would become."""
    spec = hashed(spec)
    newest = select(SpecVersionRow).where(SpecVersionRow.spec == spec.uid)
    last = session.scalars(newest.order_by(SpecVersionRow.version.desc()).limit(1)).one_or_none()
    if last is None:
        return spec.with_(version=1)
    same = last.content_hash == spec.content_hash
    return spec.with_(version=last.version if same else last.version + 1)
