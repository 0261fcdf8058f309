"""The gate: what is not approved, or cannot be built yet, does not leave the house."""

from collections.abc import Iterable, Iterator
from typing import Literal

from pipeline.errors import HeldBackError
from pipeline.models.base import Model
from pipeline.models.minutes import Item, Minutes
from pipeline.models.spec import FeatureSpec
from pipeline.models.view import is_approved

ReasonCode = Literal[
    "question_open", "lint_error", "stale", "not_approved", "changed", "not_reviewed", "dropped"
]
"""changed: somebody approved it, but not with this content."""


class Reason(Model):
    """One thing that holds something back; `document.reason.<code>` says it in words."""

    code: ReasonCode
    id: str
    """Short id of the item or spec it is about; empty for the minutes as a whole."""
    detail: str = ""
    """The open question, the finding, the changed source: text of the meeting's language."""


def check(one: FeatureSpec | Minutes) -> tuple[Reason, ...]:
    """Why it may not be handed off; nothing means it may.

    A spec's findings are those of its content as it is now: the Store sees to that.
    Items of the minutes that a person rejected are no obstacle: they are left out.
    """
    if isinstance(one, FeatureSpec):
        return tuple(_spec_reasons(one))
    items = (item for _, item in one.items() if item.review != "rejected")
    reasons = tuple(reason for item in items for reason in _review_reasons(item))
    return reasons if one.reviewed else (Reason(code="not_reviewed", id=""), *reasons)


def hold_back(things: Iterable[FeatureSpec | Minutes]) -> None:
    """Refuse to go on unless all of it may be handed off.

    Raises:
        HeldBackError: something may not; carries every reason.
    """
    reasons = tuple(reason for one in things for reason in check(one))
    if reasons:
        ids = sorted({reason.id for reason in reasons if reason.id})
        raise HeldBackError("held_back", ids=", ".join(ids), count=len(reasons), reasons=reasons)


def _spec_reasons(spec: FeatureSpec) -> Iterator[Reason]:
    if spec.status in ("superseded", "dropped") or spec.progress == "dropped":
        yield Reason(code="dropped", id=spec.id)
    for question in spec.open_questions:
        if question.blocking and not question.answer:
            yield Reason(code="question_open", id=spec.id, detail=question.question)
    for finding in spec.findings:
        if finding.severity == "error":
            yield Reason(code="lint_error", id=spec.id, detail=finding.reason)
    yield from _review_reasons(spec)


def _review_reasons(one: FeatureSpec | Item) -> Iterator[Reason]:
    for changed in one.stale:
        yield Reason(code="stale", id=one.id, detail=changed)
    if one.review != "approved":
        yield Reason(code="not_approved", id=one.id)
    elif not one.stale and not is_approved(one):
        yield Reason(code="changed", id=one.id)
