"""What each kind of edit looks at and what it does to an item, spec, segment or uncited turn."""

from collections.abc import Iterator
from typing import Any, TypeVar

from pydantic import ValidationError

from pipeline.errors import InputError
from pipeline.models import answering
from pipeline.models.actor import Actor
from pipeline.models.base import Model
from pipeline.models.estimating import FIELD, with_name
from pipeline.models.evidence import Evidence
from pipeline.models.fields import editable, value_at, with_value
from pipeline.models.hashing import item_hash, spec_hash
from pipeline.models.minutes import Item, Minutes, Question, Uncited
from pipeline.models.review import EDITED_SINCE, REVIEWED, Edit, Entity, Voice
from pipeline.models.spec import Approval, FeatureSpec, SpecStatus
from pipeline.models.transcript import Segment

T = TypeVar("T", bound=Model)


def identity(on: Model) -> tuple[Entity, str]:
    """How edits name what they are about."""
    match on:
        case Item():
            return "item", on.uid
        case FeatureSpec():
            return "spec", on.uid
        case Minutes():
            return "minutes", on.meeting
        case Segment():
            return "segment", on.id
        case Uncited():
            return "coverage", on.segment
    raise TypeError(f"{type(on).__name__} takes no edits")


def seen(edit: Edit, on: Model) -> Any:  # noqa: ANN401 - any JSON value
    """What an editor sees of that which the edit changes.

    Raises:
        InputError: nobody may do this to it.
    """
    operation = edit.operation
    if operation in ("set", "erratum"):
        return value_at(on, editable(on, edit.field))
    if operation in REVIEWED and isinstance(on, Item | FeatureSpec):
        return on.content_hash if operation == "approve" else on.review
    if operation == "progress" and hasattr(on, "progress"):
        return on.progress
    if operation == "answer" and isinstance(on, FeatureSpec):
        answers = {question.id: question.answer for question in on.open_questions}
        if edit.field in answers:
            return answers[edit.field]
    if operation == "ask" and isinstance(on, FeatureSpec | Question):
        return _asked_now(edit, on)
    if operation == "cover" and isinstance(on, Uncited):
        return on.state
    if operation == "split" and isinstance(on, Segment):
        return on.text
    raise InputError("edit_not_possible", operation=operation, kind=type(on).__name__.lower())


def done(
    edit: Edit,
    on: T,
    *,
    actor: Actor,
    at: str,
    beneath: answering.Beneath = answering.NOTHING,
) -> T:
    """What `on` becomes by the edit, whatever it was before.

    The hash of an item whose content changed is left empty for `hashed` to fill: many edits
    follow each other, and hashing is most of the work. `beneath` tells what comes back into the
    slots of a spec whose answers are taken back.

    Raises:
        InputError: nobody may do this to it, or the value does not fit.
    """
    seen(edit, on)
    if edit.operation in ("set", "erratum"):
        path = editable(on, edit.field)
        kept = edit.operation == "erratum"
        after = with_name(edit.after, actor) if path == FIELD else edit.after
        written = with_value(on, path, after, keep_origin=kept, whole=edit.restored)
        return _settled(_answers_kept(written, edit, on), before=on, erratum=kept)
    if edit.operation == "answer" and isinstance(on, FeatureSpec):
        return _settled(answering.answered(edit, on, actor, at, beneath), before=on)
    if edit.operation == "ask":
        return _with_turn(edit, on)
    if edit.undoes and edit.operation in REVIEWED:
        return _decided_before(edit, on)
    if edit.operation == "approve":
        return _approved(edit, on, actor, at)
    if edit.operation in REVIEWED:
        return with_status(_with(on, edit, review=REVIEWED[edit.operation]))
    if edit.operation == "progress":
        return _with(on, edit, progress=edit.after)
    after = edit.after if isinstance(edit.after, dict) else {"state": edit.after}
    return _with(on, edit, state=after.get("state"), item=after.get("item"))


def _asked_now(edit: Edit, on: FeatureSpec | Question) -> bool | None:
    if isinstance(on, Question):
        return on.ask_now
    for one in on.open_questions:
        if one.id == edit.field:
            return one.ask_now
    raise InputError("edit_not_possible", operation="ask", kind="featurespec")


def _with_turn(edit: Edit, on: T) -> T:
    """Whether a question goes out now: no content, so that no yes is lost by it."""
    if not isinstance(on, FeatureSpec):
        return _with(on, edit, ask_now=edit.after)
    questions = (
        _with(one, edit, ask_now=edit.after) if one.id == edit.field else one
        for one in on.open_questions
    )
    return on.with_(open_questions=tuple(questions))


def noted(on: T, reason: str) -> T:
    """The same with one more reason in `stale`, where it has such."""
    stale: tuple[str, ...] | None = getattr(on, "stale", None)
    return on if stale is None or reason in stale else on.with_(stale=(*stale, reason))


