"""The versions of a spec: drafts of runs and edits of people, in one line of contents."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from pipeline.models.review import EditEvent
from pipeline.models.spec import FeatureSpec
from pipeline.models.spec_version import SpecVersion
from pipeline.review import effective_spec
from pipeline.stores.bodies import model
from pipeline.stores.rows import SpecVersionRow

_CONTENT = ("set", "erratum", "answer")
_MOST_KEPT = 4096


class Drafted(NamedTuple):
    """What a run wrote, and when."""

    at: str
    spec: FeatureSpec


class _Moment(NamedTuple):
    """A draft or an edit that may have changed the content."""

    at: str
    draft: Drafted
    events: Sequence[EditEvent]
    """Edits of the spec up to then."""

    @property
    def last(self) -> EditEvent | None:
        """The edit that it is, if it is one."""
        return self.events[-1] if self.events and self.events[-1].at >= self.draft.at else None

    @property
    def key(self) -> tuple[str, int, str, str]:
        """Names the content: a chain of edits is known by its last one."""
        spec = self.draft.spec
        return spec.uid, spec.version, spec.content_hash, self.events[-1].uid if self.events else ""

    def state(self) -> FeatureSpec:
        """The spec as it was then."""
        return effective_spec(self.draft.spec, self.events)


_hashes: dict[tuple[str, int, str, str], str] = {}
"""Content hashes of past states: no words, so nothing is left behind when a meeting is deleted."""


def drafted(session: Session, specs: Iterable[str]) -> dict[str, list[Drafted]]:
    """What the runs wrote of some specs, by uid, the oldest version first."""
    chosen = select(SpecVersionRow).where(SpecVersionRow.spec.in_(list(specs)))
    found: dict[str, list[Drafted]] = {}
    for row in session.scalars(chosen.order_by(SpecVersionRow.version)):
        found.setdefault(row.spec, []).append(Drafted(row.saved_at, model(FeatureSpec, row)))
    return found


def numbered(
    spec: FeatureSpec, drafts: Sequence[Drafted], events: Sequence[EditEvent]
) -> FeatureSpec:
    """The effective spec with the number of the version that its content is.

    Args:
        spec: As it holds now.
        drafts: All that the runs wrote of it, the oldest first.
        events: All edits of the meeting, the oldest first.
    """
    numbers: dict[str, int] = {}
    for moment in _moments(drafts, _own(spec.uid, events)):
        numbers.setdefault(_hash(moment), len(numbers) + 1)
    number = numbers.get(spec.content_hash, len(numbers) + 1)
    return spec if number == spec.version else spec.with_(version=number)


def versions(
    spec: FeatureSpec, drafts: Sequence[Drafted], events: Sequence[EditEvent]
) -> tuple[SpecVersion, ...]:
    """Every content that a spec ever had, the oldest first. Arguments as for `numbered`."""
    found: dict[str, SpecVersion] = {}
    for moment in _moments(drafts, _own(spec.uid, events)):
        content = _hash(moment)
        if content in found:
            continue
        edit = moment.last
        found[content] = SpecVersion(
            number=len(found) + 1,
            content_hash=content,
            at=moment.at,
            by=edit.actor.name if edit else None,
            spec=moment.state().with_(version=len(found) + 1),
            approvals=tuple(one for one in spec.approvals if one.content_hash == content),
            current=content == spec.content_hash,
        )
    return tuple(found.values())


def changes_content(event: EditEvent) -> bool:
    """Whether an edit of a spec may make another version of it."""
    return event.entity == "spec" and event.operation in _CONTENT


def _own(uid: str, events: Sequence[EditEvent]) -> list[EditEvent]:
    return [one for one in events if one.entity == "spec" and one.entity_uid == uid and one.body]


def _moments(drafts: Sequence[Drafted], events: Sequence[EditEvent]) -> Iterator[_Moment]:
    """Drafts and edits in the order of time; an edit lies on the newest draft before it."""
    for place, draft in enumerate(drafts):
        until = drafts[place + 1].at if place + 1 < len(drafts) else None
        before = [one for one in events if one.at < draft.at] if place else []
        yield _Moment(draft.at, draft, before)
        for number, event in enumerate(events[len(before) :], len(before) + 1):
            if until is not None and event.at >= until:
                break
            if event.operation in _CONTENT:
                yield _Moment(event.at, draft, events[:number])


def _hash(moment: _Moment) -> str:
    if not moment.events:
        return moment.draft.spec.content_hash
    known = _hashes.get(moment.key)
    if known is None:
        if len(_hashes) >= _MOST_KEPT:
            _hashes.clear()
        known = _hashes[moment.key] = moment.state().content_hash
    return known
