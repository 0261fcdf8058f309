"""The versions of a spec: drafts of runs and edits of people, in one line of contents."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from pipeline.models.editing import hashed, with_status
from pipeline.models.review import EditEvent
from pipeline.models.spec import FeatureSpec
from pipeline.models.spec_version import SpecVersion
from pipeline.review import spec_states
from pipeline.stores.bodies import model
from pipeline.stores.rows import SpecVersionRow

_CONTENT = ("set", "erratum", "answer")
_MOST_KEPT = 4096


class Drafted(NamedTuple):
    """What a run wrote, and when."""

    at: str
    spec: FeatureSpec


class _Laid(NamedTuple):
    """A draft with the edits that lie on it."""

    draft: Drafted
    before: Sequence[EditEvent]
    """Edits that are older than it, and hold on it too."""
    own: Sequence[EditEvent]
    """Edits of it, up to the next draft."""

    def keys(self) -> list[tuple[str, int, str, str]]:
        """Names each content: a chain of edits is known by its last one."""
        spec = self.draft.spec
        last = [self.before[-1].uid if self.before else "", *(one.uid for one in self.own)]
        return [(spec.uid, spec.version, spec.content_hash, uid) for uid in last]

    def states(self) -> list[FeatureSpec]:
        """The spec as this draft began, and after each edit: one pass for all of them."""
        spec = self.draft.spec
        made = spec_states(spec, (*self.before, *self.own))
        return [with_status(hashed(spec)), *made][len(self.before) :]


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
    for laid in _laid(drafts, _own(spec.uid, events)):
        for content in _contents(laid):
            numbers.setdefault(content, len(numbers) + 1)
    number = numbers.get(spec.content_hash, len(numbers) + 1)
    return spec if number == spec.version else spec.with_(version=number)


def versions(
    spec: FeatureSpec, drafts: Sequence[Drafted], events: Sequence[EditEvent]
) -> tuple[SpecVersion, ...]:
    """Every content that a spec ever had, the oldest first. Arguments as for `numbered`."""
    found: dict[str, SpecVersion] = {}
    for laid in _laid(drafts, _own(spec.uid, events)):
        for event, state in zip((None, *laid.own), laid.states(), strict=True):
            content = state.content_hash
            if content in found or (event and event.operation not in _CONTENT):
                continue
            found[content] = SpecVersion(
                number=len(found) + 1,
                content_hash=content,
                at=event.at if event else laid.draft.at,
                by=event.actor.name if event else None,
                spec=state.with_(version=len(found) + 1),
                approvals=tuple(one for one in spec.approvals if one.content_hash == content),
                current=content == spec.content_hash,
            )
    return tuple(found.values())


def changes_content(event: EditEvent) -> bool:
    """Whether an edit of a spec may make another version of it."""
    return event.entity == "spec" and event.operation in _CONTENT


def _own(uid: str, events: Sequence[EditEvent]) -> list[EditEvent]:
    return [one for one in events if one.entity == "spec" and one.entity_uid == uid and one.body]


def _laid(drafts: Sequence[Drafted], events: Sequence[EditEvent]) -> Iterator[_Laid]:
    """Drafts in the order of time; an edit lies on the newest draft before it."""
    for place, draft in enumerate(drafts):
        until = drafts[place + 1].at if place + 1 < len(drafts) else None
        before = [one for one in events if one.at < draft.at] if place else []
        own = [one for one in events[len(before) :] if until is None or one.at < until]
        yield _Laid(draft, before, own)


def _contents(laid: _Laid) -> list[str]:
    """The hash of what the draft said, and of what each edit of its content made of it."""
    keys = laid.keys()
    found = [known for key in keys if (known := _hashes.get(key)) is not None]
    if len(found) < len(keys):  # another thread may clear them at any time
        found = [one.content_hash for one in laid.states()]
        if len(_hashes) >= _MOST_KEPT:
            _hashes.clear()
        _hashes.update(zip(keys, found, strict=True))
    counts = [True, *(one.operation in _CONTENT for one in laid.own)]
    return [content for content, counted in zip(found, counts, strict=True) if counted]