def hashed(on: T) -> T:
    """The same with the hash of its content, where it has such."""
    content: Model = on
    if isinstance(content, FeatureSpec):
        return on.with_(content_hash=spec_hash(content))
    return on.with_(content_hash=item_hash(content)) if isinstance(content, Item) else on


def with_status(on: T) -> T:
    """A spec with the status that its approvals and open questions give it."""
    spec: Model = on
    if not isinstance(spec, FeatureSpec) or spec.status in ("handed_off", "superseded", "dropped"):
        return on
    status: SpecStatus = "draft"
    if any(question.blocking and question.answer is None for question in spec.open_questions):
        status = "needs_answers"
    if spec.review == "approved":
        status = "confirmed" if _confirmed(spec) else "approved"
    return on.with_(status=status)


def evidence_in(value: object) -> Iterator[Evidence]:
    """Every piece of evidence inside a value."""
    if isinstance(value, Evidence):
        yield value
    elif isinstance(value, Model):
        for name in type(value).model_fields:
            yield from evidence_in(getattr(value, name))
    elif isinstance(value, tuple):
        for one in value:
            yield from evidence_in(one)


def _confirmed(spec: FeatureSpec) -> bool:
    return any(
        one.side == "client" and one.content_hash == spec.content_hash for one in spec.approvals
    )


def _settled(on: T, *, before: Model, erratum: bool = False) -> T:
    """The edited thing with its new hash, which voids an approval of the old one."""
    old = getattr(before, "content_hash", None)
    if old is None or on == before:
        return on
    changed = on.with_(edited=True, content_hash="")
    changed = changed if isinstance(changed, Item) else hashed(changed)
    if getattr(on, "review", None) == "approved":
        changed = noted(changed.with_(review="draft"), EDITED_SINCE)
    if erratum and isinstance(changed, FeatureSpec):
        changed = changed.with_(approvals=changed.approvals + _carried(changed, old))
    return with_status(changed)


def _carried(spec: FeatureSpec, old: str) -> tuple[Approval, ...]:
    """A slip of the pen leaves the client's yes as it was: it counts for the new hash too."""
    return tuple(
        one.with_(content_hash=spec.content_hash, channel="erratum")
        for one in spec.approvals
        if one.side == "client" and one.content_hash == old
    )


def _approved(edit: Edit, on: T, actor: Actor, at: str) -> T:
    """Approved, if it is the content that was approved; else visibly not."""
    if not isinstance(on, Item | FeatureSpec):
        return on
    voice = _voice(edit)
    if isinstance(on, FeatureSpec):
        given = Approval(
            who=voice.who or actor.name,
            side=voice.side,
            role=voice.role,
            when=at,
            channel=voice.channel or actor.via,
            content_hash=str(edit.before),
        )
        on = on.with_(approvals=(*on.approvals, given))
        if voice.side != "us":
            return with_status(on)
    on = hashed(on)
    if edit.before != on.content_hash:
        return with_status(noted(on.with_(review="draft"), EDITED_SINCE))
    return with_status(on.with_(review="approved", stale=()))


def _decided_before(edit: Edit, on: T) -> T:
    """A decision taken back: the review state before it, with what was stale then.

    The approval that it gave goes; a yes comes back only to the content that it was said to.
    """
    restored = edit.restored or {}
    if restored.get("voided"):
        on = on.with_(stale=tuple(one for one in getattr(on, "stale", ()) if one != EDITED_SINCE))
    for reason in restored.get("stale", ()):
        on = noted(on, reason)
    if isinstance(on, FeatureSpec):
        taken = restored.get("approval")
        kept = tuple(one for one in on.approvals if one.model_dump(mode="json") != taken)
        on = on.with_(approvals=kept)
    on, review = hashed(on), REVIEWED[edit.operation]
    if review == "approved" and edit.before != getattr(on, "content_hash", None):
        on, review = noted(on, EDITED_SINCE), "draft"
    return with_status(_with(on, edit, review=review))


def _voice(edit: Edit) -> Voice:
    try:
        return Voice.model_validate(edit.after or {})
    except ValidationError as error:
        raise _invalid(edit, error) from error


def _answers_kept(written: T, edit: Edit, on: Model) -> T:
    """Another wording of a question is one of the value that its answer gave as well."""
    if not (isinstance(written, FeatureSpec) and isinstance(on, FeatureSpec)):
        return written
    if edit.restored is not None:
        return answering.vouched_for(written)
    return answering.carried(on, written)


def _with(on: T, edit: Edit, **changes: object) -> T:
    try:
        return on.with_(**changes)
    except ValidationError as error:
        raise _invalid(edit, error) from error


def _invalid(edit: Edit, error: ValidationError) -> InputError:
    return InputError(
        "edit_value_invalid",
        field=edit.field or edit.operation,
        value=str(edit.after),
        reason=error.errors()[0]["msg"],
    )
